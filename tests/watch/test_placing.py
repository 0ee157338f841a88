"""Places are chosen with care: checked, asked about once, their keys sealed, their words own."""

from __future__ import annotations

import dataclasses
import json
import os
from datetime import timedelta

import pytest

from stillmine.app.actions import Outcome, all_actions
from stillmine.app.storage.looks import Looks
from stillmine.cli.sending import _filled
from stillmine.errors import (
    AgeNotKnown,
    InsideHome,
    NoSuchFile,
    NothingMayLeave,
    SearchPage,
    UnknownPlaceKind,
    UnknownWatchPlace,
    WordsNotProven,
    WrongPlace,
    WrongUsage,
)
from stillmine.watch.names.own_name import Names, OwnName, Proof, keep_names
from stillmine.watch.places.kinds import KINDS
from stillmine.watch.placing.adding import AddRequest
from stillmine.watch.placing.listing import ListRequest, RemoveRequest, list_places, remove
from tests.keep.conftest import _quick, newcomer  # noqa: F401  fixtures
from tests.watch.watching import Watcher

BOARD = "https://board.example/b/"


@pytest.fixture
def watcher(newcomer):  # noqa: F811  the fixture of that name
    watcher = Watcher(newcomer.folder)
    watcher.sets_up()
    return watcher


def proves(watcher, text):
    name = OwnName("0001", "handle", text, "", "2026-05-01", Proof("profile", "2026-05-01"))
    with watcher.vault(writing=True) as vault:
        keep_names(vault, Names((name,)))


def everything_on_disk(watcher):
    return b"".join(path.read_bytes() for path in watcher.folder.rglob("*") if path.is_file())


def test_a_place_is_kept_as_it_was_checked_and_is_there_after_the_next_unlock(watcher):
    answer = watcher.adds("page", "board.example/thread/1", name=" the  board ", every=6)
    assert answer.outcome is Outcome.DONE
    assert (answer.kind, answer.target) == ("page", "https://board.example/thread/1")
    (kept,) = watcher.places
    assert kept.place.place == answer.place
    assert kept.place.target == "https://board.example/thread/1"
    assert (kept.name, kept.every) == ("the board", 6)
    assert "see" in answer.they_learn


def test_what_lies_on_the_disk_names_no_place_and_no_key(watcher):
    watcher.adds("page", "https://very-special-board.example/", name="secret name")
    assert b"very-special-board" not in everything_on_disk(watcher)
    assert b"secret name" not in everything_on_disk(watcher)


def test_the_same_place_again_changes_it_and_makes_no_second_one(watcher):
    first = watcher.adds("site", "https://site.example/a", "depth=2", name="one")
    again = watcher.adds("site", "https://site.example/a", "depth=2", every=48)
    watcher.clock += timedelta(hours=1)
    other = watcher.adds("site", "https://site.example/a", "depth=3")
    assert (first.changed, again.changed, other.changed) == (False, True, False)
    assert again.place == first.place != other.place
    assert [(each.name, each.every) for each in watcher.places] == [("one", 48), ("", 24)]


@pytest.mark.parametrize(
    ("kind", "target", "options"),
    [
        ("page", "no address at all", ()),
        ("page", "javascript:alert(1)", ()),
        ("page", "", ()),
        ("page", "https://a.example/" + "x" * 10_000, ()),
        ("site", "https://a.example/", ("depth=11",)),
        ("site", "https://a.example/", ("depth",)),
        ("site", "https://a.example/", ("colour=red",)),
        ("fourchan", "../../etc", ()),
        ("folder", "https://a.example/", ()),
    ],
)
def test_what_is_no_place_is_refused_before_anything_is_asked(watcher, kind, target, options):
    with pytest.raises(WrongPlace):
        watcher.adds(kind, target, *options)
    assert watcher.questions == []
    assert watcher.places == []


def test_a_kind_that_nobody_knows_is_told_with_those_that_are_known(watcher):
    with pytest.raises(UnknownPlaceKind) as raised:
        watcher.adds("faces", "https://a.example/")
    assert "vichan" in str(raised.value.facts["kinds"])


@pytest.mark.parametrize("every", [0, -1, 24 * 365 + 1])
def test_hours_that_make_no_sense_are_refused(watcher, every):
    with pytest.raises(WrongUsage):
        watcher.adds("page", BOARD, every=every)


