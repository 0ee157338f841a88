"""A home, the door to it, and a visitor to the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

import stillmine.keep
from stillmine.app import keyholder, unlocking
from stillmine.app.actions import Secret
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.keep import setup
from stillmine.web.door import Door, FormKeys
from stillmine.web.routing import Page
from tests.web.server import Visitor

PHRASE = "nine quiet lamps under water"
Opens = Callable[..., Visitor]

assert stillmine.keep


@pytest.fixture(autouse=True)
def _quick_keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let a passphrase take a moment instead of a second, and keep keyholders to this test."""
    monkeypatch.setattr(unlocking, "WORK_FACTOR", 10)
    monkeypatch.setattr(setup, "WORK_FACTOR", 10)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """Return a folder for a vault that is not there yet."""
    folder = tmp_path / "home"
    yield folder
    keyholder.end(Home(folder))


@pytest.fixture
def vault(home: Path) -> Path:
    """Return the home of a vault that was set up and is locked."""
    keys = FormKeys({})
    setup.init(Context(home, keys), setup.InitRequest(Secret(PHRASE)))
    return home


@pytest.fixture
def opens(home: Path) -> Iterator[Opens]:
    """Return what serves pages, all of them or some, and gives a visitor who has the key."""
    visitors: list[Visitor] = []

    def serve(shown: Sequence[Page] = (), door: Door | None = None) -> Visitor:
        visitors.append(Visitor(door or Door(home), shown))
        return visitors[-1]

    yield serve
    for visitor in visitors:
        visitor.close()


@pytest.fixture
def visitor(opens: Opens) -> Visitor:
    """Return a visitor to all pages, who has not come in yet."""
    return opens()


@pytest.fixture
def inside(visitor: Visitor) -> Visitor:
    """Return a visitor who came in with the key."""
    return visitor.comes_in()
