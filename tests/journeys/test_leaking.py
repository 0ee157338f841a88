"""`stillmine try` makes copies for three people, lets one leak, and names that one."""

import re
from pathlib import Path

from stillmine.imaging.drawn import draw
from stillmine.journeys import leaking
from stillmine.journeys.leaking import trace_a_leak
from stillmine.messages.walk import WALK
from stillmine.share.listing import ListRequest, list_
from tests.keep.conftest import Person, _quick, newcomer, person  # noqa: F401  fixtures


def test_the_one_whose_copy_leaked_is_named(person: Person, tmp_path):  # noqa: F811  fixture
    (tmp_path / "mine.jpg").write_bytes(draw(3, size=(1200, 900)))
    person.keeps(tmp_path / "mine.jpg")
    told = trace_a_leak(person.context, tmp_path / "given away")
    assert told.good
    assert told.facts["named"] == "Ben"
    given = person.does(list_, ListRequest()).handovers
    assert sorted(each.recipient for each in given) == ["Ana", "Ben", "Cem"]


def test_where_nothing_can_be_marked_that_is_said(person: Person, tmp_path):  # noqa: F811  fixture
    (tmp_path / "text.txt").write_text("no picture")
    person.keeps(tmp_path / "text.txt")
    told = trace_a_leak(person.context, tmp_path / "given away")
    assert told.instead == "leak-nothing-to-mark"


def test_every_outcome_has_words():
    source = Path(leaking.__file__).read_text(encoding="utf-8")
    assert set(re.findall(r'instead="([\w-]+)"', source)) <= set(WALK)
