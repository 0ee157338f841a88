"""Fixtures: each kind of server is started once, when the first test asks for it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests.counterparts import need
from tests.servers.places import Folders, JuiceFs, Moto, OpenSsh, Place, Rclone, Server, WsgiDav
from tests.servers.registries import Registry
from tests.servers.sites import Authority, Site
from tests.servers.stampers import Stamper

KINDS: dict[str, Callable[[Path], Server]] = {
    "folder": Folders,
    "s3": JuiceFs,
    "s3-conditional": Moto,
    "sftp": OpenSsh,
    "webdav": WsgiDav,
    "rclone": Rclone,
}
TINY: dict[str, Callable[[Path], Server]] = {
    "folder": lambda root: Folders(root, tiny=True),
    "s3": lambda root: JuiceFs(root, tiny=True),
    "sftp": lambda root: OpenSsh(root, tiny=True),
    "webdav": lambda root: WsgiDav(root, tiny=True),
    "rclone": lambda root: Rclone(root, tiny=True),
}


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Give the one that steers browsers: in one process there can be only one at a time."""
    need("chromium")
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Server]]:
    """Give the running server of a kind, starting it if need be."""
    running: dict[str, Server] = {}
    with contextlib.ExitStack() as stack:

        def server(kind: str) -> Server:
            if kind not in running:
                started = KINDS[kind](tmp_path_factory.mktemp("server") / kind)
                stack.callback(started.stop)
                running[kind] = started
            return running[kind]

        yield server


@pytest.fixture
def new_place(
    servers: Callable[[str], Server], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Place]:
    """Give an empty place of a kind, ready to be opened by this process."""

    def make(kind: str) -> Place:
        place = servers(kind).place()
        for name, value in place.environment.items():
            monkeypatch.setenv(name, value)
        return place

    return make


@pytest.fixture
def tiny_place(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    """Give a place of the kind in the parameter that has next to no room."""
    server = TINY[request.param](tmp_path / request.param)
    place = server.place()
    for name, value in place.environment.items():
        monkeypatch.setenv(name, value)
    yield place
    server.stop()


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Give somebody who vouches for sites; nobody trusts them unless told to."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def trusted(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """Have this process, and those it starts, trust the authority of the tests."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    return authority


@pytest.fixture
def new_site(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Site]]:
    """Start sites on loopback, which `STILLMINE_ALLOW_LOOPBACK` then names unless told not to."""
    running: list[Site] = []

    def start(
        host: str = "localhost",
        *,
        https: bool = False,
        allowed: bool = True,
        kind: type[Site] = Site,
    ) -> Site:
        site = kind(authority.vouch(host) if https else None, host)
        running.append(site)
        if allowed:
            places = os.environ.get("STILLMINE_ALLOW_LOOPBACK", "").split(",")
            monkeypatch.setenv("STILLMINE_ALLOW_LOOPBACK", ",".join([*places, site.place]))
        return site

    yield start
    for site in running:
        site.close()


@pytest.fixture
def new_stamper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Stamper]]:
    """Start time-stamp authorities of a kind, which `STILLMINE_ALLOW_LOOPBACK` then names."""
    running: list[Stamper] = []

    def start(kind: str) -> Stamper:
        stamper = Stamper(tmp_path / f"stamper-{len(running)}", kind)
        running.append(stamper)
        places = os.environ.get("STILLMINE_ALLOW_LOOPBACK", "").split(",")
        allowed = ",".join([*filter(None, places), f"127.0.0.1:{stamper.port}"])
        monkeypatch.setenv("STILLMINE_ALLOW_LOOPBACK", allowed)
        return stamper

    yield start
    for stamper in running:
        stamper.stop()


@pytest.fixture
def registry(new_site: Callable[..., Site]) -> Registry:
    """Start an RDAP server on loopback that knows nothing yet."""
    started = new_site(kind=Registry)
    assert isinstance(started, Registry)
    return started
