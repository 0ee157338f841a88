"""Somebody schedules looks, sees what is scheduled, and ends it; others use the computer too."""

# ruff: noqa: F811  fixtures are imported, and then named by those who use them

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stillmine.app import away
from stillmine.app.actions import Outcome, Secret, all_actions
from stillmine.app.away import key_file
from stillmine.app.context import Context
from stillmine.app.unlocking import unlocked
from stillmine.errors import (
    NotAgreed,
    NothingMayLeave,
    NoTimer,
    NoVault,
    OthersNotSaid,
    WatchKeyExposed,
    WatchKeyOutdated,
    WrongSetting,
)
from stillmine.keep.rekey import RekeyRequest, rekey
from stillmine.watch.scheduling import commands
from stillmine.watch.scheduling.commands import (
    LastLook,
    OffRequest,
    OnRequest,
    ShowRequest,
    off,
    on,
    show,
    start_for,
)
from stillmine.watch.scheduling.last_run import LastRun, read_last_run, write_last_run
from stillmine.watch.scheduling.times import Times, kept_times, read_times
from tests.keep.conftest import Person, _quick, newcomer, person  # noqa: F401  fixtures

NOW = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
PLAIN = OnRequest(others="no", with_="systemd")


class Reader:
    """Somebody who reads what is announced, and answers what is asked."""

    def __init__(self, answer: str | None) -> None:
        self.answer = answer
        self.heard: list[tuple[str, dict[str, str]]] = []

    def announce(self, key: str, facts: dict[str, str]) -> None:
        self.heard.append((key, dict(facts)))

    def choose(self, question: str, choices: Sequence[str]) -> str | None:
        self.heard.append((question, {}))
        assert list(choices) == ["yes", "no"]
        return self.answer


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the real systemctl work on files alone."""
    monkeypatch.setenv("SYSTEMD_OFFLINE", "1")


@pytest.fixture
def sure(person: Person) -> Context:
    """Give the context of somebody who says yes."""
    return context_of(person, Reader("yes"))


def context_of(person: Person, reader: Reader, *, agreed: bool = True) -> Context:
    person.job.announcer = reader.announce
    return replace(person.context, agreed_to_send=agreed, choose=reader.choose, now=lambda: NOW)


def written() -> list[Path]:
    return sorted(
        each for each in Path(os.environ["XDG_CONFIG_HOME"]).rglob("*") if not each.is_dir()
    )


def test_all_that_is_written_was_shown_before(person: Person) -> None:
    reader = Reader("yes")
    on(context_of(person, reader), PLAIN)
    shown = [facts.get("line", "").strip() for _, facts in reader.heard]
    places = [facts["place"] for key, facts in reader.heard if key == "schedule-writes"]
    assert places == [str(away.key_path(person.home))]
    for file in written():
        if file.suffix in (".service", ".timer") and not file.is_symlink():
            assert str(file) in shown
            assert {line.strip() for line in file.read_text().splitlines()} <= {*shown, ""}
    assert [key for key, _ in reader.heard][-1] == "schedule-yes"


def test_a_no_writes_nothing(person: Person) -> None:
    with pytest.raises(NotAgreed):
        on(context_of(person, Reader("no")), PLAIN)
    assert written() == []


def test_without_a_yes_to_sending_nothing_is_written(person: Person) -> None:
    with pytest.raises(NothingMayLeave):
        on(context_of(person, Reader("yes"), agreed=False), PLAIN)
    assert written() == []


def test_the_question_about_others_comes_first(sure: Context) -> None:
    with pytest.raises(OthersNotSaid):
        on(sure, OnRequest(with_="systemd"))
    assert written() == []
    (action,) = [each for each in all_actions() if each.name == "watch.schedule.on"]
    assert action.sends is not None


@pytest.mark.parametrize("others", ["yes", "unsure"])
def test_who_shares_the_computer_hears_what_is_safer(person: Person, others: str) -> None:
    reader = Reader("yes")
    on(context_of(person, reader), OnRequest(others=others, with_="systemd"))
    said = " ".join(facts.get("line", "") for _, facts in reader.heard)
    assert "stillmine watch look" in said
    assert "names" in said


def test_it_is_the_same_when_it_is_done_twice(sure: Context) -> None:
    first = on(sure, PLAIN)
    before = {file: file.read_bytes() for file in written() if not file.is_symlink()}
    assert on(sure, PLAIN) == first
    assert {file: file.read_bytes() for file in written() if not file.is_symlink()} == before


def test_it_is_shown_and_ended_with_the_vault_locked(
    sure: Context,
    person: Person,
) -> None:
    told = on(
        sure, OnRequest(others="no", with_="systemd", at=("20:30", "8"), also=("keep.verify",))
    )
    assert told.times == ("08:00", "20:30")
    locked = replace(sure, keys=Person(person.folder, phrase="not the passphrase"))
    seen = show(locked, ShowRequest())
    assert seen.systems == ("systemd",)
    assert seen.times == told.times
    assert seen.next == told.next
    assert seen.also == ("keep.verify",)
    assert seen.outcome is Outcome.DONE
    assert off(locked, OffRequest()).removed == ("systemd",)
    assert written() == []
    assert not list(person.home.watch.glob("*.age"))
    assert show(locked, ShowRequest()).outcome is Outcome.NOTHING_FOUND
    assert off(locked, OffRequest()).outcome is Outcome.NOTHING_FOUND


def test_where_the_system_refuses_no_key_is_left(
    sure: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SYSTEMD_OFFLINE")
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nowhere")
    with pytest.raises(NoTimer):
        on(sure, PLAIN)
    assert written() == []


def test_a_home_without_a_vault_is_not_scheduled(tmp_path: Path, sure: Context) -> None:
    with pytest.raises(NoVault):
        on(replace(sure, home=tmp_path / "none"), PLAIN)


def test_an_exposed_key_and_old_keys_are_named(sure: Context, person: Person) -> None:
    on(sure, PLAIN)
    path = away.key_path(person.home)
    path.chmod(0o644)
    assert show(sure, ShowRequest()).code == WatchKeyExposed.code
    path.chmod(0o600)
    old = path.read_bytes()
    person.does(rekey, RekeyRequest(Secret(person.phrase)))
    assert show(sure, ShowRequest()).code is None, "it was renewed at once"
    path.write_bytes(old)
    seen = show(sure, ShowRequest())
    assert seen.code == WatchKeyOutdated.code
    assert seen.outcome is Outcome.GAPS
    with unlocked(sure):
        pass
    assert show(sure, ShowRequest()).code is None


def test_two_homes_do_not_touch_each_other(sure: Context, tmp_path: Path) -> None:
    other = Person(tmp_path / "other")
    other.sets_up()
    on(sure, PLAIN)
    on(context_of(other, Reader("yes")), PLAIN)
    assert start_for(other.home).name != commands.name_of(Person(sure.home).home)
    off(sure, OffRequest())
    assert show(other.context, ShowRequest()).systems == ("systemd",)
    assert key_file.read(away.key_path(other.home))


def test_how_the_last_run_went_is_sealed_and_says_no_content(
    sure: Context,
    person: Person,
) -> None:
    on(sure, PLAIN)
    key = key_file.read(away.key_path(person.home))
    last = LastRun(NOW, NOW, "done", NOW, {"keep.verify": NOW}, news=True, told_on="2026-05-01")
    write_last_run(person.home, key, last)
    assert read_last_run(person.home, key) == last
    assert b"done" not in (person.home.watch / "last.age").read_bytes()
    seen = show(sure, ShowRequest())
    assert seen.last == LastLook(NOW, "done")
    (person.home.watch / "last.age").write_bytes(b"torn")
    assert read_last_run(person.home, key) == LastRun()


@pytest.mark.parametrize("every", [0, -1, 5, 7, 13, 25, 1000])
def test_hours_that_do_not_fit_a_day_are_refused(every: int) -> None:
    with pytest.raises(WrongSetting):
        read_times(every, (), 0)


@pytest.mark.parametrize("at", ["24:00", "8:60", "", "eight", "8:5", "-1", "\uff18:00", "8:00pm"])
def test_what_is_no_time_is_refused(at: str) -> None:
    with pytest.raises(WrongSetting):
        read_times(12, (at,), 0)


@pytest.mark.parametrize(("every", "count"), [(1, 24), (2, 12), (8, 3), (12, 2), (24, 1)])
def test_a_day_has_as_many_looks_as_fit(every: int, count: int) -> None:
    minutes = read_times(every, (), 37).minutes
    assert len(minutes) == count
    assert {each % 60 for each in minutes} == {37}


def test_a_time_that_was_slept_through_is_caught_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    times = Times((480, 1200))
    morning = datetime(2026, 5, 1, 8, 0).astimezone()
    assert times.is_due(morning, None)
    assert not times.is_due(morning.replace(hour=19), morning)
    assert times.is_due(morning.replace(day=4, hour=3), morning)
    assert not times.is_due(morning.replace(day=4, hour=4), morning.replace(day=4, hour=3))
    # A clock that was set back must not put looking off for years.
    assert times.is_due(morning, morning.replace(year=2031))


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu"])
def test_times_are_those_of_the_wall_also_when_clocks_change(
    monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    import time

    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        times = Times((480,))
        for day in (28, 29, 30):  # clocks change in Berlin on 29 March 2026
            at = times.came(datetime(2026, 3, day, 12, 0).astimezone())
            assert (at.astimezone().hour, at.astimezone().minute) == (8, 0)
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("minutes", [None, [], ["8:00"], [1440], [-1], 480, "08:00"])
def test_a_schedule_that_is_not_understood_is_none(minutes: object) -> None:
    assert kept_times({"minutes": minutes}) is None
