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
    "act.unknown-evidence": (
        "The proof {evidence} is not in your vault. It may have been forgotten.",
        "To see what is there: stillmine act case list, then show with the name of the case.",
    ),
    "act.custody-broken": (
        "The log of the case {case} is not as it was written. The first line that does not fit is "
        "line {line}.",
        "To see all lines: stillmine act case custody {case}. An older backup may hold the whole "
        "log. Keep this copy too.",
    ),
}
DOING: dict[str, str] = {}
QUESTIONS: dict[str, str] = {}
ANSWERS: dict[str, tuple[str | Counted, ...]] = {}
