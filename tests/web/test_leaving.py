"""Leaving, locking, and what is forgotten when nobody is there."""

from __future__ import annotations

import threading

import pytest

from stillmine.app import keyholder
from stillmine.app.actions import Secret
from stillmine.app.home import Home
from stillmine.errors import NoKeyholder, NoPassphrase, WrongPassphrase
from stillmine.web.door import Door
from stillmine.web.paths import PATHS
from stillmine.web.routing import Page, all_pages
from stillmine.web.showing import onward, page
from tests.web.conftest import PHRASE
from tests.web.server import SCRIPT


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now

    def minutes_pass(self, minutes):
        self.now += minutes * 60


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def door(vault, clock):
    door = Door(vault, clock=clock)
    yield door
    door.leave()


def wait_for(job):
    """Work until asked to stop."""
    job.begin("keep.adding", None, "files")
    while True:
        threading.Event().wait(0.01)
        job.advance()


class TestLeaving:
    def test_the_answer_is_empty_and_takes_the_cookie_and_the_memory_of_pages_away(self, inside):
        name = inside.cookie.partition("=")[0]
        answer = inside.sends("/n/x", {})
        assert answer.status == 200
        assert "<body" not in answer.text
        assert answer.headers["clear-site-data"] == '"cache"'
        (line,) = answer.cookies
        assert line.startswith(f"{name}=;")
        assert "Max-Age=0" in line

    def test_a_link_leaves_as_well_for_whoever_has_no_script(self, inside):
        assert inside.asks("/n/x").status == 200
        assert inside.is_ended()

    def test_the_keys_are_gone_and_the_pages_end(self, opens, vault):
        visitor = opens(door=Door(vault)).comes_in()
        visitor.door.unlock(Secret(PHRASE))
        assert keyholder.root_key(Home(vault)) is not None
        visitor.asks("/n/x", "POST", SCRIPT | {"content-type": "text/plain"}, b"")
        assert keyholder.root_key(Home(vault)) is None
        assert visitor.is_ended()
        with pytest.raises(ConnectionRefusedError):
            visitor.asks("/n/")

    def test_before_there_is_a_vault_leaving_works_too(self, inside):
        assert inside.sends("/n/x", {}).status == 200
        assert inside.is_ended()

    def test_work_is_asked_to_stop_and_what_was_noted_is_forgotten(self, door):
        work = door.works.start("keep.add", wait_for, then="entry")
        waits = door.works.start("keep.add", wait_for, then="entry")
        door.notes["a step"] = "an answer"
        door.leave()
        assert work.job.stop_asked
        assert door.works.find(waits.name) is None
        assert not door.notes
        assert door.left.is_set()

    def test_ending_the_program_locks_as_leaving_does(self, opens, vault):
        visitor = opens(door=Door(vault))
        visitor.door.unlock(Secret(PHRASE))
        visitor.pages.end()
        assert visitor.is_ended()
        assert keyholder.root_key(Home(vault)) is None


