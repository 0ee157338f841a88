"""Check the signature in a time stamp by its own certificate alone (CMS, RFC 5652, section 5)."""

from __future__ import annotations

import hashlib
from typing import Any

from asn1crypto import tsp
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from stillmine.errors import BadStamp

_HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
_RSA = ("rsassa_pkcs1v15", "rsaes_pkcs1v15")
_SET_OF = 0x31


def check_cms_signature(response: bytes, signer: x509.Certificate) -> None:
    """Raise BadStamp unless the key of `signer` signed what a time stamp says.

    This says nothing of who that is. Only SHA-256, SHA-384 and SHA-512 are taken, with RSA
    (PKCS #1 v1.5) or ECDSA.
    """
    signed = tsp.TimeStampResp.load(response)["time_stamp_token"]["content"]
    info = signed["signer_infos"][0]
    attributes = info["signed_attrs"]
    said = {each["type"].native: each["values"] for each in attributes}
    name = info["digest_algorithm"]["algorithm"].native
    if name not in _HASHES or said["content_type"][0].native != "tst_info":
        raise BadStamp(reason="signature")
    content = bytes(signed["encap_content_info"]["content"])
    if hashlib.new(name, content).digest() != said["message_digest"][0].native:
        raise BadStamp(reason="signature")
    # What is signed is the set itself, not the field of the message that it stands in (5.4).
    message = bytes([_SET_OF]) + bytes(attributes.dump())[1:]
    try:
        _verify(signer, info, message, _HASHES[name]())
    except InvalidSignature as error:
        raise BadStamp(reason="signature") from error


def _verify(
    signer: x509.Certificate, info: Any, message: bytes, algorithm: hashes.HashAlgorithm
) -> None:
    key = signer.public_key()
    signature = bytes(info["signature"].native)
    kind = info["signature_algorithm"].signature_algo
    if isinstance(key, rsa.RSAPublicKey) and kind in _RSA:
        key.verify(signature, message, padding.PKCS1v15(), algorithm)
    elif isinstance(key, ec.EllipticCurvePublicKey) and kind == "ecdsa":
        key.verify(signature, message, ec.ECDSA(algorithm))
    else:
        raise BadStamp(reason="signature")
