"""Files that were handed over in memory, as a browser does it, and that lie on no disk.

A temporary file would be the easy way, and would put a picture on the disk in the clear.
"""

from __future__ import annotations

import io
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO


def memory_file() -> BinaryIO:
    """Return an empty file that lives in memory: one of the system's own where it has such files.

    Those (memfd_create(2)) reach the child that decodes without being copied.
    """
    if hasattr(os, "memfd_create"):
        # A descriptor and not a path. Its name would be seen in /proc, so it has none.
        return os.fdopen(os.memfd_create("", os.MFD_CLOEXEC), "w+b", buffering=0)
    return io.BytesIO()


@dataclass(frozen=True, slots=True, eq=False)
class HandedFile:
    """A file in memory: what whoever gave it calls it, its bytes, and its size in bytes."""

    name: str
    content: BinaryIO
    size: int
    modified: int = field(default_factory=time.time_ns)

    @property
    def path(self) -> Path:
        """Its name, where the name of a file is asked for; nothing lies there."""
        return Path(self.name)

    def again(self) -> HandedFile:
        """Return the same file with a place of its own to read from; each is closed by itself."""
        return HandedFile(self.name, _again(self.content), self.size, self.modified)


def _again(content: BinaryIO) -> BinaryIO:
    if isinstance(content, io.BytesIO):
        return io.BytesIO(content.getvalue())  # the bytes are shared until one of them is written
    # A copy of the descriptor would share its place; the same file opened anew does not.
    return Path(f"/proc/self/fd/{content.fileno()}").open("rb", buffering=0)
