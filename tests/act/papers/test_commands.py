"""The commands that write papers, from a real vault."""

from pathlib import Path

import pikepdf
import pytest

from stillmine.act.keeping import ToKeep, keep_proof
from stillmine.act.papers import authorising, certifying, reporting, typesetting
from stillmine.act.papers.authorising import AuthoriseRequest
from stillmine.act.papers.certifying import CertifyRequest
from stillmine.act.papers.reporting import ReportRequest
from stillmine.act.proof import Piece
from stillmine.app.actions import all_actions
from stillmine.errors import InsideHome, NoTypesetter, TargetExists, UnknownCase, WrongUsage
from tests.act.papers.pictures import pages_of, screenshot, seen, words_of

RED = (200, 30, 30)


def has_red(pdf: bytes) -> bool:
    return any(
        abs(r - RED[0]) + abs(g - RED[1]) + abs(b - RED[2]) < 60
        for page in seen(pdf)
        for _count, (r, g, b) in page.resize((120, 170)).getcolors(1 << 20)
    )


def test_a_report_has_addresses_sums_and_letters_and_no_picture(person, capture, tmp_path):
    file = tmp_path / "report.pdf"
    answer = person.does(reporting.report, ReportRequest("1a2b", file))
    assert answer.screenshots == 0
    text = words_of(file.read_bytes())
    for wanted in ("1a2b3c4d", "https://forum.example/t/991", "5c1d5c1d", "refused", "Zoë"):
        assert wanted in text
    with pikepdf.open(file) as pdf:
        assert not any(page.get_images() for page in pdf.pages)
        assert list(pdf.attachments) == ["case.json"]


def test_screenshots_come_only_when_asked_for_after_a_warning(person, capture, tmp_path):
    (action,) = (each for each in all_actions() if each.name == "act.report")
    plain, with_them = tmp_path / "plain.pdf", tmp_path / "with.pdf"
    ask = ReportRequest(capture.case, with_them, with_screenshots=True)
    assert action.warns(ReportRequest(capture.case, plain)) is None
    assert action.warns(ask) == "act.report-with-screenshots"
    person.does(reporting.report, ReportRequest(capture.case, plain))
    answer = person.does(reporting.report, ask)
    assert answer.screenshots == 1
    assert not has_red(plain.read_bytes())
    assert has_red(with_them.read_bytes())
    log = person.changes(lambda vault: vault.custody.entries(case=capture.case))
    assert [each.what for each in log] == ["kept", "opened"]


def test_the_same_case_gives_the_same_bytes(person, capture, tmp_path):
    first, again = tmp_path / "1.pdf", tmp_path / "2.pdf"
    person.does(reporting.report, ReportRequest(capture.case, first))
    person.clock = person.clock.replace(year=2031)
    person.does(reporting.report, ReportRequest(capture.case, again))
    assert first.read_bytes() == again.read_bytes()


def test_a_certification_is_a_draft_with_every_sum_and_the_list_inside(person, capture, tmp_path):
    file = tmp_path / "draft.pdf"
    person.does(certifying.certify, CertifyRequest(capture.case, "p1", file))
    text = " ".join(words_of(file.read_bytes()).split())
    assert "This is a draft, for a lawyer to read" in text
    assert "under penalty of perjury" in text
    assert capture.proofs[0].root[:16] in text
    assert "evidence/page.txt" in text
    with pikepdf.open(file) as pdf:
        manifest = pdf.attachments["manifest.json"].get_file().read_bytes()
    assert b'"stillmine-proof-1"' in manifest


@pytest.mark.parametrize(
    ("form", "there", "not_there"),
    [
        ("us", "28 U.S.C. 1746", "Criminal Justice Act"),
        ("gb", "Criminal Justice Act 1967", "1746"),
        ("plain", "left for a lawyer to fill in", "perjury"),
    ],
)
def test_each_form_has_the_words_of_its_law_alone(
    person, capture, tmp_path, form, there, not_there
):
    file = tmp_path / "draft.txt"
    person.does(certifying.certify, CertifyRequest(capture.case, "p1", file, form=form))
    text = " ".join(file.read_text("utf-8").split())
    assert there in text
    assert not_there not in text


