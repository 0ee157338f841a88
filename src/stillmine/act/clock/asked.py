"""Under which laws a letter asks, and what those laws still miss in it."""

from __future__ import annotations

from stillmine.act.case.model import Notice
from stillmine.act.clock.terms import laws_named
from stillmine.facts import Fact


def laws_of(notice: Notice) -> tuple[Fact, ...]:
    """Return the laws that a letter leans on; its regimes may be named by their laws too."""
    return laws_named(notice.regimes)


def lacking(notice: Notice, law: str) -> tuple[str, ...]:
    """Return the elements that a law asks for and that were missing when the letter was written."""
    return tuple(notice.facts.get(f"lacks {law}", "").split())
