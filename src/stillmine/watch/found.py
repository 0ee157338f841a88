"""Show what was found: every copy of an own picture that looks came upon, the newest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.storage.vault import Vault
from stillmine.watch.existing import Existed, all_existed
from stillmine.watch.keeping import KeptFinding
from stillmine.watch.placing.store import read_places
from stillmine.watch.preparing import prepare_places
from stillmine.watch.shown import Shown, shown
from stillmine.watch.taking_in import TakenIn, with_findings


@dataclass(frozen=True, slots=True)
class FoundRequest:
    """Which findings."""

    all: bool = given("Show what you dismissed, too.", default=False)
    item: str = given("Only copies of this item: its number, or how it begins.", default="")


@dataclass(frozen=True, slots=True)
class FoundAnswer(Answer):
    """The findings, the newest first; those that are no more than a maybe are the last.

    `new` is how many arrived since the vault was last open, `arrived` their numbers; `maybe` how
    many of those shown need a second look, `dismissed` how many are not shown. `waiting` findings
    are shown, and not kept in the vault yet. `unreadable` are letters in the inbox that are
    damaged. `existed` are pages that archives saw.
    """

    findings: tuple[Shown, ...]
    new: int
    arrived: tuple[str, ...]
    maybe: int
    dismissed: int
    waiting: int
    unreadable: tuple[str, ...]
    existed: tuple[Existed, ...]

    @property
    def outcome(self) -> Outcome:
        """Return gaps where a letter is damaged, else whether there is a finding."""
        if self.unreadable:
            return Outcome.GAPS
        return Outcome.DONE if self.findings else Outcome.NOTHING_FOUND


@action("watch.found")
def found(context: Context, request: FoundRequest) -> FoundAnswer:
    """Show where copies of your pictures were found, when, and how sure that is."""
    return with_findings(context, lambda vault, arrived: _answer(vault, arrived, request))


def _answer(vault: Vault, arrived: TakenIn, request: FoundRequest) -> FoundAnswer:
    # Items that were forgotten since still have their findings.
    of = request.item.strip().lower()
    known = [each for each in arrived.findings if each.finding.item.startswith(of)]
    wanted = [each for each in known if request.all or each.state != "dismissed"]
    findings = show(vault, wanted)
    # A locked look knows only what it was told: after new keys it was told nothing yet.
    prepare_places(vault, None if arrived.waiting else arrived.findings)
    return FoundAnswer(
        findings=findings,
        new=len(arrived.new),
        arrived=tuple(each.finding for each in arrived.new),
        maybe=sum(not each.sure for each in findings),
        dismissed=len(known) - len(wanted),
        waiting=arrived.waiting,
        unreadable=arrived.damaged,
        existed=all_existed(vault),
    )


def show(vault: Vault, wanted: Iterable[KeptFinding]) -> tuple[Shown, ...]:
    """Return findings as they are shown: in their order, but each maybe after all others."""
    wanted = tuple(wanted)
    items = vault.catalogue.listed_by_name({each.finding.item for each in wanted})
    places = {each.place.place: each.shown for each in read_places(vault)}
    told = [shown(each, items, places) for each in wanted]
    return tuple(sorted(told, key=lambda each: not each.sure))
