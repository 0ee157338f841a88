"""Files that lie, are broken, or were made to hurt: a code comes back, and nothing else happens."""

from __future__ import annotations

import io
import os
import random
import tarfile
import zipfile
from pathlib import Path

import pytest

from stillmine.imaging import Decoder, Kind, Problem
from tests.imaging import samples

CODES = {None, *(problem.value for problem in Problem)}
ORDINARY = {None, Problem.CANNOT_DECODE, Problem.NO_DECODER, Problem.TOO_LARGE, Problem.LOCKED}
EVERY = [*samples.STILL, *samples.RAWS, *samples.VIDEOS, "pdf"]


@pytest.mark.parametrize("name", EVERY)
def test_a_file_cut_off_anywhere_is_reported(
    decoder: Decoder, files: dict[str, bytes], name: str
) -> None:
    data = files[name]
    for part in (0.02, 0.1, 0.3, 0.5, 0.8, 0.95):
        seen = decoder.look(io.BytesIO(data[: int(len(data) * part)]))
        assert seen.problem in ORDINARY, (part, seen)


@pytest.mark.parametrize("name", ["jpeg", "png", "webp", "avif", "heif", "jxl", "bmp"])
def test_half_a_picture_is_not_called_whole(
    decoder: Decoder, files: dict[str, bytes], name: str
) -> None:
    seen = decoder.look(io.BytesIO(files[name][: len(files[name]) // 2]))

    assert (seen.format, seen.problem) == (name, Problem.CANNOT_DECODE)


@pytest.mark.parametrize("name", EVERY)
def test_flipped_bytes_never_end_in_anything_but_a_code(
    decoder: Decoder, files: dict[str, bytes], name: str
) -> None:
    chance = random.Random(name)
    for _ in range(12):
        data = bytearray(files[name])
        for _ in range(8):
            data[chance.randrange(len(data))] = chance.randrange(256)
        assert decoder.look(io.BytesIO(bytes(data))).problem in CODES


@pytest.mark.parametrize(
    ("width", "height"), [(20_000, 20_000), (2_000_000_000, 2_000_000_000), (300_000_000, 1)]
)
def test_a_pixel_bomb_is_named_with_its_size_and_not_unfolded(
    decoder: Decoder, width: int, height: int
) -> None:
    seen = decoder.look(io.BytesIO(samples.png_that_declares(width, height)))

    assert (seen.kind, seen.format) == (Kind.PICTURE, "png")
    assert (seen.width, seen.height, seen.problem) == (width, height, Problem.TOO_LARGE)


def test_a_webp_that_declares_the_largest_size_is_named_with_it(decoder: Decoder) -> None:
    size = (16_383).to_bytes(3, "little")
    chunk = b"VP8X" + (10).to_bytes(4, "little") + bytes(4) + size + size
    data = b"RIFF" + (len(chunk) + 4).to_bytes(4, "little") + b"WEBP" + chunk

    seen = decoder.look(io.BytesIO(data))

    assert (seen.width, seen.height, seen.problem) == (16_384, 16_384, Problem.TOO_LARGE)


def test_a_very_wide_picture_is_only_a_picture(decoder: Decoder) -> None:
    seen = decoder.look(io.BytesIO(samples.png_filled(100_000, 20)))

    assert (seen.width, seen.height, seen.problem) == (100_000, 20, None)


def test_more_memory_than_allowed_is_named_and_the_size_still_told() -> None:
    with Decoder(workers=1, memory=64 * 1024 * 1024) as small:
        seen = small.look(io.BytesIO(samples.png_filled(12_000, 12_000)))
        after = small.look(io.BytesIO(samples.saved("PNG")))

    assert (seen.width, seen.height, seen.problem) == (12_000, 12_000, Problem.OUT_OF_MEMORY)
    assert after.problem is None


def test_frames_are_counted_only_up_to_a_limit(decoder: Decoder) -> None:
    seen = decoder.look(io.BytesIO(samples.gif_of(300_000)))

    assert (seen.kind, seen.frames, seen.problem) == (Kind.ANIMATION, 100_000, None)


def test_an_apng_may_declare_any_number_of_frames(decoder: Decoder) -> None:
    data = bytearray(samples.animated("PNG", 3))
    at = data.index(b"acTL")
    data[at + 4 : at + 8] = (2**31 - 1).to_bytes(4)

    assert decoder.look(io.BytesIO(bytes(data))).problem in ORDINARY


def test_archives_texts_and_nothing_are_documents(decoder: Decoder) -> None:
    packed, rolled = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("picture.jpg", b"\xff\xd8\xff")
    with tarfile.open(fileobj=rolled, mode="w") as archive_of_files:
        archive_of_files.addfile(tarfile.TarInfo("picture.jpg"))
    for data in (packed.getvalue(), rolled.getvalue(), b"", b"\x00", b"BM, a diary", b"GIF", b"II"):
        seen = decoder.look(io.BytesIO(data))
        assert (seen.kind, seen.format, seen.problem) == (Kind.DOCUMENT, "other", None), data


@pytest.mark.parametrize("data", [samples.nested_pdf(), samples.looping_pdf(), b"%PDF-1.7\n"])
def test_a_pdf_that_goes_in_circles_or_too_deep_gets_a_code(decoder: Decoder, data: bytes) -> None:
    seen = decoder.look(io.BytesIO(data))

    assert seen.kind is Kind.PDF
    assert seen.problem in CODES


def test_a_locked_pdf_is_not_called_damaged(decoder: Decoder, tmp_path: Path) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    path = tmp_path / "locked.pdf"
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(path, encryption=pikepdf.Encryption(owner="one", user="two"))

    assert decoder.look(path).problem == Problem.LOCKED


def test_what_is_not_a_file_is_not_waited_for(decoder: Decoder, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "circle").symlink_to("circle")
    for name in ("pipe", "folder", "circle", "missing"):
        assert decoder.look(tmp_path / name).problem == Problem.CANNOT_READ
    assert decoder.look(Path("/dev/zero")).problem == Problem.CANNOT_READ


def test_a_raw_file_without_a_preview_says_that_there_is_no_decoder(decoder: Decoder) -> None:
    data = samples.raw_file()
    seen = decoder.look(io.BytesIO(data[:512]))

    assert (seen.format, seen.problem) == ("raw-nef", Problem.NO_DECODER)


def test_a_raw_file_whose_directories_go_in_circles_ends(decoder: Decoder) -> None:
    circle = samples.tiff_directory("<", [(330, 4, 1, 8), (271, 2, 5, 8)], following=8)

    assert decoder.look(io.BytesIO(b"II*\x00\x08\x00\x00\x00" + circle)).problem in ORDINARY
