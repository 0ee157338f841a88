"""What holds for each test: no way out of this computer, and a home of its own."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

pytest_plugins = ["tests.servers.fixtures"]

_outside: list[str] = []


def _refuse_outside(address: Any) -> None:
    """Raise for every address that is not of this computer, and remember it."""
    if not isinstance(address, tuple):
        return
    host = str(address[0]).partition("%")[0]
    try:
        inside = ip_address(host).is_loopback
    except ValueError:
        inside = host in {"localhost", ""}
    if not inside:
        _outside.append(host)
        raise OSError(f"a test tried to reach {host}")


class _GuardedSocket(socket.socket):
    def connect(self, address: Any) -> None:
        _refuse_outside(address)
        super().connect(address)

    def connect_ex(self, address: Any) -> int:
        _refuse_outside(address)
        return super().connect_ex(address)

    def sendto(self, *arguments: Any) -> int:
        _refuse_outside(arguments[-1])
        return super().sendto(*arguments)


@pytest.fixture(scope="session", autouse=True)
def _sockets_stay_inside() -> Iterator[None]:
    """Put the guard in place of the socket class, for the whole run."""
    patch = pytest.MonkeyPatch()
    patch.setattr(socket, "socket", _GuardedSocket)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _nothing_left_this_computer() -> Iterator[None]:
    """Fail a test that tried, even if it caught the error."""
    _outside.clear()
    yield
    assert not _outside, f"a test tried to reach {_outside}"


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test empty personal folders, and no settings from outside."""
    home = tmp_path_factory.mktemp("person")
    monkeypatch.setenv("HOME", str(home))
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    for name in ("STILLMINE_HOME", "STILLMINE_PASSPHRASE_FILE", "SSH_AUTH_SOCK", "RCLONE_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    return home
