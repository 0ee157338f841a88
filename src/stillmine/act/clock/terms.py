"""How long a law gives, from which event on: only what was confirmed, with where it was read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from stillmine.act.clock.reckoning import Unit, after_days, after_hours
from stillmine.act.clock.zones import UNION, working_days_of, zones_of
from stillmine.app.telling.saying import where_read
from stillmine.facts import Fact, Kind, Value, all_laws
from stillmine.facts.places import places
from stillmine.facts.schemas import FRESH_DAYS
from stillmine.messages import translate

VALID_REQUEST = "valid-request"
AUTHORITY_NOTICE = "authority-notice"
COURT_ORDER = "court-order"
SAFE_HARBOUR = "safe-harbour-step"
PLATFORM_FIRST = "platform-report-then-regulator"

_UNITS = {
    "deadline_hours": Unit.HOURS,
    "deadline_days": Unit.DAYS,
    "deadline_business_days": Unit.BUSINESS_DAYS,
    "deadline_months": Unit.MONTHS,
}
IN_FORCE = "in-force"


@dataclass(frozen=True, slots=True)
class Term:
    """A time that a law gives: so many units from a trigger on, and the page that says so.

    `trigger` is one of `facts.schemas.TRIGGERS`, or empty for the time that an authority has;
    `read` the sentence that says where that was read, and whether that was a copy; `note` what
    else is known of it, such as who may take more time; `language` that of the quote.
    `old` tells that the page was read so long ago that it should be looked up again.
    """

    law: str
    name: str
    place: str
    amount: int
    unit: Unit
    trigger: str
    source: str
    checked_on: date
    quote: str = ""
    read: str = ""
    note: str = ""
    language: str = "en"

    def ends(self, began: datetime, country: str) -> datetime:
        """Return the last moment of it, in UTC, for a case at a place.

        Who has to answer may sit anywhere the law holds: the end is the one that comes last.
        """
        codes = (self.place, country)
        if self.unit is Unit.HOURS:
            return after_hours(began, self.amount, full=_by_union_rules(self.place))
        return after_days(began, self.amount, self.unit, zones_of(codes), working_days_of(codes))

    def old(self, today: date) -> bool:
        """Say whether this was read so long ago that it should be looked up again."""
        return (today - self.checked_on).days > FRESH_DAYS[Kind.LAW]


def _by_union_rules(place: str) -> bool:
    country = places().get(place.partition("-")[0])
    return place == UNION or (country is not None and country.in_union)


def term_of(fact: Fact) -> Term | None:
    """Return the time that a law gives to whoever is asked; None where none is confirmed."""
    trigger = fact.said("deadline_trigger")
    for field, unit in _UNITS.items():
        value = fact.values.get(field)
        if value is not None and trigger is not None:
            return _term(fact, value, unit, str(trigger))
    return None


def authority_term_of(fact: Fact) -> Term | None:
    """Return the time that a law gives to the authority itself; None where none is confirmed."""
    value = fact.values.get("authority_deadline_hours")
    return None if value is None else _term(fact, value, Unit.HOURS, "")


def _term(fact: Fact, value: Value, unit: Unit, trigger: str) -> Term | None:
    # A law that is not in force, or of which nobody could confirm that, starts no clock.
    if fact.said("status") != IN_FORCE or fact.said("name") is None:
        return None
    return Term(
        fact.fact,
        str(fact.said("name")),
        fact.place,
        int(str(value.said)),
        unit,
        trigger,
        value.source.url,
        value.checked_on,
        value.quote,
        where_read(value, Kind.LAW, value.checked_on),
        translate(str(note)) if (note := fact.said("deadline_note")) else "",
        value.source.language,
    )


def laws_named(names: Iterable[str]) -> tuple[Fact, ...]:
    """Return the laws of these names, each once; a name that is no law is left out."""
    known = all_laws()
    return tuple(known[name] for name in dict.fromkeys(names) if name in known)
