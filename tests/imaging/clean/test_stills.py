"""JPEG, PNG, WebP, GIF, BMP and TIFF: the planted is found and gone, the picture is the same."""

from __future__ import annotations

import io
import re
import warnings
import zlib

import numpy
import pytest
from PIL import Image, ImageCms, ImageSequence

from stillmine.errors import FileDamaged, NotUnderstood, StillmineError, StillSpeaks
from stillmine.imaging.clean.findings import KEPT, WHATS, Cleaned
from stillmine.imaging.clean.formats import FORMATS, SECOND_PROOF
from tests.imaging.clean import stills
from tests.imaging.clean.stills import CANARY, LEAKS, PLAIN

CASES = [(kind, name) for kind, leaks in LEAKS.items() for name in leaks]
PLAIN_CASES = [(kind, number) for kind, made in PLAIN.items() for number in range(len(made))]


def cleaned(kind: str, data: bytes) -> tuple[bytes, Cleaned]:
    out = io.BytesIO()
    done = FORMATS[kind].clean(io.BytesIO(data), out)
    return out.getvalue(), done


def frames(data: bytes) -> list[bytes]:
    """Return what every frame shows, with nothing below full transparency."""
    shown: list[bytes] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of Pillow, on files that are odd on purpose
        file = Image.open(io.BytesIO(data))
        for number, frame in enumerate(ImageSequence.Iterator(file)):
            if number and file.format in ("JPEG", "MPO"):
                break
            if number == 0 and file.info.get("default_image"):
                continue
            if frame.mode in ("I;16", "CMYK"):
                shown.append(frame.tobytes())
                continue
            pixels = numpy.array(frame.convert("RGBA"))
            pixels[pixels[..., 3] == 0] = 0
            shown.append(pixels.tobytes())
    return shown


def everything_in(data: bytes) -> bytes:
    """Return a file's bytes, and what each stream in it that can be unpacked unfolds to."""
    found = [data]
    for match in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data):
        try:
            found.append(zlib.decompressobj().decompress(data[match.start() :], 1 << 22))
        except zlib.error:
            continue
    return b"".join(found)


@pytest.mark.parametrize(("kind", "name"), CASES, ids=[f"{kind} {name}" for kind, name in CASES])
def test_what_was_planted_is_gone_and_the_picture_is_the_same(kind: str, name: str) -> None:
    data = LEAKS[kind][name]()
    copy, done = cleaned(kind, data)
    assert CANARY[:12] not in everything_in(copy)
    assert frames(copy) == frames(data)
    assert set(done.removed) <= set(WHATS)
    assert set(done.kept) <= set(KEPT)
    FORMATS[kind].audit(io.BytesIO(copy))


@pytest.mark.parametrize(("kind", "name"), CASES, ids=[f"{kind} {name}" for kind, name in CASES])
def test_the_second_reader_does_not_pass_the_planted(kind: str, name: str) -> None:
    if (kind, name) in BEYOND_THE_SECOND_READER:
        pytest.skip("only unpacking shows this one; the cleaner does that")
    with pytest.raises(StillmineError):
        FORMATS[kind].audit(io.BytesIO(LEAKS[kind][name]()))


BEYOND_THE_SECOND_READER = {
    ("jpeg", "behind the coded data"),
    ("jpeg", "before a restart"),
    ("jpeg", "overridden quantisation table"),
    ("jpeg", "unused quantisation table"),
    ("png", "unused palette entries"),
    ("png", "more rows than high"),
    ("webp", "behind the coded picture"),
    ("webp", "behind the lossless picture"),
    ("gif", "unused palette entries"),
    ("gif", "behind the packed pixels"),
}


@pytest.mark.parametrize(("kind", "number"), PLAIN_CASES)
def test_a_clean_copy_shows_the_same_by_every_proof(kind: str, number: int) -> None:
    data = PLAIN[kind][number]()
    copy, _ = cleaned(kind, data)
    assert frames(copy) == frames(data)
    proof = FORMATS[kind].shown
    same = proof(io.BytesIO(copy)) == proof(io.BytesIO(data))
    if not same:
        proof = SECOND_PROOF[kind]
        same = proof(io.BytesIO(copy)) == proof(io.BytesIO(data))
    assert same
    FORMATS[kind].audit(io.BytesIO(copy))


@pytest.mark.parametrize(("kind", "number"), PLAIN_CASES)
def test_a_second_cleaning_finds_nothing_more(kind: str, number: int) -> None:
    copy, _ = cleaned(kind, PLAIN[kind][number]())
    assert FORMATS[kind].inspect(io.BytesIO(copy)) == []
    again, done = cleaned(kind, copy)
    assert done.removed == {}
    assert frames(again) == frames(copy)


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_the_picture_is_still_turned_the_right_way(kind: str, turn: int) -> None:
    data = stills.saved(stills.small(), kind.upper(), exif=stills.exif(turn))
    copy, done = cleaned(kind, data)
    with Image.open(io.BytesIO(copy)) as picture:
        assert picture.getexif().get(0x0112, 1) == turn
    assert ("orientation" in done.kept) is (turn != 1)


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "tiff"])
def test_colours_are_read_as_before_without_the_words(kind: str) -> None:
    data = stills.saved(stills.small(), kind.upper(), icc_profile=stills.profile(CANARY))
    copy, _ = cleaned(kind, data)
    wanted = ImageCms.createProfile("sRGB")
    seen = []
    for one in (data, copy):
        with Image.open(io.BytesIO(one)) as picture:
            given = ImageCms.ImageCmsProfile(io.BytesIO(picture.info["icc_profile"]))
            turned = ImageCms.profileToProfile(picture.convert("RGB"), given, wanted)
            assert turned is not None
            seen.append(turned.tobytes())
    assert seen[0] == seen[1]


