"""Which laws a letter leans on: by where the person lives, and by who gets it. Each with its why.

A copyright notice is never chosen here: it shows the person's name to whoever put the picture
online, and is sent only where the person asks for it and was told that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stillmine.act.case.model import AGENT, Case
from stillmine.act.notices.recipients import Goes
from stillmine.act.notices.regime import SUPERSET, Regime, regime_of, regimes
from stillmine.errors import CopyrightAlone
from stillmine.facts import place_of, wider_places
from stillmine.facts.places import EVERYWHERE, places
from stillmine.messages import fill, translate
from stillmine.messages.notices import CHOSEN, REVEALS


@dataclass(frozen=True, slots=True)
class Chosen:
    """One regime of a letter: why it is in it, and what it tells others about the sender."""

    regime: str
    why: str
    reveals: tuple[str, ...]

    @property
    def lines(self) -> Iterator[str]:
        """Yield what a person reads."""
        yield f"- {self.why}"


def choose(case: Case, recipient: Goes, country: str = "") -> tuple[Chosen, ...]:
    """Return the regimes for a letter, those of the person's own place first.

    `country` is where the person in the pictures lives, as in the case where it is empty.
    """
    codes = _codes(country or case.country)
    if recipient.kind == "authority" and recipient.fact:
        law = recipient.fact.fact
        own = (each for each in regimes() if law in each.laws and not each.alone)
        return tuple(_chosen(each, case, recipient, codes, "") for each in own)
    found = [
        (_nearness(regime, codes), regime)
        for regime in regimes()
        if not regime.alone and recipient.kind in regime.goes_to
    ]
    near = sorted((each for each in found if each[0] is not None), key=lambda each: each[0] or 0)
    return tuple(_chosen(regime, case, recipient, codes, "") for _, regime in near)


def asked_for(
    names: Sequence[str], case: Case, recipient: Goes, country: str = ""
) -> tuple[Chosen, ...]:
    """Return the regimes that the person named; `superset` stands for all that are chosen.

    Raises UnknownRegime, CopyrightAlone.
    """
    if not names or tuple(names) == (SUPERSET,):
        return choose(case, recipient, country)
    codes = _codes(country or case.country)
    found = {regime.regime: regime for regime in map(regime_of, names)}
    if len(found) > 1 and any(each.alone for each in found.values()):
        raise CopyrightAlone
    return tuple(_chosen(each, case, recipient, codes, "asked") for each in found.values())


def _codes(country: str) -> tuple[str, ...]:
    place = place_of(country)
    return wider_places(place) if place else (EVERYWHERE,)


def _nearness(regime: Regime, codes: Sequence[str]) -> int | None:
    """Return how near the law is: 0 for the person's own place; None where it does not fit."""
    near = [codes.index(each) for each in regime.lives_in if each in codes]
    return min(near) if near else None


def _chosen(
    regime: Regime, case: Case, recipient: Goes, codes: Sequence[str], asked: str
) -> Chosen:
    home = next((each for each in regime.lives_in if each in codes and each != EVERYWHERE), "")
    where = "home" if home else "reach"
    own = f"{regime.regime}.{where}"
    key = asked or (own if own in CHOSEN else where)
    facts = {
        "law": regime.title,
        "place": places()[home].name if home else "",
        "to": recipient.to,
    }
    why = fill(translate(CHOSEN[key]), facts)
    agent = case.sender.role == AGENT
    told = (*regime.reveals, *(["agent"] if agent else []))
    reveals = tuple(fill(translate(REVEALS[each]), facts) for each in dict.fromkeys(told))
    return Chosen(regime.regime, why, reveals)
