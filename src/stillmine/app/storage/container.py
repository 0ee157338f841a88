"""What is inside a sealed item: a plain tar archive, so that nobody needs us to unpack it.

    header.json        what is known of the file (see docs/formats.md)
    original/NAME      the file itself, bit by bit, with its name and time
    zeros              up to the padded size; tar stops before them

`age -d -i KEY OBJECT.age | tar x` gives both. POSIX.1-2001 (pax) is used, for names of any length
in any script, files above 8 GB, and times in nanoseconds.
"""

from __future__ import annotations

import base64
import json
import os
import tarfile
from dataclasses import dataclass
from typing import Any, BinaryIO

from stillmine.errors import Damaged, VaultTooNew

HEADER = "header.json"
VERSION = 1
_FOLDER = "original/"
_BLOCK = tarfile.BLOCKSIZE
_LONGEST_HEADER = 1 << 20

# What reading an archive that nobody wrote may raise; RecursionError for endless nesting.
_NOT_AN_ARCHIVE = (tarfile.TarError, ValueError, KeyError, OverflowError, RecursionError)


@dataclass(frozen=True, slots=True)
class Header:
    """What is known of a file when it is kept. Times are in nanoseconds since 1970, UTC."""

    item: str
    name: bytes
    size: int
    modified: int
    added: int
    label: str = ""
    kind: str = "document"
    format: str = "other"
    width: int | None = None
    height: int | None = None
    seconds: float | None = None
    problem: str | None = None

    def to_json(self) -> bytes:
        """Return the header as JSON; a name that is not UTF-8 stands in `name_base64` too."""
        facts: dict[str, Any] = {"stillmine": VERSION}
        facts.update((field, getattr(self, field)) for field in _FIELDS)
        facts["name"] = self.name.decode("utf-8", "replace")
        facts["name_base64"] = base64.b64encode(self.name).decode("ascii")
        return json.dumps(facts, indent=1).encode("ascii") + b"\n"

    @classmethod
    def from_json(cls, data: bytes) -> Header:
        """Read a header; raise Damaged where it is not one, VaultTooNew where it is a newer one."""
        try:
            facts = json.loads(data)
            if facts["stillmine"] > VERSION:
                raise VaultTooNew
            name = base64.b64decode(facts["name_base64"], validate=True)
            return cls(name=name, **{field: facts[field] for field in _FIELDS})
        except (ValueError, KeyError, TypeError, RecursionError) as problem:
            raise Damaged from problem


_FIELDS = tuple(field for field in Header.__dataclass_fields__ if field != "name")


def _entry(name: str, size: int, modified: int) -> bytes:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    entry.mtime = modified // 1_000_000_000
    seconds, nanoseconds = divmod(abs(modified), 1_000_000_000)
    entry.pax_headers = {"mtime": f"{'-' * (modified < 0)}{seconds}.{nanoseconds:09d}"}
    return entry.tobuf(tarfile.PAX_FORMAT, "utf-8", "surrogateescape")


def _fill(size: int) -> bytes:
    return bytes(-size % _BLOCK)


def before_content(header: Header) -> bytes:
    """Return the bytes that stand before the file's own."""
    facts = header.to_json()
    first = _entry(HEADER, len(facts), header.added)
    # The separator of no system may stand in the name: it is a name and not a path.
    name = _FOLDER + os.fsdecode(header.name).replace("/", "_")
    return first + facts + _fill(len(facts)) + _entry(name, header.size, header.modified)


def after_content(size: int) -> bytes:
    """Return the bytes that close the archive after a file of `size` bytes."""
    return _fill(size) + bytes(2 * _BLOCK)


def open_container(plain: BinaryIO) -> tuple[Header, BinaryIO]:
    """Return the header and the file itself, readable and seekable; raise Damaged otherwise."""
    try:
        archive = tarfile.open(fileobj=plain, mode="r:")  # noqa: SIM115 - lives as long as the file
        first, second = archive.next(), archive.next()
        if first is None or second is None or first.name != HEADER or first.size > _LONGEST_HEADER:
            raise Damaged
        facts, content = archive.extractfile(first), archive.extractfile(second)
        if facts is None or content is None:
            raise Damaged
        header = Header.from_json(facts.read())
    except _NOT_AN_ARCHIVE as problem:
        raise Damaged from problem
    if header.size != second.size:
        raise Damaged
    return header, content  # type: ignore[return-value]  # IO[bytes] of tarfile is a BinaryIO
