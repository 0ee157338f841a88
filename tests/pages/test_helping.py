"""Two people at one screen: a yes before each look, nothing kept unless both agree."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import pytest

from stillmine.app.actions import Secret
from stillmine.imaging import drawn
from stillmine.imaging.decoder import Decoder
from stillmine.imaging.reposted import reposted
from stillmine.journeys.known import HELPING
from stillmine.messages.pages_helping import (
    AGREED,
    BEFORE,
    CONSENT,
    HAND_OVER,
    HOST,
    LOOK,
    OVER,
    TOLD,
    WISH,
)
from stillmine.messages.pages_journeys import JOURNEY
from stillmine.web.journeying import number_of, place_of
from tests.pages.browsing import Person, judged
from tests.pages.conftest import PHRASE

CANARY = "kestrel-canary"
PAGE = f"https://cdn.discordapp.com/attachments/1/2/{CANARY}.jpg"
COMPARE, INSPECT, SITE, NOTHING = 1, 2, 3, 4


@pytest.fixture
def brought(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the stick of the person: a picture, a screenshot with it, and somebody else's."""
    stick = tmp_path_factory.mktemp("stick")
    picture = drawn.draw(41, size=(800, 600))
    (stick / f"{CANARY} mine.jpg").write_bytes(picture + CANARY.encode())
    with Decoder(workers=1) as decoder:
        small = decoder.thumbnail(stick / f"{CANARY} mine.jpg", side=800)
    assert small is not None
    (stick / f"{CANARY} turned up.jpg").write_bytes(reposted(small).jpeg + CANARY.encode())
    (stick / f"{CANARY} other.jpg").write_bytes(drawn.draw(77, size=(640, 480)))
    return stick


@pytest.fixture(autouse=True)
def _one_place_for_all_that_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let whatever this process and its children write for a while lie where it is looked for."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path / "tmp"))


def chooses(person: Person, name: str, number: int) -> None:
    person.page.locator(f"#{name}-{number}").check()
    presses(person)


def presses(person: Person) -> None:
    person.page.locator("main form[method=post] button.main").click()


def where(person: Person) -> str:
    return HELPING.steps[int(person.page.url.partition("?")[0].rpartition("/")[2]) - 1].name


def begins(person: Person) -> None:
    """Begin, up to the question what to look at."""
    person.goes_to("journey", way=number_of(HELPING))
    assert where(person) == "before"
    presses(person)
    chooses(person, "under_18", 1)
    assert where(person) == "wish"


def says_yes_to(person: Person, look: int) -> None:
    chooses(person, "look", look)
    assert person.heading() == CONSENT["title"]
    chooses(person, "yes", 1)
    assert where(person) == "look"


def compares(person: Person, brought: Path) -> None:
    says_yes_to(person, COMPARE)
    person.page.set_input_files("#own", brought / f"{CANARY} mine.jpg")
    files = [brought / f"{CANARY} turned up.jpg", brought / f"{CANARY} other.jpg"]
    person.page.set_input_files("#found", files)
    presses(person)
    person.page.locator("h1", has_text=LOOK["result"]).wait_for()


def asks_about_a_site(person: Person, typed: str = PAGE) -> None:
    says_yes_to(person, SITE)
    person.page.fill("#address", typed)
    person.page.select_option("#country", "GB")
    presses(person)


