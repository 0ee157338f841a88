"""A service as it is shown: how far the person is, what we suggest, and what is known of it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from stillmine.app.telling.guides import Guide, taking_part
from stillmine.app.telling.saying import ToldFact, in_words
from stillmine.messages import fill, translate
from stillmine.messages.enrolling import SHOWN, STATES, THEN
from stillmine.watch.enrolling.enrolment import Enrolment
from stillmine.watch.enrolling.reminding import Reminder, reminder_of

State = Literal["none", "begun", "done", "refused", "ended"]


@dataclass(frozen=True, slots=True)
class Service:
    """One service, and how far the person is with it.

    `service` is what is typed, `which` for what it was noted (such as an address), `state` is none
    where nothing was. `door` is the address where it begins, confirmed; `about` is all that is
    known, each value with its source. `number` is empty in a list, where `has_number` tells of it.
    """

    service: str
    name: str
    which: str
    state: State
    noted_at: datetime | None
    looked_at: datetime | None
    ends_on: date | None
    has_number: bool
    number: str
    reminder: Reminder | None
    door: str
    about: ToldFact

    @property
    def lines(self) -> Iterator[str]:
        """Yield the lines that a person reads in a list."""
        yield f"{self.service}: {self.name}"
        if "use_for" in self.about.values:
            yield f"  {in_words('use_for', self.about.values['use_for'].said)}"
        yield from self.standing
        yield ""

    @property
    def standing(self) -> Iterator[str]:
        """Yield how far it is, and what we suggest."""
        facts = {
            "which": self.which,
            "service": self.service,
            "number": self.number,
            "at": _day(self.noted_at),
        }
        if self.which:
            yield "  " + fill(translate(SHOWN["for"]), facts)
        yield "  " + fill(translate(STATES[self.state]), facts)
        if self.looked_at:
            yield "  " + fill(translate(SHOWN["looked"]), {"at": _day(self.looked_at)})
        if self.ends_on:
            yield "  " + fill(translate(SHOWN["ends"]), {"day": self.ends_on.isoformat()})
        if self.has_number:
            yield "  " + fill(translate(SHOWN["number" if self.number else "has-number"]), facts)
        if self.reminder:
            said = {"at": _day(self.reminder.at), "said": self.reminder.said}
            yield "  " + fill(translate(SHOWN["due" if self.reminder.due else "later"]), said)


@dataclass(frozen=True, slots=True)
class Guided:
    """A service with the whole way there: the steps in order, who takes part, and all facts."""

    service: Service
    steps: tuple[str, ...]
    taking_part: tuple[str, ...]

    @property
    def lines(self) -> Iterator[str]:
        """Yield the lines that a person reads: how far they are, what to do, what is known."""
        yield self.service.name
        yield from self.service.standing
        yield ""
        for number, step in enumerate(self.steps, 1):
            yield f"  {number}. {step}"
        yield ""
        yield "  " + fill(translate(SHOWN["door"]), {"url": self.service.door})
        yield ""
        yield from self.service.about.lines
        if self.taking_part:
            names = "; ".join(self.taking_part)
            yield "  " + fill(translate(SHOWN["partners"]), {"names": names})


def shown(guide: Guide, noted: Enrolment | None, now: datetime, *, number: bool = False) -> Service:
    """Return a service with what is noted about it; with its number only where that is wanted."""
    about = guide.about(now.date())
    return Service(
        guide.service,
        str(about.values["name"].said),
        noted.which if noted else "",
        noted.state if noted else "none",
        noted.noted_at if noted else None,
        noted.looked_at if noted else None,
        noted.ends_on if noted else None,
        bool(noted and noted.number),
        noted.number if noted and number else "",
        reminder_of(noted, now) if noted else None,
        guide.door,
        about,
    )


def guided(guide: Guide, noted: Enrolment | None, now: datetime) -> Guided:
    """Return a service with the whole way there, and how to note what comes next."""
    service = shown(guide, noted, now, number=True)
    steps = guide.steps if service.state != "done" else ()
    which = f" --which {shlex.quote(service.which)}" if service.which else ""
    then = fill(translate(THEN[service.state]), {"service": guide.service, "which": which})
    return Guided(service, (*steps, then), taking_part(guide.service))


def _day(at: datetime | None) -> str:
    return at.astimezone().date().isoformat() if at else ""
