"""The list of all ways in which a system starts programs, and which one this computer has."""

from __future__ import annotations

from stillmine.errors import NoTimer
from stillmine.watch.scheduling.cron import Cron
from stillmine.watch.scheduling.launchd import Launchd
from stillmine.watch.scheduling.start import System
from stillmine.watch.scheduling.systemd import Systemd
from stillmine.watch.scheduling.task_scheduler import TaskScheduler

SYSTEMS: tuple[System, ...] = (Systemd(), Launchd(), TaskScheduler(), Cron())
"""In the order of preference: cron last, because it is there beside others."""


def chosen_system(name: str | None) -> System:
    """Return the way of this name, or the first one that this computer has. Raise NoTimer."""
    if name is not None:
        return next(each for each in SYSTEMS if each.name == name)
    for each in SYSTEMS:
        if each.is_here():
            return each
    raise NoTimer(system=", ".join(each.name for each in SYSTEMS), said="-")


def systems_with(name: str) -> tuple[System, ...]:
    """Return the ways in which something of this name is scheduled now."""
    return tuple(each for each in SYSTEMS if each.has(name))
