"""What a server writes down of each request: when it came, what was said, what was answered."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Entry:
    """One request. `began` is taken before the answer begins, `ended` before its last byte is sent.

    Whoever waits from the end of an answer to the next request cannot seem more hasty here than it
    was, however busy the computer: what is noted comes after the request and before its answer.
    `heard` says that the answer was read to its end.
    """

    began: float
    host: str
    method: str
    target: str
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 0
    ended: float = 0.0
    sent: int = 0
    heard: bool = False
    answered: dict[str, str] = field(default_factory=dict)


def written(path: Path, entries: Iterable[Entry]) -> None:
    """Write a log, one entry a line."""
    with path.open("w", encoding="utf-8") as out:
        for entry in entries:
            out.write(json.dumps(asdict(entry)) + "\n")