class TestLocking:
    def test_the_passphrase_opens_and_a_wrong_one_does_not(self, door):
        assert not door.is_unlocked()
        with pytest.raises(WrongPassphrase):
            door.unlock(Secret("another one"))
        assert not door.is_unlocked()
        door.unlock(Secret(PHRASE))
        assert door.is_unlocked()
        assert door.do("keep.list").kept == 0

    def test_the_passphrase_is_not_kept_where_another_process_holds_the_keys(self, door):
        door.unlock(Secret(PHRASE))
        assert not door.holds_passphrase
        assert PHRASE not in repr(vars(door))
        door.lock()
        with pytest.raises(NoPassphrase):
            door.do("keep.list")

    def test_where_no_process_can_hold_the_keys_this_one_does_and_says_so(self, door, monkeypatch):
        """As on Windows."""
        monkeypatch.setattr(keyholder, "is_possible", lambda: False)
        with pytest.raises(WrongPassphrase):
            door.unlock(Secret("another one"))
        assert not door.holds_passphrase
        door.unlock(Secret(PHRASE))
        assert door.holds_passphrase
        assert door.is_unlocked()
        assert door.do("keep.list").kept == 0
        door.lock()
        assert not door.is_unlocked()
        with pytest.raises((NoPassphrase, NoKeyholder)):
            door.do("keep.list")

    def test_it_locks_after_the_minutes_of_the_settings_without_use(self, door, clock):
        door.unlock(Secret(PHRASE))
        door.do("keep.settings", change="lock-after-minutes", value="3")
        door.read_settings()
        clock.minutes_pass(2)
        door.use()
        clock.minutes_pass(2.9)
        assert not door.lock_if_idle()
        assert door.is_unlocked()
        clock.minutes_pass(0.2)
        assert door.lock_if_idle()
        assert not door.is_unlocked()

    def test_work_goes_on_when_it_locks_by_itself(self, door, clock):
        door.unlock(Secret(PHRASE))
        work = door.works.start("keep.add", wait_for, then="entry")
        clock.minutes_pass(11)
        assert door.lock_if_idle()
        assert not work.job.stop_asked

    def test_a_page_of_a_locked_vault_leads_to_the_way_in_and_shows_nothing(
        self, opens, vault, clock, monkeypatch
    ):
        monkeypatch.setitem(PATHS, "sample", "/n/zz")
        shown = (Page("sample", lambda visit: page(visit, "entry.html")), *all_pages())
        visitor = opens(shown, Door(vault, clock=clock)).comes_in()
        visitor.door.unlock(Secret(PHRASE))
        clock.minutes_pass(11)
        answer = visitor.asks("/n/zz")
        assert answer.status == 303
        assert answer.headers["location"] == PATHS["unlock"]
        assert visitor.door.wanted == "/n/zz"

    def test_a_vault_that_a_command_locked_meanwhile_leads_to_the_way_in_too(
        self, opens, vault, monkeypatch
    ):
        monkeypatch.setitem(PATHS, "sample", "/n/zz")
        asks = Page("sample", lambda visit: visit.door.do("keep.list") and onward("entry"))
        visitor = opens((asks, *all_pages()), Door(vault)).comes_in()
        visitor.door.unlock(Secret(PHRASE))
        assert visitor.asks("/n/zz").headers["location"] == PATHS["entry"]
        monkeypatch.setattr(Door, "is_unlocked", lambda _door: True)
        keyholder.end(Home(vault))
        assert visitor.asks("/n/zz").headers["location"] == PATHS["unlock"]

    def test_what_a_script_asks_by_itself_is_no_use(self, opens, vault, clock):
        visitor = opens(door=Door(vault, clock=clock)).comes_in()
        visitor.asks("/n/")
        clock.minutes_pass(5)
        visitor.asks("/n/w/x/s", headers=SCRIPT)
        assert visitor.door.idle_minutes() == 5
        visitor.asks("/n/h", headers=SCRIPT)
        assert visitor.door.idle_minutes() == 0

    def test_the_lock_button_stops_work_and_keeps_the_pages_open(self, opens, vault):
        visitor = opens(door=Door(vault)).comes_in()
        visitor.door.unlock(Secret(PHRASE))
        work = visitor.door.works.start("keep.add", wait_for, then="entry")
        assert visitor.sends("/n/k", {}).status == 303
        assert work.job.stop_asked
        assert not visitor.door.is_unlocked()
        assert visitor.asks("/n/").status == 200


def test_the_pages_end_where_nobody_comes_back_for_hours(opens, vault, clock, monkeypatch):
    from stillmine.web import serving

    monkeypatch.setattr(serving, "_LOOK", 0.05)
    visitor = opens(door=Door(vault, clock=clock)).comes_in()
    clock.minutes_pass(121)
    assert visitor.is_ended()
