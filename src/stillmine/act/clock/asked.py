"""Under which laws a letter asks, and what those laws still miss in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from stillmine.act.case.model import Notice
from stillmine.act.clock.terms import laws_named
from stillmine.act.notices import Missing, check_text, regime_of, regimes
from stillmine.errors import UnknownRegime
from stillmine.facts import Fact

# Channels of notices that are no letters to a platform.
COMPLAINT, HASH = "complaint", "hash"


def laws_of(notice: Notice) -> tuple[Fact, ...]:
    """Return the laws that a letter leans on; a letter to an authority, the law it is about.

    A regime that is not known any more has none.
    """
    about = notice.facts.get("law", "") if notice.channel == COMPLAINT else ""
    named = [about] if about else [law for each in notice.regimes for law in _laws_behind(each)]
    return laws_named(named)


def goes_to_authority(notice: Notice) -> bool:
    """Say whether a letter asks an authority to act, and not whoever shows the pictures."""
    if notice.channel == COMPLAINT:
        return True
    kinds = [regime_of(each).goes_to for each in notice.regimes if each in _known()]
    return bool(kinds) and all(each == ("authority",) for each in kinds)


def _known() -> frozenset[str]:
    return frozenset(each.regime for each in regimes())


def lacking(notice: Notice, law: str) -> tuple[Missing, ...]:
    """Return what a law asks for and the letter, as it was written, does not have.

    What nobody could confirm counts too: a clock that may not run is not shown as running.
    """
    regimes = [each for each in notice.regimes if law in tuple(_laws_behind(each))]
    if not regimes:
        return ()
    missing = check_text(notice.text, regimes).missing
    return tuple(each for each in missing if each.law == law or not notice.text.strip())


def _laws_behind(regime: str) -> Iterator[str]:
    with suppress(UnknownRegime):
        yield from regime_of(regime).laws
