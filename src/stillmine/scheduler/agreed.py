"""Do what the person agreed to besides looking, where the vault happens to be unlocked."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from stillmine.app import away, keyholder
from stillmine.app.actions import Action, all_actions
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.jobs import Job
from stillmine.app.unlocking import unlocked
from stillmine.errors import NoPassphrase, StillmineError
from stillmine.watch.scheduling.last_run import LastRun

_EVERY = {
    "act.recheck": timedelta(days=1),
    "keep.backup.run": timedelta(days=1),
    "keep.backup.verify": timedelta(days=7),
    "keep.verify": timedelta(days=30),
}
_SAMPLE = 50  # files of a backup that are read back, by chance


class _NoKeys:
    """Where nobody is there to be asked."""

    def passphrase(self) -> str:
        """Raise NoPassphrase."""
        raise NoPassphrase(secret="-", variable="-")

    def device_key(self) -> Path | None:
        """Return that there is none."""

    def secret(self, kind: str, question: str = "") -> str:
        """Raise NoPassphrase."""
        raise NoPassphrase(secret=kind, variable=question or "-")


def do_agreed(
    home: Home,
    job: Job,
    noted: object,
    last: LastRun,
    clock: Callable[[], datetime],
    remember: Callable[[LastRun], None],
) -> int:
    """Do what is due of it, and return the exit code of the first that did not go well, or 0.

    A locked vault is left locked and nothing is done. `noted` is what was agreed to as a locked run
    knows it; before anything is done, the vault itself is asked. To look whether it is unlocked
    does not keep it unlocked; to do something does.
    """
    if not any(_due(noted, last, clock())) or not keyholder.seems_held(home):
        return 0
    context = Context(home.root, _NoKeys(), job, now=clock)
    try:
        with unlocked(context) as vault:
            wanted = away.kept(vault, "schedule").get("also", [])
    except StillmineError:
        return 0
    worst = 0
    for name in _due(wanted, last, clock()):
        code = _do(name, home, job, clock)
        worst = worst or code
        if job.stop_asked:
            return worst
        last = last.with_finished(name, clock())
        remember(last)
    return worst


def _due(wanted: object, last: LastRun, now: datetime) -> Iterator[str]:
    names = wanted if isinstance(wanted, list) else []
    for name in names:
        every, done = _EVERY.get(name), last.finished.get(name)
        if every is not None and (done is None or not done <= now < done + every):
            yield name


def _do(name: str, home: Home, job: Job, clock: Callable[[], datetime]) -> int:
    """Do one of them, and return its exit code; the yes to sending was given for just this one."""
    importlib.import_module(f"stillmine.{name.partition('.')[0]}")
    action = next(each for each in all_actions() if each.name == name and each.repeatable)
    context = Context(home.root, _NoKeys(), job, now=clock, agreed_to_send=True)
    worst = 0
    try:
        for request in _requests(action, context):
            outcome = action.run(context, request).outcome.value
            worst = worst or outcome
    except StillmineError as problem:
        return problem.exit_code
    return worst


def _requests(action: Action, context: Context) -> Iterator[Any]:
    if action.name == "act.recheck":
        from stillmine.act.case.model import OPEN  # loaded only where it is wanted
        from stillmine.act.case.store import all_cases

        with unlocked(context) as vault:
            cases = [each.case for each in all_cases(vault) if each.state == OPEN]
        for case in cases:
            yield action.request(case=case)
    elif action.name == "keep.backup.verify":
        yield action.request(sample=_SAMPLE)
    else:
        yield action.request()
