"""A finding as a person reads it: where, when, which picture, and what speaks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from stillmine.app.storage.item import Listed
from stillmine.messages import fill, translate
from stillmine.messages.watching import FACTS, SHOWN
from stillmine.watch.copies import Copy, Kind, Quad
from stillmine.watch.keeping import KeptFinding, State, when

ENOUGH = 2
"""Facts that have to speak for a finding before it is more than a maybe."""


@dataclass(frozen=True, slots=True)
class Shown:
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
    item: str
    name: str
    label: str
    forgotten: bool
    kind: Kind
    score: float | None
    expected_false: float
    quad: Quad | None
    visible: float
    mirrored: bool
    inverted: bool
    width: int | None
    height: int | None
    seconds: float | None
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
        return Copy(
            path=Path(),
            inside=None,
            item=self.item,
            name=self.name,
            label=self.label,
            kind=self.kind,
            score=self.score,
            expected_false=self.expected_false,
            quad=self.quad,
            visible=self.visible,
            seconds=self.seconds,
            since=None,
            until=None,
            item_seconds=None,
            item_until=None,
            mirrored=self.mirrored,
            inverted=self.inverted,
            width=self.width,
            height=self.height,
        )


def shown(kept: KeptFinding, items: Mapping[str, Listed], places: Mapping[str, str]) -> Shown:
    """Return a finding with what the vault knows of its item and its place."""
    found = kept.finding
    item = items.get(found.item)
    return Shown(
        finding=found.finding,
        state=kept.state,
        case=kept.case,
        sure=len(found.facts) >= ENOUGH,
        page=found.page,
        picture=found.picture,
        seen_at=when(found),
        place=found.place,
        place_name=places.get(found.place, ""),
        item=found.item if item else "",
        name=item.shown_name if item else "",
        label=item.label if item else "",
        forgotten=item is None,
        kind=found.kind,
        score=found.score,
        expected_false=found.expected_false,
        quad=found.quad,
        visible=found.visible,
        mirrored=found.mirrored,
        inverted=found.inverted,
        width=found.width,
        height=found.height,
        seconds=found.seconds,
        facts=tuple(fact.value for fact in found.facts),
        headers=dict(found.headers),
    )


def _say(word: str, **facts: object) -> str:
    return fill(translate(SHOWN[word]), facts)
