"""Regimes: the laws a letter can lean on, and what each law asks to stand in it.

Which regime asks for what is data (`regimes.toml`); what the law says about it, and whether anybody
could confirm it, is in the facts of the law. An element that a law's facts name is asked for even
where the list here does not have it, so that a new fact can only make the check stricter.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from stillmine.errors import UnknownRegime
from stillmine.facts import Fact, all_laws

Recipient = Literal["platform", "host", "search", "authority"]
SUPERSET = "superset"
_PREFIX = "elements."


@dataclass(frozen=True, slots=True)
class Element:
    """Something that has to stand in a letter, and who says so.

    `check` is how it is looked for. `law` is the name of a fact, or empty where no law asks for it
    and nobody could act without it. `confirmed` tells whether the words of the law were read on an
    official page; only then are `said` and `quote` filled.
    """

    element: str
    check: str
    law: str = ""
    confirmed: bool = False
    said: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Regime:
    """One way to ask: its laws, to whom it goes, whom it is chosen for, what it needs.

    `alone` marks one that is never in a letter with others, nor chosen by itself.
    """

    regime: str
    plain: str
    laws: tuple[str, ...]
    goes_to: tuple[Recipient, ...]
    lives_in: tuple[str, ...]
    elements: tuple[Element, ...]
    agent: tuple[Element, ...]
    reveals: tuple[str, ...]
    alone: bool = False

    @property
    def title(self) -> str:
        """The confirmed name of its law, or else plain words for it."""
        names = (fact.said("name") for fact in self.facts)
        return next((str(name) for name in names if name), self.plain)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What is known of its laws."""
        known = all_laws()
        return tuple(known[each] for each in self.laws)

    def needed(self, *, agent: bool) -> tuple[Element, ...]:
        """Return what a letter needs, when the person signs, or somebody for them."""
        have = {each.element for each in self.elements}
        return (
            *self.elements,
            *(each for each in self.agent if agent and each.element not in have),
        )


def regimes() -> tuple[Regime, ...]:
    """Return every regime, in the order in which letters have them. Raises FactsUnreadable."""
    return tuple(_read().values())


def regime_of(name: str) -> Regime:
    """Return a regime by its name. Raises UnknownRegime."""
    found = _read().get(name.strip().casefold())
    if found is None:
        raise UnknownRegime(regime=name, known=", ".join([*_read(), SUPERSET]))
    return found


@cache
def _read() -> dict[str, Regime]:
    text = (files(__package__) / "regimes.toml").read_text("utf-8")
    return {name: _regime(name, table) for name, table in tomllib.loads(text).items()}


def _regime(name: str, table: Mapping[str, Any]) -> Regime:
    laws = tuple(table["laws"])
    practical = table.get("practical", {})
    lawful = tuple(_lawful(laws, table.get("elements", {}), practical))
    have = {each.element for each in lawful}
    quotes = {each.element: each for each in lawful}
    return Regime(
        name,
        table["plain"],
        laws,
        tuple(table["goes_to"]),
        tuple(table["lives_in"]),
        (*lawful, *(Element(each, practical[each]) for each in practical if each not in have)),
        tuple(_for_agents(table.get("agent", {}), quotes)),
        tuple(table["reveals"]),
        table.get("alone", False),
    )


def _lawful(
    laws: tuple[str, ...], checks: Mapping[str, str], practical: Mapping[str, str]
) -> Iterator[Element]:
    """Yield what the list asks for and, after it, what only the facts of a law ask for."""
    named = {
        field.removeprefix(_PREFIX): law
        for law in laws
        for field in (*all_laws()[law].values, *all_laws()[law].missing)
        if field.startswith(_PREFIX)
    }
    for element in (*checks, *(each for each in named if each not in checks)):
        check = checks.get(element) or practical.get(element) or _PLAIN_CHECKS[element]
        yield _element(element, check, named.get(element, laws[0]))


def _element(element: str, check: str, law: str) -> Element:
    value = all_laws()[law].values.get(_PREFIX + element)
    if value is None:
        return Element(element, check, law)
    return Element(element, check, law, confirmed=True, said=str(value.said), quote=value.quote)


def _for_agents(table: Mapping[str, str], elements: Mapping[str, Element]) -> Iterator[Element]:
    for element, quoted in table.items():
        says = elements[quoted]
        yield Element(element, "standing", says.law, says.confirmed, says.said, says.quote)


# How an element is looked for where the list of a regime does not say it.
_PLAIN_CHECKS = {
    "writing": "written",
    "signature": "signed",
    "locate": "addresses",
    "not-consensual": "not-consensual",
    "good-faith": "good-faith-consent",
    "explanation": "explanation",
    "contact": "contact-name-mail",
    "standing": "standing",
    "accuracy": "accurate-complete",
    "perjury": "perjury",
    "work": "work",
    "ground": "ground-erasure",
    "identity": "identity",
}
