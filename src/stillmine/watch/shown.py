"""A finding as a person reads it: where, when, which picture, and what speaks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from stillmine.app.storage.item import Listed
from stillmine.messages import fill, translate
from stillmine.messages.watching import FACTS, SHOWN
from stillmine.watch.copies import Copy, Resemblance
from stillmine.watch.keeping import KeptFinding, State, when

ENOUGH = 2
"""Facts that have to speak for a finding before it is more than a maybe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown(Resemblance):
    """A finding: `sure` where two independent facts speak for it.

    `place_name` is what the person calls the place, empty where it was removed; `name` and `label`
    are the item's. Of an item that was `forgotten` nothing is told but where it was seen, and when.
    The other values are those of `watch.looking.finding.Finding`.
    """

    finding: str
    state: State
    case: str
    sure: bool
    page: str
    picture: str
    seen_at: datetime
    place: str
    place_name: str
    name: str
    label: str
    forgotten: bool
    facts: tuple[str, ...]
    headers: Mapping[str, str]

    @property
    def lines(self) -> Iterator[str]:
        """Yield the lines that a person reads."""
        yield f"{self.finding[:8]}  {self.page}"
        if self.picture and self.picture != self.page:
            yield f"    {_say('picture', picture=self.picture)}"
        yield f"    {_say('seen', at=f'{self.seen_at.astimezone():%Y-%m-%d %H:%M}')}{self._where()}"
        if self.forgotten:
            yield f"    {_say('forgotten')}"
        else:
            yield f"    {' '.join(self._copy().sentences)}"
            yield f"    {_say('for-it', facts=self._reasons())}"
        if not self.sure:
            yield f"    {_say('maybe')}"
        if self.state == "dismissed":
            yield f"    {_say('dismissed')}"
        elif self.case:
            yield f"    {_say('in-case', case=self.case)}"
        yield ""

    def _where(self) -> str:
        return f" {_say('at-place', place=self.place_name)}" if self.place_name else ""

    def _reasons(self) -> str:
        return " ".join(translate(FACTS[each]) for each in self.facts)

    def _copy(self) -> Copy:
        return Copy(**self.alone, path=Path(), inside=None, name=self.name, label=self.label)


def shown(kept: KeptFinding, items: Mapping[str, Listed], places: Mapping[str, str]) -> Shown:
    """Return a finding with what the vault knows of its item and its place."""
    found = kept.finding
    item = items.get(found.item)
    return Shown(
        **found.alone | {"item": found.item if item else ""},
        finding=found.finding,
        state=kept.state,
        case=kept.case,
        sure=len(found.facts) >= ENOUGH,
        page=found.page,
        picture=found.picture,
        seen_at=when(found),
        place=found.place,
        place_name=places.get(found.place, ""),
        name=item.shown_name if item else "",
        label=item.label if item else "",
        forgotten=item is None,
        facts=tuple(fact.value for fact in found.facts),
        headers=dict(found.headers),
    )


def _say(word: str, **facts: object) -> str:
    return fill(translate(SHOWN[word]), facts)
