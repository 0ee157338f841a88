"""What came of one step of a journey."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a step: whether it went as it should, and the numbers to tell.

    `instead` names other words than the step's own; `drawing` are lines for people to look at.
    """

    good: bool
    facts: dict[str, object] = field(default_factory=dict)
    instead: str = ""
    drawing: tuple[str, ...] = ()