def sums(folder: Path) -> dict[str, str]:
    """Return what lies in a folder, each file by its content."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def holding_the_canary(folder: Path) -> list[Path]:
    """Return the files that have it in their name or anywhere in them."""
    needles = [CANARY.encode(), CANARY.encode("utf-16-le")]
    return [
        path
        for path in folder.rglob("*")
        if CANARY in path.name
        or (path.is_file() and any(needle in path.read_bytes() for needle in needles))
    ]


def test_two_look_together_and_nothing_of_it_is_kept(resident, brought, tmp_path, full):
    home = resident.door.home
    before = sums(home)
    resident.goes_to("rooms")
    assert resident.page.locator(".choice", has_text="I help somebody").count() == 1
    resident.goes_to("entry").clicks(BEFORE["door"])
    judged(resident, "helping-before", full=full)
    assert resident.sees(BEFORE["not_kept"])
    presses(resident)
    chooses(resident, "under_18", 1)
    judged(resident, "helping-wish", full=full)
    chooses(resident, "look", COMPARE)
    judged(resident, "helping-consent", full=full)
    chooses(resident, "yes", 1)
    judged(resident, "helping-compare", full=full)
    resident.clicks("Back").clicks("Back")
    compares(resident, brought)
    assert resident.sees(f"In {CANARY} turned up.jpg: ")
    assert resident.sees(f"1 ({CANARY} mine.jpg)")
    assert not resident.sees(f"In {CANARY} other.jpg")
    judged(resident, "helping-compared", full=full)
    resident.clicks(LOOK["more"])
    assert resident.sees(WISH["done"])
    asks_about_a_site(resident)
    assert resident.sees("https://discord.com/report")
    judged(resident, "helping-site", full=full)
    presses(resident)
    judged(resident, "helping-hand-over", full=full)
    taken = takes_the_file(resident)
    for said in (f"1 ({CANARY} mine.jpg)", PAGE, "Online Safety Act", "Revenge Porn Helpline"):
        assert said in taken
    presses(resident)
    judged(resident, "helping-agreed", full=full)
    chooses(resident, "keep", 1)
    assert resident.sees(OVER["dropped"])
    judged(resident, "helping-over", full=full)
    resident.clicks("Back").clicks("Back")
    assert resident.sees(HAND_OVER["dropped"])
    assert not resident.sees(CANARY)
    presses(resident)
    chooses(resident, "keep", 1)
    presses(resident)
    assert where(resident) == "people"
    assert resident.sees("Revenge Porn Helpline")
    presses(resident)
    assert resident.heading() == "Look around"
    assert not resident.sees(JOURNEY["go_on_with"])
    assert sums(home) == before
    assert holding_the_canary(tmp_path) == []
    assert not [work for work in resident.door.works.all() if work.answer]


def takes_the_file(person: Person) -> str:
    with person.page.expect_download() as waiting:
        person.page.get_by_role("link", name=HAND_OVER["save"]).evaluate("link => link.click()")
    assert waiting.value.suggested_filename.startswith("notes-")
    assert waiting.value.suggested_filename.endswith(".txt")
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    waiting.value.delete()
    return text


def test_when_both_agree_a_case_is_kept_with_the_time_of_each_yes(resident, brought, full):
    begins(resident)
    compares(resident, brought)
    resident.clicks(LOOK["more"])
    asks_about_a_site(resident)
    presses(resident)
    presses(resident)
    resident.page.locator("#keep-2").check()
    presses(resident)
    for name in ("both", "label", "country"):
        if name != "country":
            assert resident.page.locator(f"#{name}-wrong").inner_text()
    judged(resident, "helping-both-needed", full=full)
    resident.page.locator("#person_yes").check()
    presses(resident)
    assert resident.page.locator("#both-wrong").inner_text() == AGREED["both_needed"]
    assert resident.door.do("act.case.list").cases == ()
    resident.page.locator("#helper_yes").check()
    resident.page.fill("#label", "Robin")
    resident.page.select_option("#country", "GB")
    presses(resident)
    assert resident.sees(OVER["kept"])
    judged(resident, "helping-over-kept", full=full)
    (listed,) = resident.door.do("act.case.list").cases
    case = resident.door.do("act.case.show", case=listed.case)
    assert case.person == "Robin"
    assert [each.url for each in case.addresses] == [PAGE]
    notes = [event.said for event in case.timeline if event.what == "case.note"]
    assert any(AGREED["note"] in note for note in notes)
    assert sum("Looked at with a yes of" in note for note in notes) == 2
    resident.clicks(OVER["see"])
    assert resident.sees("Robin")


def test_what_both_agreed_to_keep_goes_on_at_its_step_after_leaving(vault, opens, brought):
    first = opens(vault)
    first.door.unlock(Secret(PHRASE))
    begins(first)
    chooses(first, "look", NOTHING)
    presses(first)
    first.page.locator("#keep-2").check()
    first.page.locator("#person_yes").check()
    first.page.locator("#helper_yes").check()
    first.page.fill("#label", "Robin")
    first.page.select_option("#country", "GB")
    presses(first)
    first.page.locator("button.leave").click()
    assert first.has_ended()
    again = opens(vault)
    again.door.unlock(Secret(PHRASE))
    again.goes_to("entry").clicks("I help somebody")
    assert where(again) == "over"
    again.goes_to("journey.step", **place_of(HELPING, "wish"))
    asks_about_a_site(again, "Reddit")
    case = again.door.do("act.case.list").cases[0].case
    events = again.door.do("act.case.show", case=case).timeline
    assert sum("Looked at with a yes of" in event.said for event in events) == 1


def test_without_an_agreement_it_is_in_memory_only_and_the_page_says_so(vault, opens):
    first = opens(vault)
    first.door.unlock(Secret(PHRASE))
    begins(first)
    first.page.locator("details.later summary").click()
    assert first.sees(JOURNEY["not_kept"])
    first.goes_to("entry").clicks("I help somebody")
    assert where(first) == "wish"
    first.door.lock()
    first.door.unlock(Secret(PHRASE))
    first.goes_to("entry")
    assert not first.sees(JOURNEY["go_on_with"])
    first.goes_to("journey", way=number_of(HELPING))
    assert where(first) == "before"


def test_a_yes_is_for_one_look_and_is_asked_again_for_the_next(newcomer, brought, full):
    begins(newcomer)
    says_yes_to(newcomer, INSPECT)
    presses(newcomer)
    assert newcomer.page.locator("#file-wrong").inner_text() == LOOK["one"]
    newcomer.page.set_input_files("#file", brought / f"{CANARY} mine.jpg")
    presses(newcomer)
    newcomer.page.locator("h1", has_text=LOOK["result"]).wait_for()
    assert newcomer.sees(TOLD["inspect"])
    judged(newcomer, "helping-inspected", full=full)
    newcomer.clicks(LOOK["more"])
    newcomer.goes_to("journey.step", **place_of(HELPING, "look"))
    assert where(newcomer) == "wish"
    chooses(newcomer, "look", INSPECT)
    newcomer.goes_to("journey.step", **place_of(HELPING, "look"))
    assert where(newcomer) == "consent"
    says_yes = newcomer.page.locator("#yes-1")
    assert not says_yes.is_checked()


def test_a_look_that_comes_to_nothing_uses_up_its_yes_too(newcomer, tmp_path, full):
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8 no picture at all")
    begins(newcomer)
    says_yes_to(newcomer, INSPECT)
    newcomer.page.set_input_files("#file", tmp_path / "broken.jpg")
    presses(newcomer)
    newcomer.page.locator("main", has_text=LOOK["spent"]).wait_for()
    judged(newcomer, "helping-spent", full=full)
    newcomer.clicks(LOOK["again"])
    assert where(newcomer) == "consent"


def test_a_no_is_taken_and_nothing_is_looked_at(newcomer, full):
    begins(newcomer)
    chooses(newcomer, "look", COMPARE)
    presses(newcomer)
    assert newcomer.page.locator("#yes-wrong").inner_text() == CONSENT["choose"]
    judged(newcomer, "helping-no-answer", full=full)
    chooses(newcomer, "yes", 2)
    assert where(newcomer) == "wish"
    assert newcomer.sees(WISH["refused"])
    newcomer.goes_to("journey.step", **place_of(HELPING, "look"))
    assert where(newcomer) == "wish"


@pytest.mark.parametrize("number", [2, 3])
def test_where_somebody_may_have_been_a_child_no_byte_is_touched(newcomer, number):
    newcomer.goes_to("journey", way=number_of(HELPING))
    presses(newcomer)
    chooses(newcomer, "under_18", number)
    assert where(newcomer) == "children"
    assert newcomer.sees("Write down the address of the page")
    assert newcomer.sees("Take It Down")
    for step in ("wish", "consent", "look", "hand-over", "agreed"):
        newcomer.goes_to("journey.step", **place_of(HELPING, step))
        assert where(newcomer) == "children"
    assert not newcomer.door.home.exists()


def test_whoever_runs_an_unknown_site_is_asked_only_after_another_yes(newcomer, full):
    begins(newcomer)
    asks_about_a_site(newcomer, "https://stillmine-nowhere.invalid/a/1")
    assert newcomer.sees(TOLD["site_unknown"])
    judged(newcomer, "helping-unknown-site", full=full)
    newcomer.clicks(HOST["go"])
    assert newcomer.sees("The name of the site in stillmine-nowhere.invalid")
    newcomer.clicks("No, go back")
    assert newcomer.sees(TOLD["site_unknown"])


def test_what_is_no_address_is_told_beside_its_field_and_the_yes_still_holds(newcomer):
    begins(newcomer)
    asks_about_a_site(newcomer, "nonsense at all")
    assert newcomer.page.locator("#address-wrong").inner_text() == LOOK["no_site"]
    newcomer.page.fill("#address", "Reddit")
    presses(newcomer)
    assert newcomer.sees("https://www.reddit.com/report")


def test_somebody_without_a_vault_comes_to_the_end_and_leaves_no_home(newcomer, full):
    begins(newcomer)
    chooses(newcomer, "look", NOTHING)
    assert newcomer.sees(HAND_OVER["nothing"])
    judged(newcomer, "helping-nothing", full=full)
    presses(newcomer)
    newcomer.page.locator("#keep-2").check()
    presses(newcomer)
    assert newcomer.page.locator("#keep-wrong").inner_text() == AGREED["open_first"]
    chooses(newcomer, "keep", 1)
    presses(newcomer)
    newcomer.page.locator("main > form[method=post] button").last.click()
    assert newcomer.heading() == "What do you need now?"
    assert not newcomer.door.home.exists()
    assert not list(Path(tempfile.gettempdir()).iterdir())


def test_another_answer_about_age_takes_all_out_of_memory(newcomer, brought):
    begins(newcomer)
    asks_about_a_site(newcomer)
    newcomer.goes_to("journey.step", **place_of(HELPING, "under-18"))
    chooses(newcomer, "under_18", 3)
    newcomer.clicks("Back")
    chooses(newcomer, "under_18", 1)
    assert not newcomer.sees(WISH["done"])


def test_to_begin_anew_forgets_what_was_looked_at(newcomer):
    begins(newcomer)
    asks_about_a_site(newcomer)
    newcomer.page.locator("details.later summary").click()
    newcomer.clicks(JOURNEY["forget"])
    begins(newcomer)
    assert not newcomer.sees(WISH["done"])


def test_a_case_that_was_forgotten_meanwhile_is_not_written_to_and_asked_for_anew(resident):
    begins(resident)
    chooses(resident, "look", NOTHING)
    presses(resident)
    resident.page.locator("#keep-2").check()
    for name in ("person_yes", "helper_yes"):
        resident.page.locator(f"#{name}").check()
    resident.page.fill("#label", "Robin")
    resident.page.select_option("#country", "GB")
    presses(resident)
    resident.clicks("Back")
    assert resident.sees("It is kept in a case.")
    (case,) = resident.door.do("act.case.list").cases
    resident.door.do("act.case.forget", case=case.case)
    resident.page.reload()
    assert resident.page.locator("#keep-1").count() == 1
    resident.goes_to("journey.step", **place_of(HELPING, "wish"))
    asks_about_a_site(resident)
    assert resident.sees("https://discord.com/report")
    assert resident.door.do("act.case.list").cases == ()
