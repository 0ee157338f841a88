"""Which authorities can be told about a letter: only those that an official page names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from stillmine.act.case.model import Case, Notice
from stillmine.act.clock import terms
from stillmine.act.clock.asked import laws_of
from stillmine.facts import Fact, Kind, all_laws, facts_of, place_of, wider_places
from stillmine.messages import translate

# Which kind of authority watches over a law; the authority of the person's own country is theirs.
_ROLES: Mapping[str, str] = {
    "law/eu/digital-services-act": "digital-services",
    "law/eu/gdpr-right-to-erasure": "data-protection",
    "law/gb/uk-gdpr-right-to-erasure": "data-protection",
}
# Nobody watches over it: whoever wants to rely on it goes to court.
_NOBODY = frozenset({"law/us/dmca-notice-and-takedown"})


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
    found = (_authority(law, codes) for law in (*laws_of(notice), *near))
    return tuple({each.law: each for each in found if each is not None}.values())


def _takes_reports(law: Fact) -> bool:
    # Of the many laws at a place only those by which an authority itself acts on a single picture.
    asked = law.said("deadline_trigger") in (terms.AUTHORITY_NOTICE, terms.PLATFORM_FIRST)
    return asked or "authority_deadline_hours" in law.values or "report_url" in law.values


def _authority(law: Fact, codes: Sequence[str]) -> Authority | None:
    enforcer = law.values.get("enforcer")
    named = law.said("name") is not None and law.said("status") == terms.IN_FORCE
    if enforcer is None or not named or law.fact in _NOBODY:
        return None
    own = _own(law, codes)
    name = enforcer if own is None else own.values["name"]
    way = law.values.get("report_url") if own is None else own.values["complaint_url"]
    says = way or law.values.get("report_to") or name
    how = (own and own.said("procedure")) or law.said("report_to")
    return Authority(
        law.fact,
        str(law.said("name")),
        str(name.said),
        translate(str(how)) if how else "",
        "" if way is None else str(way.said),
        says.source.url,
        says.checked_on,
        law.said("deadline_trigger") == terms.AUTHORITY_NOTICE,
    )


def _own(law: Fact, codes: Sequence[str]) -> Fact | None:
    """Return the one authority of the person's place for a law; None where there are several."""
    found = [
        each
        for each in facts_of(Kind.AUTHORITY)
        if each.place in codes
        and each.said("role") == _ROLES.get(law.fact, "-")
        and {"name", "complaint_url"} <= each.values.keys()
    ]
    return found[0] if len(found) == 1 else None
