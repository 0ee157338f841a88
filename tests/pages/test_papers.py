"""Papers and files in a real browser: proof checked, letters checked and saved, reminders."""

from __future__ import annotations

import email
import email.policy
import re
from pathlib import Path
from typing import Any

import pytest

from stillmine.app.actions import Secret
from stillmine.messages.pages_cases import CASE
from stillmine.messages.pages_letters import LETTER
from stillmine.messages.pages_papers import CHECKING, COMPUTER, DUE, PROOF, READY
from stillmine.messages.pages_settings import SETTINGS
from stillmine.messages.pages_statistics import LETTER as TO_REPRESENTATIVE
from stillmine.web.paths import address
from tests.pages.browsing import Person, judged
from tests.pages.conftest import PHRASE
from tests.pages.furnishing import HOSTILE, LONG, do, handed

REDDIT = "https://www.reddit.com/r/place/comments/1"


@pytest.fixture
def case(resident: Person) -> str:
    """Open a case with a letter that was sent."""
    door = resident.door
    name: str = do(door, "act.case.new", country="US", under_18="no").case
    do(door, "act.case.add", case=name, addresses=(REDDIT,))
    do(door, "act.case.sender", case=name, name="Ada Example", mail="ada@example.net")
    do(door, "act.notice", case=name, to="Reddit", shows="intimate", made="real")
    do(door, "act.track", case=name, state="sent")
    return name


def presses(person: Person) -> None:
    person.page.locator("main button.main").click()


def saves(person: Person, ending: str) -> tuple[str, bytes]:
    """Save the file with this ending; return its name and its bytes."""
    with person.page.expect_download() as waited:
        person.page.locator(f"main a[download]:has-text('{ending}')").click()
    return waited.value.suggested_filename, Path(waited.value.path()).read_bytes()


def test_a_letter_is_saved_as_text_paper_and_mail_under_names_that_say_nothing(
    resident, case, tmp_path, full
):
    resident.goes_to("letter", case=case, letter="n1")
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    resident.clicks(LETTER["save"])
    assert resident.heading() == READY["title_many"]
    judged(resident, "letter-files", full=full)
    name, text = saves(resident, ".txt")
    assert name == "n1.txt"
    assert REDDIT in text.decode()
    name, pdf = saves(resident, ".pdf")
    assert name == "n1.pdf"
    assert pdf.startswith(b"%PDF")
    name, mail = saves(resident, ".eml")
    assert name == "n1.eml"
    read: Any = email.message_from_bytes(mail, policy=email.policy.default)
    assert read["From"].addresses[0].addr_spec == "ada@example.net"
    assert read["X-Unsent"] == "1"
    assert REDDIT in read.get_content()
    for path in {path for path in tmp_path.rglob("*") if path.is_file()} - before:
        assert b"Ada Example" not in path.read_bytes(), path


def test_a_letter_to_an_authority_is_saved_too(resident, case):
    do(resident.door, "act.complain", case=case, notice="n1")
    resident.goes_to("letter", case=case, letter="n2")
    resident.clicks(LETTER["save"])
    _name, mail = saves(resident, ".eml")
    read: Any = email.message_from_bytes(mail, policy=email.policy.default)
    assert read["To"] is None, "nobody confirmed a mail address of theirs"
    assert read["Subject"]
    assert REDDIT in read.get_content()


def test_files_are_gone_with_the_lock(resident, case):
    resident.goes_to("letter", case=case, letter="n1")
    resident.clicks(LETTER["save"])
    path = resident.page.locator("main a[download]").first.get_attribute("href")
    resident.door.lock()
    resident.door.unlock(Secret(PHRASE))
    answer = resident.page.goto(resident.url(path))
    assert answer is not None
    assert answer.status == 404
    resident.goes_to("letter.files", case=case, letter="n1")
    assert resident.page.url == resident.url(address("letter", case=case, letter="n1"))


def test_what_was_noted_elsewhere_has_no_letter_to_save(resident, case):
    do(resident.door, "act.hash-service", case=case, service="stopncii", under_18="no", looked=True)
    last = do(resident.door, "act.case.show", case=case).notices[-1].notice
    resident.goes_to("letter", case=case, letter=last)
    assert not resident.sees(LETTER["save"])


def test_reminders_are_a_file_that_says_nothing_of_what_it_is(resident, case, full):
    resident.goes_to("case", case=case)
    resident.clicks(CASE["reminders"])
    judged(resident, "due", full=full)
    resident.page.fill("#title", "Water the plants")
    presses(resident)
    name, calendar = saves(resident, ".ics")
    assert re.fullmatch(r"notes-[0-9-]{10}\.ics", name)
    said = calendar.decode()
    assert "SUMMARY:Water the plants" in said
    assert said.count("BEGIN:VEVENT") == len(do(resident.door, "act.clock", case=case).due)
    for word in ("Reddit", "reddit", case, "Ada", "law", "removal", "stillmine"):
        assert word not in said
    do(resident.door, "act.case.close", case=case)
    resident.goes_to("due")
    assert resident.sees(DUE["none"])
    judged(resident, "due-none", full=full)


