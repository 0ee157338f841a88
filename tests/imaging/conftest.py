"""A pool of children that tests share, and real files of every format, made once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from stillmine.imaging import Decoder
from tests.imaging import samples

HOSTILE = Path(__file__).with_name("hostile_child.py")


@pytest.fixture(scope="session")
def decoder() -> Iterator[Decoder]:
    with Decoder() as decoder:
        yield decoder


@pytest.fixture(scope="session")
def files() -> dict[str, bytes]:
    """One file of each format: name to bytes."""
    made = {**samples.STILL, **samples.RAWS, **samples.VIDEOS, "pdf": samples.pdf}
    return {name: make() for name, make in made.items()}


@pytest.fixture
def hostile() -> Iterator[Callable[..., Decoder]]:
    """Start a pool whose `look` is one of the planted tasks of `hostile_child`."""
    started: list[Decoder] = []

    def start(task: str, *, seconds: float = 20, memory: int = 1024**3) -> Decoder:
        program = (sys.executable, "-I", "-B", str(HOSTILE), task)
        started.append(Decoder(workers=1, seconds=seconds, memory=memory, program=program))
        return started[-1]

    yield start
    for decoder in started:
        decoder.close()