def test_a_name_that_is_too_long_is_refused(watcher):
    with pytest.raises(WrongUsage):
        watcher.adds("page", BOARD, name="x" * 61)


def test_without_a_yes_no_place_that_leaves_the_computer_is_kept(watcher):
    watcher.agrees = False
    with pytest.raises(NothingMayLeave):
        watcher.adds("page", BOARD)
    assert watcher.places == []


def test_a_folder_needs_no_yes_and_is_kept_by_its_whole_path(watcher, tmp_path, monkeypatch):
    watcher.agrees = False
    (tmp_path / "saved").mkdir()
    monkeypatch.chdir(tmp_path)
    watcher.adds("folder", "saved")
    assert watcher.places[0].place.target == str(tmp_path / "saved")
    with pytest.raises(NoSuchFile):
        watcher.adds("folder", "not there")
    with pytest.raises(InsideHome):
        watcher.adds("folder", str(watcher.folder / "objects"))


def test_before_the_first_place_comes_one_question_and_then_never_again(watcher):
    watcher.adds("page", BOARD)
    watcher.adds("page", "https://other.example/")
    assert watcher.questions == ["under-18"]


def test_where_nobody_can_be_asked_nothing_is_kept(watcher):
    watcher.says = None
    with pytest.raises(AgeNotKnown):
        watcher.adds("page", BOARD)
    assert watcher.places == []
    assert watcher.adds("page", BOARD, under_18="no").place


@pytest.mark.parametrize("said", ["yes", "unsure"])
@pytest.mark.parametrize("typed", [True, False])
def test_where_somebody_may_be_under_18_nothing_is_kept_and_help_is_shown(watcher, said, typed):
    watcher.says = said
    answer = watcher.adds("page", BOARD, country="GB", **({"under_18": said} if typed else {}))
    assert answer.outcome is Outcome.GAPS
    assert (answer.place, answer.target) == (None, "")
    names = [str(each.values["name"].said) for each in answer.services]
    assert any("Childline" in name for name in names)
    assert answer.advice
    assert watcher.places == []
    assert not (watcher.folder / "watch" / "looks.db").exists()


def test_help_is_shown_without_a_country_too(watcher):
    assert watcher.adds("page", BOARD, under_18="yes").services


def test_a_key_is_asked_for_where_the_service_needs_one_and_is_never_told(watcher):
    proves(watcher, "quiet_otter")
    answer = watcher.adds("brave", "quiet_otter leak", under_18="no")
    assert watcher.questions == ["place-key"]
    assert answer.has_key
    assert watcher.places[0].place.key == "a-key-of-mine"
    assert "a-key-of-mine" not in repr((answer, watcher.places))
    shown = list_places(watcher.context, ListRequest())
    assert shown.places[0].has_key
    assert "a-key-of-mine" not in repr(shown)
    assert b"a-key-of-mine" not in everything_on_disk(watcher)


def test_a_key_with_signs_that_no_key_has_is_refused(watcher):
    proves(watcher, "quiet_otter")
    watcher.key = "no key\nX-Other: 1"
    with pytest.raises(WrongPlace) as raised:
        watcher.adds("brave", "quiet_otter")
    assert "X-Other" not in repr(raised.value.facts)
    assert watcher.places == []


def test_a_key_may_be_given_where_the_service_can_do_without(watcher):
    watcher.key = "api_key=abc&user_id=7"
    assert watcher.adds("gelbooru", "https://booru.example/", key=True).has_key
    assert not watcher.adds("moebooru", "https://moe.example/").has_key


@pytest.mark.parametrize("kind", ["page", "folder"])
def test_a_key_is_not_asked_for_where_it_would_go_nowhere(watcher, kind, tmp_path):
    target = {"page": BOARD, "folder": str(tmp_path)}[kind]
    with pytest.raises(WrongUsage):
        watcher.adds(kind, target, key=True)
    assert watcher.questions == []


@pytest.mark.parametrize(
    ("kind", "target", "options"),
    [
        ("brave", "Jane Doe", ()),
        ("searxng", "somebody else", ("at=http://127.0.0.1:8888",)),
        ("mastodon", "https://social.example/tags/janedoe", ()),
        ("danbooru", "https://booru.example/", ("tags=jane_doe",)),
    ],
)
def test_words_that_are_not_proven_are_never_searched_for(watcher, kind, target, options):
    with pytest.raises((WordsNotProven, SearchPage)):
        watcher.adds(kind, target, *options)
    assert watcher.places == []
    assert watcher.questions == []


