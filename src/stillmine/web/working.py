"""Long work: one piece after the other, beside the pages, until its answer is seen."""

from __future__ import annotations

import contextlib
import contextvars
import secrets
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import Enum

from stillmine.app.actions import Answer
from stillmine.app.jobs import Job, Progress
from stillmine.errors import StillmineError, Stopped

_MOST_KEPT = 20


class State(Enum):
    """Where a piece of work is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


Run = Callable[[Job], Answer]


@dataclass(slots=True)
class Work:
    """One piece of long work. `then` is the page that shows its answer, with its `parts`.

    `asked` is the address of the form that it was asked for with, where there is one.
    """

    name: str
    action: str
    run: Run
    then: str
    parts: Mapping[str, str]
    close: Callable[[], None]
    asked: str = ""
    state: State = State.WAITING
    progress: Progress | None = None
    answer: Answer | None = None
    error: StillmineError | None = None
    said: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    job: Job = field(default_factory=Job)

    @property
    def is_over(self) -> bool:
        """Say whether nothing more will happen."""
        return self.state not in (State.WAITING, State.RUNNING)

    def free(self) -> None:
        """Give back what it was given; once is enough."""
        with contextlib.suppress(OSError):
            self.close()

    def stop(self) -> None:
        """Ask it to stop after what it is at; what was confirmed is kept."""
        self.job.stop_asked = True


class Works:
    """All long work of this visit: one piece at a time, because a vault has one writer."""

    def __init__(self) -> None:
        """Start no thread before there is work."""
        self._pool: ThreadPoolExecutor | None = None
        self._all: dict[str, Work] = {}
        self._lock = threading.Lock()

    def start(
        self,
        action: str,
        run: Run,
        *,
        then: str,
        close: Callable[[], None] = lambda: None,
        asked: str = "",
        **parts: str,
    ) -> Work:
        """Put work in the line. `then` is the page for its answer; `{work}` in its address is this.

        `close` frees what the work was given, once nobody can go on with it; it may come twice.
        `asked` is the address of its form.
        """
        name = secrets.token_hex(8)
        work = Work(name, action, run, then, {"work": name, **parts}, close, asked)
        with self._lock:
            self._all[work.name] = work
            while len(self._all) > _MOST_KEPT and (old := self._oldest_over()) is not None:
                self._forget(old)
        self._begin(work)
        return work

    def again(self, work: Work) -> None:
        """Go on with work that stopped or failed: what was done before is not done again."""
        if work.is_over and work.state is not State.DONE:
            work.state, work.error, work.progress = State.WAITING, None, None
            self._begin(work)

    def find(self, name: str) -> Work | None:
        """Return work by its name, or None where there is none (any more)."""
        return self._all.get(name)

    def all(self) -> tuple[Work, ...]:
        """Return all work, the oldest first."""
        return tuple(self._all.values())

    def seen(self, work: Work) -> None:
        """Forget work whose answer was seen."""
        with self._lock:
            self._forget(work)

    def is_busy(self) -> bool:
        """Say whether anything runs or waits."""
        return any(not work.is_over for work in self.all())

    def stop_all(self) -> None:
        """Ask everything to stop, and forget what waits and what was answered."""
        for work in self.all():
            work.stop()
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None
        with self._lock:
            for work in self.all():
                if work.state is not State.RUNNING:
                    self._forget(work)

    def _begin(self, work: Work) -> None:
        work.job = Job(
            lambda progress: setattr(work, "progress", progress),
            announcer=lambda key, facts: work.said.append((key, facts)),
        )
        with self._lock:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(1, thread_name_prefix="work")
            # In the language in which it was asked for.
            self._pool.submit(contextvars.copy_context().run, _run, work)

    def _oldest_over(self) -> Work | None:
        return next((work for work in self._all.values() if work.is_over), None)

    def _forget(self, work: Work) -> None:
        if self._all.pop(work.name, None) is not None:
            work.free()


def _is_done(_job: Job) -> Answer:
    raise Stopped


def _run(work: Work) -> None:
    work.state = State.RUNNING
    try:
        work.job.check()
        work.answer = work.run(work.job)
        work.free()  # files may be as large as memory, and nobody goes on with what is done
        work.run = _is_done  # and what it was asked with may hold a secret
        work.state = State.DONE
    except Stopped as stopped:
        work.error, work.state = stopped, State.STOPPED
    except StillmineError as error:
        work.error, work.state = error, State.FAILED
    except Exception as error:  # noqa: BLE001  a thread has nobody else who would say it
        work.error, work.state = StillmineError(kind=type(error).__name__), State.FAILED
