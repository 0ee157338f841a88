"""Check a proof: whether it is, byte by byte, what somebody else vouched for, and since when."""

from __future__ import annotations

from dataclasses import replace

from stillmine.act.proof.authorities import trust as roots_here
from stillmine.act.proof.findings import CANNOT_TELL, CHANGED, UNCHANGED, Finding, Verdict
from stillmine.act.proof.foreign import check_foreign, is_foreign
from stillmine.act.proof.judging import Judged, is_proof, judge
from stillmine.act.proof.opening import Opened, open_container
from stillmine.act.proof.repacked import open_repacked
from stillmine.act.proof.stamps import Trust, look_at_stamps
from stillmine.app.sources.stream import Seekable
from stillmine.errors import ArchiveTooMuch


def check_bundle(file: Seekable, *, trust: Trust | None = None, key: str = "") -> Verdict:
    """Return what can be said of a file that may be a proof. Never raises for what is in it.

    `trust` is whose word on time is taken, by default that of the roots this computer trusts.
    `key` is the name of the key that must have signed it, as a report on paper says it. `file` is
    read in pieces, from its beginning to its end.
    """
    opened = open_container(file)
    if opened is None or not is_proof(opened):
        try:
            opened = _better(opened, open_repacked(file))
        except ArchiveTooMuch:
            return Verdict(CANNOT_TELL, findings=(Finding("too-much"),))
    if opened is None or not opened.files:
        return Verdict(CANNOT_TELL, findings=(Finding("unreadable"),))
    if is_proof(opened):
        return _verdict(opened, trust or roots_here(), key)
    if is_foreign(opened):
        return check_foreign(opened)
    why = Finding("cut") if opened.cut else Finding("no-proof")
    return Verdict(CANNOT_TELL, findings=(why,))


def _better(strict: Opened | None, loose: Opened | None) -> Opened | None:
    """Return the way of reading that found a proof, or more of one."""
    if strict is None or loose is None:
        return strict or loose
    return loose if is_proof(loose) or len(loose.files) > len(strict.files) else strict


def _verdict(opened: Opened, trust: Trust, key: str) -> Verdict:
    judged = judge(opened)
    files = {each.path: each for each in opened.files}
    stamps, since = look_at_stamps(files, judged.root, trust)
    made = str(judged.head["made"]) if judged.head else ""
    said = Verdict(CHANGED, None, (), judged.root.hex(), judged.key, made)
    if judged.findings or not judged.root:
        return replace(said, findings=(*judged.findings, *stamps))
    if key and judged.key != _plain(key):
        return replace(said, findings=(Finding("other-key", detail=judged.key), *stamps))
    return _since(replace(said, since=since), stamps, judged, named=bool(key))


def _since(said: Verdict, stamps: list[Finding], judged: Judged, *, named: bool) -> Verdict:
    whole = Finding("whole", detail=judged.key)
    if said.since:
        return replace(said, verdict=UNCHANGED, findings=(whole, *stamps))
    by_authorities = any(each.authority and each.at for each in stamps)
    why = Finding("stamps-not-known") if by_authorities else Finding("no-stamps")
    if named:
        key = Finding("key-fits", detail=said.made)
        return replace(said, verdict=UNCHANGED, findings=(whole, key, *stamps, why))
    return replace(said, verdict=CANNOT_TELL, findings=(whole, *stamps, why))


def _plain(key: str) -> str:
    """Return the name of a key without the gaps that make it easier to read."""
    return "".join(key.split()).replace(":", "").lower()
