"""Say whose copy a leaked picture is, if that can be said, and how sure that is."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.sources.finding import OpenSource, one_source
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import unlocked
from stillmine.errors import CannotTrace, NoRecogniser
from stillmine.imaging import Decoder
from stillmine.imaging.marks import CannotRead
from stillmine.messages import fill, translate
from stillmine.messages.tracing import TRACED
from stillmine.share.copying import decoder_of_marks
from stillmine.share.ledger import Entry, all_entries

if TYPE_CHECKING:
    from stillmine.imaging.mark.reading import Evidence
    from stillmine.share.originals import Candidate

_LIBRARY = "cv2"
_SHORT = 10  # signs of a number that are shown
_PIECE = 1 << 20
# Below this other mistakes are likelier than chance, such as two names mixed up in the ledger.
_SUREST = 1e-15


class Finding(StrEnum):
    """What came out of a trace, in a word."""

    NAMED = "named"
    EXACT_COPY = "exact-copy"
    CANNOT_SAY = "cannot-say"
    NOT_FOUND = "not-found"
    NOBODY_TO_COMPARE = "nobody-to-compare"

    @property
    def nobody_to_compare(self) -> bool:
        """Say whether no marked copy of the item was ever made."""
        return self is Finding.NOBODY_TO_COMPARE


@dataclass(frozen=True, slots=True)
class TraceRequest:
    """Which picture turned up, and of which item it is."""

    file: Path = given("The picture that turned up.", positional=True)
    item: str = given(
        "The item that it is a copy of: its number, or how it begins. Otherwise it is searched.",
        default="",
    )


@dataclass(frozen=True, slots=True)
class NamedRecipient:
    """Somebody for whom the copy was made.

    `false_accusation` is the most that the chance can be of naming anybody innocent like this.
    """

    recipient: str
    false_accusation: float
    handover: str
    when: datetime
    exact: bool

    @property
    def line(self) -> str:
        """Return it in a few sentences, for a person."""
        facts = {
            "recipient": self.recipient,
            "date": self.when.astimezone().strftime("%Y-%m-%d"),
            "number": self.handover[:_SHORT],
            "count": f"{round(1 / self.false_accusation):,}",
        }
        said = ("line", "exact") if self.exact else ("line", "chance")
        return " ".join(fill(translate(TRACED[word]), facts) for word in said)


@dataclass(frozen=True, slots=True)
class TraceAnswer(Answer):
    """Whose copy it is, or that it cannot be said.

    `item` is the item that was found in the picture, None if none was. `used` is the share of the
    original that could be read, `compared` the number of marked copies that came into question.
    A named recipient is not proven to have published anything.
    """

    item: str | None
    named: tuple[NamedRecipient, ...]
    verdict: Finding
    used: float
    compared: int

    @property
    def outcome(self) -> Outcome:
        """Return how it went."""
        return Outcome.DONE if self.named else Outcome.NOTHING_FOUND


@action("share.trace")
def trace(context: Context, request: TraceRequest) -> TraceAnswer:
    """Say whose copy a leaked picture is, from the mark in it. Nothing is sent."""
    with unlocked(context) as vault:
        wanted = vault.item(request.item).item if request.item else None
        ledger = [entry for entry in all_entries(vault) if entry.marked]
        with OpenSource(one_source(request.file, context)) as source:
            file = source.file
            same = _same_bytes(file, ledger, wanted)
            if same is not None:
                return same
            if importlib.util.find_spec(_LIBRARY) is None:
                raise NoRecogniser
            with decoder_of_marks() as decoder:
                return _Tracing(context, vault, decoder, ledger).run(file, wanted)


def _same_bytes(file: BinaryIO, ledger: list[Entry], wanted: str | None) -> TraceAnswer | None:
    """Answer from the ledger, if this is a marked picture just as it was handed over."""
    total = hashlib.sha256()
    file.seek(0)
    while piece := file.read(_PIECE):
        total.update(piece)
    file.seek(0)
    found = [entry for entry in ledger if entry.picture_sum == total.hexdigest()]
    if len({entry.recipient for entry in found}) != 1 or wanted not in (None, found[0].item):
        return None
    named = _named(found[0], _SUREST, exact=True)
    return TraceAnswer(found[0].item, (named,), Finding.EXACT_COPY, 1.0, len(found))


def _named(entry: Entry, chance: float, *, exact: bool) -> NamedRecipient:
    when = datetime.fromisoformat(entry.made)
    return NamedRecipient(entry.recipient, max(chance, _SUREST), entry.handover, when, exact)


@dataclass(slots=True)
class _Tracing:
    """One run."""

    context: Context
    vault: Vault
    decoder: Decoder
    ledger: list[Entry]

    def run(self, file: BinaryIO, wanted: str | None) -> TraceAnswer:
        """Find the original, read the marks, and weigh them against the ledger."""
        # Here, and not on top: it loads large libraries, which the rest of the room does not need.
        from stillmine.share.originals import Candidate, find_originals

        handed = list(dict.fromkeys(entry.item for entry in self.ledger))
        if wanted is None:
            self.context.job.begin("share.finding", None, "items")
            likely = find_originals(self.vault, self.decoder, file, handed)
        else:
            likely = [Candidate(wanted)]
        return self._weighed(likely, list(self._read(file, likely)))

    def _read(self, file: BinaryIO, likely: list[Candidate]) -> Iterator[tuple[str, Evidence]]:
        """Yield each item that is seen in the picture, with what it says about marks of it."""
        asked = [one for one in likely if self._copies(one.item)]
        self.context.job.begin("share.tracing", len(asked), "items")
        for one in asked:
            evidence = self._evidence(file, one)
            if evidence is not None:
                yield one.item, evidence
            self.context.job.advance()

    def _evidence(self, file: BinaryIO, one: Candidate) -> Evidence | None:
        with self.vault.open_item(self.vault.item(one.item)) as (_header, content):
            try:
                evidence = self.decoder.evidence(content, file, one.quad)
                if evidence is None and one.quad is not None:
                    evidence = self.decoder.evidence(content, file)
            except CannotRead as problem:
                raise CannotTrace(why=problem.problem) from problem
        return evidence

    def _copies(self, item: str) -> dict[str, Entry]:
        return {entry.handover: entry for entry in self.ledger if entry.item == item}

    def _weighed(
        self, likely: list[Candidate], readings: list[tuple[str, Evidence]]
    ) -> TraceAnswer:
        """Say whom the readings name: all of them together are the tests that were made."""
        tests = sum(len(self._copies(item)) * len(each.readings) for item, each in readings)
        best: TraceAnswer | None = None
        for item, evidence in readings:
            answer = self._answer(item, evidence, tests)
            if best is None or len(answer.named) > len(best.named):
                best = answer
        sure = likely[0].item if likely and likely[0].sure else None
        # Laid over a picture that may show anything, an item is only found by its mark.
        if best is not None and (best.named or sure is not None):
            return best
        if sure is None:
            return TraceAnswer(None, (), Finding.NOT_FOUND, 0.0, 0)
        count = len(self._copies(sure))
        word = Finding.CANNOT_SAY if count else Finding.NOBODY_TO_COMPARE
        return TraceAnswer(sure, (), word, 0.0, count)

    def _answer(self, item: str, evidence: Evidence, tests: int) -> TraceAnswer:
        from stillmine.imaging.mark.verdict import verdict  # arrays: no other action needs them

        copies = self._copies(item)
        seeds = {handover: bytes.fromhex(entry.seed) for handover, entry in copies.items()}
        found = verdict(evidence, seeds, tests=tests)
        named: dict[str, NamedRecipient] = {}
        for one in found.named:  # the surest first
            entry = copies[one.name]
            recipient = _named(entry, one.false_accusation, exact=False)
            named.setdefault(entry.recipient, recipient)
        word = Finding.NAMED if named else Finding.CANNOT_SAY
        used = round(found.used, 3)
        return TraceAnswer(item, tuple(named.values()), word, used, len(copies))