def test_the_place_device_owner_and_time_are_told() -> None:
    told = FORMATS["jpeg"].inspect(io.BytesIO(stills.jpeg(exif=stills.exif())))
    said = {(one.what, one.said) for one in told}
    assert ("place", "48.85822, -2.29450") in said
    assert {("device", "Maker"), ("serial", "SN-77"), ("owner", "Some Body")} <= said
    assert ("time", "2024:03:12 10:11:12") in said
    assert any(what == "maker-notes" for what, _ in said)


@pytest.mark.parametrize(
    ("kind", "name", "what"),
    [
        ("jpeg", "comment", "comment"),
        ("jpeg", "jumbf", "provenance"),
        ("jpeg", "mpf", "second-image"),
        ("jpeg", "video after the end", "motion-video"),
        ("jpeg", "photoshop", "iptc"),
        ("jpeg", "after the end", "after-the-end"),
        ("png", "larger picture after the end", "cropped-away"),
        ("png", "behind the packed rows", "cropped-away"),
        ("png", "tEXt", "owner"),
        ("webp", "provenance", "provenance"),
        ("gif", "xmp", "xmp"),
        ("tiff", "xmp", "xmp"),
        ("bmp", "after the end", "after-the-end"),
    ],
)
def test_each_thing_is_called_by_its_name(kind: str, name: str, what: str) -> None:
    assert what in {one.what for one in FORMATS[kind].inspect(io.BytesIO(LEAKS[kind][name]()))}


@pytest.mark.parametrize("kind", LEAKS)
def test_a_file_cut_short_is_refused_and_not_half_cleaned(kind: str) -> None:
    data = PLAIN[kind][0]()
    with pytest.raises((FileDamaged, NotUnderstood)):
        cleaned(kind, data[: len(data) // 2])


def test_a_jpeg_without_its_last_two_bytes_is_whole_again() -> None:
    copy, _ = cleaned("jpeg", stills.jpeg()[:-2])
    assert frames(copy) == frames(stills.jpeg())


def test_a_stray_frame_that_some_readers_refuse_is_left_out() -> None:
    """Pillow opens no PNG with an animation's data but no animation; browsers show it."""
    data = stills.with_chunk(b"fdAT", bytes(4) + stills.LONG)
    copy, done = cleaned("png", data)
    assert CANARY not in copy
    assert frames(copy) == frames(stills.png())
    assert done.removed == {"second-image": 1}
    assert FORMATS["png"].shown(io.BytesIO(copy)) == FORMATS["png"].shown(io.BytesIO(data))


def test_a_table_that_is_missing_is_named() -> None:
    data = stills.jpeg()
    at = data.index(b"\xff\xc4")
    size = int.from_bytes(data[at + 2 : at + 4])
    with pytest.raises(FileDamaged) as error:
        cleaned("jpeg", data[:at] + data[at + 2 + size :])
    assert error.value.facts["part"] == "missing-table"


def test_a_critical_chunk_that_nobody_knows_is_not_passed_over() -> None:
    with pytest.raises(NotUnderstood):
        cleaned("png", stills.with_chunk(b"ABCD", b"x"))


def test_sixteen_bits_are_compared_to_the_last_one() -> None:
    """Pillow rounds colours of sixteen bits to eight: the proof must not."""
    pixels = numpy.random.default_rng(5).integers(0, 65536, (8, 8, 3), dtype=numpy.uint16)
    sums = set()
    for change in (0, 1):
        pixels[0, 0, 0] ^= change
        rows = b"".join(b"\x00" + row.astype(">u2").tobytes() for row in pixels)
        head = b"\x00\x00\x00\x08\x00\x00\x00\x08\x10\x02\x00\x00\x00"
        data = b"\x89PNG\r\n\x1a\n" + stills.chunk(b"IHDR", head)
        data += stills.chunk(b"IDAT", zlib.compress(rows)) + stills.chunk(b"IEND", b"")
        copy, _ = cleaned("png", data)
        proof = FORMATS["png"].shown
        assert proof(io.BytesIO(copy)) == proof(io.BytesIO(data))
        sums.add(proof(io.BytesIO(data)))
    assert len(sums) == 2


def test_colours_below_transparency_are_wiped_and_counted() -> None:
    for kind in ("png", "webp"):
        options = {"lossless": True, "exact": True} if kind == "webp" else {}
        data = stills.saved(stills.cut_out(), kind.upper(), **options)
        copy, done = cleaned(kind, data)
        assert done.removed["hidden-colours"] == 400
        with Image.open(io.BytesIO(copy)) as picture:
            pixels = numpy.array(picture.convert("RGBA"))
        assert not pixels[pixels[..., 3] == 0].any()


def test_a_poster_that_no_player_shows_is_gone() -> None:
    data = stills.animation_with_poster()
    copy, done = cleaned("png", data)
    assert done.removed["second-image"] == 1
    with Image.open(io.BytesIO(copy)) as picture:
        assert picture.n_frames == 3
    assert frames(copy) == frames(data)


def test_a_copy_with_one_byte_more_does_not_pass() -> None:
    for kind, made in PLAIN.items():
        copy, _ = cleaned(kind, made[0]())
        with pytest.raises(StillSpeaks):
            FORMATS[kind].audit(io.BytesIO(copy + b"x"))
