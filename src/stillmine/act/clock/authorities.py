"""Which authorities can be told about a letter: only those that an official page names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from stillmine.act.case.model import Case, Notice
from stillmine.act.clock import terms
from stillmine.act.clock.asked import laws_of
from stillmine.act.clock.terms import all_laws
from stillmine.facts import Fact, place_of, wider_places


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority that enforces a law, how it is reached, and the page that says so.

    `url` may be empty: then `how` says in words where it takes reports, or is empty too. `first`
    tells that it can be asked at once, without asking the platform before.
    """

    law: str
    law_name: str
    name: str
    how: str
    url: str
    source: str
    checked_on: date
    first: bool


def authorities(case: Case, notice: Notice) -> tuple[Authority, ...]:
    """Return the authorities for a letter: of its own laws, then those where the person is."""
    place = place_of(case.country)
    codes = () if place is None else wider_places(place)
    near = [law for law in all_laws().values() if law.place in codes and _takes_reports(law)]
    near.sort(key=lambda law: (codes.index(law.place), law.fact))
    found = (_authority(law) for law in (*laws_of(notice), *near))
    return tuple({each.law: each for each in found if each is not None}.values())


def _takes_reports(law: Fact) -> bool:
    # Of the many laws at a place only those by which an authority itself acts on a single picture.
    asked = law.said("deadline_trigger") in (terms.AUTHORITY_NOTICE, terms.PLATFORM_FIRST)
    return asked or "authority_deadline_hours" in law.values or "report_url" in law.values


def _authority(law: Fact) -> Authority | None:
    said = law.values.get("enforcer") or law.values.get("report_to")
    if said is None or law.said("name") is None or law.said("status") == "pending":
        return None
    way = law.values.get("report_url") or law.values.get("report_to") or said
    return Authority(
        law.fact,
        str(law.said("name")),
        str(said.said),
        str(law.said("report_to") or ""),
        str(law.said("report_url") or ""),
        way.source.url,
        way.checked_on,
        law.said("deadline_trigger") == terms.AUTHORITY_NOTICE,
    )
