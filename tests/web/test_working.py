"""Long work beside the pages: one piece at a time, stopped, gone on with, kept until it is seen."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass

import pytest

from stillmine.app.actions import Answer
from stillmine.errors import DiskFull
from stillmine.web.door import Door
from stillmine.web.paths import PATHS, address
from stillmine.web.routing import Needs, Page, all_pages
from stillmine.web.showing import page
from stillmine.web.working import State, Works
from tests.web.server import SCRIPT

_PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Counted(Answer):
    """How far it came."""

    files: int


class Counting:
    """Work that goes one file further each time it is let."""

    def __init__(self, total=3):
        self.total, self.done = total, 0
        self.may = threading.Semaphore(0)
        self.at = threading.Event()

    def __call__(self, job):
        job.begin("keep.adding", self.total, "files")
        while self.done < self.total:
            self.at.set()
            assert self.may.acquire(timeout=_PATIENCE)
            self.done += 1
            job.advance()
        return Counted(self.done)


@pytest.fixture
def works():
    works = Works()
    yield works
    works.stop_all()


def ends(work):
    for _ in range(3000):
        if work.is_over:
            return work.state
        threading.Event().wait(0.01)
    pytest.fail("it did not end")


def test_one_piece_works_while_the_other_waits(works):
    first, second = Counting(), Counting()
    one = works.start("a", first, then="entry")
    two = works.start("b", second, then="entry")
    first.at.wait(_PATIENCE)
    assert (one.state, two.state) == (State.RUNNING, State.WAITING)
    first.may.release(3)
    second.may.release(3)
    assert ends(one) == ends(two) == State.DONE
    assert one.answer == Counted(3)


def test_stopped_work_goes_on_from_the_same_place(works):
    counting = Counting()
    work = works.start("a", counting, then="entry")
    counting.at.wait(_PATIENCE)
    work.stop()
    counting.may.release(3)
    assert ends(work) == State.STOPPED
    assert counting.done == 1
    works.again(work)
    assert ends(work) == State.DONE
    assert counting.done == 3


def test_work_that_fails_says_why_and_can_be_tried_once_more(works):
    tries = []

    def fails_once(_job):
        tries.append(1)
        if len(tries) == 1:
            raise DiskFull
        return Counted(1)

    work = works.start("a", fails_once, then="entry")
    assert ends(work) == State.FAILED
    assert work.error.code == DiskFull.code
    works.again(work)
    assert ends(work) == State.DONE


def test_what_nobody_foresaw_is_said_without_its_insides(works):
    work = works.start("a", lambda _job: [][1], then="entry")
    assert ends(work) == State.FAILED
    assert work.error.code == "app.unexpected"


def test_done_work_is_not_done_again(works):
    times = []
    work = works.start("a", lambda _job: times.append(1) or Counted(1), then="entry")
    ends(work)
    works.again(work)
    assert times == [1]


def test_what_work_was_given_is_freed_when_it_is_done_and_not_while_it_may_go_on(works):
    freed = []
    counting = Counting()
    work = works.start("a", counting, then="entry", close=lambda: freed.append(1))
    counting.at.wait(_PATIENCE)
    work.stop()
    counting.may.release(3)
    assert ends(work) == State.STOPPED
    assert not freed
    works.again(work)
    assert ends(work) == State.DONE
    assert freed


def test_an_answer_is_kept_until_it_was_seen(works):
    work = works.start("a", lambda _job: Counted(1), then="entry")
    ends(work)
    assert works.find(work.name) is work
    works.seen(work)
    assert works.find(work.name) is None


def test_answers_that_nobody_looks_at_do_not_pile_up(works):
    freed = []
    for number in range(60):

        def close(number=number):
            freed.append(number)

        ends(works.start(str(number), lambda _job: Counted(1), then="entry", close=close))
    assert len(works.all()) <= 20
    assert set(freed) == set(range(60))


class TestPage:
    @pytest.fixture
    def visitor(self, opens, home, monkeypatch):
        monkeypatch.setitem(PATHS, "counted", "/n/zz/{work}")

        def counted(visit):
            work = visit.door.works.find(visit.parts["work"])
            return page(visit, "trouble.html", wrong=(f"It came to {work.answer.files}", ""))

        shown = (Page("counted", counted, Needs.NOTHING), *all_pages())
        return opens(shown, Door(home)).comes_in()

    def test_it_says_how_far_it_is_and_leads_to_the_answer(self, visitor):
        counting = Counting()
        work = visitor.door.works.start("keep.add", counting, then="counted")
        counting.may.release()
        while counting.done < 1:
            threading.Event().wait(0.01)
        path = address("work", work=work.name)
        said = visitor.asks(path)
        assert "<progress" in said.text
        state = json.loads(visitor.asks(f"{path}/s", headers=SCRIPT).text)
        assert not state["over"]
        assert state["counted"].startswith(("0", "1"))
        counting.may.release(2)
        ends(work)
        answer = visitor.asks(path)
        assert (answer.status, answer.headers["location"]) == (303, f"/n/zz/{work.name}")
        assert "It came to 3" in visitor.asks(answer.headers["location"]).text

    def test_it_is_stopped_and_gone_on_with_by_a_form(self, visitor):
        counting = Counting()
        work = visitor.door.works.start("keep.add", counting, then="counted")
        path = address("work", work=work.name)
        counting.at.wait(_PATIENCE)
        assert visitor.sends(path, {"do": "stop"}).status == 303
        counting.may.release()
        assert ends(work) == State.STOPPED
        assert "<progress" not in visitor.asks(path).text
        counting.may.release(3)
        assert visitor.sends(path, {"do": "again"}).status == 303
        assert ends(work) == State.DONE

    def test_work_that_is_gone_leads_to_the_first_page(self, visitor):
        assert visitor.asks("/n/w/none").headers["location"] == "/n/"
        assert json.loads(visitor.asks("/n/w/none/s", headers=SCRIPT).text) == {"over": True}

    def test_what_failed_is_said_in_two_sentences(self, visitor):
        def full(_job):
            raise DiskFull

        work = visitor.door.works.start("keep.add", full, then="counted")
        ends(work)
        said = visitor.asks(address("work", work=work.name)).text
        assert "The disk is full" in said or "no room" in said
