"""Read the container of a bundle, and notice every byte in it that is not as it must be.

First the list at the end is read. Where that is damaged, the files are found one after the other
from the beginning. Nothing is unpacked and nothing is held but small files, so that no container
can ask for more memory or time than reading it once takes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from stillmine.act.proof.container import (
    END,
    END_MAGIC,
    ENTRY,
    ENTRY_MAGIC,
    LOCAL,
    LOCAL_MAGIC,
    Member,
    directory,
    in_order,
    local_header,
)
from stillmine.act.proof.summing import Summed, pieces_of, summed
from stillmine.app.sources.stream import Seekable
from stillmine.errors import ProofTooLarge

MOST = 20_000
"""Files in a bundle that are read; ours have some dozens."""
_PATH = re.compile(rb"(?:[a-z]{1,20}/)?[a-z0-9][a-z0-9._-]{0,119}\Z")
_LONGEST = 140
_BLOCK = 1 << 20
HELD = ("proof/", "timestamps/", "datapackage")
HELD_IN_ALL = 64 << 20
LIST = ""
"""Stands for the list at the end of the container where a path is asked for."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The files of a container, in the order in which they lie.

    `odd` are the paths of those around which the container is not as it must be, and `LIST` for the
    list at the end; `cut` says that the end is missing; `repacked` that it was packed by others.
    """

    files: tuple[Summed, ...]
    odd: tuple[str, ...]
    cut: bool = False
    repacked: bool = False


def open_container(file: Seekable) -> Opened | None:
    """Read a container of ours. None where it is none: not a zip file, or packed by others."""
    size = file.seek(0, 2)
    members, cut = _listed(file, size), False
    if members is not None:
        return Opened(*_read(file, members))
    members, cut = _walked(file, size)
    if not members:
        return None
    files, odd = _read(file, members)
    if len(files) == len(odd) > 1 and not cut:
        # Not damage here and there: all of it was written by another program.
        return Opened(files, (), repacked=True)
    if cut or not _ends_as_it_must(file, files):
        odd = (*odd, LIST)
    return Opened(files, odd, cut)


def contents_of(file: Seekable) -> dict[str, bytes]:
    """Return all files of a container that was found to be as it must be, in memory."""
    members = _listed(file, file.seek(0, 2)) or []
    files = {}
    file.seek(0)
    for member in members:
        _exactly(file.read, len(local_header(member)))
        files[member.path] = _exactly(file.read, member.size)
    return files


def _listed(file: Seekable, size: int) -> list[Member] | None:
    """Return the members that the list at the end names, None where it is not of our form."""
    file.seek(max(0, size - END.size))
    tail = file.read(END.size)
    if len(tail) < END.size or not tail.startswith(END_MAGIC):
        return None
    count, length, at = END.unpack(tail)[4:7]
    if not 0 < count <= MOST or at + length + END.size != size or length > count * 2 * _LONGEST:
        return None
    file.seek(at)
    listed = _exactly(file.read, length)
    members = list(_entries(listed))
    if len(members) != count or _directory(members) != listed + tail:
        return None
    return members if _sound(members) else None


def _entries(listed: bytes) -> Iterator[Member]:
    at = 0
    while at + ENTRY.size <= len(listed) and listed.startswith(ENTRY_MAGIC, at):
        fields = ENTRY.unpack_from(listed, at)
        name = listed[at + ENTRY.size : at + ENTRY.size + fields[10]]
        if not _PATH.match(name):
            return
        yield Member(name.decode("ascii"), fields[9], fields[7])
        at += ENTRY.size + fields[10]


def _walked(file: Seekable, size: int) -> tuple[list[Member], bool]:
    """Return the members as they lie, from the beginning; and whether the last one is cut off."""
    members: list[Member] = []
    at = 0
    while len(members) < MOST:
        file.seek(at)
        head = file.read(LOCAL.size)
        if len(head) < LOCAL.size or not head.startswith(LOCAL_MAGIC):
            return members, at + END.size > size
        fields = LOCAL.unpack(head)
        crc, packed, length = fields[6], fields[7], fields[9]
        name = file.read(min(length, _LONGEST))
        if not _PATH.match(name) or fields[3] or packed != fields[8] or fields[10]:
            return members, False
        members.append(Member(name.decode("ascii"), packed, crc))
        at += LOCAL.size + length + packed
        if at > size:
            return members, True
    return members, False


def _sound(members: Sequence[Member]) -> bool:
    paths = [each.path for each in members]
    return paths == in_order(paths) and len(set(paths)) == len(paths)


def _read(file: Seekable, members: Sequence[Member]) -> tuple[tuple[Summed, ...], tuple[str, ...]]:
    """Read the files at the places that follow from their sizes."""
    files: list[Summed] = []
    odd: list[str] = []
    held = 0
    file.seek(0)
    for member in members:
        header = local_header(member)
        as_listed = _exactly(file.read, len(header)) == header
        keep = member.path.startswith(HELD) and held + member.size <= HELD_IN_ALL
        files.append(summed(member.path, _reader(file, member.size), keep=keep))
        held += len(files[-1].content)
        if not as_listed or files[-1].crc != member.crc:
            odd.append(member.path)
    return tuple(files), tuple(odd)


def _reader(file: Seekable, size: int) -> Callable[[int], bytes]:
    """Return a function that reads the next `size` bytes and not more."""
    parts = pieces_of(file.read, size)
    return lambda _count: next(parts, b"")


def _ends_as_it_must(file: Seekable, files: Sequence[Summed]) -> bool:
    """Say whether what follows the last file is the list that belongs to just these bytes."""
    found = [Member(each.path, each.size, each.crc) for each in files]
    wanted = _directory(found)
    rest = _exactly(file.read, len(wanted) + 1)
    return bool(wanted) and _sound(found) and rest == wanted


def _directory(members: Sequence[Member]) -> bytes:
    try:
        return directory(members)
    except ProofTooLarge:
        return b""


def _exactly(read: Callable[[int], bytes], count: int) -> bytes:
    """Return so many bytes, fewer at the end; some files hand out less at a time."""
    return b"".join(_parts(read, count))


def _parts(read: Callable[[int], bytes], count: int) -> Iterator[bytes]:
    while count and (part := read(min(count, _BLOCK))):
        count -= len(part)
        yield part
