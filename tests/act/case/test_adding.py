"""What is added to a case: addresses in one form, notes, who signs, closing and opening again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillmine.act.case import adding, forgetting
from stillmine.act.case.typed import same_address, web_address
from stillmine.app.actions import Outcome
from stillmine.errors import (
    AddressRefused,
    NotAWebAddress,
    StillmineError,
    UnknownCase,
    WrongUsage,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" https://Site.Example/x ", "https://site.example/x"),
        ("https://site.example", "https://site.example/"),
        ("http://site.example:80/a?b=1", "http://site.example/a?b=1"),
        ("https://bücher.example/ö", "https://xn--bcher-kva.example/%C3%B6"),
        ("https://site.example/#/video/7", "https://site.example/#/video/7"),
        ("https://site.example/#ö x", "https://site.example/#%C3%B6%20x"),
    ],
)
def test_an_address_has_one_form(typed, kept):
    assert web_address(typed) == kept
    assert web_address(kept) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "", "x", "javascript:alert(1)", "file:///etc/passwd", "ftp://site.example/",
        "https://me:secret@site.example/", "https://me@site.example/", "https://",
        "https://site.example\\@evil.example/", "https://site.example/\x1b[31m",
        "https://site.example/a\nb", "//site.example/", "https://site.example:99999/",
        "https://a..b/", "https://" + "a" * 9000, "https://a.example/\udcff",
        "https://a.example/#\udcff", "https://a.\ud800.example/",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(person, typed):
    case = person.case()
    with pytest.raises(NotAWebAddress):
        person.add(case, typed)
    assert person.show(case).addresses == ()


def test_a_host_written_as_a_number_is_refused():
    with pytest.raises(AddressRefused):
        web_address("http://2130706433/")


def test_one_bad_address_does_not_stop_the_others(person):
    case = person.case()
    found = person.add(case, "nonsense", "https://a.example/1", "https://b.example/2")
    assert [each.url for each in found.added] == ["https://a.example/1", "https://b.example/2"]
    assert [each.address for each in found.added] == ["a1", "a2"]
    assert [(each.url, each.code) for each in found.skipped] == [
        ("nonsense", "network.not-a-web-address")
    ]
    assert found.outcome is Outcome.GAPS


def test_an_address_is_not_added_twice_however_it_is_spelled(person):
    case = person.case()
    person.add(case, "https://a.example/~me/%c3%b6", uploader="first")
    again = person.add(case, "HTTPS://A.example:443/%7Eme/%C3%B6#", note="seen by a friend")
    assert again.added == ()
    (kept,) = person.show(case).addresses
    assert (kept.address, kept.uploader, kept.note) == ("a1", "first", "seen by a friend")
    assert person.add(case, "https://a.example/~me/%C3%B6#2").added[0].address == "a2"


@given(st.text(st.characters(), max_size=60))
def test_any_text_is_an_address_in_one_form_or_refused(text):
    try:
        kept = web_address("https://site.example/" + text)
    except StillmineError:
        return
    assert web_address(kept) == kept
    assert kept.isascii()
    assert kept.isprintable()
    assert same_address(kept) == same_address(web_address(kept))


def test_a_note_keeps_its_lines_and_nothing_that_steers(person):
    case = person.case()
    request = adding.NoteRequest(case, "they\x1b[2J wrote\r\nagain \ud800")
    adding.note(person.context, request)
    event = person.show(case).timeline[-1]
    assert event.said == "Note: they [2J wrote\nagain"
    assert "\n" not in event.line
    for empty in ("", "  \n "):
        with pytest.raises(WrongUsage):
            adding.note(person.context, adding.NoteRequest(case, empty))
    with pytest.raises(WrongUsage):
        adding.note(person.context, adding.NoteRequest(case, "x" * 30_000))


def sender(person, case, **typed):
    return adding.sender(person.context, adding.SenderRequest(case, **typed))


def test_who_signs_is_said_bit_by_bit_and_taken_back(person):
    case = person.case()
    sender(person, case, name="Ines Roe", mail="ines@example.org", postal="Street 1\nTown")
    now = sender(person, case, phone="+44 20 7946 0000", role="agent", subject="I. R.")
    assert (now.name, now.mail, now.postal) == ("Ines Roe", "ines@example.org", "Street 1\nTown")
    assert (now.phone, now.role, now.subject) == ("+44 20 7946 0000", "agent", "I. R.")
    assert sender(person, case, phone="").phone == ""
    before = len(person.show(case).timeline)
    sender(person, case, name="Ines Roe")
    assert len(person.show(case).timeline) == before


@pytest.mark.parametrize(
    "typed",
    [
        {"mail": "nobody"},
        {"mail": "a@b@c"},
        {"mail": "a@b.example>, evil@c.example"},
        {"phone": "call me"},
        {"phone": "1; DROP"},
        {"name": "n" * 300},
    ],
)
def test_what_could_break_a_letter_is_refused(person, typed):
    case = person.case()
    with pytest.raises(WrongUsage):
        sender(person, case, **typed)
    assert person.show(case).sender is None


def test_a_line_break_in_a_name_cannot_start_a_line_of_a_letter(person):
    case = person.case()
    assert sender(person, case, name="Ines\r\nBcc: evil@c.example").name.count("\n") == 0


def test_a_case_is_closed_and_opened_again(person):
    case = person.case()
    close = adding.StateRequest(case, "done for now")
    for _again in range(2):
        assert adding.close(person.context, close).state == "closed"
    assert person.list() == ()
    assert [each.state for each in person.list(closed=True)] == ["closed"]
    assert adding.reopen(person.context, adding.StateRequest(case)).state == "open"
    said = [each.said for each in person.show(case).timeline]
    assert said[1:] == ["The case was closed. done for now", "The case was opened again."]


def test_a_case_is_found_by_the_beginning_of_its_name_and_no_other_is(person):
    case = person.case()
    assert person.add(case[:4].upper(), "https://a.example/").case == case
    for wrong in ("", case[0], "zzzz", case + "0"):
        with pytest.raises(UnknownCase):
            person.add(wrong, "https://a.example/")


def test_a_forgotten_case_leaves_nothing_and_the_others_stay(person, desk):
    gone, stays = person.case(person="Ines"), person.case(person="Omar")
    file = desk / "chat.txt"
    file.write_text("what they wrote")
    for case in (gone, stays):
        person.hand_in(case, file)
    answer = forgetting.forget(person.context, forgetting.ForgetCaseRequest(gone))

    assert (answer.case, answer.proofs, answer.disk_may_hold) == (gone, 1, True)
    assert [each.case for each in person.list()] == [stays]

    def left(vault):
        named = [each.name for each in vault.catalogue.sealed() if gone in each.name]
        return named, [each.case for each in vault.evidence.all()], vault.custody.cases()

    assert person.looks(left) == ([], [stays], [stays])
    assert person.log(stays).broken is None
    with pytest.raises(UnknownCase):
        person.show(gone)