def test_the_help_names_every_kind():
    field = next(each for each in dataclasses.fields(AddRequest) if each.name == "kind")
    named = field.metadata["help"].removesuffix(".").partition(": ")[2].split(", ")
    assert named == list(KINDS)


def test_a_search_in_the_disguise_of_a_page_is_refused(watcher):
    with pytest.raises(SearchPage):
        watcher.adds("page", "https://www.google.com/search?q=jane+doe")


def test_a_place_whose_words_are_own_no_more_is_not_looked_at_and_says_so(watcher):
    proves(watcher, "quiet_otter")
    watcher.adds("brave", "quiet_otter")
    watcher.adds("page", BOARD)
    with watcher.vault(writing=True) as vault:
        keep_names(vault, Names())
    by_kind = {each.kind: each for each in list_places(watcher.context, ListRequest()).places}
    assert by_kind["brave"].due is None
    assert "not looked at" in by_kind["brave"].problems[0]
    assert by_kind["page"].due is not None
    watcher.adds("page", "https://other.example/")
    assert {each.place.kind for each in looked_at(watcher)} == {"page"}


def looked_at(watcher):
    with watcher.vault() as vault:
        number = vault.epoch.number
        looks = Looks(vault.home, vault.root.watch_key(number), number)
        found = looks.places()
        looks.close()
    return found


def test_what_looks_while_locked_knows_every_change_of_the_places_at_once(watcher):
    first = watcher.adds("site", "https://a.example/x", "depth=2", every=6)
    second = watcher.adds("page", BOARD)
    states = {each.place.place: each.place for each in looked_at(watcher)}
    assert states[first.place].options == (("depth", "2"),)
    assert states[first.place].every == 6 * 3600
    assert set(states) == {first.place, second.place}
    remove(watcher.context, RemoveRequest(first.place[:4]))
    assert [each.place.place for each in looked_at(watcher)] == [second.place]


def test_a_place_is_removed_by_number_or_name_and_never_by_a_guess(watcher):
    answer = watcher.adds("page", BOARD, name="The Board")
    watcher.adds("page", "https://other.example/")
    for typed in ("", "a", "zz", "the"):
        with pytest.raises(UnknownWatchPlace):
            remove(watcher.context, RemoveRequest(typed))
    assert remove(watcher.context, RemoveRequest("the board")).place == answer.place
    assert [each.place.target for each in watcher.places] == ["https://other.example/"]
    with pytest.raises(UnknownWatchPlace):
        remove(watcher.context, RemoveRequest(answer.place))


def test_the_list_says_when_places_are_due_and_is_empty_without_any(watcher):
    assert list_places(watcher.context, ListRequest()).outcome is Outcome.NOTHING_FOUND
    watcher.adds("page", BOARD)
    (shown,) = list_places(watcher.context, ListRequest()).places
    assert (shown.looked_at, shown.due, shown.problems) == (None, watcher.clock, ())
    assert list(shown.lines) == [
        f"{shown.place}  {BOARD}",
        f"    page: {BOARD}",
        "    Not looked at yet.",
        "",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_places_are_shown_where_nothing_can_be_written(watcher):
    watcher.adds("page", BOARD)
    watch = watcher.folder / "watch"
    watch.chmod(0o500)
    try:
        assert list_places(watcher.context, ListRequest()).places
    finally:
        watch.chmod(0o700)


def test_places_outlive_what_looking_learnt_and_whatever_it_became(watcher):
    watcher.adds("page", BOARD)
    (watcher.folder / "watch" / "looks.db").write_bytes(b"not a database at all" * 500)
    (shown,) = list_places(watcher.context, ListRequest()).places
    assert shown.target == BOARD
    watcher.adds("page", "https://other.example/")
    assert len(looked_at(watcher)) == 2


def test_what_is_said_before_a_yes_names_the_place_and_who_learns_what():
    action = next(each for each in all_actions() if each.name == "watch.place.add")
    request = AddRequest("brave", "quiet_otter")
    said = _filled(action.sending(request), request)
    assert said["to"] == "brave: quiet_otter"
    assert "Brave learns your words" in said["they_learn"]
    assert action.sending(AddRequest("folder", "/tmp")) is None
    with pytest.raises(WrongPlace):
        action.sending(AddRequest("page", "no address"))
    assert "{" not in json.dumps(said["what"])
