"""Cases in a real browser: open one, keep proof, write letters, note what came, hand papers out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stillmine.app.actions import Secret
from stillmine.app.network.practice import practice_site
from stillmine.imaging import drawn
from stillmine.messages.pages_cases import CASE, CASES, KEEPING, NEW, PROOFS
from stillmine.messages.pages_frame import FRAME
from stillmine.messages.pages_ground import GROUND
from stillmine.messages.pages_journeys import ASK, HASHES, WHERE
from stillmine.messages.pages_letters import COMPLAIN, LAW, LETTER, LETTERS
from stillmine.messages.pages_papers import READY
from tests.pages.browsing import Person, judged
from tests.pages.conftest import PHRASE

SITE = {
    "/gallery": ("text/html", b"<title>A gallery</title><h1>A gallery</h1><img src='/one.jpg'>"),
    "/one.jpg": ("image/jpeg", drawn.draw(5, size=(320, 240))),
}
REDDIT = "https://www.reddit.com/r/place/comments/1"
HOSTILE = '<img src=x onerror=alert(1)>"\u202e.txt'


@pytest.fixture
def case(resident: Person) -> str:
    """Open a case with one page on a platform, and somebody who signs."""
    door = resident.door
    name = door.do("act.case.new", country="GB", under_18="no").case
    door.do("act.case.add", case=name, addresses=(REDDIT,))
    door.do("act.case.sender", case=name, name="Ada Example", mail="ada@example.net")
    return name


def presses(person: Person) -> None:
    """Press the main button, and wait for the next page."""
    person.page.locator("main button.main").click()


def follows(person: Person) -> None:
    """Follow the main link, and wait for the next page."""
    person.page.locator("main a.button.main").click()


def test_before_a_case_is_opened_one_question_is_asked(resident, full):
    resident.goes_to("cases")
    assert resident.sees(CASES["empty"])
    judged(resident, "cases-none", full=full)
    resident.clicks(CASES["new"])
    judged(resident, "case-first", full=full)
    presses(resident)
    assert resident.page.locator("#under_18-wrong").count() == 1
    resident.page.check("#under_18-1")
    presses(resident)
    assert resident.heading() == NEW["title"]
    presses(resident)
    assert resident.page.locator("#country-wrong").inner_text() == NEW["country_needed"]
    judged(resident, "case-new", full=full)
    resident.page.select_option("#country", "FR")
    resident.page.fill("#person", HOSTILE)
    presses(resident)
    assert resident.heading() == KEEPING["where"]
    presses(resident)
    assert resident.page.locator("#addresses-wrong").inner_text() == WHERE["none"]
    resident.page.fill("#addresses", f"{REDDIT}\nno address")
    presses(resident)
    assert "no address" in resident.page.locator("#addresses-wrong").inner_text()
    judged(resident, "case-where", full=full)
    resident.page.fill("#addresses", REDDIT)
    presses(resident)
    assert resident.page.locator("h1 img").count() == 0
    assert resident.sees(CASE["saved"])
    resident.goes_to("cases")
    judged(resident, "cases", full=full)
    assert resident.page.locator(".choice").count() == 1


@pytest.mark.parametrize("number", [2, 3])
def test_where_somebody_may_have_been_under_18_no_case_is_opened(resident, number, full):
    resident.goes_to("case.new")
    resident.page.check(f"#under_18-{number}")
    presses(resident)
    assert resident.sees("Take It Down")
    judged(resident, "case-young", full=full)
    assert resident.door.do("act.case.list", closed=True).cases == ()


def test_a_case_shows_what_can_be_done_as_links_and_no_command(resident, case, full):
    resident.door.do("act.notice", case=case, shows="intimate", made="real")
    resident.door.do("act.track", case=case, state="sent")
    resident.goes_to("case", case=case)
    judged(resident, "case", full=full)
    assert not resident.sees("stillmine act")
    links = resident.page.locator("#main a").evaluate_all("all => all.map(e => e.pathname)")
    for path in sorted(set(links)):
        resident.page.goto(resident.url(path))
        assert resident.page.locator("h1").count() == 1
        assert not resident.page.locator("#trouble").count(), path
    resident.goes_to("cases")
    assert resident.page.locator(".choice").count() == 1


def test_each_next_step_leads_to_a_page_that_is_there(resident, case):
    resident.door.do("act.notice", case=case, shows="intimate", made="real")
    for state in ("sent", "refused"):
        resident.door.do("act.track", case=case, state=state)
        resident.goes_to("case", case=case)
        steps = resident.page.locator("section.sheet ol a").evaluate_all(
            "all => all.map(e => e.getAttribute('href'))"
        )
        assert len(steps) > 3
        for path in steps:
            answer = resident.page.goto(resident.url(path))
            assert answer is not None
            assert answer.status == 200, path
            assert resident.heading()


def test_a_letter_is_written_sent_and_what_came_of_it_is_noted(resident, case, full, tmp_path):
    resident.goes_to("letter.new", case=case)
    judged(resident, "letter-write", full=full)
    resident.page.fill("#to", "Nobody That Is Known")
    presses(resident)
    assert resident.page.locator("#to-wrong").count() == 1
    resident.page.fill("#to", "Reddit")
    presses(resident)
    assert resident.heading() == ASK["letter"].replace("{to}", "Reddit")
    judged(resident, "letter-written", full=full)
    assert resident.page.locator("button[data-copy]:visible").count() > 3
    follows(resident)
    judged(resident, "letter-draft", full=full)
    assert REDDIT in resident.page.content()
    presses(resident)
    assert resident.page.locator("#state-wrong").inner_text() == LETTER["choose"]
    resident.page.check("input[name=state][value=sent]")
    presses(resident)
    assert resident.sees(CASE["saved"])
    resident.page.check("input[name=state][value=refused]")
    resident.page.get_by_text(LETTER["more_detail"]).click()
    answer = tmp_path / "answer.eml"
    answer.write_bytes(b"From: a@b\nSubject: no\n\nWe say no.")
    resident.page.set_input_files("#file", [answer])
    resident.page.fill("#on", "never")
    presses(resident)
    assert resident.page.locator("#on-wrong").count() == 1
    judged(resident, "letter-wrong", full=full)
    resident.page.check("input[name=state][value=refused]")
    resident.page.fill("#on", "")
    resident.page.set_input_files("#file", [answer])
    presses(resident)
    judged(resident, "letter-refused", full=full)
    shown = resident.door.do("act.letter", case=case, notice="n1")
    assert shown.state == "refused"
    assert shown.steps[-1].proof == "p1"


def test_a_letter_without_a_name_says_what_is_missing_in_the_words_of_the_law(resident, full):
    name = resident.door.do("act.case.new", country="US", under_18="no").case
    resident.door.do("act.case.add", case=name, addresses=(REDDIT,))
    resident.goes_to("letter.new", case=name)
    assert resident.sees(LETTERS["no_sender"])
    presses(resident)
    assert resident.sees(ASK["not_ready"])
    judged(resident, "letter-missing", full=full)
    resident.clicks(LETTERS["no_sender_go"])
    judged(resident, "case-signs", full=full)
    resident.page.fill("#name", "Ada Example")
    resident.page.fill("#mail", "ada@example.net")
    resident.page.fill("#phone", "call me")
    presses(resident)
    assert resident.page.locator("#trouble").count() == 1
    resident.page.fill("#phone", "")
    presses(resident)
    resident.goes_to("letter", case=name, letter="n1")
    resident.clicks(LETTER["fields"])
    assert not resident.sees(ASK["not_ready"])


def test_copyright_is_asked_once_more(resident, case):
    resident.goes_to("letter.new", case=case)
    resident.page.get_by_text(LETTERS["more"]).click()
    resident.page.check("#regimes")
    resident.page.fill("#work", "a photograph that I took")
    presses(resident)
    assert resident.sees("Lumen")
    presses(resident)
    assert resident.heading().startswith("Your letter to")


def test_an_authority_is_told_about_a_letter(resident, full):
    name = resident.door.do("act.case.new", country="US", under_18="no").case
    resident.door.do("act.case.add", case=name, addresses=(REDDIT,))
    resident.door.do("act.notice", case=name, to="Reddit", shows="intimate")
    resident.door.do("act.track", case=name, state="sent")
    resident.goes_to("letter.complain", case=name, letter="n1")
    judged(resident, "complain", full=full)
    presses(resident)
    assert resident.sees(COMPLAIN["to_fill"])
    judged(resident, "complaint", full=full)
    follows(resident)
    judged(resident, "complaint-letter", full=full)
    resident.clicks(LETTER["where_again"])
    assert resident.heading() == COMPLAIN["title"]


def test_proof_of_a_page_is_kept_after_a_yes(resident, case, full):
    with practice_site(SITE) as site:
        resident.door.do("act.case.add", case=case, addresses=(f"{site}/gallery",))
        resident.goes_to("case.proof", case=case)
        judged(resident, "case-proof", full=full)
        resident.page.check("input[name=address][value=a2]")
        resident.page.check("#no_stamp")
        presses(resident)
        assert resident.sees(f"A visit to {site}/gallery")
        presses(resident)
        resident.page.wait_for_url("**/p/*", timeout=90_000)
        judged(resident, "case-proven", full=full)
        resident.goes_to("case.look", case=case)
        judged(resident, "case-look", full=full)
    resident.goes_to("case", case=case)
    judged(resident, "case-with-proof", full=full)
    assert resident.sees("p1")


def test_what_somebody_has_is_taken_in_in_memory_and_handed_out_again(
    resident, case, full, tmp_path
):
    chat = tmp_path / "what they wrote.txt"
    chat.write_bytes(b"[12.11.26, 18:03:11] X: pay or else")
    resident.goes_to("case.files", case=case)
    presses(resident)
    assert resident.page.locator("#files-wrong").inner_text() == PROOFS["nothing"]
    judged(resident, "case-files", full=full)
    resident.page.set_input_files("#files", [chat])
    resident.page.check("#no_stamp")
    presses(resident)
    resident.page.wait_for_url("**/h/*")
    assert resident.sees("what they wrote.txt")
    judged(resident, "case-taken", full=full)
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    resident.goes_to("case.out", case=case, proof="p1")
    judged(resident, "case-out", full=full)
    presses(resident)
    presses(resident)
    assert resident.heading() == READY["title"]
    judged(resident, "case-ready", full=full)
    with resident.page.expect_download() as waited:
        resident.page.locator("main a.button.main").click()
    file = waited.value
    assert re.fullmatch(r"p1-[0-9a-f]{8}\.wacz", file.suggested_filename)
    assert Path(file.path()).read_bytes().startswith(b"PK")
    for path in {path for path in tmp_path.rglob("*") if path.is_file()} - before:
        assert b"pay or else" not in path.read_bytes(), path
    resident.door.lock()
    resident.door.unlock(Secret(PHRASE))
    answer = resident.page.goto(file.url)
    assert answer is not None
    assert answer.status == 404


def test_papers_are_made_in_memory(resident, case, full):
    resident.goes_to("case.papers", case=case)
    judged(resident, "case-papers", full=full)
    resident.page.check("input[name=which][value=authorise]")
    resident.page.check("input[name=ending][value=txt]")
    presses(resident)
    assert resident.page.locator("#agent-wrong").count() == 1
    resident.page.check("input[name=which][value=authorise]")
    resident.page.fill("#agent", "Bea Helper")
    for which in ("authorise", "report", "summary"):
        if which != "authorise":
            resident.goes_to("case.papers", case=case)
            resident.page.check(f"input[name=which][value={which}]")
        resident.page.check("input[name=ending][value=txt]")
        presses(resident)
        assert resident.heading() == READY["title"], which
        with resident.page.expect_download() as waited:
            resident.page.locator("main a.button.main").click()
        assert re.fullmatch(r"notes-[0-9-]{10}\.txt", waited.value.suggested_filename)
        text = Path(waited.value.path()).read_text(encoding="utf-8")
        assert "Bea Helper" in text if which == "authorise" else case in text


def test_notes_are_taken_and_a_case_is_closed_opened_and_forgotten(resident, case, full):
    resident.goes_to("case.story", case=case)
    presses(resident)
    assert resident.page.locator("#text-wrong").inner_text() == KEEPING["note_needed"]
    resident.page.fill("#text", f"They wrote again. {HOSTILE}")
    presses(resident)
    assert resident.sees("They wrote again.")
    judged(resident, "case-story", full=full)
    resident.goes_to("case.close", case=case)
    judged(resident, "case-close", full=full)
    presses(resident)
    assert resident.sees(CASE["closed"])
    judged(resident, "case-closed", full=full)
    resident.goes_to("cases")
    assert resident.page.locator(".choice").count() == 0
    resident.clicks(CASES["closed"])
    resident.page.locator(".choice").click()
    resident.clicks(CASE["reopen"])
    assert not resident.sees(CASE["closed"])
    resident.goes_to("case.forget", case=case)
    judged(resident, "case-forget", full=full)
    presses(resident)
    assert resident.page.locator("#yes-wrong").inner_text() == KEEPING["tick_first"]
    resident.page.check("#yes")
    presses(resident)
    assert resident.heading() == KEEPING["forgot"]
    judged(resident, "case-forgot", full=full)
    resident.goes_to("case", case=case)
    assert resident.page.locator("h1").count() == 1
    assert not resident.sees(REDDIT)


def test_the_service_that_lets_platforms_look_is_noted_only_when_asked(resident, case, full):
    resident.goes_to("case.hashes", case=case)
    judged(resident, "case-hashes", full=full)
    assert resident.door.do("act.case.show", case=case).notices == ()
    resident.page.fill("#number", "1234567")
    resident.clicks(HASHES["note"])
    assert resident.sees("StopNCII")
    resident.goes_to("letter", case=case, letter="n1")
    judged(resident, "letter-hashes", full=full)


def test_who_runs_a_site_is_asked_only_after_a_yes(resident, case, full):
    resident.goes_to("case.host", case=case)
    judged(resident, "case-host", full=full)
    presses(resident)
    assert resident.sees(GROUND["send_ask"])
    resident.clicks(GROUND["not_now"])
    resident.page.locator("h1", has_text=PROOFS["host"]).wait_for()


def test_laws_and_authorities_are_shown_with_where_they_were_read(newcomer, full):
    newcomer.goes_to("law")
    judged(newcomer, "law-none", full=full)
    newcomer.page.select_option("#at", "FR")
    newcomer.clicks(LAW["show"])
    assert newcomer.sees("CNIL")
    assert newcomer.sees(LAW["no_advice"])
    judged(newcomer, "law", full=full)
    newcomer.page.locator("main section a", has_text=LAW["all"]).first.click()
    assert newcomer.page.locator("main section").count() == 1
    assert newcomer.sees("“")
    judged(newcomer, "law-whole", full=full)


def test_where_a_site_takes_reports_is_shown_and_its_name_is_in_no_address(newcomer, full):
    newcomer.goes_to("law.sites")
    name = newcomer.page.locator("#to option", has_text="Reddit").first.inner_text()
    newcomer.page.select_option("#to", label=name)
    newcomer.clicks(LAW["show"])
    assert newcomer.sees("https://www.reddit.com/report")
    assert "reddit" not in newcomer.page.url.lower()
    judged(newcomer, "law-sites", full=full)


def test_without_scripts_a_case_works_from_its_first_page_to_a_letter(opens, vault):
    person = opens(vault, java_script_enabled=False)
    person.door.unlock(Secret(PHRASE))
    person.goes_to("case.new")
    person.page.check("#under_18-1")
    person.page.click("main button.main")
    person.page.select_option("#country", "US")
    person.page.click("main button.main")
    person.page.fill("#addresses", REDDIT)
    person.page.click("main button.main")
    person.clicks(CASE["write"])
    person.page.click("main button.main")
    assert person.heading() == ASK["letter"].replace("{to}", "Reddit")
    assert person.page.locator("button[data-copy]:visible").count() == 0
    person.clicks(FRAME["start"])


def test_pages_of_a_case_that_is_not_there_are_answered_calmly(resident):
    for name in ("00000000", "..", "%00", "zz"):
        for end in ("", "/a", "/p", "/l", "/l/n1", "/o", "/o/p1", "/g", "/h/x"):
            resident.page.goto(resident.url(f"/n/c/{name}{end}"))
            assert resident.page.locator("h1").count() == 1
