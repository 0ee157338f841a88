"""Feed broken containers, key tables, records, settings and backup lists in, and see them refused.

Run: python bench/fuzz_storage.py [CASES] [--seed 1]     (20,000 cases take half a minute)

Each case is a sound input with some random changes, made before it is sealed or signed: this is
what the readers behind the seal do with what nobody of ours wrote. A case must end within its time
in an answer or in one of our own errors, and the whole run below 512 MB. Exits with 1 and prints
the input, in hexadecimal, otherwise.
"""

from __future__ import annotations

import argparse
import collections
import io
import os
import random
import signal
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fuzz_age import MOST_MEGABYTES, SECONDS_A_CASE, Hung, change, megabytes, out_of_time

from stillmine.app import tries
from stillmine.app.home import Home
from stillmine.app.settings import _READERS
from stillmine.app.storage.container import Header, after_content, before_content, open_container
from stillmine.app.storage.epoch import _compartments, _content_key
from stillmine.app.storage.key_table import KeyRow, KeyTable, _text, open_table
from stillmine.app.storage.root_key import RootKey
from stillmine.crypto import SigningKey, X25519Identity, encrypt
from stillmine.errors import Damaged, StillmineError
from stillmine.keep.backup.manifest import Entry, read_manifest, write_manifest

KEY = X25519Identity.from_secret(bytes(range(32)))
SIGNER = SigningKey.from_secret(bytes(range(32)))
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
PIECES = [
    *(b"{", b"}", b"[", b"]", b'"', b",", b":", b"null", b"true", b"-1", b"1e999", b"NaN"),
    *(b"\\ud800", b"\x00", b"\xff", b"\n# ", b"AGE-SECRET-KEY-1", b"../", b"9" * 400),
    *(b"[" * 5000, b'{"a":' * 5000, b"0" * 12, b"7" * 11, b"\x80" + b"\xff" * 11),
    *(b"15 path=../../x\n", b"30 GNU.sparse.major=1\n", b"99999999999 a=b\n", b"x" * 512),
]


@dataclass(frozen=True)
class Reader:
    """Something that reads what lies behind a seal, and sound inputs for it."""

    name: str
    seeds: tuple[bytes, ...]
    read: Callable[[bytes], object]


def containers() -> tuple[bytes, ...]:
    """Return a small item, and one whose name and time need the long form of tar."""
    found = []
    for name, modified in ((b"a.jpg", 0), (b"\xff" * 200, -1), ("ñ".encode() * 100, 1 << 62)):
        header = Header("ab" * 16, name, 700, modified, 1, label="a label")
        found.append(before_content(header) + b"x" * 700 + after_content(700))
    return tuple(found)


def read_container(data: bytes) -> None:
    """Read a container to the end of its file."""
    _header, content = open_container(io.BytesIO(data))
    try:
        while content.read(1 << 16):
            pass
    except tarfile.ReadError as problem:
        raise Damaged from problem  # as `objects.open_object` does


def rows(count: int) -> tuple[KeyRow, ...]:
    """Return some rows of a key table."""
    return tuple(KeyRow(f"{n:032x}", str(KEY), "d", "s", n, "label", ("a",)) for n in range(count))


def manifest() -> bytes:
    """Return a signed list of three files."""
    entries = [Entry(f"objects/aa/{n}.age", f"objects/aa/{n}.age", n, "0" * 64) for n in range(3)]
    return write_manifest("vault", 7, NOON, entries, SIGNER)[1]


def signed_again(data: bytes) -> None:
    """Read a list as it is, and once more with a signature that holds over its first line."""
    head, _, rest = data.partition(b"\n")
    _signature, _, lines = rest.partition(b"\n")
    try:
        read_manifest(b"\n".join((head, SIGNER.sign(head).hex().encode(), lines)))
    finally:
        read_manifest(data)


def setting(name: str) -> Callable[[bytes], object]:
    """Return what reads one setting, as if somebody had typed it."""
    return lambda data: _READERS[name](name, data.decode("utf-8", "surrogateescape"))


def readers(home: Home) -> list[Reader]:
    """Return every reader, with its seeds."""
    table = KeyTable(4, rows(3), (1, 2), ("ff" * 16,))
    text = ("\n".join(_text(table)) + "\n").encode("ascii")
    compartments = f'# {{"compartment": "main", "content_key": "{"ab" * 32}"}}\n{KEY}\n'.encode()

    def count(data: bytes) -> None:
        (home.slots / "tries").write_bytes(data)
        tries.require_patience(home, NOON)
        tries.count_wrong(home, NOON)

    return [
        Reader("container", containers(), read_container),
        Reader(
            "head",
            (Header("ab" * 16, b"a.jpg", 700, -5, 1, seconds=1.5).to_json(),),
            Header.from_json,
        ),
        Reader("table", (text,), lambda data: open_table(encrypt(data, [KEY.recipient]), KEY)),
        Reader("compartments", (compartments,), lambda d: _opened(d.decode("latin-1"))),
        Reader("slot", (RootKey(bytes(32)).to_text(),), RootKey.from_text),
        Reader("manifest", (manifest(),), read_manifest),
        Reader("signed manifest", (manifest(),), signed_again),
        Reader("minutes", (b"25", b"1", b"1440"), setting("lock_after_minutes")),
        Reader("country", (b"ES", b""), setting("country")),
        Reader("tries", (b"[6, 1777636800.0]", b"[0, 0]"), count),
    ]


def _opened(text: str) -> None:
    _content_key(text)
    _compartments(text)


def changed(reader: Reader, chance: random.Random) -> bytes:
    """Return a changed input: by flips and cuts, or with a piece of a grammar put in."""
    data = chance.choice(reader.seeds)
    if chance.random() < 0.5:
        return change(data, chance)
    place = chance.randrange(len(data) + 1)
    piece = chance.choice(PIECES)
    keep = place + (len(piece) if chance.random() < 0.6 else 0)
    return data[:place] + piece + data[keep:]


def judge(reader: Reader, data: bytes) -> str:
    """Return how a case ended; anything but an answer or our errors is raised."""
    signal.setitimer(signal.ITIMER_REAL, SECONDS_A_CASE)
    try:
        reader.read(data)
    except StillmineError as error:
        return error.code
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return "read"


def fuzz(cases: int, seed: int, home: Home) -> dict[str, collections.Counter[str]]:
    """Run the cases; raise what is not one of our errors, with the input as a note."""
    chance = random.Random(seed)
    home.slots.mkdir(parents=True, exist_ok=True)
    ends: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    everything = readers(home)
    before = signal.signal(signal.SIGALRM, out_of_time)
    try:
        for number in range(cases):
            reader = everything[number % len(everything)]
            data = changed(reader, chance)
            try:
                ends[reader.name][judge(reader, data)] += 1
            except (Exception, Hung) as error:
                error.add_note(f"{reader.name}: {data.hex()}")
                raise
    finally:
        signal.signal(signal.SIGALRM, before)
    return ends


def main() -> int:
    """Run the cases and print how they ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=int, nargs="?", default=20_000)
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4), "big"))
    given = parser.parse_args()
    print(f"seed {given.seed}")
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="stillmine-fuzz-") as folder:
        ends = fuzz(given.cases, given.seed, Home(Path(folder)))
    for name, counted in ends.items():
        print(name, dict(counted.most_common()))
    spent = time.monotonic() - start
    print(f"{given.cases} cases in {spent:.0f} s, most memory {megabytes():.0f} MB")
    return 0 if megabytes() < MOST_MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main())
