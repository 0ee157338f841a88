"""Name servers that say what a test wants, and the yes to any page."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from stillmine.app.network import Permit
from stillmine.app.network.web import Resolver

ANY = Permit("test.page", "example.org", page=True)


def leading(*addresses: str) -> Resolver:
    """Return a name server that gives these addresses to every name."""
    return lambda host: (addresses, host)


@pytest.fixture
def stop() -> Iterator[threading.Event]:
    """Give what ends a drip, and end it when the test is over."""
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def local() -> Callable[[str], tuple[tuple[str, ...], str]]:
    """Give a name server that leads every name to this computer."""
    return leading("127.0.0.1")
