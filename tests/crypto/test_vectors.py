"""Every age test vector of the specification's authors is answered exactly."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections import defaultdict
from pathlib import Path

import pytest

from stillmine.crypto import Identity, Opener, Passphrase, dearmor, parse_identities
from stillmine.errors import (
    Damaged,
    NoKeyFits,
    NotAge,
    NotArmor,
    UnsupportedVersion,
    WorkFactorTooHigh,
)
from tests.crypto.conftest import VECTORS

FILES = sorted((VECTORS / "age" / "testdata").iterdir())
CHUNK = 65536


def open_released(data: bytes, identities: list[Identity]) -> tuple[str, bytes]:
    """Return how opening ended, and every byte that was given out before."""
    released = io.BytesIO()
    step = CHUNK
    try:
        opener = Opener(io.BytesIO(data), identities)
    except (NotAge, UnsupportedVersion, WorkFactorTooHigh):
        return "header failure", b""
    except NoKeyFits:
        return "no match", b""
    except Damaged:
        return "HMAC failure", b""
    while True:
        try:
            piece = opener.read(step)
        except Damaged:
            if step == 1:
                return "payload failure", released.getvalue()
            step = 1  # whatever lies before the damage must still come out
            continue
        if not piece:
            return "success", released.getvalue()
        released.write(piece)


def test_all_vectors_are_here() -> None:
    assert len(FILES) == 143


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_vector_ends_as_it_must(file: Path) -> None:
    head, _, data = file.read_bytes().partition(b"\n\n")
    fields: dict[str, list[str]] = defaultdict(list)
    for line in head.decode().splitlines():
        key, _, value = line.partition(": ")
        fields[key].append(value)
    known = {"expect", "payload", "file key", "identity", "passphrase", "armored", "comment"}
    assert set(fields) <= known | {"compressed"}
    if fields["compressed"]:
        assert fields["compressed"] == ["zlib"]
        data = zlib.decompress(data)
    identities: list[Identity] = [
        key for text in fields["identity"] for key in parse_identities(text)
    ]
    identities += [Passphrase(text) for text in fields["passphrase"]]
    try:
        data = dearmor(data) if fields["armored"] == ["yes"] else data
    except NotArmor:
        assert fields["expect"] == ["armor failure"]
        return
    ended, released = open_released(data, identities)
    assert [ended] == fields["expect"]
    if fields["payload"]:
        assert hashlib.sha256(released).hexdigest() == fields["payload"][0]
