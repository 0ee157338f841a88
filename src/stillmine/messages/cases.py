"""What is said about cases, their timelines, and what is handed in as proof."""

from __future__ import annotations

from stillmine.messages.counted import Counted

ERRORS: dict[str, tuple[str, str]] = {
    "act.unknown-case": (
        "There is no case with the name {case}, or more than one begins like that.",
        "To see all of them: stillmine act case list.",
    ),
    "act.unknown-part": (
        "The case {case} has nothing with the name {part}.",
        "To see what it has: stillmine act case show {case}.",
    ),
}
DOING: dict[str, str] = {}
QUESTIONS: dict[str, str] = {}
ANSWERS: dict[str, tuple[str | Counted, ...]] = {}