def test_an_authorisation_names_both_and_how_to_withdraw(person, tmp_path):
    file = tmp_path / "paper.pdf"
    request = AuthoriseRequest("1a2b", "Dr. שרה לוי", file, until="2027-05-31")
    person.does(authorising.authorise, request)
    text = words_of(file.read_bytes())
    for wanted in ("Zoë Ångström", "2027-05-31", "withdraw this at any time"):
        assert wanted in text
    assert "יול" in text or "לוי" in text


def test_a_name_that_is_taken_an_unknown_ending_and_the_vault_itself_are_refused(person, tmp_path):
    taken = tmp_path / "here.pdf"
    taken.write_bytes(b"mine")
    with pytest.raises(TargetExists):
        person.does(reporting.report, ReportRequest("1a2b", taken))
    assert taken.read_bytes() == b"mine"
    with pytest.raises(WrongUsage):
        person.does(reporting.report, ReportRequest("1a2b", tmp_path / "report.docx"))
    with pytest.raises(InsideHome):
        person.does(reporting.report, ReportRequest("1a2b", person.folder / "report.pdf"))
    with pytest.raises(UnknownCase):
        person.does(reporting.report, ReportRequest("ffff", tmp_path / "report.pdf"))
    assert sorted(each.name for each in tmp_path.iterdir()) == ["here.pdf", "home"]


def test_without_the_typesetter_text_still_works(person, tmp_path, monkeypatch):
    monkeypatch.setattr(typesetting, "find_spec", lambda _name: None)
    with pytest.raises(NoTypesetter):
        person.does(reporting.report, ReportRequest("1a2b", tmp_path / "report.pdf"))
    file = tmp_path / "report.txt"
    person.does(reporting.report, ReportRequest("1a2b", file))
    assert "https://forum.example/t/991" in file.read_text("utf-8")


def test_the_summary_is_one_page(person, tmp_path):
    file = tmp_path / "short.pdf"
    person.does(reporting.report, ReportRequest("1a2b", file, summary=True))
    assert pages_of(file.read_bytes()) == 1


def test_a_summary_with_screenshots_is_refused(person, tmp_path):
    request = ReportRequest("1a2b", tmp_path / "a.pdf", summary=True, with_screenshots=True)
    with pytest.raises(WrongUsage):
        person.does(reporting.report, request)


def test_a_proof_that_cannot_be_opened_does_not_stop_a_report(person, tmp_path: Path):
    file = tmp_path / "report.pdf"
    ask = ReportRequest("1a2b", file, with_screenshots=True)
    answer = person.does(reporting.report, ask)
    assert answer.screenshots == 0
    assert "no screenshot that could be shown" in " ".join(words_of(file.read_bytes()).split())


def test_notes_of_ones_own_come_only_when_asked_for(person, tmp_path):
    plain, noted = tmp_path / "plain.txt", tmp_path / "noted.txt"
    person.does(reporting.report, ReportRequest("1a2b", plain))
    person.does(reporting.report, ReportRequest("1a2b", noted, with_notes=True))
    for note in ("ticket 4411", "I feel watched", "my sister saw it"):
        assert note not in plain.read_text("utf-8")
        assert note in noted.read_text("utf-8")


def test_what_was_handed_in_is_never_shown(person, tmp_path):
    def handed_in(vault):
        pieces = [Piece("001-screenshot.png", "image/png", screenshot())]
        wanted = ToKeep("import", [*pieces, Piece("screenshot.png", "image/png", screenshot())], {})
        return keep_proof(vault, "1a2b3c4d", wanted, now=person.clock)[0]

    person.changes(handed_in)
    file = tmp_path / "report.pdf"
    answer = person.does(reporting.report, ReportRequest("1a2b", file, with_screenshots=True))
    assert answer.screenshots == 0
    assert not has_red(file.read_bytes())
