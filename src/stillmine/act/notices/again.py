"""Show a letter of a case again: its words, how it stands, and what may be noted next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from stillmine.act.case.model import Notice
from stillmine.act.case.store import find_case, notice_of
from stillmine.act.clock import machine
from stillmine.act.notices.keeping import KeptLetter, keep_again
from stillmine.app.actions import Answer, action, given
from stillmine.app.context import Context
from stillmine.app.unlocking import unlocked
from stillmine.messages import translate
from stillmine.messages.clock import STATES


@dataclass(frozen=True, slots=True)
class LetterRequest:
    """Which letter of which case."""

    notice: str = given("The letter, such as n1.", positional=True)
    case: str = given("The case, by its name or how it begins.")
    out: Path | None = given("A folder for the letter, as text, mail and PDF.", default=None)


@dataclass(frozen=True, slots=True)
class LetterText:
    """All the words of a letter."""

    text: str

    @property
    def lines(self) -> Iterator[str]:
        """Yield the lines that a person reads."""
        yield from self.text.splitlines()
        yield ""


@dataclass(frozen=True, slots=True)
class LetterStep:
    """What became of the letter at one time; `proof` is the proof that shows it, or empty."""

    at: datetime
    state: str
    stands: str
    note: str
    proof: str

    @property
    def line(self) -> str:
        """Return what a person reads of it."""
        told = (f"{self.at.astimezone():%Y-%m-%d %H:%M}", self.stands, self.proof, self.note)
        return "  ".join(each for each in told if each)


@dataclass(frozen=True, slots=True)
class LetterAnswer(Answer):
    """A letter as it was written. `possible` are the states that may be noted next.

    `kind` is letter, complaint (to an authority, about the letter `about`) or hash-service;
    `letter` is empty where nothing was written. `shows` and `made` are what was said of the
    pictures.
    """

    case: str
    notice: str
    to: str
    kind: str
    about: str
    state: str
    stands: str
    written: datetime
    platform: str
    addresses: tuple[str, ...]
    regimes: tuple[str, ...]
    shows: str
    made: str
    language: str
    letter: tuple[LetterText, ...]
    steps: tuple[LetterStep, ...]
    possible: tuple[str, ...]
    files: tuple[str, ...] = ()


_KINDS = {"complaint": "complaint", "hash": "hash-service"}


@action("act.letter")
def letter(context: Context, request: LetterRequest) -> LetterAnswer:
    """Show a letter again as it was written, and what became of it."""
    with unlocked(context) as vault:
        case = find_case(vault, request.case)
    found = notice_of(case, request.notice)
    files: tuple[str, ...] = ()
    if request.out is not None and found.text:
        kept = KeptLetter.of(found, case.sender)
        files = keep_again(found.notice, kept, request.out, context, case.country)
    return LetterAnswer(
        case.case,
        found.notice,
        found.to,
        _KINDS.get(found.channel, "letter"),
        found.facts.get("about", ""),
        found.state,
        translate(STATES[found.state]),
        datetime.fromisoformat(found.written),
        found.platform,
        found.addresses,
        found.regimes,
        found.facts.get("shows", ""),
        found.facts.get("made", ""),
        found.facts.get("language", ""),
        (LetterText(found.text),) if found.text else (),
        tuple(_steps(found)),
        tuple(each for each in machine.STATES if each in machine.MOVES[found.state]),
        files,
    )


def _steps(notice: Notice) -> Iterator[LetterStep]:
    for each in notice.steps:
        at = datetime.fromisoformat(each.at)
        yield LetterStep(at, each.state, translate(STATES[each.state]), each.note, each.proof)
