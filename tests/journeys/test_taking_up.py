"""A finding becomes part of a case: written down, noted, and with the next command to type."""

from __future__ import annotations

import shlex

import pytest

from stillmine.act.case.listing import ListRequest, ShowRequest, show
from stillmine.act.case.listing import list_cases as cases
from stillmine.act.case.opening import NewCaseRequest, new
from stillmine.app.actions import Outcome
from stillmine.cli.rendering import answer_lines
from stillmine.errors import AgeNotKnown, NotOnline, UnknownCase, UnknownFinding, WrongUsage
from stillmine.journeys.taking_up import TakeUpRequest, take_up
from stillmine.watch.dismiss import DismissRequest, dismiss
from stillmine.watch.found import FoundRequest, found
from stillmine.watch.taking_in import drop
from tests.keep.conftest import _quick, newcomer  # noqa: F401  fixtures
from tests.watch.watching import Watcher, finding


@pytest.fixture
def watcher(newcomer):  # noqa: F811  the fixture of that name
    watcher = Watcher(newcomer.folder)
    watcher.sets_up()
    for count in (0x11, 0x22):
        drop(watcher.home, finding(count, finding=f"{count:x}" + "0" * 14))
    return watcher


def takes_up(watcher, *findings, **how):
    return take_up(watcher.context, TakeUpRequest(findings, **how))


def of(watcher, **how):
    return {each.finding[:2]: each for each in found(watcher.context, FoundRequest(**how)).findings}


def test_a_new_case_holds_the_page_and_the_picture_and_says_what_comes_next(watcher):
    answer = takes_up(watcher, "11", country="FR")
    assert (answer.outcome, answer.opened) == (Outcome.DONE, True)
    urls = [each.url for each in answer.added]
    assert urls == [finding(0x11).page, finding(0x11).picture]
    assert watcher.questions == ["under-18"]
    (command,) = answer.next
    assert shlex.split(command) == [
        "stillmine", "act", "capture", finding(0x11).page, "--case", answer.case, "--level",
        "covered",
    ]  # fmt: skip
    case = show(watcher.context, ShowRequest(answer.case))
    assert "Found by looking" in repr(case)
    assert of(watcher)["11"].case == answer.case
    assert "It is in the case" in "\n".join(of(watcher)["11"].lines)
    assert command in "\n".join(answer_lines("watch.take-up", answer))


def test_an_open_case_is_extended_and_nothing_is_asked(watcher):
    case = new(watcher.context, NewCaseRequest("FR", "no")).case
    answer = takes_up(watcher, "11", "22", case=case[:5])
    assert (answer.case, answer.opened, len(answer.added)) == (case, False, 4)
    assert watcher.questions == []
    again = takes_up(watcher, "11")
    assert (again.case, again.opened, again.added) == (case, False, ())
    assert len(again.already) == 2
    assert repr(show(watcher.context, ShowRequest(case))).count("Found by looking") == 2


@pytest.mark.parametrize("said", ["yes", "unsure"])
def test_where_somebody_may_be_under_18_no_case_is_opened(watcher, said):
    watcher.says = said
    answer = takes_up(watcher, "11", country="GB")
    assert (answer.case, answer.outcome) == (None, Outcome.GAPS)
    assert answer.services
    assert of(watcher)["11"].state == "new"


def test_where_nobody_can_be_asked_no_case_is_opened(watcher):
    watcher.says = None
    with pytest.raises(AgeNotKnown):
        takes_up(watcher, "11", country="GB")
    assert takes_up(watcher, "11", country="GB", under_18="no").case


def test_a_new_case_needs_a_country_and_a_named_one_has_to_be_there(watcher):
    with pytest.raises(WrongUsage):
        takes_up(watcher, "11")
    with pytest.raises(UnknownCase):
        takes_up(watcher, "11", case="ffffffff")
    with pytest.raises(UnknownFinding):
        takes_up(watcher, "99", country="FR")
    assert of(watcher)["11"].state == "new"


def test_a_copy_on_this_computer_is_no_address_of_the_web(watcher):
    local = finding(0x33, finding="33" + "0" * 14, page="/home/me/saved.zip > a.jpg", picture="x")
    drop(watcher.home, local)
    with pytest.raises(NotOnline):
        takes_up(watcher, "33", country="FR")
    answer = takes_up(watcher, "33", "11", country="FR")
    assert answer.outcome is Outcome.GAPS
    assert [each.page for each in answer.skipped] == [local.page]
    assert len(answer.added) == 2


def test_an_address_that_a_stranger_made_up_cannot_become_a_command(watcher):
    page = "https://board.example/a';touch%20x;$(id)"
    drop(watcher.home, finding(0x44, finding="44" + "0" * 14, page=page, picture=""))
    (command,) = takes_up(watcher, "44", country="FR").next
    assert shlex.split(command)[3] == page


def test_an_address_that_a_case_would_refuse_opens_no_case(watcher):
    page = "http://2130706433/thread"
    drop(watcher.home, finding(0x55, finding="55" + "0" * 14, page=page, picture=""))
    with pytest.raises(NotOnline):
        takes_up(watcher, "55", country="FR")
    assert cases(watcher.context, ListRequest()).cases == ()


def test_what_was_put_aside_and_shown_again_is_in_its_case_still(watcher):
    case = takes_up(watcher, "11", country="FR").case
    dismiss(watcher.context, DismissRequest(("11",)))
    assert "11" not in of(watcher)
    dismiss(watcher.context, DismissRequest(("11",), undo=True))
    assert (of(watcher)["11"].state, of(watcher)["11"].case) == ("taken-up", case)
