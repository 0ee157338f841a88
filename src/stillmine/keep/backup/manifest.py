"""The signed list of what a backup holds. It names sums of sealed bytes, so checking needs no key.

Line 1 is a JSON object with a counter and the Merkle root (RFC 6962) over the lines that follow the
second; line 2 is an Ed25519 signature over line 1; every further line is `SHA-256 SIZE NAME PLACE`,
sorted: the name of a file in the vault, and the name under which the backup place holds it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from stillmine.crypto import SigningKey, check_signature, merkle_root
from stillmine.errors import BadSignature, BrokenManifest, VaultTooNew

FOLDER = "manifests/"
VERSION = 1
_NAME = re.compile(r"manifests/([0-9]{8,12})\.txt")
# Only into these folders: a list that a stranger wrote must not bring a README.txt of his own.
_PATH = r"((?:objects|keys|slots|checkpoints|inbox)/[a-z0-9./-]{1,200})"
_LINE = re.compile(rf"([0-9a-f]{{64}}) (0|[1-9][0-9]{{0,14}}) {_PATH} {_PATH}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
LONGEST = 1 << 30
"""The most bytes of a manifest that are read: some ten million files."""
LONGEST_HEAD = 4096
"""The most bytes of the two lines before the files."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One file: its name in the vault, where the place holds it, its size and SHA-256."""

    name: str
    place: str
    size: int
    sum: str

    @property
    def line(self) -> str:
        """Return the line that stands for this file."""
        return f"{self.sum} {self.size} {self.name} {self.place}"


BY_NAME = attrgetter("name")
"""The order of a list; no two files have the same name."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup held when it was made. `key` is the public key that signed it."""

    vault: str
    counter: int
    made: datetime
    root: str
    key: str
    entries: tuple[Entry, ...]

    @property
    def place(self) -> str:
        """Return the name under which a place holds this list."""
        return f"{FOLDER}{self.counter:08d}.txt"


def entries_root(entries: Iterable[Entry]) -> str:
    """Return the Merkle root over sorted entries, as hexadecimal."""
    return merkle_root(entry.line.encode("ascii") for entry in entries).hex()


def write_manifest(
    vault: str, counter: int, made: datetime, entries: Sequence[Entry], key: SigningKey
) -> tuple[Manifest, bytes]:
    """Return a signed list and its bytes. `entries` must be sorted."""
    root = entries_root(entries)
    facts = {
        "stillmine-manifest": VERSION,
        "vault": vault,
        "counter": counter,
        "made": made.isoformat(),
        "files": len(entries),
        "root": root,
        "key": key.public.hex(),
    }
    head = json.dumps(facts)
    signature = key.sign(head.encode("ascii")).hex()
    lines = [head, signature, *(entry.line for entry in entries)]
    manifest = Manifest(vault, counter, made, root, key.public.hex(), tuple(entries))
    return manifest, ("\n".join(lines) + "\n").encode("ascii")


def read_manifest(data: bytes) -> Manifest:
    """Read a list and check its signature and its root; raise BrokenManifest or VaultTooNew.

    The signature shows that the list is one piece from one hand. Whose hand it is the caller
    compares: the vault knows its own key.
    """
    head = read_head(data)
    try:
        _first, _second, *lines, end = data.decode("ascii").split("\n")
        entries = tuple(_entry(line) for line in lines)
    except ValueError as problem:
        raise BrokenManifest from problem
    if end or entries_root(entries) != head.root or len(entries) != head.files:
        raise BrokenManifest
    return Manifest(head.vault, head.counter, head.made, head.root, head.key, entries)


@dataclass(frozen=True, slots=True)
class Head:
    """What the first line of a list says; its signature was checked."""

    vault: str
    counter: int
    made: datetime
    root: str
    key: str
    files: int


def read_head(data: bytes) -> Head:
    """Read the two first lines of a list, of which `data` may be no more than the beginning.

    The signature comes before the version: a flipped bit is damage, never a newer format.
    """
    try:
        head, signature = data[:LONGEST_HEAD].decode("ascii").split("\n")[:2]
        if not _SIGNATURE.fullmatch(signature):
            raise BrokenManifest
        facts = json.loads(head)
        check_signature(bytes.fromhex(facts["key"]), bytes.fromhex(signature), head.encode("ascii"))
        if facts["stillmine-manifest"] > VERSION:
            raise VaultTooNew
        return Head(
            vault=str(facts["vault"]),
            counter=int(facts["counter"]),
            made=datetime.fromisoformat(facts["made"]),
            root=str(facts["root"]),
            key=bytes.fromhex(facts["key"]).hex(),
            files=int(facts["files"]),
        )
    except (
        ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError, BadSignature
    ) as problem:  # fmt: skip
        raise BrokenManifest from problem


def _entry(line: str) -> Entry:
    match = _LINE.fullmatch(line)
    if match is None or ".." in line:
        raise ValueError("not an entry")
    return Entry(name=match[3], place=match[4], size=int(match[2]), sum=match[1])


def counters(names: Iterable[str]) -> list[int]:
    """Return the counters of the lists among these names, the newest first."""
    found = (_NAME.fullmatch(name) for name in names)
    return sorted((int(match[1]) for match in found if match), reverse=True)


def place_of(counter: int) -> str:
    """Return the name under which a place holds the list with this counter."""
    return f"{FOLDER}{counter:08d}.txt"
