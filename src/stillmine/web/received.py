"""What came with a form: fields in memory, and files in memory too, never on the disk.

The usual way, a temporary file, would put a picture on the disk in the clear.
"""

from __future__ import annotations

import io
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO


def memory_file() -> BinaryIO:
    """Return an empty file that lives in memory: one of the system's own where it has such files.

    Those (memfd_create(2)) can be handed to the child that decodes without a copy.
    """
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("", os.MFD_CLOEXEC), "w+b", buffering=0)
    return io.BytesIO()


@dataclass(frozen=True, slots=True)
class HandedFile:
    """A file that came through the browser: its name as the browser gave it, and its bytes."""

    name: str
    content: BinaryIO
    size: int
    modified: int = field(default_factory=time.time_ns)


@dataclass(slots=True)
class Received:
    """The fields and the files of one form, in the order in which they came."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, list[HandedFile]] = field(default_factory=dict)

    def first(self, name: str) -> str:
        """Return the first value of a field, or nothing."""
        return next(iter(self.fields.get(name, ())), "")

    def every(self, name: str) -> tuple[str, ...]:
        """Return all values of a field."""
        return tuple(self.fields.get(name, ()))

    def flat(self) -> Mapping[str, str]:
        """Return the first value of each field."""
        return {name: values[0] for name, values in self.fields.items() if values}

    def handed(self) -> Iterator[HandedFile]:
        """Yield all files."""
        for files in self.files.values():
            yield from files

    def close(self) -> None:
        """Give the memory of the files back."""
        for file in self.handed():
            file.content.close()
