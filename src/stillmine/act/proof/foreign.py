"""Check a WACZ file that another program made, as far as that can be done here."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from stillmine.act.proof.findings import CANNOT_TELL, CHANGED, Finding, Verdict
from stillmine.act.proof.manifest import DIGEST, PACKAGE
from stillmine.act.proof.opening import Opened
from stillmine.act.proof.summing import Summed
from stillmine.crypto import check_evidence_signature, check_raw_evidence_signature, key_name
from stillmine.errors import BadSignature

_ALGORITHM = "sha256:"
_RAW = 96


def is_foreign(opened: Opened) -> bool:
    """Say whether these files are a WACZ file of any maker."""
    return any(each.path == PACKAGE for each in opened.files)


def check_foreign(opened: Opened) -> Verdict:
    """Compare the files with their list, and the list with its sum and its signature.

    Even where all fits, it cannot be told since when: whoever changes a file can write the list
    again, and an anonymous signature says only that some key made it.
    """
    files = {each.path: each for each in opened.files}
    findings = [Finding("foreign"), *_sums(files, _read(files, PACKAGE))]
    findings += [Finding("unreadable-inside", path) for path in opened.odd]
    if len(files) != len(opened.files):
        findings.append(Finding("twice"))
    digest = _read(files, DIGEST)
    closing, key = _closing(files[PACKAGE], digest)
    findings += closing
    changed = any(each.finding in _CHANGES for each in findings)
    verdict = CHANGED if changed else CANNOT_TELL
    if not changed:
        findings.append(Finding("foreign-no-time"))
    return Verdict(verdict, findings=tuple(findings), key=key)


_CHANGES = frozenset({"changed", "missing", "added", "twice", "closing"})


def _sums(files: dict[str, Summed], package: Any) -> list[Finding]:
    listed = package.get("resources") if isinstance(package, dict) else None
    if not isinstance(listed, list):
        return [Finding("unreadable-inside", PACKAGE)]
    findings, named = [], set()
    for each in listed:
        path, total = (each.get("path"), each.get("hash")) if isinstance(each, dict) else (0, 0)
        if not isinstance(path, str) or not isinstance(total, str):
            return [Finding("unreadable-inside", PACKAGE)]
        named.add(path)
        if path not in files:
            findings.append(Finding("missing", path))
        elif not total.startswith(_ALGORITHM):
            findings.append(Finding("other-sum", path))
        elif files[path].sha256 != total.removeprefix(_ALGORITHM):
            findings.append(Finding("changed", path))
    extra = [each for each in files if each not in named | {PACKAGE, DIGEST}]
    return findings + [Finding("added", each) for each in extra if not each.endswith("/")]


def _closing(package: Summed, digest: Any) -> tuple[list[Finding], str]:
    """Look at the sum of the list and its signature; return what was found, and the key's name."""
    if not isinstance(digest, dict):
        return [Finding("foreign-no-digest")], ""
    signed = digest.get("signedData")
    total = _ALGORITHM + package.sha256
    if digest.get("hash") != total or (isinstance(signed, dict) and signed.get("hash") != total):
        return [Finding("closing", DIGEST)], ""
    if not isinstance(signed, dict):
        return [Finding("foreign-unsigned")], ""
    if "domain" in signed:
        return [Finding("foreign-domain", detail=str(signed["domain"])[:100])], ""
    try:
        key = _signer(signed, total)
    except (BadSignature, binascii.Error, ValueError):
        return [Finding("closing", DIGEST)], ""
    return [Finding("foreign-signed", detail=key)], key


def _signer(signed: dict[str, Any], total: str) -> str:
    public = base64.b64decode(str(signed.get("publicKey")), validate=True)
    signature = base64.b64decode(str(signed.get("signature")), validate=True)
    _check(public, signature, total.encode("ascii"))
    return key_name(public)


def _check(public: bytes, signature: bytes, message: bytes) -> None:
    # Browsers write the two numbers of a signature one after the other, servers write them as DER.
    check = check_raw_evidence_signature if len(signature) == _RAW else check_evidence_signature
    check(public, signature, message)


def _read(files: dict[str, Summed], path: str) -> Any:
    try:
        return json.loads(files[path].content) if path in files else None
    except (ValueError, RecursionError):
        return None
