"""Forget a case: what it says, its proof, its key and the log of who opened it."""

from __future__ import annotations

from dataclasses import dataclass

from stillmine.act.case.keys import forget_case_key
from stillmine.act.case.store import find_case, forget_case
from stillmine.act.hosts.keeping import forget_seen
from stillmine.app.actions import Answer, action, given
from stillmine.app.context import Context
from stillmine.app.unlocking import unlocked


@dataclass(frozen=True, slots=True)
class ForgetCaseRequest:
    """Which case to forget."""

    case: str = given("The case, or how its name begins.", positional=True)


@dataclass(frozen=True, slots=True)
class ForgetCaseAnswer(Answer):
    """What was forgotten, and where copies may still be.

    `backups` names the places that may still hold it: `keep backup run` and `keep backup prune`
    erase it there. `disk_may_hold` is true wherever this program cannot promise more.
    """

    case: str
    proofs: int
    backups: tuple[str, ...]
    disk_may_hold: bool = True


def _warning(_request: ForgetCaseRequest) -> str:
    return "case-forget"


@action("act.case.forget", warns=_warning)
def forget(context: Context, request: ForgetCaseRequest) -> ForgetCaseAnswer:
    """Forget a case with all its proof, for good. This cannot be undone."""
    with unlocked(context, writing=True) as vault:
        case = find_case(vault, request.case)
        # The case itself goes last: cut off before, it can be found and forgotten once more.
        vault.evidence.forget_case(case.case)
        forget_case_key(vault, case)
        forget_seen(vault, case)
        forget_case(vault, case)
        places = tuple(vault.catalogue.records("backup"))
    return ForgetCaseAnswer(case.case, len(case.proofs), places)
