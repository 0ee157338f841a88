"""Look again whether the pictures are still there: one short, logged-out request to each page."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from stillmine.act.case.model import OPEN, Address, Case
from stillmine.act.case.store import address_of, find_case, keep_case, noted, with_address
from stillmine.act.clock import machine
from stillmine.act.clock.asked import HASH
from stillmine.act.clock.looking import look
from stillmine.act.clock.seeing import GONE, THERE, Seen
from stillmine.act.clock.steps import NextStep, next_steps
from stillmine.act.clock.tracking import stepped
from stillmine.app.actions import Answer, Outcome, Sends, action, given
from stillmine.app.context import Context
from stillmine.app.network import Permit
from stillmine.app.unlocking import unlocked
from stillmine.errors import NothingMayLeave
from stillmine.messages import translate
from stillmine.messages.looking import SEEN, WHY_SEEN

ACTION = "act.recheck"
_LOOKED = "clock.looked"
_BACK = "clock.back"
# The site of a case may belong to whoever did this: no rhythm tells that a program asks.
_PAUSE = (2.0, 9.0)  # seconds


@dataclass(frozen=True, slots=True)
class RecheckRequest:
    """Of which case, and which of its addresses."""

    case: str = given("The case.")
    addresses: tuple[str, ...] = given("Only this address, such as a1; else all.", default=())


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen at one address: there, gone, changed or cannot-tell, and why in words."""

    address: str
    url: str
    state: str
    before: str
    why: str
    said: str

    @property
    def lines(self) -> Iterator[str]:
        """Yield the lines that a person reads."""
        yield f"{self.address}  {translate(SEEN[self.state])}  {self.url}"
        yield f"    {self.said}"


@dataclass(frozen=True, slots=True)
class RecheckAnswer(Answer):
    """What was seen, and what can be done.

    `returned` are the addresses that were gone and are there again, `back` the letters that are
    noted as reappeared for that.
    """

    case: str
    there: int
    gone: int
    unclear: int
    looked: tuple[Looked, ...]
    returned: tuple[str, ...]
    back: tuple[str, ...]
    reopened: bool
    next: tuple[NextStep, ...]

    @property
    def outcome(self) -> Outcome:
        """Return that there was nothing to look at where the case has no address."""
        return Outcome.DONE if self.looked else Outcome.NOTHING_FOUND


@action(
    ACTION,
    sends=Sends(
        what="A short request for each page of the case. No picture is asked for or loaded.",
        to="The sites where the pictures are or were, and where they lead on to.",
        they_learn="That this page was asked for, when, from which Internet address, and by a "
        "program called stillmine. Not who you are.",
        undo="No.",
    ),
    repeatable=True,
)
def recheck(context: Context, request: RecheckRequest) -> RecheckAnswer:
    """Look whether the pictures are still online: logged out, and without loading any."""
    with unlocked(context) as vault:
        case = find_case(vault, request.case)
    wanted = [address_of(case, each) for each in request.addresses] or list(case.addresses)
    seen = _look_at(context, case, wanted)
    now = context.now().astimezone(UTC)
    with unlocked(context, writing=True) as vault:
        before = find_case(vault, case.case)  # somebody may have written to it meanwhile
        after, back = _with_all(before, seen, now)
        keep_case(vault, after)
    return _answer(before, after, seen, back, now)


def _look_at(context: Context, case: Case, wanted: list[Address]) -> dict[str, Seen]:
    random.SystemRandom().shuffle(wanted)
    found: dict[str, Seen] = {}
    context.job.begin("clock.looking", len(wanted), "")
    for number, each in enumerate(wanted):
        if number:
            _pause(context.job.check)
        found[each.address] = look(_permit(context, each.url), each.url, _titles(case, each))
        context.job.advance()
    return found


def _permit(context: Context, url: str) -> Permit:
    if not context.agreed_to_send:
        raise NothingMayLeave(agreed="-", asked=url)
    return Permit.for_page(ACTION, url)


def _pause(check: Callable[[], None]) -> None:
    until = time.monotonic() + random.SystemRandom().uniform(*_PAUSE)
    while (left := until - time.monotonic()) > 0:
        check()
        time.sleep(min(left, 0.2))


def _titles(case: Case, address: Address) -> tuple[str, ...]:
    proofs = (each for each in case.proofs if each.address == address.address)
    return tuple(each.title for each in proofs if each.title)


def _with_all(case: Case, seen: dict[str, Seen], now: datetime) -> tuple[Case, tuple[str, ...]]:
    """Return the case with what was seen, and the letters about what is back."""
    back: list[str] = []
    for name, found in seen.items():
        address = address_of(case, name)
        case = noted(case, now, _LOOKED, address=name, state=found.state, why=found.why)
        came_back = address.state == GONE and found.state == THERE
        if found.state in (THERE, GONE):
            at = now.isoformat(timespec="seconds")
            case = with_address(case, replace(address, state=found.state, seen=at))
        if came_back:
            case = noted(case, now, _BACK, address=name)
            case, letters = _reappeared(case, name, now)
            back += letters
    return case, tuple(dict.fromkeys(back))


def _reappeared(case: Case, address: str, now: datetime) -> tuple[Case, list[str]]:
    about = [
        each
        for each in case.notices
        if address in each.addresses
        and each.channel != HASH
        and machine.REAPPEARED in machine.MOVES[each.state]
    ]
    for each in about:
        case = stepped(case, each, machine.REAPPEARED, now, about=(address,))
    if case.state != OPEN:
        case = noted(replace(case, state=OPEN), now, "case.reopened")
    return case, [each.notice for each in about]


def _answer(
    before: Case, after: Case, seen: dict[str, Seen], back: tuple[str, ...], now: datetime
) -> RecheckAnswer:
    looked = tuple(
        Looked(
            each.address,
            each.url,
            seen[each.address].state,
            each.state,
            seen[each.address].why,
            translate(WHY_SEEN[seen[each.address].why]),
        )
        for each in before.addresses
        if each.address in seen
    )
    counted = [each.state for each in looked]
    return RecheckAnswer(
        after.case,
        counted.count(THERE),
        counted.count(GONE),
        len(counted) - counted.count(THERE) - counted.count(GONE),
        looked,
        tuple(each.address for each in looked if each.before == GONE and each.state == THERE),
        back,
        before.state != after.state,
        next_steps(after, None, now) if looked else (),
    )
