"""What a look has in hand at a moment, and what it has done so far."""

from __future__ import annotations

import queue
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from stillmine.app.jobs import Job
from stillmine.app.storage.looks import Looks, Step, Task, Validated
from stillmine.errors import VaultDamaged
from stillmine.watch.looking.asking import ReadPage, ReadPicture
from stillmine.watch.looking.bodies import AskBody, PictureBody
from stillmine.watch.looking.bounds import Asker, Bounds, Pulse
from stillmine.watch.looking.crew import Crew, Done
from stillmine.watch.looking.finding import Finding
from stillmine.watch.looking.hosts import Hosts
from stillmine.watch.looking.noting import Notes
from stillmine.watch.looking.rules import Rules
from stillmine.watch.looking.seeing import Eye
from stillmine.watch.looking.showing import Showing
from stillmine.watch.places.kind import Place

_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class Errand:
    """The rules of a site that are asked for; `at` is where they are now, after `hops` redirects.

    `place` is the first one that needs them.
    """

    origin: str
    at: str
    place: str
    hops: int = 0


@dataclass(frozen=True, slots=True)
class Under:
    """One thing that is under way: a question to a host, or a picture that is compared.

    `held` bytes of memory may be taken by it. `known` is what was sent along as known.
    """

    host: str
    errand: Errand | None = None
    task: Task | None = None
    page: AskBody | None = None
    picture: PictureBody | None = None
    known: Validated | None = None
    read: ReadPage | ReadPicture | None = None
    held: int = 0
    pause: float = 0.0

    @property
    def compares(self) -> bool:
        """Say whether it is compared here, and no question to a host."""
        return self.read is not None


@dataclass(slots=True)
class Desk:
    """Everything that the parts of one look share; only the thread that runs it touches it."""

    looks: Looks
    places: Mapping[str, Place]
    names: tuple[str, ...]
    bounds: Bounds
    pulse: Pulse
    asker: Asker
    job: Job
    eye: Eye
    notes: Notes
    showing: Showing
    hosts: Hosts
    rules: Rules
    hand_over: Callable[[Finding], None]
    done: queue.SimpleQueue[Done[Under]]
    fetchers: Crew[Under]
    comparers: Crew[Under]
    errands: dict[str, list[Errand]] = field(default_factory=dict)
    pending: set[str] = field(default_factory=set)
    held: set[int] = field(default_factory=set)
    held_bytes: int = 0
    asking: int = 0
    comparing: int = 0
    pages: int = 0
    pictures: int = 0
    findings: int = 0
    codes: dict[str, str] = field(default_factory=dict)

    def write(self, step: Step) -> None:
        """Make a step durable, with the paces that changed; wake whom it has something for."""
        step.hosts += self.hosts.rows()
        self.looks.write(step)
        for task in (*step.tasks, *step.changed):
            self.hosts.wake(task.host)
        if step.findings:
            self.findings += self.notes.hand_over(self.hand_over)

    def stored(self, read: Callable[[str], _Read], text: str) -> _Read:
        """Read what was written down. Raises VaultDamaged where it is not that any more."""
        try:
            return read(text)
        except (ValueError, KeyError, TypeError) as problem:
            self.looks.begin_anew()
            raise VaultDamaged(what="watch/looks.db") from problem

    def why(self, host: str) -> str:
        """Return the code of why a host cannot be asked now."""
        usual = "in-trouble" if self.hosts.pace(host).failures else "spent"
        return self.codes.get(host, usual)

    def give_page(self, under: Under, work: Callable[[], object]) -> None:
        """Have a host asked."""
        self._take(under)
        self.asking += 1
        self.fetchers.give(under, work)

    def give_picture(self, under: Under, work: Callable[[], object]) -> None:
        """Have something compared."""
        self._take(under)
        self.comparing += 1
        self.comparers.give(under, work)

    def let_go(self, under: Under) -> None:
        """Note that something is no longer under way."""
        self.held_bytes -= under.held
        if under.task is not None:
            self.held.discard(under.task.number)
        if under.compares:
            self.comparing -= 1
        else:
            self.asking -= 1

    def _take(self, under: Under) -> None:
        self.held_bytes += under.held
        if under.task is not None:
            self.held.add(under.task.number)
