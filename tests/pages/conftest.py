"""A real browser, and people who open the pages in it: with a vault and without one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Playwright

from stillmine.app import keyholder, unlocking
from stillmine.app.actions import Secret
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.imaging import drawn
from stillmine.keep import add, setup
from stillmine.web.door import FormKeys
from tests.counterparts import need
from tests.pages import furnishing
from tests.pages.browsing import Person, settle
from tests.pages.furnishing import PHRASE

__all__ = ["PHRASE"]

FOREIGN = "another-site.example"
"""A name that the browser takes for this computer, as if its owner had turned it there."""
_ARGS = ["--no-sandbox", f"--host-resolver-rules=MAP {FOREIGN} 127.0.0.1"]
# Playwright turns this off; a person's browser has it on, and Back is to be tested as they meet it.
_ON_AGAIN = ["--disable-back-forward-cache"]
Opens = Callable[..., Person]


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Start the browser once; it runs without its sandbox, because CI is root."""
    need("axe")
    started = playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=_ARGS, ignore_default_args=_ON_AGAIN
    )
    yield started
    started.close()


@pytest.fixture(autouse=True)
def _clicks_arrive(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a click return when the page that it leads to is there."""
    click = Locator.click

    def and_arrive(self: Locator, **more: Any) -> None:
        click(self, **more)
        settle(self.page)

    monkeypatch.setattr(Locator, "click", and_arrive)


@pytest.fixture(autouse=True)
def _quick_keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let a passphrase take a moment instead of a second, and keep keyholders to this test."""
    monkeypatch.setattr(unlocking, "WORK_FACTOR", 10)
    monkeypatch.setattr(setup, "WORK_FACTOR", 10)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Set up a vault with three drawn pictures once; each test gets a copy."""
    folder = tmp_path_factory.mktemp("prepared")
    patch = pytest.MonkeyPatch()
    for module in (unlocking, setup):
        patch.setattr(module, "WORK_FACTOR", 10)
    patch.setenv("XDG_RUNTIME_DIR", str(folder))
    home = folder / "home"
    context = Context(home, FormKeys({"passphrase": Secret(PHRASE)}))
    setup.init(context, setup.InitRequest(Secret(PHRASE)))
    pictures = folder / "pictures"
    pictures.mkdir()
    for number in range(3):
        name = f"picture {number}.jpg"
        (pictures / name).write_bytes(drawn.draw(number + 1, size=(320, 240)))
    add.add(context, add.AddRequest((pictures,), label="By the lake"))
    patch.undo()
    return home


@pytest.fixture
def opens(browser: Browser, tmp_path: Path) -> Iterator[Opens]:
    """Return what opens the pages of a home in the browser; everything is closed at the end."""
    people: list[Person] = []

    def open_pages(home: Path | None = None, **more: Any) -> Person:
        people.append(Person(browser, home or tmp_path / "home", **more))
        return people[-1].comes_in()

    yield open_pages
    for person in people:
        person.closes()
        keyholder.end(Home(person.door.home))


@pytest.fixture
def newcomer(opens: Opens) -> Person:
    """Bring somebody who has no vault yet."""
    return opens()


@pytest.fixture
def vault(prepared: Path, tmp_path: Path) -> Path:
    """Return the home of a vault with three pictures, locked."""
    home = tmp_path / "home"
    shutil.copytree(prepared, home, symlinks=True)
    return home


@pytest.fixture
def resident(opens: Opens, vault: Path) -> Person:
    """Bring somebody whose vault holds three pictures and is unlocked."""
    person = opens(vault)
    person.door.unlock(Secret(PHRASE))
    return person


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a vault with something of everything once; each test gets a copy."""
    return furnishing.furnish(tmp_path_factory.mktemp("furnished"))


@pytest.fixture
def house(furnished: Path, tmp_path: Path) -> Path:
    """Return the home of a vault with something of everything, locked."""
    home = tmp_path / "home"
    shutil.copytree(furnished, home, symlinks=True)
    return home


@pytest.fixture
def owner(opens: Opens, house: Path) -> Person:
    """Bring somebody whose vault has something of everything and is unlocked."""
    person = opens(house)
    person.door.unlock(Secret(PHRASE))
    return person


@pytest.fixture
def full() -> bool:
    """Say whether each page is judged in every look (STILLMINE_EVERY_LOOK=1), or in two."""
    return os.environ.get("STILLMINE_EVERY_LOOK") == "1"