def test_proof_is_checked_without_a_vault_and_the_verdict_is_in_words(
    resident, case, opens, tmp_path, full
):
    proof = handed("chat.txt", b"[12.11.26, 18:03:11] X: pay or else")
    do(resident.door, "act.case.import", proof, case=case, files=(), no_stamp=True)
    do(resident.door, "act.hand-out", case=case, proof="p1", to=tmp_path / "out")
    (bundle,) = (tmp_path / "out").glob("*.wacz")
    key = do(resident.door, "act.verify", file=bundle).key
    person = opens(tmp_path / "elsewhere")
    person.goes_to("proof.check")
    judged(person, "proof-check", full=full)
    presses(person)
    assert person.page.locator("#bundle-wrong").inner_text() == PROOF["nothing"]

    def checks(file: Path) -> str:
        person.goes_to("proof.check")
        person.page.get_by_text(PROOF["more"], exact=True).click()
        person.page.fill("#key", key)
        person.page.set_input_files("#bundle", [file])
        presses(person)
        person.page.wait_for_url(f"**{address('proof.told', work='')}*")
        return person.heading()

    assert checks(bundle) == PROOF["unchanged"]
    judged(person, "proof-unchanged", full=full)
    content = bytearray(bundle.read_bytes())
    at = content.find(b"pay or else")
    content[at] ^= 1
    changed = tmp_path / f"{HOSTILE.replace('/', '')}.wacz"
    changed.write_bytes(content)
    assert checks(changed) == PROOF["changed"]
    judged(person, "proof-changed", full=full)
    other = tmp_path / "no proof.wacz"
    other.write_bytes(b"nothing of that kind")
    assert checks(other) == PROOF["cannot-tell"]
    judged(person, "proof-cannot-tell", full=full)
    assert not person.door.has_vault()


def test_a_time_stamp_that_lies_beside_a_file_is_looked_at(newcomer, tmp_path):
    file, stamp = tmp_path / "letter.pdf", tmp_path / "letter.tsr"
    file.write_bytes(b"%PDF-1.7")
    stamp.write_bytes(b"no stamp")
    newcomer.goes_to("proof.check")
    newcomer.page.get_by_text(PROOF["more"], exact=True).click()
    newcomer.page.set_input_files("#stamp", [stamp])
    newcomer.page.set_input_files("#bundle", [file])
    presses(newcomer)
    newcomer.page.wait_for_url(f"**{address('proof.told', work='')}*")
    assert newcomer.heading() == PROOF["cannot-tell"]
    assert newcomer.sees("letter.tsr") or newcomer.sees("stamp")


def test_a_letter_of_somebody_else_is_looked_through_in_the_words_of_the_law(newcomer, full):
    newcomer.goes_to("letter.check")
    judged(newcomer, "letter-check", full=full)
    presses(newcomer)
    assert newcomer.page.locator("#text-wrong").inner_text() == CHECKING["empty"]
    newcomer.page.fill("#text", f"Take it down. {HOSTILE} {LONG}")
    newcomer.page.get_by_text("TAKE IT DOWN", exact=False).first.click()
    presses(newcomer)
    assert newcomer.page.locator("main ul.list li").count() > 2
    assert newcomer.sees("“")
    assert HOSTILE.partition("\u202e")[0] in newcomer.page.input_value("#text")
    judged(newcomer, "letter-lacks", full=full)
    newcomer.page.get_by_text(CHECKING["more"], exact=True).click()
    newcomer.page.fill("#to", "Nobody That Is Known")
    presses(newcomer)
    assert newcomer.page.locator("#to-wrong").count() == 1


def test_a_whole_letter_lacks_nothing(resident, case):
    text = do(resident.door, "act.letter", case=case, notice="n1").letter[0].text
    resident.goes_to("letter.check")
    resident.page.fill("#text", text)
    resident.page.check("input[name=regimes][value=us-tida]")
    presses(resident)
    assert resident.sees(CHECKING["ready"])
    resident.page.fill("#text", text.replace("Ada Example", ""))
    presses(resident)
    assert not resident.sees(CHECKING["ready"])


def test_a_letter_to_a_representative_is_made_in_memory(newcomer, full):
    newcomer.goes_to("law.letter")
    presses(newcomer)
    assert newcomer.page.locator("#country-wrong").count() == 1
    judged(newcomer, "law-letter", full=full)
    newcomer.page.select_option("#country", "FR")
    newcomer.page.check("input[name=ending][value=txt]")
    presses(newcomer)
    judged(newcomer, "law-letter-ready", full=full)
    name, text = saves(newcomer, ".txt")
    assert re.fullmatch(r"notes-[0-9-]{10}\.txt", name)
    assert "France" in text.decode()
    newcomer.goes_to("law.letter")
    assert newcomer.heading() == TO_REPRESENTATIVE["title"]
    newcomer.page.select_option("#country", "GB")
    presses(newcomer)
    assert saves(newcomer, ".pdf")[1].startswith(b"%PDF")


def test_what_this_computer_has_is_said_with_what_it_means(resident, full):
    resident.goes_to("settings")
    judged(resident, "settings-more", full=full)
    resident.clicks(SETTINGS["computer"])
    presses(resident)
    resident.page.wait_for_url(f"**{address('computer.seen', work='')}*", timeout=60_000)
    assert resident.heading() == COMPUTER["seen"]
    assert resident.sees("Pictures can be sealed and opened.")
    judged(resident, "computer", full=full)


def test_settings_lead_to_the_check_of_the_words_until_it_was_made(resident):
    resident.goes_to("settings")
    resident.clicks(SETTINGS["words_check"])
    assert resident.page.url == resident.url(address("words"))
