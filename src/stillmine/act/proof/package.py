"""The two files that make a bundle a WACZ file: the list of all files, and its signature.

They are written last and cover everything else, the time stamps too (WACZ 1.1.1; WACZ Signing and
Verification 0.1.0, anonymous signature).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from stillmine.act.proof.canonical import canonical, read_canonical
from stillmine.act.proof.manifest import PACKAGE
from stillmine.crypto import EvidenceKey, check_raw_evidence_signature
from stillmine.errors import BadSignature, NotCanonical

WACZ = "1.1.1"
_SIGNATURE_SPEC = "0.1.0"


def package_of(head: Mapping[str, Any], files: Iterable[tuple[str, int, str]]) -> bytes:
    """Return the bytes of `datapackage.json`; `files` are (path, size, SHA-256) in their order."""
    page = head.get("page")
    shown = (
        {"mainPageUrl": page["url"], "mainPageDate": page["at"], "title": page["title"]}
        if page
        else {}
    )
    resources = [
        {"bytes": size, "hash": f"sha256:{total}", "name": PurePosixPath(path).name, "path": path}
        for path, size, total in files
    ]
    return canonical(
        {
            "created": head["made"],
            "profile": "data-package",
            "resources": resources,
            "software": head["software"],
            "wacz_version": WACZ,
            **shown,
        }
    )


def digest_of(package: bytes, head: Mapping[str, Any], key: EvidenceKey) -> bytes:
    """Return the bytes of `datapackage-digest.json`, with the signature."""
    total = _hash(package)
    signature = key.sign_raw(total.encode("ascii"))
    return _digest(total, head, key.public, signature)


def check_digest(content: bytes, package: bytes, head: Mapping[str, Any], public: bytes) -> None:
    """Raise BadSignature unless `datapackage-digest.json` is what its maker signed, byte by byte.

    What the signature itself does not cover (when, and with what it was made) is compared with the
    manifest, so that the file can be written in no other way.
    """
    try:
        signature = base64.b64decode(read_canonical(content)["signedData"]["signature"])
    except (NotCanonical, LookupError, TypeError, binascii.Error, ValueError) as error:
        raise BadSignature from error
    total = _hash(package)
    if content != _digest(total, head, public, signature):
        raise BadSignature
    check_raw_evidence_signature(public, signature, total.encode("ascii"))


def _hash(package: bytes) -> str:
    return f"sha256:{hashlib.sha256(package).hexdigest()}"


def _digest(total: str, head: Mapping[str, Any], public: bytes, signature: bytes) -> bytes:
    signed = {
        "created": head["made"],
        "hash": total,
        "publicKey": base64.b64encode(public).decode("ascii"),
        "signature": base64.b64encode(signature).decode("ascii"),
        "software": head["software"],
        "version": _SIGNATURE_SPEC,
    }
    return canonical({"hash": total, "path": PACKAGE, "signedData": signed})
