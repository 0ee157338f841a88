"""Time stamps by real authorities, and all the ways in which they may not hold."""

import hashlib
import random
import subprocess
import time
import urllib.request
from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import cms, tsp
from cryptography.hazmat.primitives.serialization import Encoding
from rfc3161_client import decode_timestamp_response

from stillmine.crypto.chain import read_certificates, write_certificates
from stillmine.crypto.timestamp import check_stamp, request_stamp
from stillmine.errors import BadStamp, NotACertificate
from tests.servers.stampers import LASTS

DIGEST = hashlib.sha256(b"a root").digest()


def ask(stamper, question):
    return urllib.request.urlopen(stamper.url, data=question.body).read()


def why(response, roots=(), **more):
    with pytest.raises(BadStamp) as found:
        check_stamp(response, DIGEST, roots=roots, **more)
    return found.value.facts["reason"]


def test_openssl_reads_the_request_as_it_was_meant(tmp_path):
    question = request_stamp(DIGEST)
    path = tmp_path / "question.tsq"
    path.write_bytes(question.body)
    said = subprocess.run(
        ["openssl", "ts", "-query", "-in", path, "-text"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert "Hash Algorithm: sha256" in said
    assert f"Nonce: 0x{question.nonce:X}" in said
    assert "Certificate required: yes" in said
    assert DIGEST[:4].hex() in said.replace(" ", "").lower()


def test_two_requests_are_never_alike():
    assert request_stamp(DIGEST).nonce != request_stamp(DIGEST).nonce


def test_a_request_is_about_a_whole_sum():
    with pytest.raises(ValueError, match="32 bytes"):
        request_stamp(b"short")


def test_a_right_answer_names_its_time_its_signer_and_its_chain(new_stamper):
    stamper = new_stamper("right")
    question = request_stamp(DIGEST)
    found = check_stamp(
        ask(stamper, question), DIGEST, roots=[stamper.root_der], nonce=question.nonce
    )
    assert abs(found.at - datetime.now(UTC)) < timedelta(minutes=5)
    assert found.signer == "Test Stamper right"
    assert (found.complete, found.known, found.repaired) == (True, True, False)
    assert len(found.certificates) == 3
    assert found.root == hashlib.sha256(stamper.root_der).hexdigest()


def test_a_root_can_be_known_by_its_sum(new_stamper):
    stamper = new_stamper("right")
    total = hashlib.sha256(stamper.root_der).hexdigest()
    answer = ask(stamper, request_stamp(DIGEST))
    assert check_stamp(answer, DIGEST, roots=[], known={total}).known
    assert not check_stamp(answer, DIGEST, roots=[], known={"0" * 64}).known


def test_an_answer_in_the_wrong_order_is_put_right_for_the_check_only(new_stamper):
    stamper = new_stamper("disordered")
    answer = ask(stamper, request_stamp(DIGEST))
    with pytest.raises(ValueError, match="InvalidSetOrdering"):
        decode_timestamp_response(answer)
    before = bytes(answer)
    found = check_stamp(answer, DIGEST, roots=[stamper.root_der])
    assert (found.known, found.repaired) == (True, True)
    assert answer == before


def test_an_answer_holds_when_its_certificate_has_run_out_since(new_stamper):
    stamper = new_stamper("expired")
    answer = ask(stamper, request_stamp(DIGEST))
    time.sleep(LASTS + 0.5)
    assert check_stamp(answer, DIGEST, roots=[stamper.root_der]).known


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("nonce", "nonce"),
        ("imprint", "digest"),
        ("purpose", "purpose"),
        ("refused", "refused"),
        ("garbage", "garbage"),
        ("huge", "garbage"),
    ],
)
def test_an_answer_that_does_not_hold_says_why(new_stamper, kind, reason):
    stamper = new_stamper(kind)
    question = request_stamp(DIGEST)
    answer = ask(stamper, question)
    assert why(answer, [stamper.root_der], nonce=question.nonce) == reason


def test_a_stamp_by_somebody_else_under_a_known_root_is_not_theirs(new_stamper):
    first, second = new_stamper("right"), new_stamper("second")
    answer = ask(first, request_stamp(DIGEST))
    found = check_stamp(answer, DIGEST, roots=[second.root_der])
    assert (found.complete, found.known) == (True, False)


def test_where_certificates_are_missing_the_chain_is_not_called_complete(new_stamper):
    stamper = new_stamper("right")
    answer = tsp.TimeStampResp.load(ask(stamper, request_stamp(DIGEST)))
    signed = answer["time_stamp_token"]["content"]
    names = [each.chosen.subject.native["common_name"] for each in signed["certificates"]]
    only = signed["certificates"][names.index("Test Stamper right")]
    signed["certificates"] = cms.CertificateSet([only])
    bare = answer.dump()
    found = check_stamp(bare, DIGEST, roots=[])
    assert (found.complete, found.known) == (False, False)
    # With what is missing beside it, it is whole again.
    middle = stamper._middle[1].public_bytes(Encoding.DER)
    assert check_stamp(bare, DIGEST, roots=[stamper.root_der], more=[middle]).known
    signed["certificates"] = cms.CertificateSet([])
    assert why(answer.dump(), [stamper.root_der]) == "incomplete"
    signer = only.chosen.dump()
    assert check_stamp(answer.dump(), DIGEST, roots=[stamper.root_der], more=[middle, signer]).known


def test_no_changed_byte_that_is_signed_goes_unnoticed(new_stamper):
    stamper = new_stamper("right")
    answer = ask(stamper, request_stamp(DIGEST))
    signed = tsp.TimeStampResp.load(answer)["time_stamp_token"]["content"]
    content = bytes(signed["encap_content_info"]["content"])
    attributes = bytes(signed["signer_infos"][0]["signed_attrs"].contents)
    for part in (content, attributes):
        start = answer.index(part)
        for at in range(start, start + len(part), 3):
            changed = bytearray(answer)
            changed[at] ^= 1
            assert why(bytes(changed), [stamper.root_der])


def test_no_answer_however_damaged_makes_the_check_fall_over(new_stamper):
    stamper = new_stamper("disordered")
    answer = ask(stamper, request_stamp(DIGEST))
    chance = random.Random(3)
    held = 0
    for _ in range(1500):
        changed = bytearray(answer)
        at = chance.randrange(len(changed))
        if chance.random() < 0.5:
            changed[at] ^= 1 << chance.randrange(8)
        else:
            changed[at : at + chance.randrange(9)] = chance.randbytes(chance.randrange(9))
        try:
            check_stamp(bytes(changed), DIGEST, roots=[stamper.root_der])
            held += 1
        except BadStamp:
            continue
    assert held < 300  # what is not signed may differ: names of statuses, other certificates


def test_certificates_are_read_from_pem_and_der_in_a_row(new_stamper):
    stamper = new_stamper("right")
    other = new_stamper("second")
    both = (stamper.root_der, other.root_der)
    assert read_certificates(b"".join(both)) == both
    assert read_certificates(write_certificates(both)) == both
    for junk in (
        b"",
        b"hello",
        b"0",
        b"\x30\x84\xff\xff\xff\xff",
        b"-----BEGIN CERTIFICATE-----\n",
    ):
        with pytest.raises(NotACertificate):
            read_certificates(junk)
