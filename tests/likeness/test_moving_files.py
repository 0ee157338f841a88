"""Videos and animations are known again by their moments; what was not looked at is told."""

from __future__ import annotations

import io
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image

from stillmine.imaging import Decoder, Kind, Problem
from stillmine.imaging.likeness.features import SCAN
from stillmine.imaging.likeness.fingerprints import Fingerprint, fingerprint
from stillmine.imaging.likeness.index import LikenessIndex
from stillmine.imaging.likeness.samples import Likeness, Role
from stillmine.imaging.likeness.timeline import ClipMatch, gather, names_of
from tests.imaging import samples
from tests.likeness import films


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    with Decoder(workers=1) as decoder:
        yield decoder


@pytest.fixture(scope="module")
def vault(decoder: Decoder) -> LikenessIndex:
    """Return an index of a video of five scenes and a still."""
    index = LikenessIndex()
    film = films.encoded(films.shots(range(5)), crf="26")
    kept(index, "film", decoder.fingerprints(io.BytesIO(film), Role.ITEM))
    index.add("still", fingerprint(films.photo(30)))
    return index


def kept(index: LikenessIndex, item: str, seen: Likeness) -> None:
    names = names_of(item, [sample.seconds for sample in seen.samples])
    for name, sample in zip(names, seen.samples, strict=True):
        index.add(name, Fingerprint.from_bytes(sample.fingerprint))


def found(index: LikenessIndex, seen: Likeness) -> list[ClipMatch]:
    return gather(
        [
            (sample.seconds, index.query(Fingerprint.from_bytes(sample.fingerprint)))
            for sample in seen.samples
        ]
    )


@pytest.mark.parametrize("name", films.FILMS)
def test_a_clip_in_any_container_is_found_with_its_seconds(
    decoder: Decoder, vault: LikenessIndex, name: str
) -> None:
    still = name in ("gif", "png", "webp", "avif")
    frames = [frame[::2, ::2] if still else frame for frame in films.shots([3], 2.4)]
    seen = decoder.fingerprints(io.BytesIO(films.FILMS[name](frames)), Role.SCAN)
    assert (seen.problem, seen.cut, seen.look.problem) == (None, None, None)
    assert seen.look.kind is (Kind.ANIMATION if still else Kind.VIDEO)
    assert seen.until == pytest.approx(2.3, abs=0.3)
    [one] = found(vault, seen)
    assert one.item == "film"
    assert one.moments >= 2
    assert one.item_start == pytest.approx(9.0, abs=1.5)
    assert one.item_end == pytest.approx(12.0, abs=1.5)
    assert one.start == pytest.approx(0.0, abs=0.5)


def test_a_still_cut_out_of_a_video_is_found_with_its_second(
    decoder: Decoder, vault: LikenessIndex
) -> None:
    frame = list(films.shots(range(5)))[round(7.5 * films.RATE)]
    out = io.BytesIO()
    Image.fromarray(frame[20:-20, 60:-60]).save(out, "JPEG", quality=60)
    [one] = found(vault, decoder.fingerprints(out, Role.SCAN))
    assert one.item == "film"
    assert one.item_start == pytest.approx(7.5, abs=1.5)
    assert (one.start, one.speed) == (None, None)


def test_a_picture_shown_in_a_video_is_found_from_one_second_to_another(
    decoder: Decoder, vault: LikenessIndex
) -> None:
    frames = list(films.shots([14, 15, 16]))
    whole = np.asarray(Image.fromarray(films.photo(30)).resize((270, 180)))
    for frame in range(3 * films.RATE, 6 * films.RATE):
        frames[frame] = frames[frame].copy()
        frames[frame][40:220, 100:370] = whole
    seen = decoder.fingerprints(io.BytesIO(films.encoded(frames)), Role.SCAN)
    [one] = found(vault, seen)
    assert (one.item, one.best.kind) == ("still", "contains")
    assert one.start is not None
    assert one.end is not None
    assert 2.9 <= one.start <= 4.0
    assert 4.0 <= one.end <= 6.0
    corner, *_ = one.best.quad
    assert corner == (pytest.approx(100, abs=6), pytest.approx(40, abs=6))


def test_a_film_held_upright_is_seen_upright(decoder: Decoder) -> None:
    for turned in (90, 180):
        lying = (np.rot90(frame, -turned // 90) for frame in films.shots([2], 0.5))
        data = films.encoded((np.ascontiguousarray(frame) for frame in lying), turned=turned)
        seen = decoder.fingerprints(io.BytesIO(data), Role.ITEM)
        first = Fingerprint.from_bytes(seen.samples[0].fingerprint)
        assert first.width > first.height
        index = LikenessIndex()
        index.add("a", first)
        [match] = index.query(fingerprint(next(films.shots([2])), SCAN))
        (ax, ay), (bx, by), *_ = match.quad
        assert bx - ax > 400, turned
        assert abs(by - ay) < 20


@pytest.mark.parametrize("name", films.FILMS)
def test_of_a_file_cut_off_anywhere_what_was_readable_counts_and_the_rest_is_named(
    decoder: Decoder, name: str
) -> None:
    frames = [frame[::2, ::2] for frame in films.shots([2, 3], 1.5)]
    data = films.FILMS[name](frames)
    told = 0
    for tenth in range(1, 10, 2):
        seen = decoder.fingerprints(io.BytesIO(data[: len(data) * tenth // 10]), Role.SCAN)
        if seen.samples:
            told += seen.cut == Problem.CANNOT_DECODE
            assert seen.cut in (None, Problem.CANNOT_DECODE)
        else:
            assert seen.problem in (Problem.CANNOT_DECODE, Problem.NO_DECODER)
    if name in ("webm", "mkv", "gif"):
        assert told >= 2


def test_a_film_of_an_hour_is_bounded_and_looked_at_to_its_end(decoder: Decoder) -> None:
    tiny = [frame[::8, ::8] for frame in films.shots(range(6), 1 / films.RATE)]
    frames = (tiny[second // 9 % 6] for second in range(3600))
    data = films.encoded(frames, "mp4", "mpeg4", rate=1)
    seen = decoder.fingerprints(io.BytesIO(data), Role.SCAN)
    assert seen.look.seconds == pytest.approx(3600, abs=2)
    assert 60 <= len(seen.samples) <= 120
    assert seen.until == pytest.approx(3599, abs=2)
    gaps = np.diff([sample.seconds or 0.0 for sample in seen.samples])
    assert max(gaps) <= 300


def test_an_animation_that_goes_on_for_ever_is_left_when_the_time_is_over() -> None:
    data = samples.gif_of(100_000)
    with Decoder(workers=1, seconds=4.0) as hurried:
        seen = hurried.fingerprints(io.BytesIO(data), Role.SCAN)
    assert seen.look.frames == 100_000
    assert (seen.problem, seen.cut) == (None, Problem.TOOK_TOO_LONG)
    assert seen.samples[0].frame == 0  # how far it comes is a question of the machine


def test_a_video_with_bad_blood_in_the_middle_is_looked_at_beyond_it(decoder: Decoder) -> None:
    data = bytearray(films.encoded(films.shots(range(4)), "matroska", "mpeg4", g="12"))
    middle = len(data) // 2
    data[middle : middle + 3000] = bytes(3000)
    seen = decoder.fingerprints(io.BytesIO(bytes(data)), Role.SCAN)
    assert seen.samples
    assert (seen.samples[-1].seconds or 0) > 8
