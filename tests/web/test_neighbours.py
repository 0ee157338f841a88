"""Another account of the same computer, with everything that it would need, is not let in."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from stillmine.web import neighbours
from stillmine.web.neighbours import is_of_another_account, owner_of
from tests.web.server import OURS, TYPED, Visitor

_NOBODY = 65534
_SAY = 'exec 3<>"/dev/tcp/127.0.0.1/$0"; printf "%b" "$1" >&3; cat <&3'
_HEAD = (
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout\n"
)
_TABLES_ARE_THERE = Path("/proc/net/tcp").exists()
linux = pytest.mark.skipif(not _TABLES_ARE_THERE, reason="only Linux says whose a connection is")


def asked_by(account: int, visitor: Visitor, path: str, cookie: str = "") -> str:
    """Ask for a page as another account, in another process, with bash alone."""
    more = TYPED if path.startswith("/o/") else OURS
    lines = [f"GET {path} HTTP/1.1", f"host: {visitor.host}", "connection: close"]
    lines += [f"{name}: {value}" for name, value in more.items()]
    lines += [f"cookie: {cookie}"] if cookie else []
    said = "\\r\\n".join([*lines, "", ""])
    done = subprocess.run(
        ["bash", "-c", _SAY, str(visitor.port), said],
        user=account,
        cwd="/",
        env={"PATH": os.defpath},
        capture_output=True,
        check=False,
        timeout=60,
    )
    return done.stdout.decode()


@linux
@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can be others")
def test_another_account_gets_nothing_even_with_the_key_and_the_cookie(opens):
    visitor = opens()
    assert asked_by(_NOBODY, visitor, visitor.opening) == ""
    visitor.comes_in()  # so the key was not used up
    assert asked_by(_NOBODY, visitor, "/n/", visitor.cookie) == ""
    ours = asked_by(os.getuid(), visitor, "/n/", visitor.cookie)
    assert ours.startswith("HTTP/1.1 200"), "the same words from one's own account"


@linux
def test_the_system_says_whose_a_connection_is():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()),
    ):
        taken, peer = server.accept()
        with taken:
            assert owner_of(peer, taken.getsockname()) == str(os.getuid())
            assert not is_of_another_account(peer, taken.getsockname())


@linux
def test_an_address_of_version_4_inside_one_of_version_6_is_the_same_place():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(20)
        port = server.getsockname()[1]
        command = ["bash", "-c", 'exec 3<>"/dev/tcp/::ffff:127.0.0.1/$0" && read', str(port)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as client:
            try:
                taken, peer = server.accept()
            except TimeoutError:
                pytest.skip("this system has no addresses of version 6")
            with taken:
                assert owner_of(peer, taken.getsockname()) == str(os.getuid())
            client.communicate(b"\n")


def row(local: str, remote: str, owner: int) -> str:
    return f"   0: {local} {remote} 01 00000000:00000000 00:00000000 00000000 {owner:5} 0 1\n"


@pytest.fixture
def table(tmp_path):
    def write(*rows):
        path = tmp_path / "tcp"
        path.write_text("".join((_HEAD, *rows)), encoding="utf-8")
        return (path, tmp_path / "none")

    return write


CLIENT, SERVER = ("127.0.0.1", 0x1234), ("127.0.0.1", 0x5678)
HOST = "0100007F" if sys.byteorder == "little" else "7F000001"
THEIRS, OURS_WRITTEN = f"{HOST}:1234", f"{HOST}:5678"


def test_where_the_system_does_not_say_nobody_is_turned_away(table, monkeypatch):
    assert owner_of(CLIENT, SERVER, table()) is None
    assert owner_of(CLIENT, SERVER, (Path("/nowhere"),)) is None
    assert owner_of(CLIENT, SERVER, table("no row\n", "\xff\n")) is None
    monkeypatch.setattr(neighbours, "_TABLES", ())
    assert not is_of_another_account(CLIENT, SERVER)


def test_where_it_knows_our_end_and_not_the_other_nobody_is_let_in(table):
    half = table(row(OURS_WRITTEN, THEIRS, 1000))
    assert owner_of(CLIENT, SERVER, half) == ""


def test_the_other_end_counts_and_not_ours(table):
    both = table(row(OURS_WRITTEN, THEIRS, 1000), row(THEIRS, OURS_WRITTEN, 1001))
    assert owner_of(CLIENT, SERVER, both) == "1001"
    another_port = table(row(THEIRS, f"{HOST}:5679", 1001))
    assert owner_of(CLIENT, SERVER, another_port) is None


@pytest.mark.parametrize(("owner", "turned_away"), [("0", False), ("", True), ("12345678", True)])
def test_only_root_and_one_s_own_account_are_let_in(monkeypatch, owner, turned_away):
    monkeypatch.setattr(neighbours, "owner_of", lambda *_: owner)
    assert is_of_another_account(CLIENT, SERVER) == turned_away
