"""Looking by itself on the pages: asked first, shown line by line, switched off without a trace."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stillmine.app import away
from stillmine.app.actions import Secret
from stillmine.app.away import key_file
from stillmine.app.home import Home
from stillmine.watch.looking.finding import Finding
from stillmine.watch.scheduling.last_run import LastRun, write_last_run
from stillmine.watch.taking_in import drop
from tests.pages.browsing import Person, judged
from tests.pages.conftest import PHRASE
from tests.watch.watching import finding


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the real systemctl work on files alone."""
    monkeypatch.setenv("SYSTEMD_OFFLINE", "1")


def presses(person: Person) -> None:
    """Press the main button of the page."""
    person.page.locator("main .main").click()


def asks(person: Person, others: int = 2, *, by: str = "systemd") -> None:
    """Fill in the form as somebody whom `others` (1 yes, 2 no, 3 unsure) is true for."""
    person.goes_to("timer")
    person.page.locator(f"#others-{others}").check()
    person.page.locator("summary", has_text="Which part of the system").click()
    person.page.select_option("#with_", by)


def goes_on(person: Person) -> None:
    person.page.get_by_role("button", name="Go on", exact=True).click()


def written() -> list[Path]:
    """Return all that lies in the person's settings."""
    folder = Path(os.environ["XDG_CONFIG_HOME"])
    return sorted(each for each in folder.rglob("*") if not each.is_dir())


def shown(person: Person):
    return person.door.do("watch.schedule.show")


def test_it_is_switched_on_after_all_of_it_was_seen_and_off_again(resident, full):
    resident.goes_to("places").clicks("Look by itself")
    assert resident.sees("It is off")
    judged(resident, "timer-off", full=full)
    asks(resident)
    resident.page.select_option("#every", "6")
    resident.page.locator("#also-1").check()
    goes_on(resident)
    assert resident.heading() == "Before it is switched on"
    assert written() == []
    resident.page.locator("summary", has_text="All that will be written").click()
    said = resident.page.locator("main").inner_text()
    judged(resident, "timer-agree", full=full)
    presses(resident)
    assert resident.sees("It is on. The first look comes at the next time.")
    found = shown(resident)
    assert found.systems == ("systemd",)
    assert len(found.times) == 4
    assert found.also == ("act.recheck",)
    for file in written():
        assert str(file) in said or file.is_symlink()
        if file.suffix in (".service", ".timer") and not file.is_symlink():
            for line in filter(None, map(str.strip, file.read_text().splitlines())):
                assert line in said
    assert resident.sees("There was none yet.")
    assert resident.page.input_value("#every") == "6"
    judged(resident, "timer-on", full=full)
    resident.clicks("Switch it off")
    assert resident.sees("The timer, its files and its key are gone.")
    assert written() == []
    assert not shown(resident).systems


def test_who_shares_the_computer_is_told_what_is_safer_without_a_command(resident, full):
    for others in (1, 3):
        asks(resident, others)
        goes_on(resident)
        assert resident.sees("It may be safer to look by hand")
        assert not resident.sees("stillmine watch")
    judged(resident, "timer-shared", full=full)
    resident.clicks("No, go back")
    assert written() == []


def test_without_an_answer_about_others_nothing_is_asked_or_written(resident, full):
    resident.goes_to("timer")
    goes_on(resident)
    assert "changes what is safe" in resident.page.locator("#others-wrong").inner_text()
    judged(resident, "timer-wrong", full=full)
    assert written() == []
    assert not resident.door.pending


def test_times_of_the_day_are_taken_and_strange_ones_stand_beside_their_field(resident):
    asks(resident)
    resident.page.fill("#at", "8:00, half past")
    goes_on(resident)
    assert "Write times such as" in resident.page.locator("#at-wrong").inner_text()
    assert resident.page.input_value("#at") == "8:00, half past"
    assert resident.page.locator("#others-2").is_checked()
    resident.page.fill("#at", "8:00, 20.30")
    goes_on(resident)
    presses(resident)
    assert shown(resident).times == ("08:00", "20:30")
    assert resident.page.input_value("#at") == "08:00, 20:30"


def test_where_this_computer_has_no_such_timer_that_is_said_and_nothing_stays(resident):
    asks(resident, by="cron" if not shutil.which("crontab") else "launchd")
    goes_on(resident)
    if resident.heading() == "Before it is switched on":
        presses(resident)
    assert resident.page.locator("#trouble").count() == 1
    assert not resident.sees("--with")
    assert written() == []


def test_how_the_last_look_went_is_told_in_words(resident, full):
    asks(resident)
    goes_on(resident)
    presses(resident)
    home = Home(resident.door.home)
    key = key_file.read(away.key_path(home))
    at = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
    for code, said in (
        ("done", "It came to its end."),
        ("", "it was cut off"),
        ("network.cannot-reach", "It did not come to its end."),
        ("home.disk-full", "The disk is full."),
    ):
        write_last_run(home, key, LastRun(at, at if code else None, code))
        resident.goes_to("timer")
        assert resident.sees(said)
        assert not resident.sees("run the command")
    judged(resident, "timer-last", full=full)


def test_a_key_that_others_can_read_is_named_with_what_to_do(resident, full):
    asks(resident)
    goes_on(resident)
    presses(resident)
    away.key_path(Home(resident.door.home)).chmod(0o644)
    resident.goes_to("timer")
    assert resident.sees("It does nothing right now")
    assert resident.sees("make new keys in the settings")
    judged(resident, "timer-exposed", full=full)


def test_what_came_while_the_vault_was_locked_is_the_first_thing_seen_after_unlocking(
    opens, vault, full
):
    person = opens(vault)
    drop(Home(vault), of_the_vault(person))
    person.goes_to("entry")
    assert not person.sees("Something to read")
    person.goes_to("unlock").page.fill("#passphrase", PHRASE)
    presses(person)
    assert person.sees("Something to read.")
    judged(person, "news", full=full)
    for name in ("entry", "rooms"):
        person.goes_to(name)
        assert person.sees("Something to read.")
    person.clicks("See what is new")
    assert person.heading() == "Copies that were found"
    assert person.page.locator("main .list .tag", has_text="New").count() == 1
    judged(person, "news-found", full=full)
    person.goes_to("rooms")
    assert not person.sees("Something to read.")


def of_the_vault(person: Person) -> Finding:
    """Return a finding of a picture in the vault, as a locked look leaves it."""
    person.door.unlock(Secret(PHRASE))
    items = person.door.do("keep.list").items
    person.door.lock()
    return finding(7, item=items[0].item)


def test_a_letter_that_is_damaged_is_no_news_once_it_was_seen(opens, vault):
    person = opens(vault)
    (Home(vault).inbox / f"{'ab' * 16}.age").write_bytes(b"torn")
    person.door.unlock(Secret(PHRASE))
    person.goes_to("rooms")
    person.clicks("See what is new")
    assert person.sees("1 letter in the inbox is damaged")
    person.goes_to("rooms")
    assert not person.sees("Something to read.")


def test_it_all_works_without_scripts(opens, vault):
    person = opens(vault, java_script_enabled=False)
    person.door.unlock(Secret(PHRASE))
    asks(person)
    goes_on(person)
    presses(person)
    assert shown(person).systems == ("systemd",)
    person.clicks("Switch it off")
    assert written() == []
