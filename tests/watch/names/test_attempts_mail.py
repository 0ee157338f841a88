"""Attempts to pass a mail address off as one's own: forged, replayed, or got from its owner."""

from __future__ import annotations

import json

import pytest

from stillmine.errors import NotShown, UnknownName, WordsNotProven
from tests.watch.names.naming import Namer, kindly_refused

JANE = "jane@mail.example"


@pytest.fixture
def noted(online):
    return online.notes(JANE, "mail")


def refused(online, noted, message, reason):
    with kindly_refused(NotShown, reason):
        online.shows(noted.name, mail=online.saves(message))
    with kindly_refused(WordsNotProven):
        online.searches(JANE)


def test_a_sender_that_is_only_written_there_shows_nothing(online, noted):
    plain = f"From: {JANE}\r\nTo: {JANE}\r\nSubject: {noted.subject}\r\n\r\n".encode()
    refused(online, noted, plain, "not-signed")


def test_a_signature_of_another_domain_shows_nothing(online, noted):
    online.provider.publishes(online.clock, "my-own.example")
    message = online.signed(JANE, noted.subject, by="my-own.example")
    refused(online, noted, message, "not-signed")


def test_a_signature_of_a_domain_above_or_below_shows_nothing(online, noted):
    for domain in ("example", "sub.mail.example"):
        online.provider.publishes(online.clock, domain)
        refused(online, noted, online.signed(JANE, noted.subject, by=domain), "not-signed")


def test_a_mail_with_a_sender_that_was_changed_after_signing_shows_nothing(online, noted):
    message = online.signed("kim@mail.example", noted.subject, to=JANE)
    forged = message.replace(b"From: Kim <kim@", b"From: Kim <jane@")
    refused(online, noted, forged, "bad-signature")


def test_an_own_mail_does_not_show_the_address_of_somebody_else(online, noted):
    refused(online, noted, online.signed("kim@mail.example", noted.subject), "other-sender")


def test_a_second_sender_above_the_signed_one_shows_nothing(online, noted):
    message = online.signed("kim@mail.example", noted.subject, to=JANE)
    refused(online, noted, f"From: {JANE}\r\n".encode() + message, "other-sender")


def test_an_address_in_the_place_of_the_sender_s_name_shows_nothing(online, noted):
    for sender in (
        f'"{JANE}" <kim@mail.example>', f"{JANE}, kim@mail.example", f"<{JANE}> <kim@mail.example>",
        f"{JANE} (kim@mail.example)", f"kim@mail.example:{JANE};",
    ):  # fmt: skip
        message = online.signed("kim@mail.example", noted.subject, to=JANE, sender=sender)
        refused(online, noted, message, "other-sender")


def test_an_answer_of_an_ex_that_quotes_the_code_shows_nothing(online, noted):
    message = online.signed(
        JANE, f"Re: {noted.subject}", to="stalker@x.example", body=noted.subject.encode()
    )
    refused(online, noted, message, "not-to-oneself")


def test_an_answer_that_was_led_back_to_the_ex_shows_nothing(online, noted):
    for subject in (
        f"Re: {noted.subject}",
        f"Fwd: {noted.subject}",
        f"Automatic reply: {noted.subject}",
    ):
        refused(online, noted, online.signed(JANE, subject), "other-subject")


def test_an_answer_by_itself_that_keeps_the_subject_goes_to_who_asked(online, noted):
    message = online.signed(JANE, noted.subject, to="stalker@x.example")
    refused(online, noted, message, "not-to-oneself")


def test_a_mail_to_the_address_and_to_somebody_else_shows_nothing(online, noted):
    message = online.signed(JANE, noted.subject, to=f"{JANE}, stalker@x.example")
    refused(online, noted, message, "not-to-oneself")


def test_any_other_signed_mail_of_an_ex_shows_nothing(online, noted):
    refused(online, noted, online.signed(JANE, "About tomorrow"), "other-subject")


def test_a_code_that_was_put_into_the_body_alone_shows_nothing(online, noted):
    message = online.signed(JANE, "Hello", body=noted.subject.encode())
    refused(online, noted, message, "other-subject")


def test_a_subject_that_is_not_under_the_signature_shows_nothing(online, noted):
    message = online.signed(JANE, noted.subject, headers=(b"from", b"to", b"date"))
    refused(online, noted, message, "not-signed")


