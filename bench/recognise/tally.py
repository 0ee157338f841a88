"""Numbers that several processes counted, added up; kept as JSON so that a run can go on."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, fields

import numpy as np

Wrong = tuple[str, str, str, float]
OURS = "stillmine"


@dataclass
class Tally:
    """What came out, by transformation.

    `wrong` are unrelated items that were named (change, asked picture, named item, score),
    `other_shot` other shots of the same scene, `near` the scores of unrelated items, named or not.
    `pairs` counts pictures asked times unrelated items.
    """

    asked: Counter[str] = field(default_factory=Counter)
    found: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    false: Counter[str] = field(default_factory=Counter)
    wrong: list[Wrong] = field(default_factory=list)
    other_shot: list[Wrong] = field(default_factory=list)
    near: list[float] = field(default_factory=list)
    pairs: int = 0
    peer_pairs: int = 0
    queries: int = 0
    seconds: Counter[str] = field(default_factory=Counter)

    def __iadd__(self, other: Tally) -> Tally:
        """Add what another process counted."""
        for by, counts in other.found.items():
            self.found[by] += counts
        for part in fields(self):
            if part.name != "found":
                setattr(self, part.name, getattr(self, part.name) + getattr(other, part.name))
        return self

    def recall(self, name: str, by: str = OURS) -> float:
        """Return the recall of a transformation in percent."""
        return 100 * self.found[by][name] / max(1, self.asked[name])

    def mean(self, names: Sequence[str], by: str = OURS) -> float:
        """Return the mean recall in percent."""
        return float(np.mean([self.recall(name, by) for name in names])) if names else 0.0

    def to_json(self) -> bytes:
        """Return it as JSON."""
        return json.dumps({part.name: getattr(self, part.name) for part in fields(self)}).encode()

    @classmethod
    def from_json(cls, data: bytes) -> Tally:
        """Read what `to_json` wrote."""
        read = json.loads(data)
        made = cls(pairs=read["pairs"], peer_pairs=read["peer_pairs"], queries=read["queries"])
        made.near = read["near"]
        for by, counts in read["found"].items():
            made.found[by] = Counter(counts)
        for name in ("asked", "false", "seconds"):
            setattr(made, name, Counter(read[name]))
        for name in ("wrong", "other_shot"):
            setattr(made, name, [tuple(row) for row in read[name]])
        return made
