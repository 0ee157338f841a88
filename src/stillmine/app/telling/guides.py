"""The way to services that see more than this program can: which there are, and step by step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from stillmine.app.telling.saying import ToldFact, told
from stillmine.facts import OFFICIAL, Fact, Kind, facts_of
from stillmine.messages import translate
from stillmine.messages.enrolling import STEPS

STOPNCII, TAKE_IT_DOWN = "stopncii", "take-it-down"
_DOORS = ("url", "report_url")


@dataclass(frozen=True, slots=True)
class Pace:
    """When we suggest to look again. These are suggestions of ours, and no rules of anybody.

    `finish` is for what was begun, `first` for the first look after it was done, `later` for those
    after a look.
    """

    finish: timedelta
    first: timedelta
    later: timedelta


# A fingerprint service works at once, and platforms come and go. What writes by itself needs a look
# only because addresses and accounts change.
_SOON = Pace(timedelta(days=1), timedelta(days=7), timedelta(days=30))
_SELDOM = Pace(timedelta(days=1), timedelta(days=30), timedelta(days=180))


@dataclass(frozen=True, slots=True)
class Guide:
    """A service by the name that is typed: the fact that says what is known of it, and our pace.

    `under_18` tells that it is for pictures of under-18s only, about which nothing is ever kept.
    """

    service: str
    kind: Kind
    fact: str
    pace: Pace
    under_18: bool = False

    @property
    def known(self) -> Fact:
        """Return all that is known of it."""
        return next(each for each in facts_of(self.kind) if each.fact == self.fact)

    @property
    def door(self) -> str:
        """Return the address where it begins; nothing where nobody could confirm one."""
        values = (self.known.said(each) for each in _DOORS)
        return next((str(each) for each in values if each), "")

    @property
    def steps(self) -> tuple[str, ...]:
        """Return the way there, one thing at a time."""
        return tuple(translate(each) for each in STEPS[self.service])

    def about(self, today: date) -> ToldFact:
        """Return what may be told of it today, each value with its source."""
        return told(self.known, self.kind, today)


GUIDES: dict[str, Guide] = {
    each.service: each
    for each in (
        Guide(STOPNCII, Kind.PLATFORM, "platforms/stopncii-org", _SOON),
        Guide(TAKE_IT_DOWN, Kind.PLATFORM, "platforms/ncmec-take-it-down", _SOON, under_18=True),
        Guide("results-about-you", Kind.SERVICE, "services/google-results-about-you", _SELDOM),
        Guide("hibp", Kind.SERVICE, "services/have-i-been-pwned", _SELDOM),
        Guide("meta-matching", Kind.SERVICE, "services/meta-photo-matching", _SOON),
        Guide("pinterest-claims", Kind.SERVICE, "services/pinterest-content-claiming", _SELDOM),
    )
}
"""Every service, in the order in which it is told."""


def taking_part(service: str) -> tuple[str, ...]:
    """Return the names of platforms that an official page says to take part in a service."""
    field = {STOPNCII: "takes_stopncii", TAKE_IT_DOWN: "takes_takeitdown"}.get(service, "")
    return tuple(sorted(_names(field)))


def _names(field: str) -> Iterator[str]:
    for fact in facts_of(Kind.PLATFORM):
        value = fact.values.get(field)
        if value and value.said is True and value.source.kind in OFFICIAL and fact.said("name"):
            yield str(fact.said("name"))
