"""The key that signs proof: what it signs, openssl checks."""

import subprocess

import pytest

from stillmine.crypto import (
    EvidenceKey,
    check_evidence_signature,
    check_raw_evidence_signature,
    key_name,
    public_from_pem,
    public_pem,
)
from stillmine.errors import BadSignature

KEY = EvidenceKey.from_secret(bytes(range(32)))


def test_openssl_checks_a_signature(tmp_path):
    (tmp_path / "key.pem").write_bytes(public_pem(KEY.public))
    (tmp_path / "said").write_bytes(b"what was said")
    (tmp_path / "sig").write_bytes(KEY.sign(b"what was said"))
    command = ["openssl", "dgst", "-sha256", "-verify", "key.pem", "-signature", "sig", "said"]
    said = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)
    assert said.stdout.strip() == "Verified OK"


def test_the_same_secret_gives_the_same_key_and_signature():
    again = EvidenceKey.from_secret(bytes(range(32)))
    assert (again.public, again.sign(b"x")) == (KEY.public, KEY.sign(b"x"))
    assert EvidenceKey.from_secret(bytes(32)).public != KEY.public


def test_both_forms_of_a_signature_hold_and_no_other_message_does():
    check_evidence_signature(KEY.public, KEY.sign(b"x"), b"x")
    check_raw_evidence_signature(KEY.public, KEY.sign_raw(b"x"), b"x")
    for check, signature in (
        (check_evidence_signature, KEY.sign(b"x")),
        (check_raw_evidence_signature, KEY.sign_raw(b"x")),
    ):
        with pytest.raises(BadSignature):
            check(KEY.public, signature, b"y")
        with pytest.raises(BadSignature):
            check(KEY.public, signature[:-1], b"x")


def test_each_flipped_bit_of_a_signature_is_noticed():
    signature = KEY.sign(b"x")
    for at in range(len(signature)):
        changed = bytearray(signature)
        changed[at] ^= 1
        with pytest.raises(BadSignature):
            check_evidence_signature(KEY.public, bytes(changed), b"x")


def test_a_key_file_has_one_spelling_only():
    pem = public_pem(KEY.public)
    assert public_from_pem(pem) == KEY.public
    others = (pem + b"\n", pem.replace(b"\n", b"\r\n"), b" " + pem, pem[:-1], b"", pem.lower())
    for other in others:
        with pytest.raises(BadSignature):
            public_from_pem(other)


@pytest.mark.parametrize("public", [b"", b"x", bytes(120)])
def test_what_is_no_key_signs_nothing(public):
    with pytest.raises(BadSignature):
        check_evidence_signature(public, KEY.sign(b"x"), b"x")


def test_a_key_is_called_by_the_sum_of_its_der():
    assert len(key_name(KEY.public)) == 64
    assert "_key" not in repr(KEY)
