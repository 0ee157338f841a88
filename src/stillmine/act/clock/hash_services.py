"""The guided way to services that make fingerprints of pictures, so that platforms look for them.

This program hands them nothing: the person goes there with their own browser. What is kept in the
case is only that it was begun, the number that the service gave, and when somebody last looked.
About pictures of under-18s nothing is kept at all, not even that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from stillmine.act.case.model import Case, Notice
from stillmine.act.case.store import find_case, keep_case, next_name, noted, with_notice
from stillmine.act.case.typed import one_line
from stillmine.act.clock import machine
from stillmine.act.clock.asked import HASH
from stillmine.act.clock.starting import HASH_LOOKED
from stillmine.act.clock.tracking import stepped
from stillmine.app.actions import Answer, action, given
from stillmine.app.context import Context
from stillmine.app.telling.gate import Under18, children_services, may_go_on, what_to_do
from stillmine.app.telling.guides import GUIDES, STOPNCII, TAKE_IT_DOWN
from stillmine.app.telling.saying import ToldFact
from stillmine.app.unlocking import unlocked
from stillmine.errors import WrongUsage
from stillmine.messages import translate
from stillmine.messages.next_steps import HASHING

_BEGUN = "clock.hash-begun"
_DONE = "clock.hash-done"
_EVERYWHERE = "INT"


@dataclass(frozen=True, slots=True)
class HashServiceRequest:
    """Which service, and how far it is."""

    service: Literal["stopncii", "take-it-down"] = given(
        "stopncii: adults; take-it-down: under 18 in the picture.", positional=True
    )
    case: str | None = given("The case, so that reminders are kept.", default=None)
    under_18: Under18 | None = given(
        "Whether somebody in the pictures was under 18, or may have been. A case has said no.",
        default=None,
    )
    number: str | None = given("It is done: the case number that they gave.", default=None)
    looked: bool = given("You looked at how it stands there.", default=False)


@dataclass(frozen=True, slots=True)
class GuideStep:
    """One thing to do, in words."""

    said: str

    @property
    def line(self) -> str:
        """The line that a person reads."""
        return self.said


@dataclass(frozen=True, slots=True)
class HashServiceAnswer(Answer):
    """The way to a service: what is known of it, what to do, and how far it is.

    `state` is guided (nothing is kept), begun or done; `service` is another one than was asked for
    where the pictures are of somebody under 18.
    """

    service: str
    state: str
    case: str | None
    notice: str
    number: str
    kept: bool
    children: bool
    steps: tuple[GuideStep, ...]
    about: tuple[ToldFact, ...]
    services: tuple[ToldFact, ...]
    advice: tuple[str, ...]


@action("act.hash-service")
def hash_service(context: Context, request: HashServiceRequest) -> HashServiceAnswer:
    """Lead to a service that lets platforms look for the pictures. Nothing is sent from here."""
    now = context.now().astimezone(UTC)
    adults = _are_adults(request)
    if not adults or request.service == TAKE_IT_DOWN:
        return _without_keeping(context, request, adults, now)
    if request.case is None:
        if request.number is not None or request.looked:
            raise WrongUsage(problem="--number and --looked need --case.")
        return _answer(STOPNCII, "guided", None, None, now)
    number = None if request.number is None else one_line(request.number, "--number")
    with unlocked(context, writing=True) as vault:
        case = find_case(vault, request.case)
        case, notice = _with_service(case, number, now)
        if request.looked:
            case = noted(case, now, HASH_LOOKED, notice=notice.notice)
        keep_case(vault, case)
    state = "begun" if notice.state == machine.DRAFT else "done"
    return _answer(STOPNCII, state, case, notice, now)


def _are_adults(request: HashServiceRequest) -> bool:
    # A case is only ever opened after somebody said that nobody was under 18.
    if request.under_18 is None and (request.case or request.service == TAKE_IT_DOWN):
        return request.service == STOPNCII
    return may_go_on(request.under_18)


def _without_keeping(
    context: Context, request: HashServiceRequest, adults: bool, now: datetime
) -> HashServiceAnswer:
    answer = _answer(TAKE_IT_DOWN, "guided", None, None, now)
    if adults:
        return answer
    country = _EVERYWHERE
    if request.case is not None:
        with unlocked(context) as vault:
            country = find_case(vault, request.case).country
    services = tuple(
        each
        for each in children_services(country, now.date())
        if each.fact != GUIDES[TAKE_IT_DOWN].fact
    )
    return replace(answer, children=True, services=services, advice=what_to_do())


def _with_service(case: Case, number: str | None, now: datetime) -> tuple[Case, Notice]:
    notice = next((each for each in case.notices if _is_of(each, STOPNCII)), None)
    if notice is None:
        notice = _new(case, now)
        case = noted(with_notice(case, notice), now, _BEGUN, notice=notice.notice, to=notice.to)
    if number:
        notice = replace(notice, facts={**notice.facts, "number": number})
        case = noted(with_notice(case, notice), now, _DONE, notice=notice.notice, number=number)
        if notice.state == machine.DRAFT:
            case = stepped(case, notice, machine.SENT, now, note=number)
    return case, next(each for each in case.notices if each.notice == notice.notice)


def _is_of(notice: Notice, service: str) -> bool:
    return notice.channel == HASH and notice.platform == GUIDES[service].fact


def _new(case: Case, now: datetime) -> Notice:
    about = GUIDES[STOPNCII].about(now.date())
    return Notice(
        next_name("n", (each.notice for each in case.notices)),
        str(about.values["name"].said),
        now.isoformat(timespec="seconds"),
        (),
        tuple(each.address for each in case.addresses),
        platform=GUIDES[STOPNCII].fact,
        channel=HASH,
    )


def _answer(
    service: str, state: str, case: Case | None, notice: Notice | None, now: datetime
) -> HashServiceAnswer:
    return HashServiceAnswer(
        service,
        state,
        case.case if case else None,
        notice.notice if notice else "",
        notice.facts.get("number", "") if notice else "",
        notice is not None,
        False,
        tuple(_steps(service, state)),
        (GUIDES[service].about(now.date()),),
        (),
        (),
    )


def _steps(service: str, state: str) -> Iterator[GuideStep]:
    before = GUIDES[service].steps if state != "done" else ()
    after = (translate(each) for each in HASHING.get(f"{service}.{state}", ()))
    for number, said in enumerate((*before, *after), 1):
        yield GuideStep(f"{number}. {said}")
