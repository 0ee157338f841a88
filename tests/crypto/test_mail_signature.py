"""The signature of a mail provider: `dkimpy` signs and judges, and what must not count does not."""

from __future__ import annotations

import base64
import time

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from stillmine.crypto.mail_signature import check_mail_signature, mail_signatures, read_mail
from stillmine.errors import BadSignature

HEAD = b"From: Kim <kim@mail.example>\r\nTo: kim@mail.example\r\nSubject:  A  b\r\n\tfolded \r\n"
SIGNED = [b"from", b"to", b"subject"]
_RAW = serialization.Encoding.Raw, serialization.PublicFormat.Raw


@pytest.fixture(scope="module")
def key():
    return rsa.generate_private_key(65537, 2048)


def record_of(key, form=serialization.PublicFormat.SubjectPublicKeyInfo):
    public = key.public_key().public_bytes(serialization.Encoding.DER, form)
    return f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"


def signed(key, body=b"hello\r\n", **more):
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    message = HEAD + b"\r\n" + body
    return dkim.sign(message, b"s1", b"mail.example", pem, include_headers=SIGNED, **more) + message


def check(message, record, now=None):
    mail = read_mail(message)
    found = mail_signatures(mail)
    if not found:
        raise BadSignature
    check_mail_signature(mail, found[0], record, time.time() if now is None else now)


@pytest.mark.parametrize("heads", [b"simple", b"relaxed"])
@pytest.mark.parametrize("bodies", [b"simple", b"relaxed"])
@pytest.mark.parametrize(
    "body", [b"", b"\r\n", b"a  b \t c \r\n\r\n\r\n", b"no end", b"\r\n\r\nx\r\n y\r\n"]
)
def test_what_the_judge_signed_is_accepted_in_each_form(key, heads, bodies, body):
    message = signed(key, body, canonicalize=(heads, bodies))
    assert dkim.verify(message, dnsfunc=lambda *_, **__: record_of(key).encode())
    check(message, record_of(key))
    check(message, record_of(key, serialization.PublicFormat.PKCS1))


def test_the_newer_kind_of_key_is_accepted_too():
    key = ed25519.Ed25519PrivateKey.generate()
    seed = base64.b64encode(key.private_bytes_raw())
    message = HEAD + b"\r\nhello\r\n"
    message = (
        dkim.sign(
            message, b"s1", b"mail.example", seed, signature_algorithm=b"ed25519-sha256",
            include_headers=SIGNED,
        )
        + message
    )  # fmt: skip
    record = (
        f"v=DKIM1; k=ed25519; p={base64.b64encode(key.public_key().public_bytes(*_RAW)).decode()}"
    )
    check(message, record)
    with pytest.raises(BadSignature):
        check(message, record.replace("k=ed25519", "k=rsa"))


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_no_changed_bit_of_what_is_signed_is_accepted(key, at, bit):
    message = bytearray(signed(key, canonicalize=(b"simple", b"simple")))
    begins = message.index(b"From:")
    at = begins + at % (len(message) - begins)
    message[at] ^= 1 << bit
    with pytest.raises(BadSignature):
        check(bytes(message), record_of(key))


def test_another_key_is_not_accepted(key):
    other = rsa.generate_private_key(65537, 2048)
    with pytest.raises(BadSignature):
        check(signed(key), record_of(other))


def test_a_small_key_is_not_accepted():
    small = rsa.generate_private_key(65537, 1024)
    check(signed(small), record_of(small))
    with pytest.raises(BadSignature):
        check(signed(small), record_of(small).replace("p=", "p=AAAA"))


def test_an_old_sum_a_part_of_the_body_and_a_double_tag_do_not_count(key):
    assert not mail_signatures(read_mail(signed(key, length=True)))
    message = signed(key)
    assert mail_signatures(read_mail(message))
    for before, after in (
        (b"a=rsa-sha256", b"a=rsa-sha1"),
        (b"v=1;", b"v=1; v=1;"),
        (b"v=1;", b"v=2;"),
        (b"v=1;", b"v=1; i=kim@other.example;"),
        (b"v=1;", b"v=1; q=http;"),
        (b"c=relaxed/simple", b"c=nofws"),
        (b"s=s1;", b""),
    ):
        assert before in message
        assert not mail_signatures(read_mail(message.replace(before, after, 1)))


def test_a_signature_that_is_over_or_not_yet_made_is_not_accepted(key):
    message = signed(key)
    check(message, record_of(key))
    with pytest.raises(BadSignature):
        check(message, record_of(key), now=time.time() - 3 * 86400)


@pytest.mark.parametrize(
    "record",
    [
        "",
        "p=",
        "v=DKIM1",
        "v=DKIM2; p=AAAA",
        "p=!!!",
        "k=rsa; p=AAAA",
        "k=x; p=AAAA",
        "p=A; p=A",
        "\x00",
    ],
)
def test_a_record_that_is_none_is_not_accepted(key, record):
    with pytest.raises(BadSignature):
        check(signed(key), record)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_bytes_of_any_kind_are_a_mail_or_refused(message):
    try:
        mail = read_mail(message)
        mail_signatures(read_mail(b"DKIM-Signature: " + message))
    except BadSignature:
        return
    assert mail.headers
