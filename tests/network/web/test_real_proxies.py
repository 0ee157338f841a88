"""Out by a real SOCKS proxy: OpenSSH's own, with a name that only its far end looks up."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from stillmine.app.network.web import Way, fetch
from stillmine.errors import AddressRefused, CannotReach, NotEncrypted, ProxyTrouble
from tests.network.web.conftest import ANY
from tests.servers.places import OpenSsh, Server
from tests.servers.process import ServerProcess, free_port
from tests.servers.sites import Authority, Site
from tests.servers.tools import tool

NewSite = Callable[..., Site]


@pytest.fixture(scope="module")
def way(
    servers: Callable[[str], Server], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Way]:
    far = servers("sftp")
    assert isinstance(far, OpenSsh)
    there = far.place()
    port = free_port()
    command = [
        tool("ssh"), "-N", "-D", f"127.0.0.1:{port}", "-p", str(there.port), "-F", "none",
        "-i", str(far.root / "user"), "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes",
        "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null",
        "-o", "ExitOnForwardFailure=yes", f"{getpass.getuser()}@127.0.0.1",
    ]  # fmt: skip
    log: Path = tmp_path_factory.mktemp("ssh") / "log"
    proxy = ServerProcess(command, port, log)
    yield Way("socks5", "127.0.0.1", port)
    proxy.stop()


def nobody(host: str) -> tuple[tuple[str, ...], str]:
    pytest.fail(f"a name server was asked for {host}")


def test_a_page_comes_by_it_encrypted_or_not(
    way: Way, trusted: Authority, new_site: NewSite
) -> None:
    for https in (False, True):
        site = new_site(https=https)
        body = bytes(range(256)) * 2000
        assert fetch(ANY, site.says("/", body), way=way, names=nobody).body == body


def test_a_stranger_behind_it_is_not_believed(way: Way, new_site: NewSite) -> None:
    site = new_site(https=True)
    with pytest.raises(NotEncrypted):
        fetch(ANY, site.url(), way=way)
    assert site.asked == []


def test_nobody_behind_it_cannot_be_reached(way: Way, new_site: NewSite) -> None:
    site = new_site()
    site.close()
    with pytest.raises((CannotReach, ProxyTrouble)):
        fetch(ANY, site.url(), way=way)


def test_its_own_network_is_not_asked_for(way: Way, new_site: NewSite) -> None:
    site = new_site(allowed=False)
    for host in ("localhost", "127.0.0.1", "[::1]", "printer"):
        with pytest.raises(AddressRefused):
            fetch(ANY, f"http://{host}:{site.port}/", way=way)
    assert site.asked == []
