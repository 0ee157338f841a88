"""The fingerprints for exchange are those of the reference, for stills, videos and animations."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pdqhash
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from stillmine.imaging import Decoder, Problem
from stillmine.imaging.likeness.pdq import Pdq
from stillmine.imaging.likeness.standard import StandardPrint, pack, unpack
from stillmine.imaging.wire import Garbled
from tests.imaging import samples
from tests.likeness import films

VECTOR = Path(__file__).parents[1] / "vectors" / "vpdq"


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    with Decoder(workers=1) as decoder:
        yield decoder


def distance(one: bytes, other: bytes) -> int:
    return (int.from_bytes(one) ^ int.from_bytes(other)).bit_count()


def test_a_still_has_the_eight_fingerprints_of_the_reference(decoder: Decoder) -> None:
    out = io.BytesIO()
    Image.fromarray(films.photo(3)).save(out, "PNG")
    seen = decoder.standard(out)
    vectors, quality = pdqhash.compute_dihedral(films.photo(3))
    theirs = [np.packbits(vector).tobytes() for vector in vectors]
    assert [print_.hash for print_ in seen.prints] == theirs
    assert {print_.quality for print_ in seen.prints} == {quality}
    assert [(print_.seconds, print_.frame) for print_ in seen.prints] == [
        (None, position) for position in range(8)
    ]
    assert (seen.problem, seen.cut, seen.until) == (None, None, None)


def test_a_picture_that_says_it_was_held_upright_is_taken_as_it_is_seen(decoder: Decoder) -> None:
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise
    lying = np.ascontiguousarray(np.rot90(films.photo(3)))
    Image.fromarray(lying).save(out, "PNG", exif=exif)
    [first, *_] = decoder.standard(out).prints
    assert first.hash == np.packbits(pdqhash.compute(films.photo(3))[0]).tobytes()


def test_the_video_of_the_reference_has_the_fingerprints_of_the_reference(
    decoder: Decoder,
) -> None:
    seen = decoder.standard(VECTOR / "test-padded-dimensions.mp4")
    text = (VECTOR / "test-padded-dimensions.txt").read_text(encoding="ascii")
    lines = [line.split(",") for line in text.splitlines()]
    theirs = {int(frame): (int(quality), pdq) for frame, quality, pdq, _ in lines}
    assert [print_.frame for print_ in seen.prints] == [0, 30, 60, 90, 120]
    apart = []
    for print_ in seen.prints:
        quality, pdq = theirs[print_.frame]
        assert print_.quality == quality
        assert print_.seconds == pytest.approx(print_.frame / 30, abs=0.001)
        apart.append(distance(print_.hash, bytes.fromhex(pdq)))
    # Decoders and what makes RGB of their colours differ in the last bit.
    assert max(apart) <= 10, apart


@pytest.mark.parametrize("name", ["mp4", "webm", "gif", "webp"])
def test_what_moves_has_one_fingerprint_a_second(decoder: Decoder, name: str) -> None:
    frames = [frame[::2, ::2] for frame in films.shots([2, 3], 2.0)]
    seen = decoder.standard(io.BytesIO(films.FILMS[name](frames)))
    assert (seen.problem, seen.cut) == (None, None)
    seconds = [print_.seconds for print_ in seen.prints]
    assert seconds == pytest.approx([0, 1, 2, 3], abs=0.25)
    mine = np.packbits(pdqhash.compute(np.ascontiguousarray(frames[0]))[0]).tobytes()
    assert distance(seen.prints[0].hash, mine) <= 16


def test_a_bad_file_is_a_code_and_no_error(decoder: Decoder) -> None:
    for data in (b"", b"GIF89a", samples.saved("JPEG")[:700], samples.video("mp4", "mpeg4")[:999]):
        seen = decoder.standard(io.BytesIO(data))
        assert seen.prints == ()
        assert seen.problem in (Problem.CANNOT_DECODE, Problem.NO_DECODER)


def test_a_plain_wall_says_that_its_fingerprint_means_nothing(decoder: Decoder) -> None:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "tan").save(out, "PNG")
    [first, *_] = decoder.standard(out).prints
    assert not Pdq(first.hash, first.quality).usable


@given(
    st.lists(
        st.builds(
            StandardPrint,
            st.none() | st.floats(0, 1e7),
            st.integers(0, 2**32 - 1),
            st.integers(0, 100),
            st.binary(min_size=32, max_size=32),
        ),
        max_size=20,
    )
)
def test_fingerprints_arrive_as_they_were_sent(prints: list[StandardPrint]) -> None:
    assert list(unpack(pack(prints))) == prints


@pytest.mark.parametrize(
    "data",
    [
        b"x",
        struct.pack(">dIB32s", -1.0, 0, 50, bytes(32)),
        struct.pack(">dIB32s", float("inf"), 0, 50, bytes(32)),
        struct.pack(">dIB32s", 0.0, 0, 101, bytes(32)),
        bytes(45 * 20_001),
    ],
)
def test_what_no_child_of_ours_would_say_is_garbled(data: bytes) -> None:
    with pytest.raises(Garbled):
        unpack(data)
