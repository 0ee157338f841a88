"""Show the services that see more than this program can: which there are, and the way to each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from stillmine.app.actions import Answer, action, given
from stillmine.app.calendar import Entry, keep_calendar
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.telling.gate import Under18
from stillmine.app.telling.guides import GUIDES, Guide
from stillmine.app.telling.saying import NotConfirmed, ToldFact, not_confirmed
from stillmine.app.unlocking import unlocked
from stillmine.errors import UnknownCountry, UnknownService
from stillmine.facts import Kind, facts_of, place_of, wider_places
from stillmine.messages import translate
from stillmine.messages.enrolling import REMINDER
from stillmine.watch.enrolling.enrolment import Enrolment, all_enrolments
from stillmine.watch.enrolling.gate import all_adults, elsewhere
from stillmine.watch.enrolling.reminding import reminder_of
from stillmine.watch.enrolling.showing import Guided, Service, guided, shown

UNDER_18 = "Whether somebody in your pictures was under 18, or may have been."
COUNTRY = "Where you live: what there is at that place, and whom to turn to."


@dataclass(frozen=True, slots=True)
class ListRequest:
    """For whom, and whether a calendar is wanted."""

    under_18: Under18 | None = given(UNDER_18, default=None)
    country: str = given(COUNTRY, default="")
    calendar: Path | None = given(
        "Write reminders to this file (.ics), or renew it. They name nobody and nothing.",
        default=None,
    )
    title: str = given("What each reminder is called.", default="")


@dataclass(frozen=True, slots=True)
class ListAnswer(Answer):
    """What there is, how far the person is with each, and how many suggestions of ours are due.

    `not_confirmed` are services of which nobody could confirm where they are: no address is shown.
    With `children` there are no services and nothing is kept; `helpers` can help.
    """

    services: tuple[Service, ...]
    due: int
    not_confirmed: tuple[NotConfirmed, ...]
    children: bool
    advice: tuple[str, ...]
    helpers: tuple[ToldFact, ...]
    calendar: Path | None = None


@action("watch.enrol.list")
def list_(context: Context, request: ListRequest) -> ListAnswer:
    """List services that see more than this program: what each does, and how far you are."""
    now = context.now().astimezone(UTC)
    if not all_adults(context, request.under_18):
        there = elsewhere(request.country, now.date())
        return ListAnswer((), 0, (), True, there.advice, there.helpers)
    noted = noted_in(context)
    services = tuple(_services(request.country, noted, now))
    title = request.title or translate(REMINDER)
    entries = tuple(_entries(noted, now))
    return ListAnswer(
        services=services,
        due=sum(each.reminder is not None and each.reminder.due for each in services),
        not_confirmed=tuple(
            not_confirmed(each) for each in facts_of(Kind.SERVICE) if "url" not in each.values
        ),
        children=False,
        advice=(),
        helpers=(),
        calendar=keep_calendar(context, request.calendar, entries, title, now),
    )


def noted_in(context: Context) -> list[Enrolment]:
    """Return what is noted; nothing where there is no vault, since one can read without."""
    if not Home(context.home).slots.exists():
        return []
    with unlocked(context) as vault:
        return all_enrolments(vault)


def guide_of(service: str) -> Guide:
    """Return the guide to a service. Raise UnknownService."""
    found = GUIDES.get(service.strip().lower())
    if found is None or not found.door:
        raise UnknownService(service=service)
    return found


def _services(country: str, noted: Sequence[Enrolment], now: datetime) -> Iterator[Service]:
    for guide in GUIDES.values():
        if guide.under_18 or not guide.door or not _holds_at(guide, country):
            continue
        for each in _noted_of(guide, noted):
            yield shown(guide, each, now)


def _noted_of(guide: Guide, noted: Sequence[Enrolment]) -> tuple[Enrolment | None, ...]:
    """Return what is noted about a service, or None once where that is nothing."""
    return tuple(each for each in noted if each.service == guide.service) or (None,)


def _holds_at(guide: Guide, country: str) -> bool:
    if not country:
        return True
    place = place_of(country)
    if place is None:
        raise UnknownCountry(place=country)
    return guide.known.place in wider_places(place)


def _entries(noted: Sequence[Enrolment], now: datetime) -> Iterator[Entry]:
    for each in noted:
        reminder = reminder_of(each, now)
        if reminder:
            yield Entry(
                f"{each.enrolment}\n{reminder.what}\n{reminder.at.isoformat()}", reminder.at
            )


@dataclass(frozen=True, slots=True)
class ShowRequest:
    """Which service, and for whom."""

    service: str = given("Its name, from stillmine watch enrol list.", positional=True)
    under_18: Under18 | None = given(UNDER_18, default=None)
    country: str = given(COUNTRY, default="")


@dataclass(frozen=True, slots=True)
class ShowAnswer(Answer):
    """The way to a service; once for each address or account that something is noted for.

    With `children` it is the way to Take It Down, and nothing is kept; `helpers` can help as well.
    """

    services: tuple[Guided, ...]
    children: bool
    advice: tuple[str, ...]
    helpers: tuple[ToldFact, ...]


@action("watch.enrol.show")
def show(context: Context, request: ShowRequest) -> ShowAnswer:
    """Show the way to one service step by step: what it needs, what it learns, what it can do."""
    now = context.now().astimezone(UTC)
    guide = guide_of(request.service)
    if guide.under_18 or not all_adults(context, request.under_18):
        return _for_children(request.country, now)
    noted = _noted_of(guide, noted_in(context))
    services = tuple(guided(guide, each, now) for each in noted)
    return ShowAnswer(services, False, (), ())


def _for_children(country: str, now: datetime) -> ShowAnswer:
    guide = next(each for each in GUIDES.values() if each.under_18)
    there = elsewhere(country, now.date())
    others = tuple(each for each in there.helpers if each.fact != guide.fact)
    return ShowAnswer((guided(guide, None, now),), True, there.advice, others)
