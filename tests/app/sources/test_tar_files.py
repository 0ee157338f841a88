"""Tar archives and compressed files, whole and hostile."""

import bz2
import gzip
import io
import lzma
import random
import subprocess
import tarfile

import pytest
import zstandard

from stillmine.app.sources.limits import Limits
from tests.app.sources.holding import JPEG, SECOND, told
from tests.counterparts import need

LONG = "deep/" + "n" * 200 + "/two.jpg"


def tarred(members, mode="w", form=tarfile.PAX_FORMAT):
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode=mode, format=form) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return held.getvalue()


@pytest.fixture
def file(tmp_path):
    def write(data):
        path = tmp_path / "a.tar"
        path.write_bytes(data)
        return path

    return write


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_every_form_of_tar_is_read(file, form):
    name = "deep/" * 30 + "two.jpg" if form == tarfile.USTAR_FORMAT else LONG
    path = file(tarred({"one.jpg": JPEG, name: SECOND, "x.txt": b"x"}, form=form))
    assert told(path) == [("one.jpg", JPEG), (name, SECOND)]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstandard.compress])
def test_every_compression_is_read(file, pack):
    assert told(file(pack(tarred({"one.jpg": JPEG, LONG: SECOND})))) == [
        ("one.jpg", JPEG), (LONG, SECOND)
    ]  # fmt: skip


def test_a_picture_that_was_only_compressed_is_read(file):
    assert told(file(gzip.compress(JPEG))) == [(None, JPEG)]


def test_compressed_parts_one_after_the_other_are_one(file):
    data = tarred({"one.jpg": JPEG, "two.jpg": SECOND})
    cut = len(data) // 2
    assert len(told(file(gzip.compress(data[:cut]) + gzip.compress(data[cut:])))) == 2


def test_rubbish_behind_a_compressed_file_is_let_be(file):
    assert told(file(gzip.compress(JPEG) + bytes(2000))) == [(None, JPEG)]
    assert told(file(gzip.compress(JPEG) + b"rubbish")) == [(None, JPEG)]


@pytest.mark.parametrize("option", ["--format=gnu", "--format=posix", "--format=v7"])
def test_the_real_program_is_understood(tmp_path, option):
    need("tar")
    (tmp_path / "one.jpg").write_bytes(JPEG)
    (tmp_path / "link.jpg").symlink_to("/etc/passwd")
    command = ["tar", option, "-cf", "a.tar", "one.jpg", "link.jpg"]
    subprocess.run(command, cwd=tmp_path, check=True)
    assert told(tmp_path / "a.tar") == [("one.jpg", JPEG)]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstandard.compress])
def test_an_archive_that_is_cut_short_gives_what_came_before(file, pack):
    noise = random.Random(1).randbytes(300_000)
    data = pack(tarred({"one.jpg": JPEG, "noise": noise, "two.jpg": SECOND}))
    found = told(file(data[: len(data) * 3 // 4]))
    assert found[-1] == (None, "archive.damaged")
    if pack is not bz2.compress:  # its blocks are larger than this
        assert found[0] == ("one.jpg", JPEG)


def test_a_size_that_is_not_true_is_not_believed(file):
    data = bytearray(tarred({"one.jpg": JPEG}))
    data[124:136] = b"77777777777\0"
    data[148:156] = b" " * 8
    data[148:156] = b"%06o\0 " % sum(data[:512])
    assert told(file(data)) == [("one.jpg", "archive.damaged"), (None, "archive.damaged")]


def test_a_long_header_is_not_held(file):
    """An extended header that says it is 8 gigabytes long, and goes on and on."""
    data = bytearray(tarred({LONG: JPEG}))
    assert data[156:157] == b"x"
    data[124:136] = b"77777777777\0"
    data[148:156] = b" " * 8
    data[148:156] = b"%06o\0 " % sum(data[:512])
    assert told(file(gzip.compress(bytes(data[:512]) + bytes(50 << 20)))) == [
        (None, "archive.damaged")
    ]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstandard.compress])
def test_a_bomb_is_left_at_the_limit(file, pack):
    data = pack(tarred({"one.jpg": JPEG, "zeros": bytes(60 << 20), "two.jpg": SECOND}))
    found = told(file(data), limits=Limits(unpacked=4 << 20, factor=1))
    assert found == [("one.jpg", JPEG), (None, "archive.too-much-inside")]


def test_bombs_in_bombs_share_one_limit(file):
    inner = gzip.compress(gzip.compress(gzip.compress(tarred({"z": bytes(40 << 20)}))))
    found = told(file(inner), limits=Limits(unpacked=4 << 20, factor=1))
    assert found == [(None, "archive.too-much-inside")]


def test_compression_too_deep_is_named(file):
    data = JPEG
    for _ in range(12):
        data = gzip.compress(data)
    assert told(file(data)) == [(None, "archive.too-deep")]


def test_a_decompressor_that_wants_too_much_memory_is_refused(file):
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 1 << 30}]
    assert told(file(lzma.compress(JPEG, filters=filters))) == [(None, "archive.damaged")]


def test_no_flipped_byte_or_cut_raises_anything(file):
    chance = random.Random(7)
    for pack in (bytes, gzip.compress, bz2.compress, lzma.compress, zstandard.compress):
        whole = pack(tarred({"one.jpg": JPEG, LONG: SECOND}))
        for _ in range(80):
            data = bytearray(whole)
            for _ in range(chance.randint(1, 4)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            cut = chance.choice([len(data), chance.randrange(len(data))])
            told(file(data[:cut]), limits=Limits(unpacked=1 << 22))
