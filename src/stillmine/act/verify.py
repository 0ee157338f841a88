"""Check proof, on any computer and without a vault: unchanged, changed, or not to be told."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from stillmine.act.proof.authorities import trust
from stillmine.act.proof.checking import check_bundle
from stillmine.act.proof.findings import (
    CANNOT_TELL,
    CHANGED,
    UNCHANGED,
    Finding,
    Verdict,
    VerdictWord,
)
from stillmine.act.proof.stamps import Trust, look_at_stamp
from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.jobs import Job
from stillmine.app.sources.handed import HandedFile
from stillmine.app.sources.stream import Seekable
from stillmine.crypto.timestamp import stamped_with
from stillmine.errors import BadStamp, CannotReadFile, NoSuchFile, NotAFile
from stillmine.messages import fill, translate
from stillmine.messages.proof import REASONS, VERDICTS

_LARGEST_STAMP = 1 << 20
_BLOCK = 1 << 18


@dataclass(frozen=True, slots=True)
class VerifyRequest:
    """What is to be checked, and whose word on time is taken."""

    file: Path = given(
        "A proof: a file that ends in .wacz, also one that another program made.", positional=True
    )
    stamp: Path | None = given(
        "A time stamp (.tsr) about the file, where it lies beside it.", default=None
    )
    root: tuple[str, ...] = given(
        "A file with root certificates of a time-stamp authority that you trust.", default=()
    )
    key: str = given("The key that must have signed it, as a report names it.", default="")


@dataclass(frozen=True, slots=True)
class VerifyAnswer(Answer):
    """The verdict, since when that is so (none where nobody vouches for a time), and why.

    `verdict` is `unchanged`, `changed` or `cannot-tell`; `said` is that as a sentence. `root` and
    `key` are the numbers that stand in a report on paper; `made` is what its maker says.
    """

    verdict: VerdictWord
    said: str
    since: datetime | None
    findings: tuple[Finding, ...]
    root: str
    key: str
    made: str

    @property
    def outcome(self) -> Outcome:
        """Return how it went: a change counts as a gap, and no verdict as nothing found."""
        outcomes = {CHANGED: Outcome.GAPS, CANNOT_TELL: Outcome.NOTHING_FOUND}
        return outcomes.get(self.verdict, Outcome.DONE)


@action("act.verify")
def verify(context: Context, request: VerifyRequest) -> VerifyAnswer:
    """Check proof: say whether it is unchanged and since when, or what changed, or why not.

    Needs no vault, no passphrase and no network.
    """
    trusted = trust([Path(each) for each in request.root])
    # What came along with a form is the proof, and then its stamp.
    given_files = (*context.handed, None) if context.handed else (request.file, request.stamp)
    with _opened(given_files[0] or request.file) as opened:
        file = _Counted(opened, context.job)
        if (stamp := given_files[1]) is not None:
            verdict = _pair(file, stamp, trusted)
        else:
            verdict = check_bundle(file, trust=trusted, key=request.key)
    return VerifyAnswer(
        verdict.verdict,
        _sentence(verdict),
        verdict.since,
        verdict.findings,
        verdict.root,
        verdict.key,
        verdict.made,
    )


def _sentence(verdict: Verdict) -> str:
    by_key = verdict.verdict == UNCHANGED and verdict.since is None
    since = f"{verdict.since:%Y-%m-%d %H:%M:%S} UTC" if verdict.since else ""
    words = VERDICTS["unchanged-key" if by_key else verdict.verdict]
    return fill(translate(words), {"since": since})


def _pair(file: Seekable, beside: Path | HandedFile, trusted: Trust) -> Verdict:
    """Check a time stamp about a whole file."""
    with _opened(beside) as opened:
        stamp = opened.read(_LARGEST_STAMP + 1)
    total, digest = _sums(file, stamp)
    finding, at = look_at_stamp(stamp, digest, trusted, file=beside.name)
    if finding.finding == "stamp-does-not-hold":
        # A stamp of something else: the file, or the stamp, is not the one that belongs here.
        changed = finding.detail == REASONS["digest"]
        return Verdict(CHANGED if changed else CANNOT_TELL, findings=(finding,), root=total)
    return Verdict(UNCHANGED if at else CANNOT_TELL, at, (Finding("pair"), finding), total)


def _sums(file: Seekable, stamp: bytes) -> tuple[str, bytes]:
    """Return the SHA-256 of a file, and its sum by the hash that a stamp was made with."""
    try:
        name = stamped_with(stamp)
    except BadStamp:
        name = "sha256"  # why it does not hold is said when it is looked at
    sha256, other = hashlib.sha256(), hashlib.new(name)
    while part := file.read(_BLOCK):
        sha256.update(part)
        other.update(part)
    return sha256.hexdigest(), other.digest()


class _Counted:
    """A file that tells how much of it was read, and ends the work where that was asked."""

    def __init__(self, file: BinaryIO, job: Job) -> None:
        self._file, self._job = file, job
        self._left = file.seek(0, 2)
        file.seek(0)
        job.begin("act.verifying", self._left, "bytes")

    def read(self, count: int, /) -> bytes:
        """Return the next bytes."""
        try:
            part = self._file.read(count)
        except OSError as error:
            raise CannotReadFile(file="") from error
        # Some parts are read twice; nothing is ever more than all of it.
        counted = min(len(part), self._left)
        self._left -= counted
        self._job.advance(counted)
        return part

    def seek(self, at: int, whence: int = 0, /) -> int:
        """Go to a place."""
        return self._file.seek(at, whence)


def _opened(path: Path | HandedFile) -> BinaryIO:
    if isinstance(path, HandedFile):
        return path.again().content
    try:
        # Looked at before it is opened: to open a pipe would wait for ever.
        if path.exists() and not path.is_file():
            raise NotAFile(file=path.name)
        return path.open("rb")
    except FileNotFoundError as error:
        raise NoSuchFile(file=path.name) from error
    except OSError as error:
        raise CannotReadFile(file=path.name) from error
