"""The zip file around a bundle, in the one form that our own bundles have.

Every byte of it follows from the names, sizes and sums of the files in it: they stand in the order
of their names, stored and not packed, all with one date, without comments, extra fields or gaps.
So a check can make the whole of it again, and no byte is left that could be changed unnoticed.
(APPNOTE 6.3.10, sections 4.3.7, 4.3.12, 4.3.16.)
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stillmine.errors import ProofTooLarge

LOCAL = struct.Struct("<4sHHHHHIIIHH")
ENTRY = struct.Struct("<4sHHHHHHIIIHHHHHII")
END = struct.Struct("<4sHHHHIIH")
LOCAL_MAGIC, ENTRY_MAGIC, END_MAGIC = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_VERSION = 10  # 1.0: what a stored file needs
_DATE = 0x0021  # 1 January 1980, the first day that a zip file can tell
LARGEST = 2**32 - 2
MOST_FILES = 2**16 - 2


@dataclass(frozen=True, slots=True)
class Member:
    """A file in the container: its path, size in bytes, and CRC-32."""

    path: str
    size: int
    crc: int


def in_order(paths: Iterable[str]) -> list[str]:
    """Return paths in the order in which the container holds them."""
    return sorted(paths, key=str.encode)


def local_header(member: Member) -> bytes:
    """Return what stands right before a file."""
    name = member.path.encode("ascii")
    sizes = (member.crc, member.size, member.size, len(name), 0)
    return LOCAL.pack(LOCAL_MAGIC, _VERSION, 0, 0, 0, _DATE, *sizes) + name


def directory(members: Sequence[Member]) -> bytes:
    """Return the list at the end, for members in the order in which they lie. May raise."""
    at, entries = 0, []
    for member in members:
        name = member.path.encode("ascii")
        sizes = (member.crc, member.size, member.size, len(name))
        entries.append(
            ENTRY.pack(ENTRY_MAGIC, _VERSION, _VERSION, 0, 0, 0, _DATE, *sizes, 0, 0, 0, 0, 0, at)
        )
        entries.append(name)
        at += LOCAL.size + len(name) + member.size
        if at > LARGEST:
            raise ProofTooLarge(most=LARGEST)
    listed, count = b"".join(entries), len(members)
    if count > MOST_FILES or at + len(listed) + END.size > LARGEST:
        raise ProofTooLarge(most=LARGEST)
    return listed + END.pack(END_MAGIC, 0, 0, count, count, len(listed), at, 0)