def test_a_second_subject_above_the_signed_one_shows_nothing(online, noted):
    message = online.signed(JANE, "About tomorrow")
    refused(online, noted, f"Subject: {noted.subject}\r\n".encode() + message, "no-mail")


def test_a_signature_over_a_part_of_the_body_shows_nothing(online, noted):
    message = online.signed(JANE, noted.subject, length=True) + b"added"
    refused(online, noted, message, "not-signed")


def test_a_body_that_was_changed_shows_nothing(online, noted):
    message = online.signed(JANE, noted.subject, body=b"one\r\n").replace(b"one\r\n", b"two\r\n")
    refused(online, noted, message, "bad-signature")


def test_a_mail_is_of_no_use_a_second_time(online):
    first = online.notes("kim@mail.example", "mail")
    file = online.saves(online.signed("kim@mail.example", first.subject))
    online.shows(first.name, mail=file)
    with kindly_refused(NotShown, "code-first"):
        online.shows(first.name, mail=file)
    again = online.notes("kim@mail.example", "mail")
    with kindly_refused(NotShown, "other-subject"):
        online.shows(again.name, mail=file)


def test_a_mail_is_of_no_use_in_another_home(online, tmp_path):
    first = online.notes("kim@mail.example", "mail")
    file = online.saves(online.signed("kim@mail.example", first.subject))
    other = Namer(tmp_path / "second", clock=online.clock, desk=online.desk)
    other.sets_up()
    with kindly_refused(UnknownName):
        other.shows("kim@mail.example", mail=file)
    again = other.notes("kim@mail.example", "mail")
    with kindly_refused(NotShown, "other-subject"):
        other.shows(again.name, mail=file)


def test_a_subaddress_does_not_show_the_address_nor_the_other_way_round(online, noted):
    message = online.signed("jane+x@mail.example", noted.subject)
    refused(online, noted, message, "other-sender")
    online.owns_mail("kim+x@mail.example")
    with kindly_refused(WordsNotProven):
        online.searches("kim@mail.example")


def test_a_domain_that_only_looks_the_same_shows_nothing(online, noted):
    message = online.signed(JANE, noted.subject, sender="jane@ma\u0456l.example")
    refused(online, noted, message, "other-sender")


def test_a_key_in_testing_mode_or_called_back_shows_nothing(online, noted):
    good = online.provider.record
    for record in (f"{good}; t=y", "v=DKIM1; k=rsa; p=", f"{good}; s=tlsrpt", f"{good}; h=sha1"):
        online.provider.publishes(online.clock, record=record)
        refused(online, noted, online.signed(JANE, noted.subject), "bad-signature")


def test_two_keys_under_one_name_show_nothing(online, noted):
    name = "s1._domainkey.mail.example"
    text = {"name": name, "type": 16, "data": f'"{online.provider.record}"'}
    body = json.dumps({"Answer": [text, text]}).encode()
    online.provider.site.says(f"/dns-query?name={name}&type=TXT", body, online.date)
    refused(online, noted, online.signed(JANE, noted.subject), "no-key")


def test_a_name_service_that_answers_nonsense_shows_nothing(online, noted):
    target = "/dns-query?name=s1._domainkey.mail.example&type=TXT"
    for body in (
        b"",
        b"null",
        b"{}",
        b'{"Answer": 7}',
        b'{"Answer": [7, {"type": 16}]}',
        b"[" * 9999,
    ):
        online.provider.site.says(target, body, online.date)
        online.notes(JANE, "mail")
        with pytest.raises(NotShown):
            online.shows(noted.name, mail=online.saves(online.signed(JANE, noted.subject)))


def test_a_clock_that_is_set_forward_is_noticed_by_the_name_service(online, noted):
    message = online.signed(JANE, noted.subject)
    online.waits(1 / 24)
    with kindly_refused(NotShown, "clock"):
        online.shows(noted.name, mail=online.saves(message))


def test_what_is_no_mail_shows_nothing(online, noted):
    for message in (b"", b"\x00" * 100, b"hello", b"A" * 1000 + b": b\r\n", b"\xff\xfe: x\r\n\r\n"):
        with pytest.raises(NotShown):
            online.shows(noted.name, mail=online.saves(message))
