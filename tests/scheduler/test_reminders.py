"""What is to be looked at at a service is told by a locked run: once for each time, and no more."""

from dataclasses import asdict
from datetime import timedelta

import pytest

from stillmine.app import away
from stillmine.app.away import notes
from stillmine.watch.alerting.chosen import Chosen
from stillmine.watch.enrolling import noting
from stillmine.watch.enrolling.noting import ForgetRequest, NoteRequest
from stillmine.watch.enrolling.reminding import come_since
from tests.scheduler.conftest import MORNING, said, way_to


@pytest.fixture
def told(left, services):
    """Bring somebody who is told by an alert, and has no place to look at."""
    left.chooses(Chosen((way_to(services),)))
    left.schedules()
    return left


def notes_(left, state, service="hibp"):
    left.watcher.clock = left.now
    noting.note(left.watcher.context, NoteRequest(service, state, under_18="no"))


def test_a_reminder_is_told_once_by_the_sentence_that_says_nothing(told, services):
    notes_(told, "begun")
    told.runs()
    assert said(services) == []
    told.waits(days=1)
    told.runs()
    told.runs()
    assert said(services) == ["Something to read."]
    told.waits(days=3)
    told.runs()
    assert len(said(services)) == 1, "nobody is told twice of the same moment"


def test_the_next_moment_is_told_again_and_what_was_forgotten_is_not(told, services):
    notes_(told, "begun")
    told.waits(days=1)
    told.runs()
    notes_(told, "done")
    told.waits(days=31)
    told.runs()
    assert len(said(services)) == 2
    notes_(told, "looked")
    noting.forget(told.watcher.context, ForgetRequest("hibp"))
    told.waits(days=400)
    told.runs()
    assert len(said(services)) == 2


def test_a_locked_run_knows_moments_and_not_what_they_are_about(told):
    notes_(told, "begun", "stopncii")
    choices = away.read_choices(told.watcher.home, told.key)
    assert choices.reminders == {"at": [(MORNING + timedelta(days=1)).isoformat()]}
    assert "stopncii" not in str(asdict(choices))


def test_a_note_of_an_earlier_version_is_enough_for_a_run(told):
    found = notes.get(told.watcher.home, told.key.key, "choices")
    del found["reminders"]
    notes.put(told.watcher.home, told.key.key, "choices", found)
    assert away.read_choices(told.watcher.home, told.key).reminders == {}
    told.runs()


@pytest.mark.parametrize(
    "times", [None, "2026-05-01", {"at": 1}, ["soon", 5, None, "2026-05-01T00:00:00"]]
)
def test_moments_that_are_damaged_are_none(times):
    assert come_since(times, None, MORNING) is None


def test_the_newest_of_those_that_came_counts():
    times = [(MORNING + timedelta(hours=hours)).isoformat() for hours in (-2, -1, 1)]
    assert come_since(times, None, MORNING) == MORNING - timedelta(hours=1)
    assert come_since(times, MORNING - timedelta(hours=1), MORNING) is None
