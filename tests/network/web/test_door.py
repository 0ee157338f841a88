"""The door for the browser lets out what the guard lets out, and nobody in who has not its word."""

from __future__ import annotations

import socket
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
import urllib3

from stillmine.app.network import Permit
from stillmine.app.network.web import Door, open_door
from tests.network.web.conftest import ANY, leading
from tests.servers.process import eventually
from tests.servers.sites import Authority, Request, Site

NewSite = Callable[..., Site]


@pytest.fixture
def door() -> Iterator[Door]:
    with open_door(ANY) as opened:
        yield opened


def login(door: Door) -> str:
    return "Basic " + b64encode(f"{door.user}:{door.password}".encode()).decode()


def through(door: Door, authority: Authority | None = None) -> urllib3.ProxyManager:
    return urllib3.ProxyManager(
        door.url,
        proxy_headers={"proxy-authorization": login(door)},
        ca_certs=str(authority.file) if authority else None,
        retries=False,
    )


def said(door: Door, wire: str, more: bytes = b"") -> bytes:
    """Say something to the door and return all it answers until it hangs up."""
    with socket.create_connection(("127.0.0.1", door.port), timeout=20) as line:
        line.sendall(wire.replace("\n", "\r\n").encode() + more)
        held = b""
        while piece := line.recv(65536):
            held += piece
    return held


def test_a_page_and_an_encrypted_page_pass(
    door: Door, authority: Authority, new_site: NewSite
) -> None:
    plain, https = new_site(), new_site(https=True)
    web = through(door, authority)
    assert web.request("GET", plain.says("/a?b", b"Hello")).data == b"Hello"
    assert web.request("GET", https.says("/", b"Secret")).data == b"Secret"
    assert [answer.host for answer in door.answers] == ["localhost", "localhost"]
    assert {answer.chosen for answer in door.answers} == {"127.0.0.1"}
    assert door.refused == ()
    assert door.passed > len(b"HelloSecret")


def test_a_form_that_is_sent_passes_whole(door: Door, new_site: NewSite) -> None:
    site = new_site()
    body = bytes(range(256)) * 4000
    assert through(door).request("POST", site.says("/"), body=body).status == 200
    assert site.asked[0].body == body


def test_the_site_does_not_see_that_there_is_a_door(door: Door, new_site: NewSite) -> None:
    site = new_site()
    through(door).request("GET", site.says("/"), headers={"X-Own": "1", "Cookie": "a=b"})
    headers = site.asked[0].headers
    assert headers["host"] == site.place
    assert (headers["x-own"], headers["cookie"]) == ("1", "a=b")
    assert not any("proxy" in name or name == "via" for name in headers)
    assert door.password.encode() not in site.asked[0].wire


@pytest.mark.parametrize("word", ["", "Basic eDp5", "Bearer x", "Basic"])
def test_another_program_of_this_computer_is_not_let_through(
    word: str, door: Door, new_site: NewSite
) -> None:
    site = new_site()
    for first in (f"GET {site.url()} HTTP/1.1", f"CONNECT {site.place} HTTP/1.1"):
        answer = said(door, f"{first}\nProxy-Authorization: {word}\n\n")
        assert answer.startswith(b"HTTP/1.1 407 ")
        assert b"Proxy-Authenticate: Basic" in answer
    assert site.asked == []
    assert door.answers == ()


def test_each_door_has_another_word() -> None:
    with open_door(ANY) as first, open_door(ANY) as second:
        assert first.password != second.password
        assert len(first.password) >= 32


@pytest.mark.parametrize(
    "goal",
    ["127.0.0.1:80", "localhost:631", "192.168.1.1:443", "[::1]:443", "169.254.169.254:80",
     "100.64.0.1:443", "[::ffff:10.0.0.1]:443", "2130706433:443", "0x7f.1:80", "router:80",
     "example.org:25"],
)  # fmt: skip
def test_a_page_cannot_reach_the_router_or_this_computer(
    goal: str, door: Door, new_site: NewSite
) -> None:
    inside = leading("192.168.1.1")
    with open_door(ANY, names=inside) as opened:
        for first in (f"CONNECT {goal} HTTP/1.1", f"GET http://{goal}/ HTTP/1.1"):
            answer = said(opened, f"{first}\nProxy-Authorization: {login(opened)}\n\n")
            assert answer.startswith(b"HTTP/1.1 403 ")
        assert [each.code for each in opened.refused] == ["network.address-refused"] * 2
        assert all(each.reason for each in opened.refused)


def test_a_name_that_changes_its_mind_is_looked_at_at_each_connection(new_site: NewSite) -> None:
    site = new_site("leak.test")
    site.says("/", b"Hello")
    answers = iter(["127.0.0.1", "10.0.0.1"])
    with open_door(ANY, names=lambda host: ((next(answers),), host)) as opened:
        web = through(opened)
        assert web.request("GET", f"http://{site.place}/").data == b"Hello"
        assert web.request("GET", f"http://{site.place}/").status == 403
        assert [answer.addresses for answer in opened.answers] == [("127.0.0.1",)]
        assert [(each.reason, each.address) for each in opened.refused] == [("private", "10.0.0.1")]


def test_only_what_the_person_agreed_to_passes(new_site: NewSite) -> None:
    site, other = new_site(), new_site()
    with open_door(Permit.for_host("test.page", site.url())) as opened:
        web = through(opened)
        assert web.request("GET", site.says("/", b"Hello")).data == b"Hello"
        assert web.request("GET", other.url()).status == 403
        assert opened.refused[0].code == "network.nothing-may-leave"
    assert other.asked == []


