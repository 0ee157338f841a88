"""Answers that real authorities gave others are checked as they were sent."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rfc3161_client import decode_timestamp_response

from stillmine.act.proof.authorities import all_authorities
from stillmine.crypto.chain import read_certificates
from stillmine.crypto.timestamp import check_stamp, stamped_with
from stillmine.errors import BadStamp

VECTORS = Path(__file__).parents[1] / "vectors" / "timestamps"
DIGICERT = bytes.fromhex(
    "fb71a6009f6fa1f43baf746a09cb6339df7f1ad46ee62390847d92438c23abf4"
    "f50b0de3f1c2e1cd6cf40dc5bf42e30852c744ddcb2a47e0c3e2f8061223cc64"
)
HELLO = hashlib.sha256(b"hello").digest()


def read(name):
    return (VECTORS / name).read_bytes()


def test_digicert_sends_an_order_that_der_forbids_and_its_stamp_holds():
    answer = read("digicert.tsr")
    with pytest.raises(ValueError, match="InvalidSetOrdering"):
        decode_timestamp_response(answer)
    found = check_stamp(answer, DIGICERT, roots=read_certificates(read("digicert-root.pem")))
    assert (found.known, found.repaired) == (True, True)
    assert found.at == datetime(2025, 3, 24, 11, 17, 47, tzinfo=UTC)
    assert found.signer == "DigiCert Timestamp 2024"
    assert stamped_with(answer) == "sha512"


def test_the_root_that_is_known_without_a_list_of_the_system_is_that_one():
    (root,) = read_certificates(read("digicert-root.pem"))
    (digicert,) = [each for each in all_authorities() if each.name == "digicert"]
    assert digicert.known == (hashlib.sha256(root).hexdigest(),)
    found = check_stamp(read("digicert.tsr"), DIGICERT, roots=[], known=digicert.known, more=[root])
    assert found.known


def test_a_stamp_without_certificates_holds_with_them_beside_it():
    answer = read("sigstore-bare.tsr")
    chain = read_certificates(read("sigstore-chain.pem"))
    assert check_stamp(answer, HELLO, roots=[chain[-1]], more=chain).known
    with pytest.raises(BadStamp) as found:
        check_stamp(answer, HELLO, roots=[chain[-1]])
    assert found.value.facts["reason"] == "incomplete"
