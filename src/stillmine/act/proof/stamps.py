"""Read the time stamps in a bundle: who vouches for which time, and who those are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from stillmine.act.proof.block_chain import read_proof
from stillmine.act.proof.closing import ANSWER, CERTIFICATES
from stillmine.act.proof.findings import Finding
from stillmine.act.proof.manifest import NOTED, STAMPS
from stillmine.act.proof.summing import Summed
from stillmine.crypto.chain import read_certificates
from stillmine.crypto.timestamp import CheckedStamp, check_stamp
from stillmine.errors import BadStamp, NotACertificate
from stillmine.messages.proof import REASONS

_MOST = 64


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose word on time is taken: root certificates as DER, and SHA-256 of others as text."""

    roots: tuple[bytes, ...] = ()
    known: frozenset[str] = frozenset()


def look_at_stamps(
    files: Mapping[str, Summed], root: bytes, trust: Trust
) -> tuple[list[Finding], datetime | None]:
    """Check each stamp over `root`; return what was found, and the earliest time that holds."""
    findings, times = [], []
    paths = [path for path in files if path.startswith(STAMPS) and path.endswith(ANSWER)]
    for path in paths[:_MOST]:
        beside = files.get(path.removesuffix(ANSWER) + CERTIFICATES)
        more = _certificates(beside.content if beside else b"")
        finding, at = look_at_stamp(files[path].content, root, trust, more, file=path)
        findings.append(finding)
        times += [at] if at else []
    if NOTED in files:
        findings += _noted(files[NOTED].content, root)
    return findings, min(times, default=None)


def look_at_stamp(
    response: bytes, digest: bytes, trust: Trust, more: Sequence[bytes] = (), *, file: str = ""
) -> tuple[Finding, datetime | None]:
    """Check one stamp; return what was found, and its time where a known authority vouches."""
    try:
        stamp = check_stamp(response, digest, roots=trust.roots, known=trust.known, more=more)
    except BadStamp as error:
        reason = REASONS.get(str(error.facts["reason"]), "")
        return Finding("stamp-does-not-hold", file, detail=reason), None
    return _said(stamp, file)


def _said(stamp: CheckedStamp, file: str) -> tuple[Finding, datetime | None]:
    if stamp.known:
        return Finding("stamp", file, stamp.signer, stamp.at, stamp.root), stamp.at
    code = "stamp-of-unknown" if stamp.complete else "stamp-incomplete"
    return Finding(code, file, stamp.signer, stamp.at, stamp.root), None


def _noted(content: bytes, root: bytes) -> list[Finding]:
    """Say what calendars noted. No time follows from it here: nobody is asked for the block."""
    try:
        tree = read_proof(content, root)
    except BadStamp as error:
        reason = REASONS.get(str(error.facts["reason"]), "")
        return [Finding("stamp-does-not-hold", NOTED, detail=reason)]
    found = [
        Finding("chain-block", NOTED, str(block), detail=node.message[::-1].hex())
        for node in tree.all()
        for block in node.blocks
    ]
    return found or [Finding("chain-waiting", NOTED)]


def _certificates(content: bytes) -> tuple[bytes, ...]:
    try:
        return read_certificates(content)
    except NotACertificate:
        return ()


def known_of(totals: Iterable[str]) -> frozenset[str]:
    """Return SHA-256 sums of roots as they are compared: small letters, without colons."""
    return frozenset(each.replace(":", "").strip().lower() for each in totals)
