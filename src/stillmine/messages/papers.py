"""What is said about papers for the police, a lawyer or a helper, and about figures."""

from __future__ import annotations

from stillmine.messages.counted import Counted

ERRORS: dict[str, tuple[str, str]] = {
    "act.no-typesetter": (
        "The part that makes PDF papers is not on this computer.",
        "Name a file that ends in .txt to get the same words as text. "
        "How to add the part: stillmine doctor.",
    ),
    "act.cannot-typeset": (
        "This paper could not be made as a PDF.",
        "Name a file that ends in .txt to get the same words as text.",
    ),
    "act.not-statistics": (
        "{file} does not hold figures that can be joined: {why}.",
        "Leave it out, or ask whoever sent it for a new one.",
    ),
}
DOING: dict[str, str] = {}
QUESTIONS: dict[str, str] = {}
ANSWERS: dict[str, tuple[str | Counted, ...]] = {}

PAPER: dict[str, str] = {
    "of": "of",
    "to": "To",
    "date": "Date",
    "inside": "Inside this file",
    "files_apart": "These files belong to this paper: {names}",
    "not_drawn": "No font on this computer can draw these signs, so they stand above by their "
    "number: {signs}",
}
"""Words that any paper may have."""
