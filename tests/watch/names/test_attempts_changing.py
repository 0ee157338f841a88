"""Attempts to have one name after the other: by removing, by turning clocks, by a second home."""

from __future__ import annotations

from datetime import timedelta

import pytest

from stillmine.errors import NamesWait, StillmineError, UnknownName, WordsNotProven, WrongName
from stillmine.watch.names import changing
from stillmine.watch.names.own_name import OwnName, Proof
from tests.watch.names.naming import Namer, copy_of_data, instagram, kindly_refused

THREE = ("Kim Example", "Kim Muster", "Kimberly Example")


@pytest.fixture
def named(online):
    """Give a person with a handle and three names."""
    online.owns("kimq7")
    for name in THREE:
        online.notes(name, "name")
    return online


def shows_again(namer):
    noted = namer.notes("kimq7", at="github")
    namer.profile_says("kimq7", noted.code)
    namer.shows(noted.name)


def test_a_name_is_not_noted_before_a_handle_or_an_address_was_shown(namer):
    namer.notes("kimq7", at="github")
    with kindly_refused(NamesWait, "name-first"):
        namer.notes("Jane Doe", "name")
    assert [each.sort for each in namer.names.names] == ["handle"]


def test_a_fourth_name_is_not_noted(named):
    with kindly_refused(NamesWait, "three"):
        named.notes("Jane Doe", "name")


def test_a_name_that_was_taken_out_makes_no_room_at_once(named):
    named.removes("Kim Muster")
    with kindly_refused(NamesWait, "week"):
        named.notes("Jane Doe", "name")


def test_taking_all_names_out_does_not_begin_to_count_anew(named):
    for name in THREE:
        named.removes(name)
    with kindly_refused(NamesWait, "week"):
        named.notes("Jane Doe", "name")
    assert len(named.names.log) == 8


def test_names_one_after_the_other_are_counted_although_each_is_taken_out_first(online):
    online.owns("kimq7")
    for name in THREE:
        online.notes(name, "name")
        online.removes(name)
    with kindly_refused(NamesWait, "week"):
        online.notes("Jane Doe", "name")


def test_a_name_that_was_there_before_comes_back_at_once(named):
    named.removes("Kim Muster")
    named.notes("kim  MUSTER", "name")
    named.searches("Kim Muster kimq7")


def test_a_name_cannot_be_exchanged_before_seven_days_are_over(named):
    named.removes("Kim Muster")
    named.waits(6.9)
    shows_again(named)
    with kindly_refused(NamesWait, "week"):
        named.notes("Jane Doe", "name")


def test_a_clock_that_is_set_forward_is_no_week(named):
    named.removes("Kim Muster")
    named.waits(8)
    with kindly_refused(NamesWait, "newer-proof"):
        named.notes("Jane Doe", "name")
    # To show a handle once more, a site has to say the same time; and it says today's.
    noted = named.notes("kimq7", at="github")
    named.clock -= timedelta(days=8)
    named.profile_says("kimq7", noted.code)
    named.clock += timedelta(days=8)
    with kindly_refused(StillmineError, "clock"):
        named.shows(noted.name)


def test_a_clock_that_is_set_forward_and_back_stops_all_changes(named):
    named.waits(30)
    named.removes("Kim Muster")
    named.waits(-30)
    for act in (
        lambda: named.notes("Jane Doe", "name"),
        lambda: named.removes("kimq7"),
        lambda: named.notes("janedoe", at="github"),
    ):
        with kindly_refused(NamesWait, "clock"):
            act()


def test_the_time_of_a_server_of_one_s_own_is_no_other_clock(named):
    own = Proof("profile", (named.clock + timedelta(days=9)).isoformat())
    name = OwnName("ab", "handle", "kim@my-own.example", "my-own.example", "", own)
    named.removes("Kim Muster")
    names = named.names.with_name(name)
    named.waits(9)
    with kindly_refused(NamesWait, "newer-proof"):
        changing.require_room_for_name(names, "Jane Doe", named.clock)


def test_after_a_week_and_a_newer_proof_one_name_may_be_exchanged_and_no_second_one(named):
    named.removes("Kim Muster")
    named.removes("Kimberly Example")
    named.waits(7.1)
    shows_again(named)
    named.notes("Kim Newname", "name")
    with kindly_refused(NamesWait, "week"):
        named.notes("Jane Doe", "name")


def test_a_name_with_other_capitals_or_blanks_is_no_other_name(named):
    assert named.notes("  kim   EXAMPLE ", "name").text == "Kim Example"
    assert sum(each.sort == "name" for each in named.names.names) == 3


def test_a_fourth_copy_of_data_in_a_week_is_one_too_many(namer):
    for number in range(3):
        noted = namer.notes(f"kimq{number}", at="instagram")
        namer.shows(noted.name, export=copy_of_data(namer.desk, instagram(f"kimq{number}")))
        namer.removes(noted.name)
    noted = namer.notes("janedoe", at="instagram")
    with kindly_refused(NamesWait, "week"):
        namer.shows(noted.name, export=copy_of_data(namer.desk, instagram("janedoe")))
    namer.waits(8)
    with kindly_refused(NamesWait, "newer-proof"):
        namer.shows(noted.name, export=copy_of_data(namer.desk, instagram("janedoe")))


def test_handles_without_end_are_not_shown_in_one_day(online):
    for number in range(changing.MOST_SHOWN):
        online.owns(f"kimq{number}")
        online.removes(f"kimq{number}")
    noted = online.notes("janedoe", at="github")
    with kindly_refused(NamesWait, "week"):
        online.shows(noted.name)


def test_wishes_without_end_are_not_noted(namer, monkeypatch):
    monkeypatch.setattr("stillmine.watch.names.adding._MOST_NOTED", 2)
    namer.notes("kimq1", at="github")
    namer.notes("kimq2", at="github")
    with kindly_refused(WrongName, "too-many"):
        namer.notes("kimq3", at="github")


def test_names_of_a_second_home_count_for_nothing_in_the_first(named, tmp_path):
    second = Namer(tmp_path / "second", clock=named.clock, desk=named.desk)
    second.sets_up()
    with kindly_refused(WordsNotProven):
        second.searches("kimq7")
    with kindly_refused(NamesWait, "name-first"):
        second.notes("Jane Doe", "name")
    with kindly_refused(UnknownName):
        second.removes("kimq7")


def test_a_handle_that_was_taken_out_and_noted_again_has_to_be_shown_again(named):
    named.removes("kimq7")
    assert not named.notes("kimq7", at="github").shown
    with kindly_refused(WordsNotProven):
        named.searches("Kim Example kimq7")


def test_no_command_clears_the_log(named):
    from stillmine.app.actions import all_actions

    verbs = {each.name for each in all_actions() if each.name.startswith("watch.name.")}
    assert verbs == {"watch.name.add", "watch.name.list", "watch.name.prove", "watch.name.remove"}
    before = len(named.names.log)
    for name in list(named.names.names):
        named.removes(name.name)
    assert not named.names.names
    assert len(named.names.log) == before + 4


def test_nothing_of_a_name_lies_open_on_the_disk(named):
    for path in named.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"kimq7" not in content
            assert b"Kim Muster" not in content
