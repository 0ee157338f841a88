"""Runs while the vault is locked: they find, seal, tell, remember, end in time, and say nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from filelock import FileLock

from stillmine.app import keyholder
from stillmine.app.settings import change_setting
from stillmine.app.storage import inbox
from stillmine.app.unlocking import root_key, unlocked
from stillmine.errors import (
    AlreadyLooking,
    NotScheduled,
    NoVault,
    ProxyTrouble,
    Stopped,
    WatchKeyExposed,
)
from stillmine.scheduler import agreed, running
from stillmine.watch.alerting.chosen import Alert, Chosen, read_chosen
from stillmine.watch.alerting.telling import is_news, tell_if_due
from stillmine.watch.found import FoundRequest, found
from stillmine.watch.looking.finding import Fact
from stillmine.watch.scheduling.last_run import LastRun
from tests.scheduler.conftest import MORNING, Away, said, way_to
from tests.servers.process import eventually
from tests.watch.looking.looker import ORIGINALS, PART, stranger
from tests.watch.watching import finding, leak

NEWS = LastRun(MORNING, MORNING, "done", news=True)


# Looking


def test_a_copy_that_was_found_while_locked_appears_at_the_next_unlock(left, new_site):
    site = new_site()
    page = leak(site, PART, stranger(1))
    left.watcher.adds("page", page)
    left.schedules()
    assert left.runs() == 0
    assert left.last.code == "done"
    assert len(inbox.waiting(left.watcher.home)) == 1
    for file in left.watcher.folder.rglob("*"):
        if file.is_file():
            assert b"/thread" not in file.read_bytes()
    (shown,) = found(left.watcher.context, FoundRequest()).findings
    assert shown.page == page
    assert inbox.waiting(left.watcher.home) == []


def test_a_look_is_not_repeated_before_its_time_and_caught_up_after_sleep(left, new_site):
    site = new_site()
    left.watcher.adds("page", leak(site, stranger(1)))
    left.schedules()
    assert left.runs() == 4
    asked = len(site.asked)
    left.waits(hours=3)
    assert left.runs() == 0
    assert len(site.asked) == asked
    left.waits(days=4)
    assert left.runs() == 4
    assert len(site.asked) > asked
    began = left.last.began
    left.waits(hours=1)
    assert left.runs() == 0
    assert left.last.began == began


def test_without_places_nothing_is_found_and_nothing_is_wrong(left):
    left.schedules()
    assert left.runs() == 4
    assert left.last.code == "watch.no-places"


def test_by_a_way_that_is_closed_nothing_is_asked(left, new_site):
    site = new_site()
    left.watcher.adds("page", leak(site, PART))
    left.schedules()
    with unlocked(left.watcher.context, writing=True) as vault:
        change_setting(vault, "proxy", "socks5://127.0.0.1:9")
    assert left.runs() == ProxyTrouble.exit_code
    assert left.last.code == ProxyTrouble.code
    assert site.asked == []


def test_where_no_way_is_known_nothing_is_asked(left, new_site):
    site = new_site()
    left.watcher.adds("page", leak(site, PART))
    left.schedules()
    (left.watcher.home.watch / "choices.age").write_bytes(b"torn")
    with pytest.raises(NotScheduled):
        left.runs()
    assert site.asked == []


def test_two_runs_at_once_do_not_both_look(left, new_site):
    site = new_site()
    left.watcher.adds("page", leak(site, PART))
    left.schedules()
    with FileLock(left.watcher.home.watch / "upkeep.lock"), pytest.raises(AlreadyLooking):
        left.runs()
    assert site.asked == []
    assert left.runs() == 0


def test_a_run_that_was_cut_off_goes_on_at_the_next_hour(left, new_site):
    site = new_site()
    left.watcher.adds("page", leak(site, PART))
    left.schedules()
    from stillmine.watch.scheduling.last_run import write_last_run

    write_last_run(left.watcher.home, left.key, LastRun(began=MORNING))
    left.waits(hours=1)
    assert left.runs() == 0
    assert len(inbox.waiting(left.watcher.home)) == 1


def test_news_is_noted_before_the_run_is_over(left, new_site, monkeypatch):
    left.watcher.adds("page", leak(new_site(), ORIGINALS[0], ORIGINALS[1]))
    left.schedules()
    ended = []
    monkeypatch.setattr(running._Run, "_end", lambda _self, code, *_: ended.append(code))
    left.runs()
    assert ended == ["done"]
    assert left.last.was_cut_off
    assert left.last.news


def test_a_run_that_has_to_stop_keeps_what_is_done(left, new_site):
    left.watcher.adds("page", leak(new_site(), PART))
    left.schedules()
    left.job.stop_asked = True
    assert left.runs() in (3, Stopped.exit_code)
    assert left.last.code == Stopped.code
    left.job.stop_asked = False
    left.waits(days=1)
    assert left.runs() == 0


# As the system starts it


def test_the_system_hears_nothing_but_an_exit_code(left, new_site):
    left.watcher.adds("page", leak(new_site(), PART))
    left.schedules()
    done = left.starts("--now")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert len(inbox.waiting(left.watcher.home)) == 1


def test_what_is_not_there_has_its_own_exit_code(left, tmp_path):
    left.schedules()
    left.key_path.chmod(0o644)
    done = left.starts()
    assert (done.returncode, done.stdout, done.stderr) == (WatchKeyExposed.exit_code, b"", b"")
    left.key_path.unlink()
    assert left.starts().returncode == NotScheduled.exit_code
    left.watcher.folder.rename(tmp_path / "elsewhere")
    assert left.starts().returncode == NoVault.exit_code


def test_a_line_that_is_not_understood_ends_with_two(left):
    done = subprocess.run([*left.command()[:4], "--nonsense"], capture_output=True, check=False)
    assert done.returncode == 2


@pytest.fixture
def asked():
    """Give what is set when the site was asked."""
    return threading.Event()


@pytest.fixture
def endless(left, new_site, asked):
    """Start a run that looks at a site which never answers; by then that was asked, or it ended."""
    going = threading.Event()
    site = new_site()

    def never(line, _request):
        asked.set()
        going.wait(60)

    left.watcher.adds("page", site.does("/thread", never))
    left.schedules()
    running = []

    def start(*more):
        running.append(subprocess.Popen(left.command("--now", *more), stderr=subprocess.PIPE))
        eventually(lambda: asked.is_set() or running[-1].poll() is not None)
        return running[-1]

    yield start
    going.set()
    for each in running:
        each.kill()
        each.communicate()


def test_it_ends_in_time_when_the_system_asks(left, endless, asked):
    process = endless()
    assert asked.is_set()
    process.send_signal(signal.SIGTERM)
    assert process.wait(55) in (3, Stopped.exit_code)
    assert left.last.code == Stopped.code
    with FileLock(left.watcher.home.watch / "upkeep.lock", timeout=10):
        pass


def test_it_ends_by_itself_when_it_took_as_long_as_it_may(endless, asked):
    for minutes in ("0.05", "0.2", "0.8"):  # a busy computer needs longer before it asks anybody
        assert endless("--minutes", minutes).wait(60) in (3, Stopped.exit_code)
        if asked.is_set():
            break
    assert asked.is_set()


def test_it_is_killed_and_the_next_one_begins_anew(left, endless, asked):
    process = endless()
    assert asked.is_set()
    process.kill()
    process.wait()
    assert left.last.was_cut_off
    with FileLock(left.watcher.home.watch / "upkeep.lock", timeout=10):
        pass


def test_waiting_by_chance_can_be_stopped(left):
    left.schedules()
    process = subprocess.Popen(left.command("--wait", "600"))
    try:
        eventually(lambda: _catches(process.pid, signal.SIGTERM))
        process.send_signal(signal.SIGTERM)
        assert process.wait(55) == Stopped.exit_code
    finally:
        process.kill()
        process.wait()


def _catches(pid: int, number: signal.Signals) -> bool:
    """Say whether a process has its own way to take a signal (proc(5), SigCgt)."""
    status = Path(f"/proc/{pid}/status").read_text()
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught.split()[1], 16) >> (number - 1) & 1)


# What else was agreed to


def test_nothing_else_is_done_where_the_vault_is_locked(left, monkeypatch):
    left.schedules(also=["keep.verify"])
    monkeypatch.setattr(agreed, "_do", lambda *_: pytest.fail("the vault is locked"))
    left.runs()
    assert left.last.finished == {}


def test_what_was_agreed_to_is_done_while_unlocked_and_not_too_often(left):
    left.schedules(also=["keep.verify"])
    keyholder.start(left.watcher.home, root_key(left.watcher.context), 5)
    left.runs()
    assert dict(left.last.finished) == {"keep.verify": MORNING}
    left.waits(days=20)
    left.runs()
    assert dict(left.last.finished) == {"keep.verify": MORNING}
    left.waits(days=11)
    left.runs()
    assert left.last.finished["keep.verify"] == left.now


def test_only_what_was_agreed_to_is_done(left, monkeypatch):
    left.schedules(also=[])
    keyholder.start(left.watcher.home, root_key(left.watcher.context), 5)
    monkeypatch.setattr(agreed, "_do", lambda *_: pytest.fail("nobody agreed to that"))
    left.runs()


@pytest.mark.parametrize("name", ["act.recheck", "keep.backup.run", "keep.backup.verify"])
def test_what_needs_something_that_is_not_there_ends_well(left, name):
    left.schedules(also=[name])
    keyholder.start(left.watcher.home, root_key(left.watcher.context), 5)
    left.runs()
    assert name in left.last.finished


@pytest.mark.parametrize("wanted", [None, "keep.verify", [3], ["keep.forget"], {"a": 1}])
def test_nothing_that_nobody_may_repeat_is_done(wanted):
    assert list(agreed._due(wanted, LastRun(), MORNING)) == []


# Telling


def test_a_finding_needs_two_facts_before_anybody_is_told():
    one, two = (Fact.LOOKS_ALIKE,), (Fact.LOOKS_ALIKE, Fact.WHOLE_ALIKE)
    assert not is_news([])
    assert not is_news([finding(1, facts=one), finding(2, facts=one)])
    assert not is_news([finding(1, facts=(*one, *one))])
    assert is_news([finding(1, facts=one), finding(2, facts=two)])


def test_a_run_tells_once_a_day_and_keeps_it_for_the_right_hour(left, services):
    chosen = Chosen((way_to(services),), begin=18, end=22)
    left.schedules()
    left.chooses(chosen)
    from stillmine.watch.scheduling.last_run import write_last_run

    write_last_run(left.watcher.home, left.key, NEWS)
    left.waits(hours=1)
    left.runs()
    assert said(services) == []
    assert left.last.news
    left.waits(hours=10)
    left.runs()
    assert said(services) == ["Something to read."]
    assert not left.last.news
    left.waits(hours=1)
    left.runs()
    assert len(said(services)) == 1


def test_a_finding_of_a_real_look_is_told(left, new_site, services):
    left.watcher.adds("page", leak(new_site(), ORIGINALS[0], ORIGINALS[1]))
    left.schedules()
    left.chooses(Chosen((way_to(services),)))
    assert left.runs() == 0
    assert said(services) == ["Something to read."]
    assert left.last.told_on == "2026-05-01"


@pytest.mark.parametrize(
    ("begin", "end", "hour", "fits"),
    [
        (0, 0, 3, True),
        (8, 20, 8, True),
        (8, 20, 20, False),
        (8, 20, 7, False),
        (22, 6, 23, True),
        (22, 6, 5, True),
        (22, 6, 6, False),
        (22, 6, 12, False),
    ],
)
def test_hours_may_go_over_midnight(begin, end, hour, fits):
    now = datetime(2026, 5, 1, hour, 59, tzinfo=UTC)
    assert Chosen(begin=begin, end=end).fits(now) is fits


def test_at_most_once_a_day_unless_the_person_wants_each(services):
    told = replace(NEWS, told_on=MORNING.date().isoformat())
    digest = Chosen((way_to(services),))
    assert tell_if_due(digest, told, MORNING) == (told, [])
    after, missed = tell_if_due(replace(digest, at_once=True), told, MORNING)
    assert (after.news, missed) == (False, [])
    assert said(services) == ["Something to read."]


def test_where_nobody_takes_it_the_news_stays(services):
    services.refuses = True
    after, missed = tell_if_due(Chosen((way_to(services),)), NEWS, MORNING)
    assert after == NEWS
    assert [each.code for each in missed] == ["watch.alert-not-sent"]
    services.refuses = False
    two = Chosen(
        (replace(way_to(services), port=9, url="ntfy://127.0.0.1:9/t"), way_to(services, "2"))
    )
    after, missed = tell_if_due(two, NEWS, MORNING)
    assert (after.news, [each.alert for each in missed]) == (False, ["1"])


def test_no_news_and_no_way_send_nothing(services):
    quiet = replace(NEWS, news=False)
    assert tell_if_due(Chosen((way_to(services),)), quiet, MORNING) == (quiet, [])
    assert tell_if_due(Chosen(), NEWS, MORNING) == (NEWS, [])
    assert services.taken == []


def test_what_a_newer_program_chose_besides_is_let_be():
    assert read_chosen({"begin": 3, "colour": "red"}) == Chosen(begin=3)
    assert read_chosen({}) == Chosen()


def test_the_address_of_an_alert_is_nowhere_in_the_home_or_beside_it(left: Away):
    left.schedules()
    left.chooses(
        Chosen((Alert("ntfy", "h.example", 443, url="ntfys://me:s3cret@h.example/t", alert="1"),))
    )
    config = Path(os.environ["XDG_CONFIG_HOME"])
    for file in [*left.watcher.folder.rglob("*"), *config.rglob("*")]:
        if file.is_file():
            assert b"s3cret" not in file.read_bytes()
            assert b"h.example" not in file.read_bytes()
