"""The web of leaks notes what really happened: who was asked, and whether they were heard out."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.watch.bank import new_bank
from stillmine.app.network import Permit
from stillmine.app.network.web import fetch
from tests.network.web.conftest import leading
from tests.servers.leak_web.clock import Clock
from tests.servers.leak_web.serving import LeakWeb
from tests.servers.leak_web.world import Plan
from tests.servers.process import eventually

_PERMIT = Permit("test.page", "example.org", page=True)


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LeakWeb]:
    plan = Plan(4, 8, 2, kinds=("lazy", "gzipped"))
    web = LeakWeb(plan, new_bank(None, 2, bases=1), Clock.starting(10), tmp_path)
    monkeypatch.setenv("STILLMINE_ALLOW_LOOPBACK", web.places)
    yield web
    web.close()


def _asked(web: LeakWeb, host: str, target: str, limit: int = 1 << 20) -> int:
    url = f"http://{host}:{web.port}{target}"
    return len(fetch(_PERMIT, url, limit=limit, names=leading("127.0.0.1")).body)


def test_who_reads_to_the_end_was_heard_and_who_hangs_up_was_not(web: LeakWeb) -> None:
    packed = next(site.host for site in web.world.sites if site.kind == "gzipped")
    assert _asked(web, packed, "/g/") < 1 << 20
    assert _asked(web, packed, "/g/bomb") == 1 << 20
    eventually(lambda: all(entry.ended for entry in web.log))
    eventually(lambda: web.log[0].heard)
    assert [entry.heard for entry in web.log] == [True, False]
    assert web.log[1].began - web.log[0].began > 0


def test_each_host_shows_its_own_and_strange_hosts_nothing(web: LeakWeb) -> None:
    lazy = next(site for site in web.world.sites if site.kind == "lazy")
    number = next(iter(lazy.page_of))
    at = lazy.address(number).removeprefix(lazy.origin)
    assert _asked(web, lazy.host, at) == web.world.sites[0].bank.size(number)
    with socket.create_connection(("127.0.0.1", web.port)) as line:
        line.sendall(f"GET {at} HTTP/1.1\r\nHost: other.test\r\n\r\n".encode())
        assert line.recv(100).startswith(b"HTTP/1.1 404")
    assert {entry.host for entry in web.log} == {lazy.host, "other.test"}


def test_who_calls_the_bait_is_counted(web: LeakWeb) -> None:
    assert web.bait.calls == 0
    with socket.create_connection(("127.0.0.1", web.bait.port)) as line:
        assert line.recv(1000).endswith(b"secret")
    eventually(lambda: web.bait.calls == 1)
