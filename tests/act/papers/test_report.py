"""What stands in a report: of an ordinary case, an empty one, a hostile one, a huge one."""

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from stillmine.act.case.model import AGENT, Address, Case, Event, Notice, Proof, Sender, Step
from stillmine.act.papers.certification import certification, form_for
from stillmine.act.papers.plain import plain_text
from stillmine.act.papers.report import report_document, summary_document
from stillmine.act.papers.report_parts import Custody
from stillmine.act.papers.timeline import timeline, without_notes
from stillmine.act.papers.typesetting import typeset
from stillmine.act.proof.readme import COMMANDS
from stillmine.app.storage.custody import Entry
from tests.act.papers.cases import URL, full_case
from tests.act.papers.pictures import files_in, pages_of, words_of

NONE = Custody()
EMPTY = Case("00aa11bb", "2026-11-20T09:00:00+00:00", "FR")
HOSTILE = '*x* #read("/etc/passwd") \u202e\u200b\x1b[2J </script> محمد ' + "w" * 300


def line(number, what="kept"):
    at = f"2026-11-20T09:{number % 60:02}:00.000+00:00"
    return Entry(number, at, what, "e" * 32, "1a2b3c4d", "why", "", "0.1.0", "0" * 64, "ab" * 32)


def hostile_case():
    return Case(
        "1a2b3c4d",
        "not a time",
        "XX",
        person=HOSTILE,
        sender=Sender(HOSTILE, HOSTILE, role=AGENT, subject=HOSTILE),
        addresses=(Address("a1", "https://x/" + HOSTILE, "yesterday", HOSTILE, HOSTILE, "?"),),
        proofs=(Proof("p1", HOSTILE, "", "", HOSTILE, -1, "a9", HOSTILE, HOSTILE, (HOSTILE,)),),
        notices=(
            Notice(
                "n1", HOSTILE, "", (HOSTILE,), ("a1", "a7"),
                steps=(Step("2026-11-20T10:00:00+00:00", HOSTILE, HOSTILE),),
            ),
        ),
        events=(Event("", HOSTILE, {"x": HOSTILE, "note": HOSTILE}),),
    )  # fmt: skip


def huge_case():
    many = range(300)
    at = "2026-11-20T09:00:00+00:00"
    return replace(
        full_case(),
        person="n" * 500,
        sender=Sender("n" * 500),
        addresses=tuple(Address(f"a{n}", URL, at, "u" * 200) for n in many),
        notices=tuple(Notice(f"n{n}", "t" * 200, at, (), (f"a{n}",)) for n in many),
        proofs=tuple(Proof(f"p{n}", "capture", at, "e" * 32, "9a" * 32, 5) for n in many),
    )


def test_an_empty_case_makes_calm_papers():
    text = plain_text(report_document(EMPTY, NONE))
    assert text.count("None.") == 3
    assert "No proof was kept, so there is no log." in text
    assert "How to check the proof" not in text
    assert pages_of(typeset(report_document(EMPTY, NONE)).pdf) <= 2
    assert pages_of(typeset(summary_document(EMPTY)).pdf) == 1


def test_what_strangers_wrote_cannot_steer_a_report():
    for document in (report_document(hostile_case(), NONE), summary_document(hostile_case())):
        assert "\x1b" not in plain_text(document)
        assert "\u202e" not in plain_text(document)
        text = " ".join(words_of(typeset(document).pdf).split())
        assert "root:" not in text
        assert "U+202E" in text


def test_a_huge_case_makes_a_report_and_a_summary_of_one_page():
    for sign in ("n", "漢", "ش", "W"):
        for country in ("GB-EAW", "US-CA"):  # their sheets differ
            case = replace(huge_case(), country=country, sender=Sender(sign * 500))
            notices = tuple(replace(each, to=sign * 200) for each in case.notices)
            case = replace(case, notices=notices)
            assert pages_of(typeset(summary_document(case)).pdf) == 1
    assert "and 297 more" in plain_text(summary_document(huge_case()))
    pdf = typeset(report_document(huge_case(), Custody(tuple(map(line, range(1, 301)))))).pdf
    assert pages_of(pdf) > 20


def test_a_log_that_was_changed_is_said_to_be():
    custody = Custody((line(1), line(2)), "", 2, "changed")
    text = " ".join(plain_text(report_document(full_case(), custody)).split())
    assert "line 2 is changed" in text
    assert "lines and is whole" not in text


def test_the_data_inside_says_what_the_words_say_and_no_notes():
    custody = Custody((line(1),), "ab" * 32, key="cd" * 28)
    pdf = typeset(report_document(without_notes(full_case()), custody)).pdf
    content = files_in(pdf)["case.json"]
    facts = json.loads(content)
    assert [each["url"] for each in facts["addresses"]][1] == "https://forum.example/t/991"
    assert facts["key"] == "cd" * 28
    assert facts["letters"][1]["steps"][-1]["state"] == "refused"
    assert b"I feel watched" not in content
    assert b"my sister" not in content


def test_the_timeline_tells_each_thing_once_and_in_its_order():
    lines = timeline(full_case())
    assert [when for when, _ in lines] == sorted(when for when, _ in lines)
    sent = [text for _, text in lines if "n1" in text and "sent" in text]
    assert len(sent) == 1, "noted by the case and held by the letter, told once"
    assert len(lines) == len(set(lines))


def test_the_steps_by_hand_can_be_copied_out_of_the_paper_as_they_are_typed():
    text = " ".join(words_of(typeset(report_document(full_case(), NONE)).pdf).split())
    for command in COMMANDS.values():
        assert command in text


def test_the_form_of_a_draft_follows_the_country():
    assert [form_for(each) for each in ("US", "US-CA", "GB-EAW", "GB", "GB-SCT", "FR", "USX")] == [
        "us", "us", "gb", "gb", "plain", "plain", "plain",
    ]  # fmt: skip


def test_a_draft_about_a_proof_that_cannot_be_opened_says_so():
    case = full_case()
    text = plain_text(certification(case, case.proofs[0], None, NONE, "plain"))
    assert "could not be opened" in " ".join(text.split())


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_words_in_a_case_make_a_report(one, other):
    case = full_case()
    case = replace(
        case,
        person=one,
        addresses=(replace(case.addresses[0], url=one, uploader=other),),
        notices=(replace(case.notices[0], to=other, steps=(Step(one, other),)),),
        events=(Event(other, one, {"note": other}),),
    )
    assert typeset(report_document(case, NONE)).pdf
    assert plain_text(summary_document(case))
