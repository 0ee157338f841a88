"""What lies at a place, laid open: to look at it, lose it, flip it, put old things back."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from stillmine.app.network.targets import Target
from tests.servers.places import Place


@contextlib.contextmanager
def _open(place: Place) -> Iterator[Target]:
    with contextlib.closing(place.open()) as target:
        yield target


def names(place: Place, prefix: str = "") -> list[str]:
    """Return the names of all that lies there."""
    with _open(place) as target:
        return sorted(entry.name for entry in target.names(prefix))


def read(place: Place, name: str) -> bytes:
    """Return what lies there under a name."""
    with _open(place) as target, target.read(name) as file:
        return file.read()


def everything(place: Place) -> dict[str, bytes]:
    """Return all that lies there."""
    with _open(place) as target:
        found = {}
        for entry in list(target.names()):
            with target.read(entry.name) as file:
                found[entry.name] = file.read()
        return found


def put(place: Place, what: dict[str, bytes]) -> None:
    """Put things there, in place of what has their names now."""
    with _open(place) as target, tempfile.TemporaryDirectory() as folder:
        for name, data in what.items():
            file = Path(folder) / "file"
            file.write_bytes(data)
            target.remove(name)
            target.put_new(name, file)


def wait_for_room(place: Place, size: int, patience: float = 30.0) -> None:
    """Wait until a place has let go of what it could not keep whole: a server may be slow in it."""
    until = time.monotonic() + patience
    with _open(place) as target:
        while (free := target.free_space()) is not None and free < size:
            if time.monotonic() > until:
                raise AssertionError(f"{free} bytes free of {size}")
            time.sleep(0.1)


def lose(place: Place, *gone: str) -> None:
    """Remove things."""
    with _open(place) as target:
        for name in gone:
            target.remove(name)


def flip(place: Place, name: str, at: int = -20) -> None:
    """Change one bit of one byte."""
    data = bytearray(read(place, name))
    data[at] ^= 1
    put(place, {name: bytes(data)})


def roll_back(place: Place, to: dict[str, bytes]) -> None:
    """Make the place what it was, as a provider does who plays back an old copy."""
    lose(place, *(set(names(place)) - to.keys()))
    put(place, to)
