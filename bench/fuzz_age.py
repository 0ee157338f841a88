"""Feed broken age files, armor, key files and recovery words in, and see them refused.

Run: python bench/fuzz_age.py [CASES] [--seed 1]     (20,000 cases take about a second)

Each case is a sound input with some random changes: flipped bits, bytes taken out, put in, doubled,
cut off, pieces of the grammar dropped in, numbers swapped. A case must end within its time in an
answer or in one of our own errors. A changed age file must never open, a changed text form of one
only to the same content.
The whole run must stay below 512 MB. Exits with 1 and prints the input, in hexadecimal, otherwise.
"""

from __future__ import annotations

import argparse
import collections
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

from stillmine.crypto import (
    HybridIdentity,
    Identity,
    Passphrase,
    X25519Identity,
    armor,
    check_recovery_words,
    dearmor,
    decrypt,
    encrypt,
    parse_identities,
)
from stillmine.errors import StillmineError

SECONDS_A_CASE = 5.0
MOST_MEGABYTES = 512
PLAIN = b"plain" * 40
CLASSIC = X25519Identity.from_secret(bytes(range(32)))
HYBRID = HybridIdentity.from_secret(bytes(range(32)))
PHRASE = Passphrase("correct horse", work_factor=2, max_work_factor=8)
KEYS: list[Identity] = [CLASSIC, HYBRID, PHRASE]
PIECES = [
    b"age-encryption.org/v1\n",
    b"-> X25519 ",
    b"-> scrypt ",
    b"-> mlkem768x25519 ",
    b"-> a\n\n",
    b"--- ",
    b"\n",
    b"\r\n",
    b" ",
    b"=",
    b"A" * 43,
    b"A" * 64,
    b"9" * 30,
    b"\x00",
    b"\xff",
    b"-----BEGIN AGE ENCRYPTED FILE-----\n",
    b"-----END AGE ENCRYPTED FILE-----",
    b"AGE-SECRET-KEY-1",
    b"AGE-SECRET-KEY-PQ-1",
    b"#",
    b"1. ",
    b"zoo ",
    "İ٣ﬀ\u2028".encode(),
]


@dataclass(frozen=True)
class Reader:
    """Something that reads what strangers made, sound inputs for it, and what they must give."""

    name: str
    seeds: tuple[bytes, ...]
    read: Callable[[bytes], object]
    allowed: Callable[[bytes, object], bool]


class Hung(BaseException):
    """A case took longer than it may; no handler for ordinary errors may swallow this."""


def readers() -> list[Reader]:
    """Return every reader, with its seeds."""
    files = tuple(
        encrypt(PLAIN, recipients)
        for recipients in (
            [CLASSIC.recipient],
            [CLASSIC.recipient] * 3,
            [HYBRID.recipient],
            [PHRASE],
        )
    )
    keys = f"# made today\n{CLASSIC}\n\n{HYBRID}\n".encode()
    words = b"1. legal 2. winner thank year wave sausage worth useful legal winner thank yellow"
    return [
        Reader("file", files, lambda data: decrypt(data, KEYS), lambda data, _: data in files),
        Reader(
            "armor",
            tuple(armor(file) for file in files),
            lambda data: decrypt(dearmor(data), KEYS),
            lambda _, got: got == PLAIN,
        ),
        Reader(
            "identities",
            (keys, f"{CLASSIC}".encode()),
            lambda data: parse_identities(data.decode("utf-8", "surrogateescape")),
            lambda _, got: {str(key) for key in got} <= {str(CLASSIC), str(HYBRID)},  # type: ignore[attr-defined]  # a tuple of keys
        ),
        Reader(
            "words",
            (words,),
            lambda data: check_recovery_words(data.decode("utf-8", "surrogateescape")),
            lambda _, got: len(got) == 12,  # type: ignore[arg-type]  # a tuple of words
        ),
    ]


def change(data: bytes, chance: random.Random) -> bytes:
    """Return the data with one to six changes, or something made of pieces alone."""
    changed = bytearray(data if chance.random() < 0.97 else b"")
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        # The header is short beside the content, and where the grammar is.
        place = chance.randrange(len(changed) + 1)
        if chance.random() < 0.5:
            place = min(place, chance.randrange(120))
        chance.choice(CHANGES)(changed, place, chance)
    return bytes(changed)


def flip(data: bytearray, place: int, chance: random.Random) -> None:
    """Flip a bit."""
    if place < len(data):
        data[place] ^= 1 << chance.randrange(8)


def put_in(data: bytearray, place: int, chance: random.Random) -> None:
    """Put a piece of the grammar in."""
    data[place:place] = chance.choice(PIECES) * chance.choice((1, 1, 1, 2, 40))


def put_over(data: bytearray, place: int, chance: random.Random) -> None:
    """Put a piece of the grammar in the place of what was there."""
    piece = chance.choice(PIECES)
    data[place : place + len(piece)] = piece


def take_out(data: bytearray, place: int, chance: random.Random) -> None:
    """Take some bytes out."""
    del data[place : place + chance.choice((1, 1, 2, 16, 64, 300))]


def cut_off(data: bytearray, place: int, _chance: random.Random) -> None:
    """Cut the end off."""
    del data[place:]


def double(data: bytearray, place: int, chance: random.Random) -> None:
    """Repeat a stretch, sometimes a great many times."""
    stretch = bytes(data[place : place + chance.choice((1, 8, 65, 200))])
    data[place:place] = stretch * chance.choice((1, 1, 2, 500))


def noise(data: bytearray, place: int, chance: random.Random) -> None:
    """Put random bytes in."""
    data[place:place] = chance.randbytes(chance.randrange(1, 40))


def letter(data: bytearray, place: int, chance: random.Random) -> None:
    """Put another printable letter in the place of one."""
    if place < len(data):
        data[place] = chance.randrange(33, 127)


CHANGES = (flip, put_in, put_over, take_out, cut_off, double, noise, letter)


def judge(reader: Reader, data: bytes) -> str:
    """Return how a case ended; anything but our errors or the right content is raised."""
    signal.setitimer(signal.ITIMER_REAL, SECONDS_A_CASE)
    try:
        got = reader.read(data)
    except StillmineError as error:
        return error.code
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    if not reader.allowed(data, got):
        raise AssertionError("it was read as something that nobody wrote")
    return "unharmed"


def out_of_time(_number: int, _frame: FrameType | None) -> None:
    """Stop a case that hangs."""
    raise Hung


def megabytes() -> float:
    """Return the most memory that this process had at once."""
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def main() -> int:
    """Run the cases and print how they ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=int, nargs="?", default=20_000)
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4), "big"))
    given = parser.parse_args()
    chance = random.Random(given.seed)
    signal.signal(signal.SIGALRM, out_of_time)
    ends: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    slowest, everything = 0.0, readers()
    print(f"seed {given.seed}")
    for _ in range(given.cases):
        reader = chance.choice(everything)
        data = change(chance.choice(reader.seeds), chance)
        start = time.monotonic()
        try:
            ends[reader.name][judge(reader, data)] += 1
        except (Exception, Hung) as error:  # noqa: BLE001  # whatever it is, it is the finding
            print(f"{reader.name}: {error!r}\n{data.hex()}")
            return 1
        slowest = max(slowest, time.monotonic() - start)
    for name, counted in ends.items():
        print(name, dict(counted.most_common()))
    print(f"{given.cases} cases, slowest {slowest:.2f} s, most memory {megabytes():.0f} MB")
    return 0 if megabytes() < MOST_MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main())
