"""ZIP archives as people and their programs make them, and as nobody should."""

import io
import os
import random
import struct
import subprocess
import zipfile

import pytest
import zstandard

from stillmine.app.sources.limits import Limits
from tests.app.sources.holding import JPEG, SECOND, others, told
from tests.counterparts import need

KINDS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]


def zipped(path, members, kind=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", kind) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


@pytest.fixture
def archive(tmp_path):
    return zipped(tmp_path / "a.zip", {"one.jpg": JPEG, "deep/er/two.jpg": SECOND, "x.txt": "x"})


@pytest.mark.parametrize("kind", KINDS)
def test_pictures_are_found_however_they_are_packed(tmp_path, kind):
    path = zipped(tmp_path / "a.zip", {"one.jpg": JPEG, "zwei ü.jpg": SECOND, "t.txt": "t"}, kind)
    assert told(path) == [("one.jpg", JPEG), ("zwei ü.jpg", SECOND)]
    assert others(path) == 1


def test_a_real_zip_program_is_understood(tmp_path):
    need("zip")
    (tmp_path / "one.jpg").write_bytes(JPEG)
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/two.jpg").write_bytes(SECOND)
    subprocess.run(["zip", "-q", "-r", "a.zip", "one.jpg", "deep"], cwd=tmp_path, check=True)
    assert sorted(told(tmp_path / "a.zip")) == [("deep/two.jpg", SECOND), ("one.jpg", JPEG)]


def test_a_file_of_another_name_is_an_archive_all_the_same(archive, tmp_path):
    odd = tmp_path / "holiday.jpg"
    archive.rename(odd)
    assert [name for name, _ in told(odd)] == ["one.jpg", "deep/er/two.jpg"]


def test_an_archive_behind_a_program_that_unpacks_it_is_read(archive, tmp_path):
    """A file that only begins with the archive's own sign is opened; its places may be shifted."""
    shifted = tmp_path / "s.zip"
    shifted.write_bytes(b"PK\x03\x04" + bytes(1000) + archive.read_bytes())
    assert told(shifted)[0] == ("one.jpg", JPEG)


def test_an_archive_with_64_bit_sizes_is_read(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive, archive.open("one.jpg", "w", force_zip64=True) as f:
        f.write(JPEG)
    assert told(path) == [("one.jpg", JPEG)]


def test_an_archive_of_more_members_than_16_bits_count_is_read(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(66_000):
            archive.writestr(f"{number}", b"")
        archive.writestr("one.jpg", JPEG)
    assert told(path) == [("one.jpg", JPEG)]


def test_a_member_packed_with_zstd_is_read(tmp_path):
    packed = zstandard.compress(JPEG)
    path = zipped(tmp_path / "a.zip", {"one.jpg": packed}, zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    struct.pack_into("<H", data, 8, 93)
    struct.pack_into("<H", data, data.index(b"PK\x01\x02") + 10, 93)
    path.write_bytes(data)
    assert told(path) == [("one.jpg", JPEG)]


def test_names_that_lead_elsewhere_are_names_only(tmp_path):
    before = set(tmp_path.rglob("*"))
    names = ("../../out.jpg", "/etc/out.jpg", "C:\\out.jpg", "a\x1b[31m.jpg", "x" * 5000)
    path = zipped(tmp_path / "a.zip", dict.fromkeys(names, JPEG))
    found = told(path)
    assert [name for name, _ in found] == [*names[:4], "x" * 1024]
    assert all(data == JPEG for _, data in found)
    assert set(tmp_path.rglob("*")) - before == {path}


def test_a_name_in_letters_of_long_ago_is_read(tmp_path):
    path = zipped(tmp_path / "a.zip", {"a_.jpg": JPEG})
    path.write_bytes(path.read_bytes().replace(b"a_.jpg", b"a\x81.jpg"))
    assert told(path) == [("aü.jpg", JPEG)]


def test_a_locked_member_is_named_and_the_others_are_read(archive):
    data = bytearray(archive.read_bytes())
    first = data.index(b"PK\x01\x02")
    data[first + 8] |= 1
    archive.write_bytes(data)
    assert told(archive) == [("one.jpg", "archive.locked"), ("deep/er/two.jpg", SECOND)]


def test_an_archive_locked_by_a_real_program_is_named(tmp_path):
    need("zip")
    (tmp_path / "one.jpg").write_bytes(JPEG)
    subprocess.run(["zip", "-q", "-P", "x", "a.zip", "one.jpg"], cwd=tmp_path, check=True)
    assert told(tmp_path / "a.zip") == [("one.jpg", "archive.locked")]


def test_an_unknown_packing_is_named(archive):
    data = bytearray(archive.read_bytes())
    struct.pack_into("<H", data, data.index(b"PK\x01\x02") + 10, 9)  # Deflate64
    archive.write_bytes(data)
    assert told(archive)[0] == ("one.jpg", "archive.cannot-unpack")


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_an_archive_that_is_cut_short_is_named(archive, part):
    data = archive.read_bytes()
    archive.write_bytes(data[: int(len(data) * part)])
    assert told(archive)[-1] == (None, "archive.damaged")


def test_damage_in_one_member_leaves_the_others(tmp_path):
    path = zipped(tmp_path / "a.zip", {"one.jpg": bytes(5000), "two.jpg": SECOND})
    data = bytearray(path.read_bytes())
    data[40] ^= 0xFF
    path.write_bytes(data)
    assert told(path) == [("one.jpg", "archive.damaged"), ("two.jpg", SECOND)]


def test_no_flipped_byte_or_cut_raises_anything(archive):
    whole, chance = archive.read_bytes(), random.Random(5)
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        archive.write_bytes(data[: chance.choice([len(data), chance.randrange(len(data))])])
        told(archive, limits=Limits(unpacked=1 << 20))


def test_a_picture_that_unpacks_to_more_than_is_held_is_named(tmp_path):
    path = zipped(tmp_path / "a.zip", {"bomb.jpg": JPEG + bytes(30 << 20), "two.jpg": SECOND})
    found = told(path, limits=Limits(held=1 << 20))
    assert found == [("bomb.jpg", "archive.file-too-large"), ("two.jpg", SECOND)]


def test_a_bomb_is_left_at_the_limit_and_what_came_before_is_kept(tmp_path):
    members = {"one.jpg": JPEG, **{f"{n}.jpg": JPEG + bytes(3 << 20) for n in range(40)}}
    path = zipped(tmp_path / "a.zip", members)
    found = told(path, limits=Limits(unpacked=8 << 20, factor=1))
    assert found[0] == ("one.jpg", JPEG)
    assert found[-1] == (None, "archive.too-much-inside")
    assert len(found) == 4


def test_many_names_for_the_same_bytes_are_a_bomb_too(tmp_path):
    """Each entry of the list points to one and the same stored member."""
    path = zipped(tmp_path / "a.zip", {"a.jpg": JPEG + bytes(1 << 20)}, zipfile.ZIP_STORED)
    data = path.read_bytes()
    start = data.index(b"PK\x01\x02")
    entry, count = data[start : data.index(b"PK\x05\x06")], 5000
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, len(entry) * count, start, 0)
    path.write_bytes(data[:start] + entry * count + end)
    found = told(path, limits=Limits(unpacked=16 << 20, factor=1))
    assert found[-1] == (None, "archive.too-much-inside")
    assert len(found) < 20


def test_too_many_members_are_named(tmp_path):
    path = zipped(tmp_path / "a.zip", {str(number): b"" for number in range(300)})
    assert told(path, limits=Limits(members=200)) == [(None, "archive.too-much-inside")]


def test_an_archive_in_an_archive_is_read_and_named_by_both(archive, tmp_path):
    outer = zipped(tmp_path / "o.zip", {"in.zip": archive.read_bytes(), "three.jpg": JPEG})
    names = [name for name, _ in told(outer)]
    assert names == ["in.zip > one.jpg", "in.zip > deep/er/two.jpg", "three.jpg"]


def test_archives_too_deep_in_each_other_are_named(tmp_path):
    data = JPEG
    for number in range(12):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            archive.writestr(f"{number}.zip", data)
            archive.writestr(f"{number}.jpg", JPEG)
        data = held.getvalue()
    path = tmp_path / "deep.zip"
    path.write_bytes(data)
    found = told(path)
    assert [code for _, code in found if isinstance(code, str)] == ["archive.too-deep"]
    assert sum(data == JPEG for _, data in found) == 9


def test_an_archive_that_holds_itself_ends(tmp_path):
    """As the famous file does: the entry's bytes are the archive's own, again and again."""
    path = zipped(tmp_path / "a.zip", {"self.zip": b""}, zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    for _ in range(3):
        at = data.index(b"PK\x01\x02")
        struct.pack_into("<II", data, at + 20, len(data), len(data))
        struct.pack_into("<II", data, 18, len(data), len(data))
    path.write_bytes(data)
    assert all(code.startswith("archive.") for _, code in told(path))


def test_an_empty_archive_holds_nothing(tmp_path):
    assert told(zipped(tmp_path / "a.zip", {})) == []


def test_other_archives_are_named_and_not_passed_over(tmp_path):
    for magic in (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07\x01\x00"):
        path = tmp_path / "a.jpg"
        path.write_bytes(magic + os.urandom(100))
        assert told(path) == [(None, "archive.cannot-unpack")]
