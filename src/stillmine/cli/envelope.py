"""Give the result to whoever called: one JSON object, or lines for a person."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from stillmine.app.actions import Action, Answer
from stillmine.cli.plain_data import one_line, without_surrogates
from stillmine.cli.rendering import answer_lines, error_lines
from stillmine.errors import StillmineError
from stillmine.messages import say


def speak_utf8() -> None:
    """Write UTF-8 whatever the system's settings, and write out what is no text."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def give(text: str) -> None:
    """Write the result to standard output; a reader that went away is no error."""
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # The rest goes nowhere, so that closing the stream at the end stays quiet too.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def give_answer(action: Action, answer: Answer, *, json: bool) -> None:
    """Give what an action did."""
    if json:
        give(one_line({"ok": True, "action": action.name, "answer": answer}))
        return
    lines = answer_lines(action.name, answer)
    if lines:
        give("\n".join(lines))


def give_text(name: str, text: str, *, json: bool) -> None:
    """Give help, or the version: as it is to a person, in the envelope to a program."""
    give(one_line({"ok": True, "action": name, "answer": {"text": text}}) if json else text)


def give_error(error: StillmineError, *, json: bool) -> None:
    """Give what went wrong and what to do next."""
    if not json:
        _tell(error_lines(error.code, error.facts))
        return
    facts: Mapping[str, Any] = error.facts
    safe = {name: without_surrogates(str(fact)) for name, fact in facts.items()}
    happened, then = say(error.code, safe)
    give(
        one_line(
            {"ok": False, "code": error.code, "happened": happened, "next": then, "facts": facts}
        )
    )


def _tell(lines: Sequence[str]) -> None:
    sys.stderr.write("\n".join(lines) + "\n")
    sys.stderr.flush()
