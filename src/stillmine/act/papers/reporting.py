"""Write a report of a case for the police or a lawyer. Pictures are inside only when asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from stillmine.act.case.keys import known_key
from stillmine.act.case.model import Case
from stillmine.act.case.store import find_case
from stillmine.act.papers.giving import PaperAnswer, give, require_place
from stillmine.act.papers.report import report_document, summary_document
from stillmine.act.papers.report_parts import Custody
from stillmine.act.papers.screenshots import screenshots
from stillmine.act.papers.timeline import without_notes
from stillmine.app.actions import action, given
from stillmine.app.context import Context
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import unlocked
from stillmine.crypto import key_name
from stillmine.errors import CustodyBroken, WrongUsage


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """Which case, where to, and how much."""

    case: str = given("The case, by its name or how it begins.")
    file: Path = given("The file to write; it ends in .pdf or .txt.", positional=True)
    summary: bool = given("One page instead of all.", default=False)
    with_notes: bool = given("Put your own notes inside too.", default=False)
    with_screenshots: bool = given("Put the screenshots inside, after a warning.", default=False)


@dataclass(frozen=True, slots=True)
class ReportAnswer(PaperAnswer):
    """Where the report is, and how many screenshots are inside."""

    screenshots: int


def _warning(request: ReportRequest) -> str | None:
    return "act.report-with-screenshots" if request.with_screenshots else None


@action("act.report", warns=_warning)
def report(context: Context, request: ReportRequest) -> ReportAnswer:
    """Write a report of a case for the police or a lawyer, as PDF or text."""
    if request.summary and request.with_screenshots:
        raise WrongUsage(problem="--summary and --with-screenshots do not go together.")
    require_place(request.file, context)
    shots = None
    with unlocked(context, writing=request.with_screenshots) as vault:
        case = find_case(vault, request.case)
        if request.with_screenshots:
            shots = screenshots(vault, case, context.job)
        custody = custody_of(vault, case)
    case = case if request.with_notes else without_notes(case)
    document = summary_document(case) if request.summary else report_document(case, custody, shots)
    paper = give(document, request.file, context)
    inside = sum(each.jpeg is not None for each in shots or ())
    return ReportAnswer(paper.file, paper.not_drawn, inside)


def custody_of(vault: Vault, case: Case) -> Custody:
    """Return the log of a case, checked now, and the key that signs the proof of the case."""
    entries = tuple(vault.custody.entries(case=case.case))
    known = known_key(vault, case)
    key = key_name(known.public) if known else ""
    try:
        return Custody(entries, vault.custody.check(case.case).hash, key=key)
    except CustodyBroken as problem:
        line, what = int(problem.facts["line"]), str(problem.facts["what"])
        return Custody(entries, "", line, what, key)
