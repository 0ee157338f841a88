"""Somebody with a vault who signs up with services, and the calls that they make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from stillmine.watch.enrolling import commands, noting
from stillmine.watch.enrolling.commands import ListAnswer, ListRequest, ShowAnswer, ShowRequest
from stillmine.watch.enrolling.noting import ForgetRequest, NoteAnswer, NoteRequest
from stillmine.watch.enrolling.showing import Service
from tests.keep.conftest import Person, _quick, newcomer
from tests.watch.watching import Watcher

__all__ = ["_quick", "newcomer"]


@dataclass
class Enroller(Watcher):
    """A person who says no to the question before all, unless told otherwise."""

    def lists(self, **more: Any) -> ListAnswer:
        return commands.list_(self.context, ListRequest(**more))

    def shows(self, service: str, **more: Any) -> ShowAnswer:
        return commands.show(self.context, ShowRequest(service, **more))

    def notes(self, service: str, state: Any, **more: Any) -> NoteAnswer:
        return noting.note(self.context, NoteRequest(service, state, **more))

    def forgets(self, service: str, which: str = "") -> Any:
        return noting.forget(self.context, ForgetRequest(service, which))

    def waits(self, **time: float) -> None:
        self.clock += timedelta(**time)

    def service(self, name: str) -> Service:
        return next(each for each in self.lists().services if each.service == name)


@pytest.fixture
def reader(newcomer: Person) -> Enroller:
    """Bring somebody who has no vault."""
    return Enroller(newcomer.folder)


@pytest.fixture
def enroller(newcomer: Person) -> Enroller:
    enroller = Enroller(newcomer.folder)
    enroller.sets_up()
    return enroller


def day(at: datetime | None) -> str:
    return at.date().isoformat() if at else ""
