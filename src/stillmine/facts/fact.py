"""What a fact is: values that somebody read in a source, and what nobody could confirm yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

Said = str | int | bool | tuple[str, ...]


class Source(NamedTuple):
    """A page where a value was read. `kind` is one of `schemas.SOURCE_KINDS`.

    `stored` is set where not the page itself was read but what an archive recorded from that very
    address: the day on which it did. What was not read on the page is as old as its copy.
    `language` is the one that it is quoted in, as a code (BCP 47).
    """

    url: str
    kind: str
    checked_on: date
    note: str = ""
    stored: date | None = None
    language: str = "en"


class Value(NamedTuple):
    """One thing that is known, the best source first; `quote` is the text as it stands there."""

    said: Said
    sources: tuple[Source, ...]
    quote: str = ""

    @property
    def source(self) -> Source:
        """The source that counts most."""
        return self.sources[0]

    @property
    def checked_on(self) -> date:
        """The last day on which this is known to have stood in its best source."""
        return self.source.stored or self.source.checked_on

    def age(self, today: date) -> int:
        """Return how many days ago this was read."""
        return (today - self.checked_on).days


@dataclass(frozen=True, slots=True)
class Fact:
    """One file: a law, a platform, or a line to call.

    `fact` is its name, as `law/us/take-it-down-act`; `place` an ISO 3166 code, `EU` or `INT`.
    `missing` says for each field that nobody could confirm what is missing; what was heard about
    it is not here at all, so that no program can show it.
    """

    fact: str
    place: str
    values: Mapping[str, Value]
    missing: Mapping[str, str]

    def said(self, field: str) -> Said | None:
        """Return what is known of a field, or None."""
        value = self.values.get(field)
        return value.said if value else None
