"""Where files go that a person asked for: into a folder of theirs, or in memory to a browser."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from stillmine.app import outside
from stillmine.app.home import Home
from stillmine.app.sources.handed import HandedFile, memory_file
from stillmine.errors import TargetExists, TooMuchAtOnce

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
        self.draft(pieces).publish(Path(name))

    def draft(self, pieces: Iterable[bytes]) -> HeldDraft:
        """Take in a file that is to be looked at before it is handed over. Raise TooMuchAtOnce."""
        content, size, total = memory_file(), 0, hashlib.sha256()
        left = self.most - sum(each.size for each in self.files)
        try:
            for piece in pieces:
                size += len(piece)
                if size > left:
                    raise TooMuchAtOnce
                total.update(piece)
                content.write(piece)
        except BaseException:
            content.close()
            raise
        content.seek(0)
        return HeldDraft(self, content, size, total.hexdigest())

    def has(self, name: str) -> bool:
        """Say whether there is a file of this name."""
        return any(each.name == name for each in self.files)

    def close(self) -> None:
        """Give the memory back."""
        while self.files:
            self.files.pop().content.close()


@dataclass(frozen=True, slots=True)
class HeldDraft:
    """A file that is whole and in memory, and not handed over yet; `sha256` is its sum."""

    delivery: Delivery
    content: BinaryIO
    size: int
    sha256: str

    @property
    def readable(self) -> BinaryIO:
        """The file, for whoever looks at it before it is handed over."""
        return self.content

    def publish(self, path: Path) -> None:
        """Hand it over under the name of this path. Raise TargetExists."""
        if self.delivery.has(path.name):
            raise TargetExists(file=path.name)
        self.delivery.files.append(HandedFile(path.name, self.content, self.size))

    def discard(self) -> None:
        """Give its memory back."""
        self.content.close()


Draft = outside.Draft | HeldDraft


def require_folder(folder: Path, context: Context) -> Path:
    """Return the folder that files go to, made if need be; in memory there is none to make.

    Raises InsideHome, CannotWriteHere.
    """
    if context.delivery is not None:
        return folder
    return outside.require_folder(folder, Home(context.home))


def is_taken(file: Path, context: Context) -> bool:
    """Say whether something lies there already, or was handed over under this name."""
    if context.delivery is not None:
        return context.delivery.has(file.name)
    return file.exists() or file.is_symlink()


def write_draft(folder: Path, pieces: Iterable[bytes], context: Context) -> Draft:
    """Write a file that gets its name later, into the folder or into memory.

    Raise CannotWriteHere, TooMuchAtOnce.
    """
    if context.delivery is not None:
        return context.delivery.draft(pieces)
    return outside.write_draft(folder, pieces)


def give(file: Path, pieces: Iterable[bytes], context: Context) -> Path:
    """Write a file, or hand it to the browser. Raise TargetExists, CannotWriteHere, TooMuchAtOnce.

    Returns its path; of a file that was handed over only the name means anything.
    """
    if context.delivery is None:
        return outside.write_new(file, pieces)
    context.delivery.take(file.name, pieces)
    return file
