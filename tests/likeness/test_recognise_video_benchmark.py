"""The benchmark of videos runs small; each way of changing a film gives one that can be read."""

from __future__ import annotations

import io
from collections.abc import Iterator

import numpy as np
import pytest

from bench.recognise.photos import Photo
from bench.recognise_video.__main__ import VPDQ, Bank, Tally
from bench.recognise_video.clips import CLIPS
from bench.recognise_video.films import Film, from_photos
from stillmine.imaging import Decoder
from stillmine.imaging.likeness.fingerprints import fingerprint

# Not with a photograph's worth of pixels for each frame: these are made once for every frame.
LIGHT = ("trimmed", "cropped50", "mirrored", "faster", "inside", "between", "still", "photo shown")


@pytest.fixture(scope="module")
def films() -> tuple[Film, Film]:
    mine = from_photos("mine", [Photo("drawn-2")], 1)
    other = from_photos("other", [Photo("drawn-105"), Photo("drawn-106")], 2)
    return mine, other


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    with Decoder(workers=1) as decoder:
        yield decoder


def test_a_mirrored_clip_is_found_where_the_peer_misses_it(
    films: tuple[Film, Film], decoder: Decoder
) -> None:
    bank, tally = Bank(decoder), Tally()
    bank.add(films[0])
    bank.index.add("photo", fingerprint(Photo("drawn-4").rgb()))
    clip = CLIPS["mirrored"](*films, Photo("drawn-4").rgb(), np.random.default_rng(1))
    tally.count(bank, "mirrored", clip)
    assert tally.found["stillmine"]["mirrored"] == 1
    assert [tally.found[rule]["mirrored"] for rule in VPDQ] == [0, 0]
    assert (tally.wrong, tally.pairs) == ([], 1)
    assert tally.away["mirrored"][0] < 2


@pytest.mark.parametrize("name", LIGHT)
def test_every_way_gives_a_file_that_can_be_looked_at(
    films: tuple[Film, Film], decoder: Decoder, name: str
) -> None:
    clip = CLIPS[name](*films, Photo("drawn-4").rgb(), np.random.default_rng(1))
    seen = decoder.look(io.BytesIO(clip.data))
    assert seen.problem is None
    assert 0 <= clip.start <= clip.end <= films[1].seconds
