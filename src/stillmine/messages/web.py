"""What is said about the web, and about who runs a site."""

from __future__ import annotations

from stillmine.messages.counted import Counted

ERRORS: dict[str, tuple[str, str]] = {}
DOING: dict[str, str] = {}
QUESTIONS: dict[str, str] = {}
ANSWERS: dict[str, tuple[str | Counted, ...]] = {}
