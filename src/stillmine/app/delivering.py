"""Where files go that a person asked for: into a folder of theirs, or in memory to a browser."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from stillmine.app import outside
from stillmine.app.home import Home
from stillmine.app.sources.handed import HandedFile, memory_file
from stillmine.errors import TooMuchAtOnce

if TYPE_CHECKING:
    from stillmine.app.context import Context


@dataclass(slots=True)
class Delivery:
    """Files on their way to a browser: they are in memory, and nothing of them is on a disk.

    `most` is how many bytes there may be in all.
    """

    most: int
    files: list[HandedFile] = field(default_factory=list)

    def take(self, name: str, pieces: Iterable[bytes]) -> None:
        """Take a file in. Raise TooMuchAtOnce: then nothing of it is kept."""
        content, size = memory_file(), 0
        left = self.most - sum(each.size for each in self.files)
        try:
            for piece in pieces:
                size += len(piece)
                if size > left:
                    raise TooMuchAtOnce
                content.write(piece)
        except BaseException:
            content.close()
            raise
        content.seek(0)
        self.files.append(HandedFile(name, content, size))

    def close(self) -> None:
        """Give the memory back."""
        while self.files:
            self.files.pop().content.close()


def require_folder(folder: Path, context: Context) -> Path:
    """Return the folder that files go to, made if need be; in memory there is none to make.

    Raises InsideHome, CannotWriteHere.
    """
    if context.delivery is not None:
        return folder
    return outside.require_folder(folder, Home(context.home))


def is_taken(file: Path, context: Context) -> bool:
    """Say whether something lies there already; in memory nothing does."""
    return context.delivery is None and (file.exists() or file.is_symlink())


def give(file: Path, pieces: Iterable[bytes], context: Context) -> Path:
    """Write a file, or hand it to the browser. Raise TargetExists, CannotWriteHere, TooMuchAtOnce.

    Returns its path; of a file that was handed over only the name means anything.
    """
    if context.delivery is None:
        return outside.write_new(file, pieces)
    context.delivery.take(file.name, pieces)
    return file
