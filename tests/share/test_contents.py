"""Inside a seal are three files: any tar program unpacks them, and nothing else is accepted."""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
from pathlib import Path

import pytest

from stillmine.crypto import PersonalKey, padded_size
from stillmine.errors import NotAHandover, NotAsSigned
from stillmine.share import contents
from stillmine.share.manifest import sign
from tests.counterparts import need, run
from tests.share.conftest import stated

KEY = PersonalKey(bytes(32))
PICTURE = bytes(range(256)) * 7 + b"end"
STATED = stated(PICTURE, KEY, "passphrase")
SIGNED = sign(STATED, KEY.signing)


def archive(*entries: tuple[tarfile.TarInfo, bytes]) -> io.BytesIO:
    """Return an archive of any entries, by Python's own tar."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for entry, content in entries:
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    out.seek(0)
    return out


def entry(name: str, **more: object) -> tarfile.TarInfo:
    found = tarfile.TarInfo(name)
    for field, value in more.items():
        setattr(found, field, value)
    return found


RIGHT = (
    (entry("manifest.json"), STATED.to_json()),
    (entry("manifest.sig"), SIGNED),
    (entry("picture.jpg"), PICTURE),
)


def test_what_is_packed_is_found_again() -> None:
    plain = io.BytesIO(b"".join(contents.pack(STATED, SIGNED, PICTURE)))
    found = contents.unpack(plain)
    assert found.manifest == STATED
    assert b"".join(found.read_from(plain)) == PICTURE


def test_the_tar_program_unpacks_it(tmp_path: Path) -> None:
    need("tar")
    run("tar", "-x", "-C", tmp_path, given=b"".join(contents.pack(STATED, SIGNED, PICTURE)))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "manifest.json": STATED.to_json(),
        "manifest.sig": SIGNED,
        "picture.jpg": PICTURE,
    }


def test_what_another_tar_program_packed_is_accepted() -> None:
    assert contents.unpack(archive(*RIGHT)).manifest == STATED


@pytest.mark.parametrize("size", [0, 1, 511, 512, 513, 4000, 100_000, 1_000_003])
def test_the_size_says_almost_nothing(size: int) -> None:
    picture = os.urandom(size)
    statement = stated(picture, KEY, "passphrase")
    packed = b"".join(contents.pack(statement, sign(statement, KEY.signing), picture))
    assert len(packed) == padded_size(len(packed))
    assert contents.unpack(io.BytesIO(packed)).size == size


@pytest.mark.parametrize(
    "entries",
    [
        RIGHT[1:],
        RIGHT[:2],
        (RIGHT[1], RIGHT[0], RIGHT[2]),
        (*RIGHT[:2], (entry("../picture.jpg"), PICTURE)),
        (*RIGHT[:2], (entry("/picture.jpg"), PICTURE)),
        (*RIGHT[:2], (entry("picture.jpg", type=tarfile.SYMTYPE, linkname="/etc/passwd"), b"")),
        (*RIGHT[:2], (entry("picture.jpg", type=tarfile.LNKTYPE, linkname="manifest.json"), b"")),
        (*RIGHT[:2], (entry("picture.jpg", type=tarfile.DIRTYPE), b"")),
        (*RIGHT[:2], (entry("picture.jpg", type=tarfile.FIFOTYPE), b"")),
        ((entry("manifest.json"), b" " * 70_000), *RIGHT[1:]),
        (RIGHT[0], (entry("manifest.sig"), b"0" * 5000), RIGHT[2]),
    ],
    ids=["no statement", "no picture", "order", "up", "root", "link", "hard link", "folder", "pipe",
         "long statement", "long signature"],
)  # fmt: skip
def test_an_archive_with_anything_else_in_it_is_refused(
    entries: tuple[tuple[tarfile.TarInfo, bytes], ...],
) -> None:
    with pytest.raises((NotAHandover, NotAsSigned)):
        contents.unpack(archive(*entries))


def test_a_picture_that_was_swapped_is_refused() -> None:
    other = bytes(len(PICTURE))
    with pytest.raises(NotAsSigned):
        contents.unpack(archive(*RIGHT[:2], (entry("picture.jpg"), other)))


def test_a_picture_swapped_after_it_was_proven_is_noticed_while_it_is_read() -> None:
    plain = archive(*RIGHT)
    found = contents.unpack(plain)
    plain.seek(found.start)
    plain.write(b"X")
    with pytest.raises(NotAsSigned):
        b"".join(found.read_from(plain))


def test_every_cut_is_refused() -> None:
    whole = b"".join(contents.pack(STATED, SIGNED, PICTURE))
    end = whole.index(PICTURE) + len(PICTURE)
    for length in range(0, end, 37):
        with pytest.raises((NotAHandover, NotAsSigned)):
            contents.unpack(io.BytesIO(whole[:length]))


def test_no_flipped_bit_in_what_counts_goes_unnoticed() -> None:
    whole = b"".join(contents.pack(STATED, SIGNED, PICTURE))
    digest = hashlib.sha256(PICTURE).digest()
    for place in range(0, 4000, 11):
        changed = bytearray(whole)
        changed[place] ^= 1 << place % 8
        plain = io.BytesIO(bytes(changed))
        try:
            found = contents.unpack(plain)
        except (NotAHandover, NotAsSigned):
            continue
        # A bit of the filling between two entries may be anything.
        assert hashlib.sha256(b"".join(found.read_from(plain))).digest() == digest
        assert found.manifest == STATED
