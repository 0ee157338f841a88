"""From a finding to a case: its addresses are written down, and the next step is to keep proof."""

from __future__ import annotations

import contextlib
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.settings import read_settings
from stillmine.app.storage.vault import Vault
from stillmine.app.telling.gate import Under18
from stillmine.app.telling.saying import ToldFact
from stillmine.app.unlocking import unlocked
from stillmine.errors import (
    AddressRefused,
    NotAWebAddress,
    NotOnline,
    UnknownCase,
    WrongUsage,
)
from stillmine.messages import fill, translate
from stillmine.messages.watching import NOTED, WHERE
from stillmine.watch.keeping import KeptFinding, chosen, note
from stillmine.watch.taking_in import taken_in

if TYPE_CHECKING:
    from stillmine.act.case.opening import NewCaseAnswer

_CHOICES: tuple[Under18, ...] = ("no", "yes", "unsure")


@dataclass(frozen=True, slots=True)
class TakeUpRequest:
    """Which findings, and into which case."""

    findings: tuple[str, ...] = given("The findings' numbers, or how they begin.", positional=True)
    case: str = given("The case they belong to; without it, a new one is opened.", default="")
    country: str = given("For a new case: where you live, such as FR or US-CA.", default="")
    under_18: Under18 | None = given(
        "For a new case: whether somebody in the pictures was under 18, or may have been.",
        default=None,
    )
    person: str = given("For a new case: whose it is, if you help several people.", default="")


@dataclass(frozen=True, slots=True)
class TakenUp:
    """An address that the case has now, and its short name there."""

    address: str
    url: str


@dataclass(frozen=True, slots=True)
class NotTakenUp:
    """A finding that leads to no page of the web, with the code that says why."""

    finding: str
    page: str
    code: str


@dataclass(frozen=True, slots=True)
class TakeUpAnswer(Answer):
    """The case, what was written down in it, and the commands that keep proof of each page.

    Where somebody may have been under 18, `case` is None, nothing was opened, and `services` help.
    """

    case: str | None
    opened: bool
    added: tuple[TakenUp, ...]
    already: tuple[TakenUp, ...]
    skipped: tuple[NotTakenUp, ...]
    next: tuple[str, ...]
    advice: tuple[str, ...]
    services: tuple[ToldFact, ...]

    @property
    def outcome(self) -> Outcome:
        """Return gaps where a finding, or all of it, was left out."""
        return Outcome.GAPS if self.skipped or not self.case else Outcome.DONE


@action("watch.take-up")
def take_up(context: Context, request: TakeUpRequest) -> TakeUpAnswer:
    """Take findings up in a case: their addresses are written down. Nothing is fetched."""
    # Here, and not on top: who only looks for copies need not load all that a case can do.
    from stillmine.act.case.adding import AddRequest, add

    with unlocked(context, writing=True) as vault:
        wanted = chosen(taken_in(vault).findings, request.findings)
        known = _known_case(vault, request, wanted)
        country = request.country or read_settings(vault).country
    online = [each for each in wanted if _is_online(each.finding.page)]
    if not online:
        raise NotOnline(page=wanted[0].finding.page if wanted else "")
    case = known
    if case is None:
        opened = _open(context, request, country)
        if opened.case is None:
            return _turned_away(opened)
        case = opened.case
    written = add(context, AddRequest(case, _addresses(online)))
    _note(context, written.case, online)
    return TakeUpAnswer(
        case=written.case,
        opened=known is None,
        added=tuple(TakenUp(each.address, each.url) for each in written.added),
        already=tuple(TakenUp(each.address, each.url) for each in written.already),
        skipped=tuple(_left_out(each) for each in wanted if each not in online),
        next=tuple(dict.fromkeys(_next(each, written.case) for each in online)),
        advice=(),
        services=(),
    )


def _known_case(vault: Vault, request: TakeUpRequest, wanted: Sequence[KeptFinding]) -> str | None:
    """Return the case that was named, or that one of the findings is in. Raises UnknownCase."""
    from stillmine.act.case.store import find_case

    if request.case:
        return find_case(vault, request.case).case
    for name in dict.fromkeys(each.case for each in wanted if each.case):
        with contextlib.suppress(UnknownCase):  # it was forgotten since
            return find_case(vault, name).case
    return None


def _open(context: Context, request: TakeUpRequest, country: str) -> NewCaseAnswer:
    from stillmine.act.case.opening import NewCaseRequest, new

    if not country:
        raise WrongUsage(problem=translate(WHERE))
    said = request.under_18
    if said is None:
        said = next(
            (each for each in _CHOICES if each == context.choose("under-18", _CHOICES)), None
        )
    return new(context, NewCaseRequest(country, said, request.person))


def _turned_away(opened: NewCaseAnswer) -> TakeUpAnswer:
    return TakeUpAnswer(None, False, (), (), (), (), opened.advice, opened.services)


def _is_online(page: str) -> bool:
    """Say whether a case can hold it: what a case refuses later would leave it half done."""
    from stillmine.act.case.typed import web_address

    try:
        return bool(web_address(page))
    except (NotAWebAddress, AddressRefused):
        return False


def _addresses(online: Sequence[KeptFinding]) -> tuple[str, ...]:
    """Return each page, and each picture on one: who is asked to remove it needs both."""
    both = (url for each in online for url in (each.finding.page, each.finding.picture))
    return tuple(dict.fromkeys(url for url in both if _is_online(url)))


def _note(context: Context, case: str, online: Sequence[KeptFinding]) -> None:
    """Note in the case how each was found, and with each finding in which case it is."""
    from stillmine.act.case.store import find_case, keep_case, noted

    with unlocked(context, writing=True) as vault:
        found = find_case(vault, case)
        for each in online:
            if each.case != case:
                facts = {"at": each.finding.seen_at, "page": each.finding.page}
                text = fill(translate(NOTED), facts)
                found = noted(found, context.now(), "case.note", note=text)
        keep_case(vault, found)
        note(vault, [replace(each, state="taken-up", case=case) for each in online])


def _next(kept: KeptFinding, case: str) -> str:
    """Return the command that keeps proof, as it can be typed: an address may hold any sign."""
    url = shlex.quote(kept.finding.page)
    return f"stillmine act capture {url} --case {case} --level covered"


def _left_out(kept: KeptFinding) -> NotTakenUp:
    return NotTakenUp(kept.finding.finding, kept.finding.page, NotOnline.code)
