"""The e-mail file: whatever stands in a name or an address, it is one mail to one recipient."""

import platform
import re
import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillmine.act.case.model import Sender
from stillmine.act.notices import Wanted, check, check_text, compose
from stillmine.act.notices.filling import form_fields
from stillmine.act.notices.mailing import as_mail
from stillmine.errors import NotAMailAddress
from tests.act.notices.letters import PERSON, URLS, every_letter, whole

NOW = datetime(2026, 11, 22, 21, 30, tzinfo=timezone(timedelta(hours=5, minutes=45)))
HEADERS = {
    "To", "From", "Subject", "Date", "Message-ID", "X-Unsent", "MIME-Version",
    "Content-Type", "Content-Transfer-Encoding",
}  # fmt: skip
ANY = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="\r\n\t\u2028\u2029\u0085\u202e\u2066 ab:@<>,\"'()=?", max_size=40),
    st.sampled_from(
        [
            "Anna\r\nBcc: evil@evil.test",
            "=?utf-8?q?x?=",
            "\u202eAnna\u202c",
            "👩‍👩‍👧 Anna",
            "محمد علي",
            '"; <evil@evil.test>',
            "Anna\r\n\r\n<html>",
            "x" * 5000,
            "\x00\x1b[2J",
            "\ud800",
        ]
    ),
)


def letter(sender=PERSON, urls=URLS, to="Pictures", mail="legal@pictures.test", language="en"):
    regimes = ("eu-dsa", "eu-gdpr", "us-tida")
    return compose(
        Wanted(to, "platform", sender, tuple(urls), regimes, "2026-11-22", "DE", language, mail)
    )


def read(content):
    return message_from_bytes(content, policy=default)


def test_a_mail_holds_the_letter_word_for_word():
    for regime, language, role in every_letter():
        written = replace(whole(regime, language, role), mail="legal@pictures.test")
        mail = read(as_mail(written, NOW))
        assert mail.get_content().replace("\r\n", "\n") == written.text
        assert mail["Subject"] == written.subject
        assert mail["To"].addresses[0].addr_spec == "legal@pictures.test"
        assert mail["From"].addresses[0].addr_spec == PERSON.mail
        assert mail["From"].addresses[0].display_name == written.sender.name
        assert all(url in mail.get_content() for url in URLS)


def test_a_mail_tells_nothing_of_the_computer_or_where_it_stands():
    content = as_mail(letter(), NOW)
    text = content.decode().lower()
    for name in {socket.gethostname(), platform.node(), "stillmine", "python", "localhost"}:
        assert name.lower() not in text
    mail = read(content)
    assert set(mail.keys()) == HEADERS
    assert mail["Date"].endswith("+0000")
    assert re.fullmatch(r"<[0-9a-f]{32}@mail\.invalid>", mail["Message-ID"])
    assert read(as_mail(letter(), NOW))["Message-ID"] != mail["Message-ID"]


def test_lines_end_as_mail_wants_it_and_none_is_too_long():
    content = as_mail(letter(urls=["https://pictures.test/" + "a" * 3000]), NOW)
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert "a" * 3000 in read(content).get_content()


def test_without_an_address_of_the_sender_the_mail_program_puts_its_own():
    mail = read(as_mail(letter(Sender("Anna Beispiel")), NOW))
    assert mail["From"] is None


def test_without_an_address_of_the_recipient_the_person_puts_it_in():
    content = as_mail(letter(mail=""), NOW)
    assert read(content)["To"] is None
    assert read(content).get_content() == read(as_mail(letter(), NOW)).get_content()


@pytest.mark.parametrize("mail", ["x", "a@b.test\r\nBcc: c@d.test", "a@b.test,c@d.test"])
def test_a_recipient_that_is_none_is_refused(mail):
    with pytest.raises(NotAMailAddress):
        as_mail(letter(mail=mail), NOW)


def test_a_mail_address_in_another_script_is_written_as_it_is():
    content = as_mail(letter(Sender("用户", "用户@例子.test")), NOW)
    assert "From: 用户 <用户@例子.test>\r\n".encode() in content  # RFC 6532


@given(ANY, ANY, ANY, ANY)
def test_no_name_and_no_address_can_add_to_a_mail(name, phone, to, url):
    sender = Sender(name, "anna.b@mail.test", phone, name, subject=to)
    written = letter(sender, [url, *URLS], to)
    mail = read(as_mail(written, NOW))
    assert set(mail.keys()) == HEADERS
    assert len(mail["To"].addresses) == len(mail["From"].addresses) == 1
    assert mail["To"].addresses[0].addr_spec == "legal@pictures.test"
    assert not mail.is_multipart()
    assert not mail.defects
    body = mail.get_content().replace("\r\n", "\n")
    assert body == written.text


@given(ANY, ANY, ANY)
def test_no_name_and_no_address_can_add_a_line_or_turn_the_text(name, to, url):
    plain = letter(Sender("N", "anna.b@mail.test"), ["U"], "T")
    written = letter(Sender(name, "anna.b@mail.test"), [url], to)
    for text in (written.text, written.whole):
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u2028\u2029\r\x00\x1b\x85]", text)
    lines = len(written.text.splitlines())
    empty = plain.text.replace("Name: N\n", "").replace(": N\n", ":\n")
    assert lines in {len(plain.text.splitlines()), len(empty.splitlines())}
    for field in form_fields(written, legal_name=False):
        assert field.value.isprintable() or "\n" in field.value or "\u200d" in field.value
    assert isinstance(check(written).ready, bool)


@given(st.text(max_size=400))
def test_any_text_is_judged_and_never_ready_without_an_address(text):
    judged = check_text(text, ("us-tida",))
    assert not judged.ready
    assert {"signature", "good-faith"} & {each.element for each in judged.missing}


def test_a_mail_written_at_any_hour_bears_the_hour_of_greenwich():
    assert read(as_mail(letter(), NOW))["Date"].datetime == NOW.astimezone(UTC)
