"""One copy that was found: what it is a copy of, how sure that is, where it lies."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from stillmine.imaging.likeness.form import head_of
from stillmine.imaging.likeness.matches import Corner, Match
from stillmine.imaging.likeness.samples import Sample
from stillmine.imaging.likeness.timeline import ClipMatch
from stillmine.messages import fill, translate
from stillmine.messages.compare import COPY

if TYPE_CHECKING:
    from stillmine.watch.own import OwnItem

Kind = Literal["exact", "re-saved", "edited", "part-of", "contains"]
Quad = tuple[Corner, Corner, Corner, Corner]

_SHORT_ITEM = 10  # signs of an item's number that tell it from others
_HARDLY = 10**9
_OFTEN = 0.5
_MOST_NAME = 60


@dataclass(frozen=True, slots=True)
class Resemblance:
    """Which item a picture is a copy of, how sure that is, and where and how the item lies in it.

    `score` adds up the evidence (None where the bytes alone say it); `expected_false` is how many
    items of this vault would reach that score by chance with one picture. `quad` are the corners of
    the item in the upright picture of `width` x `height` pixels, from the item's own top left,
    clockwise (the other way round if mirrored); they may lie outside. `visible` is the seen share
    of the item. In a video `seconds` is where the match is surest.
    """

    item: str
    kind: Kind
    score: float | None = None
    expected_false: float = 0.0
    quad: Quad | None = None
    visible: float = 1.0
    mirrored: bool = False
    inverted: bool = False
    width: int | None = None
    height: int | None = None
    seconds: float | None = None

    @property
    def alone(self) -> dict[str, Any]:
        """Return these values by their names, without what a kind of copy has besides."""
        return {each.name: getattr(self, each.name) for each in fields(Resemblance)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy(Resemblance):
    """A picture or video of the person, found in a file of somebody else.

    `inside` is the place in an archive or page, None where `path` is the picture. In a video the
    item is seen from `since` `until`; of an item that is a video `item_seconds` to `item_until` are
    shown.
    """

    path: Path
    inside: str | None
    name: str
    label: str
    since: float | None = None
    until: float | None = None
    item_seconds: float | None = None
    item_until: float | None = None

    @property
    def line(self) -> str:
        """The copy in a few sentences for a person."""
        where = str(self.path) if self.inside is None else f"{self.path} > {self.inside}"
        return " ".join([f"{where}:", *self.sentences])

    @property
    def sentences(self) -> list[str]:
        """What it is a copy of, and how sure that is, without where it lies."""
        own = (self.label or self.name)[:_MOST_NAME]
        short = self.item[:_SHORT_ITEM]
        said = [_say(self.kind, what=f"{short} ({own})" if own else short)]
        said += [_say(word) for word in ("mirrored", "inverted") if getattr(self, word)]
        said += self._place() + self._times()
        return said if self.kind == "exact" else [*said, _chance(self.expected_false)]

    def _place(self) -> list[str]:
        if self.kind != "contains" or not self.quad or not self.width or not self.height:
            if self.kind == "part-of":
                return [_say("visible", visible=max(1, round(100 * self.visible)))]
            return []
        across = [_percent(x / self.width) for x, _ in self.quad]
        down = [_percent(y / self.height) for _, y in self.quad]
        return [
            _say(
                "place", left=min(across), right=max(across), top=min(down), bottom=max(down)
            )
        ]  # fmt: skip

    def _times(self) -> list[str]:
        said = []
        if self.since is not None and self.until is not None:
            said.append(_say("from-to", start=round(self.since), end=round(self.until)))
        if self.item_seconds is not None:
            start, end = round(self.item_seconds), round(self.item_until or self.item_seconds)
            word = "item-from-to" if end > start else "item-from"
            said.append(_say(word, start=start, end=end))
        return said


def _say(word: str, **facts: object) -> str:
    return fill(translate(COPY[word]), facts)


def _percent(share: float) -> int:
    return round(100 * min(max(share, 0.0), 1.0))


def _chance(expected_false: float) -> str:
    """Say how often chance alone would look like this; never surer than can be told."""
    if expected_false * _HARDLY < 1:
        return _say("hardly", count=f"{_HARDLY:,}")
    if expected_false > _OFTEN:
        return _say("often")
    count = 1 / expected_false
    digits = max(0, len(str(int(count))) - 2)
    return _say("chance", count=f"{round(count / 10**digits) * 10**digits:,}")


@dataclass(frozen=True, slots=True)
class Where:
    """The picture that was looked at."""

    path: Path
    inside: str | None


def exact_copy(where: Where, item: OwnItem, sample: Sample | None, score: float | None) -> Copy:
    """Return the copy of which every byte is the item's; `sample` says how large it is shown."""
    head = head_of(sample.fingerprint) if sample else None
    quad: Quad | None = None
    if head:
        wide, high = float(head.width), float(head.height)
        quad = ((0.0, 0.0), (wide, 0.0), (wide, high), (0.0, high))
    return Copy(
        path=where.path,
        inside=where.inside,
        item=item.item,
        name=item.shown_name,
        label=item.label,
        kind="exact",
        score=score,
        quad=quad,
        seconds=sample.seconds if sample else None,
        width=head.width if head else None,
        height=head.height if head else None,
    )


def found_copy(where: Where, item: OwnItem, found: ClipMatch, size: tuple[int, int]) -> Copy:
    """Return the copy that was recognised; `size` is the picture's, in pixels."""
    match: Match = found.best
    return Copy(
        path=where.path,
        inside=where.inside,
        item=item.item,
        name=item.shown_name,
        label=item.label,
        kind=match.kind,
        score=match.score,
        expected_false=found.expected_false,
        quad=match.quad,
        visible=match.visible,
        seconds=found.best_at,
        since=found.start,
        until=found.end,
        item_seconds=found.item_start,
        item_until=found.item_end,
        mirrored=match.mirrored,
        inverted=match.inverted,
        width=size[0],
        height=size[1],
    )
