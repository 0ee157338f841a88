"""Files that are ready: in memory, under dull names, and saved where the person wants."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from starlette.responses import Response

from stillmine.messages.pages_papers import READY
from stillmine.web.paths import address
from stillmine.web.shelf import Held
from stillmine.web.showing import page, size
from stillmine.web.visit import Visit


@dataclass(frozen=True, slots=True)
class ReadyFile:
    """A file that can be saved: its name, its size in words, and its address."""

    name: str
    size: str
    to: str


def dull_name(ending: str) -> Path:
    """Return a name for a file from which nobody can tell what it is: the day, and its ending."""
    return Path(f"notes-{datetime.now().astimezone():%Y-%m-%d}.{ending}")


@contextmanager
def delivering(visit: Visit) -> Iterator[Held]:
    """Give a place on the shelf that takes files in; where none came, nothing is kept of it."""
    held = visit.door.shelf.hold()
    try:
        yield held
    finally:
        if not held.delivery.files:
            visit.door.shelf.drop(held.name)


def files_on(held: Held) -> list[ReadyFile]:
    """Return the files of a place on the shelf, named so that others can not tell what they are.

    Only the first keeps the name that we gave it; the others may bear one of a stranger.
    """
    files = held.delivery.files
    first = Path(files[0].name).stem if files else ""
    for number, each in enumerate(files):
        ending = Path(each.name).suffix
        again = any(Path(other.name).suffix == ending for other in files[:number])
        files[number] = replace(each, name=f"{first}-{number}{ending}" if again else first + ending)
    return [
        ReadyFile(each.name, size(each.size), address("file", files=held.name, number=number))
        for number, each in enumerate(files)
    ]


def ready(visit: Visit, held: Held, *, back: str, not_drawn: bool = False) -> Response:
    """Return the page from which files are saved; `back` is where it leads back to."""
    facts: dict[str, Any] = {"files": files_on(held), "back": back, "not_drawn": not_drawn}
    return page(visit, "ready.html", words=READY, **facts)
