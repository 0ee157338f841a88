"""The custody log: who kept, opened and forgot which proof, when and why, as a chain of sums.

Each case has a chain of its own, so that one can be shown without the others. Each line is a sealed
record that holds the SHA-256 of the line before; another record, the head, holds how many lines
there are and the sum of the last one. To change, swap, leave out or cut off lines shows.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from stillmine import __version__
from stillmine.app.storage import records
from stillmine.app.storage.item import SealedRecord
from stillmine.app.storage.objects import SealedObject
from stillmine.errors import CustodyBroken

if TYPE_CHECKING:
    from stillmine.app.storage.vault import Vault

LINE, HEAD = "custody", "custody-head"
FIRST = "0" * 64
"""What stands for the line before the first one."""
_OF_CASE = "kind = ? AND name >= ? AND name < ?"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what was done with a piece of evidence, `kept`, `opened`, `forgotten`, `not-kept`.

    `at` is ISO 8601 in UTC by the clock of the computer; `content` the SHA-256 of what was kept,
    for `kept` alone; `hash` the SHA-256 of the line without it, `previous` that of the line before.
    """

    number: int
    at: str
    what: str
    evidence: str
    case: str
    why: str
    content: str
    version: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """How many lines a case has, and the sum of the last one: whoever has this can tell a cut.

    `ended` where the case is being forgotten with all its lines.
    """

    lines: int
    hash: str
    ended: bool = False


class Custody:
    """The custody logs of an open vault. Lines are added by `vault.evidence` alone."""

    def __init__(self, vault: Vault) -> None:
        """Read from and write to this vault."""
        self._vault = vault

    def entries(self, *, case: str = "", evidence: str = "") -> list[Entry]:
        """Return the lines of a case or of one piece of evidence, or all, in their order.

        They come as they are, checked by `check` alone.
        """
        lines = [_entry(each) for each in self._lines(case)]
        return [each for each in lines if evidence in ("", each.evidence)]

    def head(self, case: str) -> Head:
        """Return how many lines a case has and the sum of the last one; no line is fine."""
        kept = self._vault.records.get(HEAD, case)
        if kept is None:
            return Head(0, FIRST)
        return Head(int(kept["lines"]), str(kept["hash"]), bool(kept.get("ended")))

    def cases(self) -> list[str]:
        """Return the cases that have a log."""
        heads = self._vault.records.all(HEAD)
        return sorted({*heads, *(each.name.partition("/")[0] for each in self._lines(""))})

    def check(self, case: str) -> Head:
        """Prove that the log is what was written, and return its head.

        Raises CustodyBroken with the first line that is not, and `what` is wrong there: `missing`,
        `changed`, `moved` or `cut`.
        """
        previous, head = FIRST, self.head(case)
        lines = self._lines(case)
        for number, each in enumerate(lines, start=1):
            problem = _problem(each, number, case, previous)
            previous = _entry(each).hash
            if problem is None and number == head.lines and previous != head.hash:
                problem = "changed"
            if problem:
                raise CustodyBroken(case=case, line=number, what=problem)
        # The head may be behind, where a crash came between a line and its head; never ahead.
        if head.lines > len(lines):
            raise CustodyBroken(case=case, line=len(lines) + 1, what="cut")
        return Head(len(lines), previous)

    def note(self, what: str, evidence: str, case: str, why: str) -> None:
        """Add a line; durable when this returns. What cannot be noted must not happen."""
        self._vault.add_sealed(self.line(what, evidence, case, why))

    def line(
        self, what: str, evidence: str, case: str, why: str, content: str = ""
    ) -> Sequence[tuple[SealedObject, SealedRecord]]:
        """Seal the next line and its head, to be added together with what they are about."""
        if not self._vault.writing:
            raise RuntimeError("evidence needs a writer: every access to it is noted")
        lines = self._lines(case)
        last = _entry(lines[-1]) if lines else None
        number = last.number + 1 if last else 1
        # A head that says more was kept stays as it is: what was cut off must go on showing.
        number = max(number, self.head(case).lines + 1)
        entry = _signed(
            number=number, at=datetime.now(UTC).isoformat(timespec="milliseconds"), what=what,
            evidence=evidence, case=case, why=why, content=content, version=__version__,
            previous=last.hash if last else FIRST,
        )  # fmt: skip
        head = Head(number, entry.hash)
        return [self._sealed(LINE, _name(case, number), entry), self._sealed(HEAD, case, head)]

    def end(self, case: str) -> None:
        """Note that a case is being forgotten with its log, so that a crash does not stop it."""
        if not self.head(case).ended:
            self._vault.add_sealed([self._sealed(HEAD, case, Head(0, FIRST, ended=True))])

    def ended(self) -> list[str]:
        """Return the cases that are being forgotten and are not yet."""
        return [case for case in self.cases() if self.head(case).ended]

    def objects_of(self, case: str) -> tuple[list[str], list[str]]:
        """Return the objects that hold the log of a case: lines and older heads, and the head."""
        heads = self._vault.catalogue.sealed("kind = ? AND name = ?", (HEAD, case))
        found = [each.item for each in (*self._lines(case), *heads)]
        return found[: len(found) - 1], found[-1:]

    def _sealed(
        self, kind: str, name: str, value: Entry | Head
    ) -> tuple[SealedObject, SealedRecord]:
        text = json.dumps(asdict(value), separators=(",", ":"))
        return records.sealed(self._vault, kind, name, time.time_ns(), text)

    def _lines(self, case: str) -> list[SealedRecord]:
        first, end = (f"{case}/", f"{case}0") if case else ("", "\U0010ffff")  # "0" follows "/"
        found = self._vault.catalogue.sealed(_OF_CASE, (LINE, first, end))
        return sorted(found, key=lambda each: each.name)


def canonical(facts: dict[str, Any]) -> bytes:
    """Return the one way to write a line: JSON as RFC 8785 has it, for text and whole numbers."""
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")


def _signed(**facts: Any) -> Entry:
    return Entry(**facts, hash=hashlib.sha256(canonical(facts)).hexdigest())


def _name(case: str, number: int) -> str:
    return f"{case}/{number:08d}"


def _facts(each: SealedRecord) -> dict[str, Any]:
    facts = json.loads(each.value)
    return facts if isinstance(facts, dict) else {}


def _entry(each: SealedRecord) -> Entry:
    facts = _facts(each)
    number = facts.get("number")
    words = {field.name: str(facts.get(field.name, "")) for field in fields(Entry)}
    return Entry(**{**words, "number": number if isinstance(number, int) else 0})  # type: ignore[arg-type]  # all words but the number


def _problem(each: SealedRecord, number: int, case: str, previous: str) -> str | None:
    """Return what is wrong with the record that should hold this line, or None."""
    if each.name != _name(case, number):
        return "missing"
    facts = _facts(each)
    stated = facts.pop("hash", None)
    if stated != hashlib.sha256(canonical(facts)).hexdigest():
        return "changed"
    told = (facts.get("number"), facts.get("case"), facts.get("previous"))
    if told != (number, case, previous):
        return "moved"
    return None
