"""The photographs that we draw ourselves: the same number, the same picture; others differ."""

from __future__ import annotations

import io

import numpy
import pytest
from PIL import Image

from stillmine.imaging import Decoder, Kind, Look
from stillmine.imaging.drawn import draw

SMALL = (320, 240)


def test_the_same_number_draws_the_same_picture() -> None:
    assert draw(7, size=SMALL) == draw(7, size=SMALL)


def test_a_drawn_photograph_is_a_jpeg_of_the_size_asked_for(decoder: Decoder) -> None:
    seen = decoder.look(io.BytesIO(draw(3)))

    assert seen == Look(Kind.PICTURE, "jpeg", 1600, 1200, 1, None, None)


def test_twelve_numbers_draw_twelve_different_pictures() -> None:
    small = [
        numpy.asarray(Image.open(io.BytesIO(draw(number, size=SMALL))).resize((16, 12)), float)
        for number in range(12)
    ]

    for one in range(12):
        for other in range(one):
            assert abs(small[one] - small[other]).mean() > 4, (one, other)


@pytest.mark.parametrize("number", range(6))
def test_a_drawn_photograph_is_as_full_of_detail_as_one(number: int) -> None:
    data = draw(number, size=(800, 600))

    assert len(data) > 800 * 600 * 0.08  # a flat diagram takes a tenth of this
    grey = numpy.asarray(Image.open(io.BytesIO(data)).convert("L"), float)
    assert grey.std() > 20


def test_other_formats_and_shapes_can_be_asked_for() -> None:
    with Image.open(io.BytesIO(draw(1, size=(90, 160), format="png"))) as picture:
        assert (picture.format, picture.size) == ("PNG", (90, 160))
    with pytest.raises(ValueError, match="paper"):
        draw(1, size=SMALL, format="paper")