@pytest.mark.parametrize(
    "wire",
    [
        "GET / HTTP/1.1\nHost: localhost\n\n",
        "GET https://localhost/ HTTP/1.1\n\n",
        "GET ftp://localhost/ HTTP/1.1\n\n",
        "CONNECT localhost:80 extra HTTP/1.1\n\n",
        "GET http://localhost/ HTTP/2.0\n\n",
        "\n\n",
        "G\x01T http://localhost/ HTTP/1.1\n\n",
        "GET http://localhost/ HTTP/1.1\nno colon\n\n",
        "GET http://localhost/ HTTP/1.1\nA: b\n c\n\n",
        "GET http://localhost/ HTTP/1.1\nContent-Length: 5\nContent-Length: 6\n\n",
        "GET http://localhost/ HTTP/1.1\nTransfer-Encoding: chunked\n\n",
        "GET http://localhost/ HTTP/1.1\nContent-Length: x\n\n",
        "GET http://localhost/ HTTP/1.1\nX: " + "a" * 200_000 + "\n\n",
        "\x16\x03\x01" + "a" * 200_000,
    ],
)
def test_what_is_no_question_to_a_proxy_gets_none_of_its_work(wire: str, door: Door) -> None:
    with suppress(ConnectionError):  # it hung up while we were still talking
        assert said(door, wire).startswith(b"HTTP/1.1 400 ")
    assert door.answers == ()


def test_a_second_question_cannot_be_slipped_in_behind_the_first(
    door: Door, new_site: NewSite
) -> None:
    site = new_site()
    url = site.says("/", b"Hello")
    second = f"GET http://10.0.0.1/ HTTP/1.1\r\nProxy-Authorization: {login(door)}\r\n\r\n"
    first = f"POST {url} HTTP/1.1\nProxy-Authorization: {login(door)}\nContent-Length: 3\n\n"
    answer = said(door, first, b"abc" + second.encode())
    assert answer.endswith(b"Hello")
    assert [asked.body for asked in site.asked] == [b"abc"]
    assert b"10.0.0.1" not in site.asked[0].wire


def test_no_more_bytes_pass_than_were_allowed(new_site: NewSite) -> None:
    site, told = new_site(), []
    url = site.says("/", b"x" * (8 << 20))
    with open_door(ANY, limit_bytes=1 << 20, on_full=lambda: told.append(1)) as opened:
        wire = f"GET {url} HTTP/1.1\nProxy-Authorization: {login(opened)}\n\n"
        assert len(said(opened, wire)) <= 1 << 20
        assert said(opened, wire).startswith(b"HTTP/1.1 502 ")
        assert opened.refused[-1].reason == "too-much"
    assert told == [1]


def test_no_more_lines_are_open_than_were_allowed(new_site: NewSite, stop: threading.Event) -> None:
    site = new_site()

    def wait(_line: socket.socket, _asked: Request) -> None:
        stop.wait(20)

    url = site.does("/", wait)
    with open_door(ANY, most_lines=2) as opened:
        wire = f"GET {url} HTTP/1.1\r\nProxy-Authorization: {login(opened)}\r\n\r\n".encode()
        held = [socket.create_connection(("127.0.0.1", opened.port)) for _ in range(2)]
        for line in held:
            line.sendall(wire)
        eventually(lambda: len(site.asked) == 2)
        assert said(opened, "").startswith(b"HTTP/1.1 503 ")
        for line in held:
            line.close()


def test_a_closed_door_cuts_what_went_through_it(new_site: NewSite, stop: threading.Event) -> None:
    site = new_site()

    def wait(line: socket.socket, _asked: Request) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        stop.wait(20)

    url = site.does("/", wait)
    with open_door(ANY) as opened:
        line = socket.create_connection(("127.0.0.1", opened.port), timeout=20)
        line.sendall(f"GET {url} HTTP/1.1\r\nProxy-Authorization: {login(opened)}\r\n\r\n".encode())
        assert line.recv(100).startswith(b"HTTP/1.1 200")
    with line:
        assert line.recv(100) == b""
    with pytest.raises(OSError, match=r"."):
        socket.create_connection(("127.0.0.1", opened.port), timeout=20)


def test_a_closed_door_hangs_up_on_the_site_too(new_site: NewSite) -> None:
    site, over = new_site(), threading.Event()

    def wait(line: socket.socket, _asked: Request) -> None:
        if line.recv(1) == b"":
            over.set()

    url = site.does("/", wait)
    with open_door(ANY) as opened:
        line = socket.create_connection(("127.0.0.1", opened.port), timeout=20)
        line.sendall(f"GET {url} HTTP/1.1\r\nProxy-Authorization: {login(opened)}\r\n\r\n".encode())
        eventually(lambda: len(site.asked) == 1)
    line.close()
    assert over.wait(20)


def test_a_flood_of_refusals_does_not_fill_the_memory(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stillmine.app.network.web.door._MOST_NOTED", 5)
    for _ in range(8):
        said(
            door,
            f"GET http://10.0.0.1/{'a' * 5000} HTTP/1.1\nProxy-Authorization: {login(door)}\n\n",
        )
    assert len(door.refused) == 5
    assert all(len(each.url) <= 2048 for each in door.refused)


def test_a_site_that_is_away_is_a_bad_gateway_and_is_noted(door: Door, new_site: NewSite) -> None:
    site = new_site()
    site.close()
    assert through(door).request("GET", site.url()).status == 502
    assert door.refused[0].code == "network.cannot-reach"


def test_the_door_is_open_to_this_computer_alone(door: Door) -> None:
    assert door._listening.getsockname()[0] == "127.0.0.1"
