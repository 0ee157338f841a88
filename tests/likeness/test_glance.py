"""A glance says of a stranger's picture that it holds no item, and never of a copy."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from stillmine.imaging import Decoder, Role, drawn
from stillmine.imaging.likeness import (
    GLANCE,
    ITEM,
    SCAN,
    Fingerprint,
    LikenessIndex,
    fingerprint,
    look_for,
)

SIZE = (640, 480)
MINE = {str(number): drawn.pixels(number, SIZE) for number in (0, 2, 4)}
PAGE = np.full((1300, 1000, 3), 235, np.uint8)


@pytest.fixture(scope="module")
def index():
    made = LikenessIndex()
    for name, pixels in MINE.items():
        made.add(name, fingerprint(pixels, ITEM))
    return made


@pytest.fixture(scope="module")
def decoder():
    with Decoder(workers=1) as one:
        yield one


class Counting:
    """Lets everything through to a decoder, and notes what was asked for."""

    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder
        self.roles: list[Role] = []

    def fingerprints(self, file, role):
        self.roles.append(role)
        return self._decoder.fingerprints(file, role)


def saved(pixels, quality=70, kind="JPEG") -> io.BytesIO:
    out = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(out, kind, quality=quality)
    return out


def collage() -> np.ndarray:
    page = PAGE.copy()
    page[40:280, 60:380] = MINE["2"][::2, ::2]
    page[500:980, 200:840] = drawn.pixels(101, SIZE)
    return page


CHANGES = {
    "as it is": MINE["2"],
    "a quarter of it": MINE["2"][120:360, 160:480],
    "mirrored": MINE["2"][:, ::-1],
    "a negative": 255 - MINE["2"],
    "upside down": MINE["2"][::-1, ::-1],
    "small": MINE["2"][::4, ::4],
    "in a page": collage(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_copy_stirs_however_it_was_changed(index, change):
    picture = CHANGES[change]
    assert {match.name for match in index.query(fingerprint(picture, SCAN))} == {"2"}
    assert index.stirs(fingerprint(picture, GLANCE))


def test_strangers_pictures_do_not_stir(index):
    strangers = [drawn.pixels(number, SIZE) for number in (101, 103, 107, 109)]
    stirring = [index.stirs(fingerprint(picture, GLANCE)) for picture in strangers]
    assert sum(stirring) <= 1


def test_an_empty_index_is_stirred_by_nothing_that_can_be_seen():
    assert not LikenessIndex().stirs(fingerprint(MINE["0"], GLANCE))


def test_of_a_picture_with_little_in_it_a_glance_says_nothing(index):
    plain = fingerprint(np.full((400, 500, 3), 99, np.uint8), GLANCE)
    assert len(plain) == 0
    assert index.stirs(plain)


def test_of_a_long_strip_a_glance_says_nothing(index):
    chat = np.vstack([drawn.pixels(number, SIZE) for number in (101, 103, 107)])
    assert len(fingerprint(chat, GLANCE)) > 120
    assert index.stirs(fingerprint(chat[:, :500], GLANCE))


def test_a_strangers_still_is_decoded_once_and_a_copy_looked_at_closely(index, decoder):
    for pixels, roles, items in (
        (drawn.pixels(103, SIZE), [Role.GLANCE], []),
        (collage(), [Role.GLANCE, Role.SCAN], ["2"]),
    ):
        counting = Counting(decoder)
        likeness, found = look_for(index, saved(pixels), counting)
        assert counting.roles == roles
        assert [one.item for one in found] == items
        assert likeness.look.width == pixels.shape[1]
    counting = Counting(decoder)
    look_for(index, saved(MINE["0"]), counting, closely=True)
    assert counting.roles == [Role.SCAN]


def test_what_moves_is_scanned_at_once(index, decoder):
    frames = [Image.fromarray(drawn.pixels(number, SIZE)) for number in (101, 2)]
    film = io.BytesIO()
    frames[0].save(film, "GIF", save_all=True, append_images=frames[1:], duration=900)
    counting = Counting(decoder)
    _, (found,) = look_for(index, film, counting)
    assert counting.roles == [Role.GLANCE]
    assert (found.item, found.best_at) == ("2", 0.9)


def test_a_broken_file_is_asked_about_once(index, decoder):
    counting = Counting(decoder)
    likeness, found = look_for(index, io.BytesIO(b"\xff\xd8\xff" + bytes(300)), counting)
    assert (likeness.samples, found, counting.roles) == ((), [], [Role.GLANCE])
    assert likeness.problem is not None


def test_a_glance_is_smaller_than_a_scan_and_sees_the_same_size(decoder):
    file = saved(MINE["4"])
    glance, scan = (decoder.fingerprints(file, role) for role in (Role.GLANCE, Role.SCAN))
    one, other = (Fingerprint.from_bytes(each.samples[0].fingerprint) for each in (glance, scan))
    assert (one.width, one.height) == (other.width, other.height) == SIZE
    assert len(one) < len(other) / 2
