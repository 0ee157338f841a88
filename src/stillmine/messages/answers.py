"""What is said when a command is done: a few sentences for each action."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counted:
    """A sentence that depends on a count: the field `by` of the answer, a number or a list."""

    by: str
    one: str
    many: str
    none: str = ""


ANSWERS: dict[str, tuple[str | Counted, ...]] = {
    "doctor": (
        Counted(
            "missing",
            "One thing is not on this computer. Below is what that means.",
            "{missing} things are not on this computer. Below is what that means.",
            none="All that the program can use is on this computer.",
        ),
    ),
}
