"""What comes and goes in memory: files for a case, a receipt, papers and proof for a browser."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest

from stillmine.act.case import importing
from stillmine.act.clock import tracking
from stillmine.act.hand_out import HandOutRequest, hand_out
from stillmine.act.notices import again
from stillmine.act.notices.notice import NoticeRequest, notice
from stillmine.act.papers.reporting import ReportRequest, report
from stillmine.act.proof import check_bundle
from stillmine.act.proof.authorities import trust
from stillmine.app.delivering import Delivery
from stillmine.app.sources.handed import HandedFile
from stillmine.errors import TooMuchAtOnce
from tests.act.case.conftest import Person

_MOST = 1 << 20


def handed(name: str, content: bytes) -> HandedFile:
    return HandedFile(name, io.BytesIO(content), len(content))


def take_in(who: Person, case: str, *files: HandedFile) -> importing.ImportAnswer:
    asked = importing.ImportRequest(case, (), no_stamp=True)
    return importing.import_files(replace(who.context, handed=files), asked)


def test_files_that_came_in_memory_are_kept_as_proof_once(person):
    case = person.case()
    first = take_in(person, case, handed("mail.eml", b"From: a@b\n\nwords"), handed("b", b"2"))
    assert [each.file.name for each in first.added] == ["mail.eml", "b"]
    again_answer = take_in(person, case, handed("other name.eml", b"From: a@b\n\nwords"))
    assert not again_answer.added
    assert again_answer.already[0].proof == first.added[0].proof


def test_proof_and_papers_are_handed_back_in_memory_and_nothing_is_on_a_disk(
    person,
    tmp_path,
    monkeypatch,
):
    monkeypatch.chdir(tmp_path)
    case = person.case()
    take_in(person, case, handed("a.txt", b"what they wrote"))
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    delivery = Delivery(_MOST)
    context = replace(person.context, delivery=delivery)
    hand_out(context, HandOutRequest("p1", case))
    report(context, ReportRequest(case, Path("notes.txt")))
    proof, paper = delivery.files
    assert check_bundle(proof.content, trust=trust(())).verdict != "changed"
    assert proof.name.startswith("p1-")
    assert case.encode() in paper.content.read()
    delivery.close()
    for path in {path for path in tmp_path.rglob("*") if path.is_file()} - before:
        assert b"what they wrote" not in path.read_bytes()
        assert path.suffix not in (".wacz", ".txt")


def test_more_than_memory_may_hold_is_said_and_nothing_is_kept(person):
    case = person.case()
    take_in(person, case, handed("a.txt", b"x"))
    delivery = Delivery(10)
    with pytest.raises(TooMuchAtOnce):
        hand_out(replace(person.context, delivery=delivery), HandOutRequest("p1", case))
    assert delivery.files == []


def test_a_letter_is_shown_again_and_a_receipt_may_come_in_memory(person):
    case = person.case()
    person.add(case, "https://www.reddit.com/r/x/1")
    notice(person.context, NoticeRequest(case, to="Reddit", shows="nude"))
    shown = again.letter(person.context, again.LetterRequest("n1", case))
    assert shown.state == "draft"
    assert shown.possible == ("sent", "withdrawn")
    assert shown.shows == "nude"
    assert "https://www.reddit.com/r/x/1" in shown.letter[0].text
    context = replace(person.context, handed=(handed("answer.eml", b"From: x@y\n\nno"),))
    tracked = tracking.track(context, tracking.TrackRequest("sent", case))
    shown = again.letter(person.context, again.LetterRequest("n1", case))
    assert shown.steps[0].proof == tracked.receipt == "p1"
