"""What is answered: which item, what kind of copy, where it lies, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["exact", "re-saved", "edited", "part-of", "contains"]
Corner = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Match:
    """An item that lies in the query.

    `kind`: "exact" (the same fingerprint), "re-saved" (all of it, only compressed or scaled),
    "edited" (all of it, but changed), "part-of" (the query shows a part of the item), "contains"
    (the query shows the item among other things). `score` adds up the evidence; `expected_false` is
    how many items of an index of this size would reach it by chance. `quad` are the item's corners
    in the query in pixels, clockwise from the item's own top left (counter-clockwise if mirrored);
    they may lie outside. `visible` is the share of the item's area that is seen.
    """

    name: str
    kind: Kind
    score: float
    expected_false: float
    quad: tuple[Corner, Corner, Corner, Corner]
    visible: float
    mirrored: bool
    inverted: bool
