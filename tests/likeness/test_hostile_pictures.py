"""Pictures that are odd, huge or made to hurt: compared rightly, or named with a code."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator

import pytest
from PIL import Image

from stillmine.imaging import Decoder, Kind, Problem
from stillmine.imaging.likeness.features import ITEM
from stillmine.imaging.likeness.fingerprints import Fingerprint, fingerprint
from stillmine.imaging.likeness.index import LikenessIndex
from stillmine.imaging.likeness.matches import Match
from stillmine.imaging.likeness.samples import Likeness, Role
from tests.imaging import samples
from tests.likeness import films, odd
from tests.likeness.odd import MINE

CODES = {problem.value for problem in Problem}
# No child of these tests may have more than this, of which its libraries take the least part.
MEMORY = 700 * 1024 * 1024


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    with Decoder(workers=1, memory=MEMORY, seconds=40) as decoder:
        yield decoder


@pytest.fixture(scope="module")
def index() -> LikenessIndex:
    made = LikenessIndex()
    made.add("mine", fingerprint(MINE, ITEM))
    made.add("other", fingerprint(films.photo(3), ITEM))
    return made


def found(index: LikenessIndex, seen: Likeness) -> list[Match]:
    assert (seen.problem, seen.look.problem) == (None, None), seen.look
    return index.query(Fingerprint.from_bytes(seen.samples[0].fingerprint))


ODD: dict[str, Callable[[], bytes]] = {
    "cmyk": lambda: odd.saved(odd.plain().convert("CMYK"), "JPEG", quality=85),
    "cmyk tiff": lambda: odd.saved(odd.plain().convert("CMYK"), "TIFF", compression="tiff_lzw"),
    "lab": odd.lab,
    "16 bits of grey": odd.sixteen_bits,
    "16 bits a channel": odd.sixteen_bit_colours,
    "floating point": odd.floats,
    "a palette": lambda: odd.saved(odd.plain().quantize(64), "PNG"),
    "one bit": lambda: odd.saved(odd.plain().convert("1"), "PNG"),
    "see-through": odd.see_through,
    "see-through palette": lambda: odd.saved(odd.plain().quantize(32), "GIF", transparency=3),
    "a profile": odd.with_profile,
    "progressive": lambda: odd.saved(odd.plain(), "JPEG", progressive=True, quality=70),
    "a clean aperture": odd.heic_with_clap,
    "jpeg xl": lambda: samples.pylibjxl.encode(MINE),
}


@pytest.mark.parametrize("name", ODD)
def test_a_copy_in_an_odd_form_is_found_and_nothing_else_is_named(
    decoder: Decoder, index: LikenessIndex, name: str
) -> None:
    seen = decoder.fingerprints(io.BytesIO(ODD[name]()), Role.SCAN)
    assert [match.name for match in found(index, seen)] == ["mine"]


def test_a_heic_that_hides_most_of_itself_is_named_with_the_size_that_it_shows(
    decoder: Decoder,
) -> None:
    # The decoder takes more than 64 hidden rows or columns for a file that means harm.
    seen = decoder.fingerprints(io.BytesIO(odd.heic_with_clap(481, 321)), Role.SCAN)
    assert (seen.look.width, seen.look.height) == (481, 321)
    assert (seen.problem, seen.samples) == (Problem.CANNOT_DECODE, ())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_copy_is_found_as_it_is_seen_however_it_is_stored(
    decoder: Decoder, index: LikenessIndex, orientation: int, kind: str
) -> None:
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }.get(orientation)  # fmt: skip
    stored = odd.small() if back is None else odd.small().transpose(back)
    exif = Image.Exif()
    exif[0x0112] = orientation
    seen = decoder.fingerprints(io.BytesIO(odd.saved(stored, kind, exif=exif)), Role.SCAN)
    [match] = found(index, seen)
    assert not match.mirrored
    (left, top), _, (right, bottom), _ = match.quad
    assert (left, top) == (pytest.approx(0, abs=6), pytest.approx(0, abs=6))
    assert (right, bottom) == (pytest.approx(360, abs=6), pytest.approx(240, abs=6))


@pytest.mark.parametrize("name", samples.STILL)
def test_a_picture_cut_off_at_every_tenth_has_a_code_or_is_whole(
    decoder: Decoder, name: str
) -> None:
    data = samples.STILL[name]()
    for tenth in range(10):
        seen = decoder.fingerprints(io.BytesIO(data[: len(data) * tenth // 10]), Role.SCAN)
        assert bool(seen.samples) is (seen.problem is None)
        assert seen.problem is None or seen.problem in CODES
        assert seen.problem not in (Problem.DECODER_CRASHED, Problem.OUT_OF_MEMORY)


@pytest.mark.parametrize("name", samples.STILL)
def test_flipped_bytes_end_in_a_fingerprint_or_a_code(decoder: Decoder, name: str) -> None:
    chance = random.Random(name)
    whole = samples.STILL[name]()
    for _ in range(4):
        data = bytearray(whole)
        for _ in range(8):
            data[chance.randrange(len(data))] = chance.randrange(256)
        seen = decoder.fingerprints(io.BytesIO(bytes(data)), Role.SCAN)
        assert bool(seen.samples) is (seen.problem is None)


def test_a_name_says_nothing_about_what_a_file_is(
    decoder: Decoder, index: LikenessIndex, tmp_path: object
) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "photo.jpg"
    path.write_bytes(odd.saved(odd.small(), "PNG"))
    assert [match.name for match in found(index, decoder.fingerprints(path, Role.SCAN))] == ["mine"]
    path.write_bytes(b"#!/bin/sh\necho not a picture\n")
    seen = decoder.fingerprints(path, Role.SCAN)
    assert (seen.look.kind, seen.samples) == (Kind.DOCUMENT, ())


def test_fifty_million_pixels_in_a_few_kilobytes_are_looked_at_within_the_memory(
    decoder: Decoder,
) -> None:
    for size in ((8_000, 6_250), (100_000, 20), (20, 100_000)):
        seen = decoder.fingerprints(io.BytesIO(samples.png_filled(*size)), Role.SCAN)
        assert (seen.look.width, seen.look.height) == size
        assert seen.problem is None
        assert len(Fingerprint.from_bytes(seen.samples[0].fingerprint)) == 0


def test_a_large_photograph_is_still_found(decoder: Decoder, index: LikenessIndex) -> None:
    large = odd.saved(
        odd.plain().resize((8_000, 5_333), Image.Resampling.NEAREST), "JPEG", quality=60
    )
    seen = decoder.fingerprints(io.BytesIO(large), Role.SCAN)
    assert [match.name for match in found(index, seen)] == ["mine"]


def test_a_picture_that_is_a_strip_is_compared_as_the_strip_it_is(
    decoder: Decoder, index: LikenessIndex
) -> None:
    strip = Image.new("RGB", (20_000, 240), "white")
    strip.paste(odd.small(), (9_000, 0))
    seen = decoder.fingerprints(io.BytesIO(odd.saved(strip, "PNG")), Role.SCAN)
    assert seen.problem is None
    assert {match.name for match in found(index, seen)} <= {"mine"}


@pytest.mark.parametrize(
    "size", [(20_000, 20_000), (2_000_000_000, 2_000_000_000), (300_000_000, 1)]
)
def test_a_pixel_bomb_is_named_and_not_unfolded(decoder: Decoder, size: tuple[int, int]) -> None:
    seen = decoder.fingerprints(io.BytesIO(samples.png_that_declares(*size)), Role.SCAN)
    assert (seen.problem, seen.samples) == (Problem.TOO_LARGE, ())
    assert (seen.look.width, seen.look.height) == size


def test_a_child_that_is_short_of_memory_says_so_and_the_next_file_is_looked_at() -> None:
    with Decoder(workers=1, memory=160 * 1024 * 1024) as narrow:
        seen = narrow.fingerprints(io.BytesIO(samples.png_filled(13_000, 13_000)), Role.SCAN)
        after = narrow.fingerprints(io.BytesIO(odd.saved(odd.small(), "PNG")), Role.SCAN)
    assert (seen.problem, seen.samples) == (Problem.OUT_OF_MEMORY, ())
    assert after.problem is None


def test_a_hundred_thousand_frames_are_bounded_and_told() -> None:
    with Decoder(workers=1, memory=MEMORY, seconds=4) as hurried:
        for data in (samples.gif_of(100_000), odd.apng_of(100_000)):
            seen = hurried.fingerprints(io.BytesIO(data), Role.SCAN)
            assert (seen.look.kind, seen.look.frames) == (Kind.ANIMATION, 100_000)
            assert 1 <= len(seen.samples) <= 120
            assert seen.cut == Problem.TOOK_TOO_LONG
            assert 1 < (seen.until or 0) < 10_000


def test_the_second_picture_of_an_animation_is_compared_too(
    decoder: Decoder, index: LikenessIndex
) -> None:
    other = Image.fromarray(films.photo(14)).resize((360, 240))
    for kind in ("GIF", "PNG", "WEBP", "AVIF"):
        data = odd.saved(
            other, kind, save_all=True, append_images=[odd.small(), other], duration=700
        )
        seen = decoder.fingerprints(io.BytesIO(data), Role.SCAN)
        names = [
            [match.name for match in index.query(Fingerprint.from_bytes(sample.fingerprint))]
            for sample in seen.samples
        ]
        assert ["mine"] in names, kind
        assert seen.samples[names.index(["mine"])].seconds == pytest.approx(0.7, abs=0.01)
