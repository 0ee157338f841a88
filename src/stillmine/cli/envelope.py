"""Give the result to whoever called: one JSON object, or lines for a person."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from stillmine.app.actions import Action, Answer
from stillmine.cli.asking import tell
from stillmine.cli.plain_data import one_line
from stillmine.cli.rendering import answer_lines, error_lines, folded
from stillmine.errors import StillmineError
from stillmine.messages import say
from stillmine.messages.visible import without_surrogates

_COLUMNS = 100  # a line that is longer is hard to read, however wide the screen


def speak_utf8() -> None:
    """Write UTF-8 whatever the system's settings; speak to nobody where a stream is closed."""
    nowhere = Path(os.devnull)
    sys.stdout = sys.stdout or nowhere.open("w", encoding="utf-8")
    sys.stderr = sys.stderr or nowhere.open("w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def give(text: str) -> None:
    """Write the result to standard output. A reader that went away is no error.

    Raises SystemExit with 1 where the answer cannot be written for another reason.
    """
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except OSError as reason:
        # The rest goes nowhere, so that closing the stream at the end stays quiet too.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(reason, BrokenPipeError):
            raise SystemExit(1) from reason


def give_answer(action: Action, answer: Answer, *, json: bool) -> None:
    """Give what an action did."""
    if json:
        give(one_line({"ok": True, "action": action.name, "answer": answer}))
        return
    lines = answer_lines(action.name, answer)
    if lines:
        give("\n".join(_for_screen(lines, sys.stdout)))


def give_text(name: str, text: str, *, json: bool) -> None:
    """Give help, or the version: as it is to a person, in the envelope to a program."""
    give(one_line({"ok": True, "action": name, "answer": {"text": text}}) if json else text)


def give_error(error: StillmineError, *, json: bool) -> None:
    """Give what went wrong and what to do next."""
    if not json:
        tell("\n".join(_for_screen(error_lines(error.code, error.facts), sys.stderr)))
        return
    facts: Mapping[str, Any] = error.facts
    safe = {name: without_surrogates(str(fact)) for name, fact in facts.items()}
    happened, then = say(error.code, safe)
    give(
        one_line(
            {"ok": False, "code": error.code, "happened": happened, "next": then, "facts": facts}
        )
    )


def _for_screen(lines: Sequence[str], stream: TextIO | None) -> Sequence[str]:
    """Break long lines between words where a person looks; a pipe gets them whole."""
    if stream is None or stream.closed or not stream.isatty():
        return lines
    columns = min(_COLUMNS, shutil.get_terminal_size().columns)
    return [piece for line in lines for piece in folded(line, columns) or [""]]
