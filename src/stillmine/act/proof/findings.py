"""What a check of a proof can say: a verdict, since when, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from stillmine.messages import fill, translate
from stillmine.messages.proof import FINDINGS

VerdictWord = Literal["unchanged", "changed", "cannot-tell"]
UNCHANGED: VerdictWord = "unchanged"
CHANGED: VerdictWord = "changed"
CANNOT_TELL: VerdictWord = "cannot-tell"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found: a code that `messages.proof` has words for, and what about.

    `file` is a path in the bundle, `authority` who made a time stamp, `at` the time it names,
    `detail` whatever else the words need.
    """

    finding: str
    file: str = ""
    authority: str = ""
    at: datetime | None = None
    detail: str = ""

    @property
    def line(self) -> str:
        """Return it in words."""
        at = f"{self.at:%Y-%m-%d %H:%M:%S} UTC" if self.at else ""
        facts = {"file": self.file, "authority": self.authority, "at": at, "detail": self.detail}
        return fill(translate(FINDINGS[self.finding]), facts)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of a proof.

    `unchanged`: it is, bit by bit, what somebody independent vouched for at `since`. `changed`: the
    findings say what. `cannot-tell`: the findings say why. `root` and `key` are the numbers that a
    report on paper names; `made` is when its maker says it was made.
    """

    verdict: VerdictWord
    since: datetime | None = None
    findings: tuple[Finding, ...] = ()
    root: str = ""
    key: str = ""
    made: str = ""
