"""The signed list itself: whatever is changed in it, or exchanged for it, is noticed."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stillmine.crypto import SigningKey
from stillmine.errors import BrokenManifest, VaultTooNew
from stillmine.keep.backup.manifest import Entry, counters, read_head, read_manifest, write_manifest

KEY = SigningKey.from_secret(b"k" * 32)
MADE = datetime(2026, 11, 22, tzinfo=UTC)
MANIPULATIONS = 1000


def entries(dice: random.Random, count: int) -> list[Entry]:
    made = []
    for _ in range(count):
        item = dice.randbytes(16).hex()
        name = f"objects/{item[:2]}/{item}.age"
        made.append(Entry(name, name, dice.randrange(1, 1 << 30), dice.randbytes(32).hex()))
    return sorted(made)


def written(listed: list[Entry], counter: int = 7, key: SigningKey = KEY) -> bytes:
    return write_manifest("5" * 32, counter, MADE, listed, key)[1]


def flipped(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    changed[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def shortened(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data))]


def lengthened(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + dice.choice([b"\n", b"\r", b" ", b"0", dice.randbytes(3)]) + data[at:]


def without_a_line(data: bytes, dice: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    del lines[dice.randrange(len(lines))]
    return b"".join(lines)


def with_a_line_twice(data: bytes, dice: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    lines.insert(dice.randrange(len(lines)), dice.choice(lines))
    return b"".join(lines)


def with_lines_exchanged(data: bytes, dice: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    one, other = dice.sample(range(len(lines)), 2)
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def with_an_upper_case_digit(data: bytes, dice: random.Random) -> bytes:
    places = [at for at, byte in enumerate(data) if byte in b"abcdef"]
    at = dice.choice(places)
    return data[:at] + data[at : at + 1].upper() + data[at + 1 :]


def with_another_head(data: bytes, dice: random.Random) -> bytes:
    other = written(entries(dice, 5), counter=dice.randrange(1, 9)).splitlines(keepends=True)
    own = data.splitlines(keepends=True)
    return b"".join(dice.choice([[*other[:2], *own[2:]], [other[0], *own[1:]]]))


CHANGES = [
    flipped,
    shortened,
    lengthened,
    without_a_line,
    with_a_line_twice,
    with_lines_exchanged,
    with_an_upper_case_digit,
    with_another_head,
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_thousand_of_a_thousand_changes_are_noticed(change) -> None:
    dice = random.Random(f"seed {change.__name__}")
    noticed = done = 0
    while done < MANIPULATIONS:
        whole = written(entries(dice, dice.randrange(2, 8)))
        changed = change(whole, dice)
        if changed == whole:
            continue
        done += 1
        with pytest.raises(BrokenManifest):
            read_manifest(changed)
        noticed += 1
    assert noticed == MANIPULATIONS


def test_what_was_written_is_read_and_a_list_of_nothing_too() -> None:
    for count in (0, 1, 2, 9):
        listed = entries(random.Random(count), count)
        made, data = write_manifest("5" * 32, 3, MADE, listed, KEY)
        assert read_manifest(data) == made
        head = read_head(data)
        assert (head.counter, head.root, head.files) == (3, made.root, count)
        assert read_head(data[: data.index(b"\n", data.index(b"\n") + 1) + 1]) == head


@pytest.mark.parametrize(
    "facts",
    [
        {"counter": float("inf")},
        {"counter": "seven"},
        {"counter": None},
        {"files": 1e400},
        {"made": "yesterday"},
        {"made": 5},
        {"stillmine-manifest": "1"},
        {"stillmine-manifest": None},
        {"root": 5},
        {"key": "55"},
        {"key": [1]},
    ],
)
def test_a_signed_list_of_nonsense_is_broken_and_nothing_worse(facts: dict[str, object]) -> None:
    assert _broken(_signed(facts))


def test_a_list_as_deep_as_a_well_is_broken_and_nothing_worse() -> None:
    assert _broken(b"[" * 100_000 + b"\n" + b"0" * 128 + b"\n")
    assert _broken(b"[" * 2_000 + b"\n" + b"0" * 128 + b"\n")


def test_a_newer_format_is_called_so_only_where_its_signature_is_good() -> None:
    with pytest.raises(VaultTooNew):
        read_manifest(_signed({"stillmine-manifest": 2}))
    assert _broken(written([]).replace(b'"stillmine-manifest": 1', b'"stillmine-manifest": 3'))


@pytest.mark.parametrize(
    "name",
    [
        "README.txt",
        "catalogue.db",
        "objects/../catalogue.db",
        "/etc/passwd",
        "objects/a b.age",
        "objects/A.age",
        "lock",
        "unfinished/00.tmp",
        "manifests/00000001.txt",
    ],
)
def test_a_stranger_s_list_brings_no_file_of_its_own(name: str) -> None:
    bad = replace(entries(random.Random(1), 1)[0], name=name)
    with pytest.raises(BrokenManifest):
        read_manifest(written([bad]))
    with pytest.raises(BrokenManifest):
        read_manifest(written([replace(bad, name="objects/a.age", place=name)]))


def test_the_time_and_the_counter_are_signed() -> None:
    whole = written([])
    later = (MADE + timedelta(days=1)).isoformat().encode()
    assert _broken(whole.replace(MADE.isoformat().encode(), later))
    assert _broken(whole.replace(b'"counter": 7', b'"counter": 8'))


def test_only_names_of_lists_count() -> None:
    names = ["00000002.txt", "00000010.txt", "100000000.txt", "2.txt", "00000003.txt~", "x.txt"]
    assert counters(f"manifests/{name}" for name in names) == [100_000_000, 10, 2]


def _signed(facts: dict[str, object]) -> bytes:
    head = {**json.loads(written([]).split(b"\n")[0]), **facts}
    first = json.dumps(head).encode()
    return first + b"\n" + KEY.sign(first).hex().encode() + b"\n"


def _broken(data: bytes) -> bool:
    with pytest.raises(BrokenManifest):
        read_manifest(data)
    return True
