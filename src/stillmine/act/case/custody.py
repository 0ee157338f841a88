"""Show who kept, opened and forgot the proof of a case, and prove that no line was changed."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from stillmine.act.case.model import Case
from stillmine.act.case.store import find_case
from stillmine.app import delivering
from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.storage.custody import Entry
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import unlocked
from stillmine.errors import CustodyBroken


@dataclass(frozen=True, slots=True)
class CustodyRequest:
    """Which case, and where to write the table."""

    case: str = given("The case, or how its name begins.", positional=True)
    to: Path | None = given("A file for the table, such as custody.csv.", default=None)


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the log; see docs/formats.md for how `hash` is made.

    `proof` is the short name in the case, and `file` a file that is kept beside its bundle.
    """

    number: int
    at: str
    what: str
    proof: str
    file: str
    why: str
    evidence: str
    content: str
    version: str
    previous: str
    hash: str

    @property
    def line(self) -> str:
        """Return what a person reads of it."""
        at = self.at.replace("T", " ").partition(".")[0]
        named = " ".join(part for part in (self.proof or self.evidence[:10], self.file) if part)
        return f"{self.number:>4}  {at}  {self.what:<9}  {self.why:<10}  {named}"


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """The first line that is not what was written: missing, changed, moved or cut."""

    line: int
    what: str


@dataclass(frozen=True, slots=True)
class CustodyAnswer(Answer):
    """The log, as it stands; `head` is the sum of the last line, and stands for all of them."""

    case: str
    log: tuple[LogLine, ...]
    head: str
    broken: BrokenLine | None
    file: Path | None

    @property
    def outcome(self) -> Outcome:
        """Return gaps where the log is not what was written."""
        return Outcome.GAPS if self.broken else Outcome.DONE


@action("act.case.custody")
def custody(context: Context, request: CustodyRequest) -> CustodyAnswer:
    """Show each access to the proof of a case, and check that the log is whole."""
    with unlocked(context) as vault:
        case = find_case(vault, request.case)
        log = tuple(_line(case, each) for each in vault.custody.entries(case=case.case))
        broken = _broken(vault, case.case)
        head = vault.custody.head(case.case).hash
    file = None
    if request.to is not None:
        delivering.require_folder(request.to.parent, context)
        file = delivering.give(request.to, [_table(case.case, log)], context)
    return CustodyAnswer(case.case, log, head, broken, file)


def _broken(vault: Vault, case: str) -> BrokenLine | None:
    try:
        vault.custody.check(case)
    except CustodyBroken as problem:
        return BrokenLine(int(problem.facts["line"]), str(problem.facts["what"]))
    return None


def _line(case: Case, entry: Entry) -> LogLine:
    bundles = {each.evidence: (each.proof, "") for each in case.proofs}
    beside = {
        file.apart: (each.proof, file.name)
        for each in case.proofs
        for file in each.files
        if file.apart
    }
    proof, file = {**beside, **bundles}.get(entry.evidence, ("", ""))
    facts = {name: value for name, value in asdict(entry).items() if name != "case"}
    return LogLine(**facts, proof=proof, file=file)


def _table(case: str, log: tuple[LogLine, ...]) -> bytes:
    """Return the log as CSV; all but `proof` and `file` is what the sums are made over."""
    text = io.StringIO()
    names = ["case", *(field.name for field in fields(LogLine))]
    table = csv.DictWriter(text, names, lineterminator="\n")
    table.writeheader()
    table.writerows({"case": case, **asdict(each)} for each in log)
    return text.getvalue().encode("utf-8", "replace")
