"""`stillmine try` finds a leaked copy by looking, on a board that is put up on loopback for it."""

import re
from pathlib import Path

import pytest

from stillmine.imaging.drawn import draw
from stillmine.journeys import looking
from stillmine.journeys.looking import find_by_looking
from stillmine.messages import fill
from stillmine.messages.walk import WALK
from stillmine.watch.looking import engine
from tests.keep.conftest import _quick, newcomer, person  # noqa: F401  fixtures
from tests.watch.looking.looker import FastClock


@pytest.fixture(autouse=True)
def _fast_clock(monkeypatch):
    clock = FastClock()
    monkeypatch.setattr(engine, "RealPulse", lambda: clock)


def test_the_copy_is_found_once_and_only_where_programs_may_look(person, tmp_path):  # noqa: F811  fixture
    (tmp_path / "mine.jpg").write_bytes(draw(3, size=(640, 480)))
    person.keeps(tmp_path / "mine.jpg")
    told = find_by_looking(person.context, [tmp_path / "mine.jpg"])
    assert (told.good, told.instead) == (True, "")
    assert told.facts == {"pages": 2, "pictures": 2, "found": "/thread/1", "again": 0}
    assert "…" not in fill(WALK["looked"], told.facts)


def test_where_the_copy_is_of_nothing_that_is_kept_it_is_not_claimed(person, tmp_path):  # noqa: F811  fixture
    (tmp_path / "mine.jpg").write_bytes(draw(3, size=(640, 480)))
    (tmp_path / "other.jpg").write_bytes(draw(5, size=(640, 480)))
    person.keeps(tmp_path / "other.jpg")
    told = find_by_looking(person.context, [tmp_path / "mine.jpg"])
    assert (told.good, told.instead) == (False, "looked-not")


def test_every_outcome_has_words():
    source = Path(looking.__file__).read_text(encoding="utf-8")
    named = {name for name in re.findall(r'"([a-z]+-[\w-]+)"', source) if name.startswith("found-")}
    assert named | {"looked", "looked-not"} <= set(WALK)
