"""Read what services answer: JSON of any shape, where nothing is believed to be what it should."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

from stillmine.watch.places.kind import Found, Problem, Reply

MOST_ANSWER = 8 << 20
"""Bytes of an answer that are read; a longer one is not understood."""
_TIME = re.compile(r"[0-9]{14}")


class NoAnswer(Exception):
    """An answer says nothing; `problem` is why."""

    def __init__(self, problem: Problem) -> None:
        """Keep why."""
        super().__init__(problem.value)
        self.problem = problem


def read_json(reply: Reply) -> object:
    """Return what the JSON of an answer says. Raises NoAnswer for whatever is none."""
    refused = problem_of(reply)
    if refused is not Problem.NONE:
        raise NoAnswer(refused)
    if len(reply.body) > MOST_ANSWER:
        raise NoAnswer(Problem.NOT_UNDERSTOOD)
    try:
        answer: object = json.loads(reply.body)
    # Nesting without end is a RecursionError, a number of a million digits a ValueError.
    except (ValueError, RecursionError) as cause:
        raise NoAnswer(Problem.NOT_UNDERSTOOD) from cause
    return answer


def problem_of(reply: Reply) -> Problem:
    """Say what the status of an answer means: nothing where there is something to read."""
    if reply.status in {404, 410}:
        return Problem.GONE
    if reply.status in {401, 407}:
        return Problem.NEEDS_LOGIN
    if reply.status == 429:
        return Problem.SPENT
    return Problem.NONE if 200 <= reply.status < 300 else Problem.REFUSED


def nothing(problem: Problem = Problem.NONE) -> Found:
    """Return that nothing was found, and why."""
    return Found(problem=problem)


def items(value: object) -> list[dict[str, object]]:
    """Return the records of a list; whatever else is in it is passed over."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def record(value: object) -> dict[str, object]:
    """Return a record; an empty one for whatever is none."""
    return value if isinstance(value, dict) else {}


def text(value: object) -> str:
    """Return a text; nothing for whatever is none."""
    return value if isinstance(value, str) else ""


def number(value: object) -> int:
    """Return a number that is written as one or as text; 0 for whatever is none, or too long."""
    if isinstance(value, bool):
        return 0
    if isinstance(value, int):
        return value if 0 < value < 1 << 63 else 0
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,18}", value):
        return int(value)
    return 0


def time_of(value: object) -> datetime | None:
    """Return the time that archives write as fourteen digits (UTC)."""
    written = text(value)
    if not _TIME.fullmatch(written):
        return None
    try:
        return datetime.strptime(written, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
