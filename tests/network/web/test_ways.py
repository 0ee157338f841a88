"""Out by a proxy or by Tor: the name goes to the proxy, and nobody here asks a name server."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from stillmine.app.network import Permit
from stillmine.app.network.web import Way, fetch, look_up, open_door, read_way, way_out
from stillmine.errors import (
    AddressHidden,
    AddressRefused,
    CannotReach,
    NotEncrypted,
    NothingMayLeave,
    ProxyTrouble,
    WrongSetting,
)
from tests.network.web.conftest import ANY, leading
from tests.servers.process import free_port
from tests.servers.sites import Authority, Site, dripping
from tests.servers.socks import Socks

NewSite = Callable[..., Site]


def nobody(host: str) -> tuple[tuple[str, ...], str]:
    pytest.fail(f"a name server was asked for {host}")


@pytest.fixture
def new_socks() -> Iterator[Callable[..., Socks]]:
    running: list[Socks] = []

    def start(goal: int, **how: object) -> Socks:
        running.append(Socks(goal, **how))  # type: ignore[arg-type]  # what the test says
        return running[-1]

    yield start
    for proxy in running:
        proxy.close()


@pytest.mark.parametrize(
    ("text", "named", "tor"),
    [
        ("", "direct", False),
        ("direct", "direct", False),
        ("tor", "tor://127.0.0.1:9050", True),
        ("tor://127.0.0.1:9150", "tor://127.0.0.1:9150", True),
        ("socks5://proxy.example", "socks5://proxy.example:1080", False),
        ("socks5h://anna:word@proxy.example:9", "socks5://proxy.example:9", False),
        ("http://proxy.example:3128/", "http://proxy.example:3128", False),
    ],
)
def test_a_way_out_is_read_and_named_without_its_password(text: str, named: str, tor: bool) -> None:
    way = read_way(text)
    assert (way.named, way.tor) == (named, tor)
    assert "word" not in repr(way)


@pytest.mark.parametrize(
    "text", ["socks4://x", "https://x", "proxy.example:1080", "http://", "http://x/path", "no"]
)
def test_a_way_out_that_is_not_understood_is_no_way_around(text: str) -> None:
    with pytest.raises(WrongSetting):
        read_way(text)


def test_the_environment_says_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    assert way_out({}).kind == "direct"
    assert way_out({"STILLMINE_PROXY": "tor"}).tor
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:1")
    assert way_out().kind == "direct"


@pytest.mark.parametrize("login", [None, ("anna", "wörd")])
def test_the_proxy_gets_the_name_and_finds_the_address(
    login: tuple[str, str] | None,
    trusted: Authority,
    new_site: NewSite,
    new_socks: Callable[..., Socks],
) -> None:
    site = new_site("leak.example", https=True, allowed=False)
    site.says("/", b"Hello")
    proxy = new_socks(site.port, login=login)
    way = Way("socks5", "127.0.0.1", proxy.port, *(login or ()))
    found = fetch(ANY, "https://leak.example:8443/", way=way, names=nobody)
    assert (found.body, found.address, found.answer) == (b"Hello", "", None)
    assert proxy.asked == [("leak.example", 8443)]


def test_the_certificate_is_checked_behind_a_proxy_too(
    new_site: NewSite, new_socks: Callable[..., Socks]
) -> None:
    site = new_site("leak.example", https=True, allowed=False)
    proxy = new_socks(site.port)
    with pytest.raises(NotEncrypted):
        fetch(ANY, "https://leak.example/", way=Way("socks5", "127.0.0.1", proxy.port))
    assert site.asked == []


def test_onion_sites_are_asked_for_through_tor_alone(
    new_site: NewSite, new_socks: Callable[..., Socks]
) -> None:
    site = new_site(allowed=False)
    site.says("/", b"Hello")
    url = f"http://{'a' * 56}.onion/"
    for way in (Way(), Way("socks5", "127.0.0.1", 9), Way("http", "127.0.0.1", 9)):
        with pytest.raises(AddressRefused) as refused:
            fetch(ANY, url, way=way, names=nobody)
        assert refused.value.facts["reason"] == "onion-without-tor"
    proxy = new_socks(site.port)
    way = Way("socks5", "127.0.0.1", proxy.port, tor=True)
    assert fetch(ANY, url, way=way, names=nobody).body == b"Hello"


def test_through_tor_each_piece_of_work_takes_a_path_of_its_own(
    new_site: NewSite, new_socks: Callable[..., Socks]
) -> None:
    site = new_site(allowed=False)
    site.says("/end", b"Hello")
    site.leads("/", "/end")
    proxy = new_socks(site.port)
    way = Way("socks5", "127.0.0.1", proxy.port, tor=True)
    for _ in range(2):
        fetch(ANY, "http://leak.example/", way=way)
    first, second, third, fourth = proxy.logins
    assert first == second
    assert third == fourth
    assert first != third


@pytest.mark.parametrize(
    "url", ["http://10.0.0.1/", "http://127.0.0.1/", "http://[::1]/", "http://router.local/",
            "http://printer/", "http://localhost/", "http://169.254.169.254/"],
)  # fmt: skip
def test_a_proxy_is_not_asked_for_a_private_place(
    url: str, new_site: NewSite, new_socks: Callable[..., Socks]
) -> None:
    site = new_site(allowed=False)
    proxy = new_socks(site.port)
    with pytest.raises(AddressRefused):
        fetch(ANY, url, way=Way("socks5", "127.0.0.1", proxy.port))
    site.leads("/", url)
    with pytest.raises(AddressRefused):
        fetch(ANY, "http://leak.example/", way=Way("socks5", "127.0.0.1", proxy.port))
    assert proxy.asked == [("leak.example", 80)]


@pytest.mark.parametrize(
    ("reply", "error"),
    [(1, ProxyTrouble), (2, CannotReach), (4, CannotReach), (5, CannotReach), (7, ProxyTrouble),
     (0xF0, CannotReach), (99, ProxyTrouble)],
)  # fmt: skip
def test_what_the_proxy_cannot_do_is_told_from_what_the_site_cannot(
    reply: int, error: type[Exception], new_socks: Callable[..., Socks]
) -> None:
    proxy = new_socks(9, reply=reply)
    with pytest.raises(error):
        fetch(ANY, "http://leak.example/", way=Way("socks5", "127.0.0.1", proxy.port))


def test_a_wrong_password_is_trouble_with_the_proxy(new_socks: Callable[..., Socks]) -> None:
    proxy = new_socks(9, login=("anna", "word"))
    for login in ((), ("anna", "wrong")):
        with pytest.raises(ProxyTrouble) as trouble:
            fetch(ANY, "http://leak.example/", way=Way("socks5", "127.0.0.1", proxy.port, *login))
        assert trouble.value.facts["reason"] == "login"


@pytest.mark.parametrize("kind", ["socks5", "http"])
def test_where_the_proxy_is_not_there_nothing_goes_around_it(kind: str, new_site: NewSite) -> None:
    site = new_site()
    way = Way(kind, "127.0.0.1", free_port())  # type: ignore[arg-type]  # both are kinds
    with pytest.raises(ProxyTrouble):
        fetch(ANY, site.url(), way=way)
    assert site.asked == []


@pytest.mark.parametrize("kind", ["socks5", "http"])
def test_a_proxy_that_says_nothing_or_nonsense_is_not_waited_for(
    kind: str, new_site: NewSite, stop: threading.Event
) -> None:
    site = new_site(allowed=False)
    way = Way(kind, "127.0.0.1", site.port)  # type: ignore[arg-type]  # both are kinds
    with pytest.raises((ProxyTrouble, CannotReach)):
        fetch(ANY, "http://leak.example/", way=way, seconds=0.5)
    site.does("leak.example:80", dripping([b"a"], stop, pause=0))
    with pytest.raises((ProxyTrouble, CannotReach)):
        fetch(ANY, "http://leak.example/", way=way, seconds=0.5)


def test_our_own_door_is_a_proxy_that_asks_for_a_password(new_site: NewSite) -> None:
    site = new_site()
    url = site.says("/", b"Hello")
    with open_door(Permit.for_page("test.page", url)) as door:
        way = read_way(f"http://{door.user}:{door.password}@127.0.0.1:{door.port}")
        assert fetch(ANY, url, way=way).body == b"Hello"
        with pytest.raises(ProxyTrouble) as trouble:
            fetch(ANY, url, way=read_way(door.url))
        assert trouble.value.facts["reason"] == "status-407"


def test_a_door_may_lead_into_tor(new_site: NewSite, new_socks: Callable[..., Socks]) -> None:
    site = new_site(allowed=False)
    site.says("/", b"Hello")
    proxy = new_socks(site.port)
    tor = Way("socks5", "127.0.0.1", proxy.port, tor=True)
    with open_door(ANY, way=tor, names=nobody) as door:
        way = read_way(f"http://{door.user}:{door.password}@127.0.0.1:{door.port}")
        assert fetch(ANY, "http://leak.example/", way=way).body == b"Hello"
        assert door.answers == ()
    assert proxy.asked == [("leak.example", 80)]


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::1111"])
def test_tor_looks_a_name_up_far_from_here(address: str, new_socks: Callable[..., Socks]) -> None:
    proxy = new_socks(9, resolves=address)
    tor = Way("socks5", "127.0.0.1", proxy.port, tor=True)
    found = look_up(ANY, "https://leak.example/", way=tor, names=nobody)
    assert (found.addresses, found.chosen) == ((address,), address)
    assert proxy.resolved == ["leak.example"]


def test_an_inside_address_is_refused_though_tor_found_it(new_socks: Callable[..., Socks]) -> None:
    proxy = new_socks(9, resolves="10.0.0.1")
    tor = Way("socks5", "127.0.0.1", proxy.port, tor=True)
    with pytest.raises(AddressRefused):
        look_up(ANY, "https://leak.example/", way=tor, names=nobody)


@pytest.mark.parametrize(
    ("url", "way"),
    [
        ("https://leak.example/", Way("socks5", "127.0.0.1", 9)),
        ("https://leak.example/", Way("http", "127.0.0.1", 9)),
        (f"http://{'a' * 56}.onion/", Way("socks5", "127.0.0.1", 9, tor=True)),
    ],
)
def test_what_a_proxy_keeps_to_itself_is_not_looked_up_around_it(url: str, way: Way) -> None:
    with pytest.raises(AddressHidden):
        look_up(ANY, url, way=way, names=nobody)


def test_a_name_is_looked_up_here_where_one_goes_straight_out() -> None:
    both = leading("10.0.0.1", "93.184.215.14")
    assert look_up(ANY, "https://leak.example/", names=both).chosen == "93.184.215.14"
    with pytest.raises(AddressRefused):
        look_up(ANY, "https://leak.example/", names=leading("10.0.0.1"))
    with pytest.raises(NothingMayLeave):
        look_up(
            Permit.for_host("t", "https://other.example/"), "https://leak.example/", names=nobody
        )
