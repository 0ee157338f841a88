"""What is not plainly out on the internet is not called."""

from __future__ import annotations

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillmine.app.network.web.guard import (
    ALLOW,
    is_allowed,
    require_outside,
    require_public_name,
    require_web_port,
    why_not,
)
from stillmine.errors import AddressRefused

INSIDE = {
    "0.0.0.0": "this-network",
    "0.1.2.3": "this-network",
    "10.1.2.3": "private",
    "100.64.0.1": "carrier",
    "100.127.255.254": "carrier",
    "127.0.0.1": "loopback",
    "127.8.9.10": "loopback",
    "169.254.169.254": "link-local",
    "172.16.0.1": "private",
    "172.31.255.255": "private",
    "192.0.0.8": "protocol",
    "192.0.2.7": "documentation",
    "192.88.99.1": "6to4",
    "192.168.1.1": "private",
    "198.18.0.1": "benchmark",
    "198.19.255.255": "benchmark",
    "198.51.100.9": "documentation",
    "203.0.113.9": "documentation",
    "224.0.0.251": "multicast",
    "239.255.255.250": "multicast",
    "240.0.0.1": "reserved",
    "255.255.255.255": "reserved",
    "::": "this-network",
    "::1": "loopback",
    "::7f00:1": "wrapped",
    "::ffff:8.8.8.8": "mapped",
    "::ffff:127.0.0.1": "mapped",
    "64:ff9b::7f00:1": "nat64",
    "64:ff9b::808:808": "nat64",
    "64:ff9b:1::a00:1": "nat64",
    "100::1": "reserved",
    "2001::1": "teredo",
    "2001:2::1": "protocol",
    "2001:10::1": "protocol",
    "2001:db8::1": "documentation",
    "2002:7f00:1::1": "6to4",
    "3fff::1": "documentation",
    "5f00::1": "reserved",
    "fc00::1": "private",
    "fd12:3456::1": "private",
    "fe80::1": "link-local",
    "fec0::1": "private",
    "ff02::fb": "multicast",
    "2a00:1450::5efe:a00:1": "wrapped",
    "2a00:1450::200:5efe:a00:1": "wrapped",
    "no address": "no-address",
    "fe80::1%eth0": "link-local",
}


@pytest.mark.parametrize(("address", "why"), INSIDE.items())
def test_an_address_that_is_not_public_is_refused_and_why_is_said(address: str, why: str) -> None:
    assert why_not(address) == why
    with pytest.raises(AddressRefused) as refused:
        require_outside("leak.example", 443, address)
    assert refused.value.facts["reason"] == why


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "93.184.215.14", "100.63.255.255", "100.128.0.0", "172.32.0.1", "198.20.0.1",
     "2606:4700:4700::1111", "2a00:1450:4001::200e"],
)  # fmt: skip
def test_a_public_address_passes(address: str) -> None:
    assert why_not(address) is None
    require_outside("leak.example", 443, address)


@given(st.ip_addresses())
def test_nothing_that_the_standard_library_calls_inside_passes(address: object) -> None:
    if why_not(str(address)) is None:
        parsed = ip_address(str(address))
        assert parsed.is_global
        assert not any((parsed.is_multicast, parsed.is_reserved, parsed.is_unspecified))


@given(st.ip_addresses(v=4))
def test_no_ipv4_address_passes_in_the_clothes_of_an_ipv6_address(address: object) -> None:
    number = int(ip_address(str(address)))
    for prefix in (0xFFFF << 32, 0, 0x64FF9B << 96, 0x64FF9B0001 << 80):
        dressed = ip_address(prefix | number) if prefix | number > 0xFFFFFFFF else None
        assert dressed is None or why_not(str(dressed)) is not None
    assert why_not(str(ip_address((0x2002 << 112) | (number << 80) | 1))) == "6to4"


def test_the_environment_allows_one_place_of_loopback_and_never_another_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(ALLOW, "leak.test:8443, 127.0.0.1:9000,10.0.0.1:80,carrier.test:80,[::1]:70")
    require_outside("leak.test", 8443, "127.0.0.1")
    require_outside("::1", 70, "::1")
    require_outside("127.0.0.1", 9000, "127.0.0.1")
    for host, port, address in (
        ("leak.test", 8444, "127.0.0.1"),
        ("other.test", 8443, "127.0.0.1"),
        ("leak.test", 8443, "192.168.1.1"),
        ("leak.test", 8443, "::ffff:127.0.0.1"),
        ("10.0.0.1", 80, "10.0.0.1"),
        ("carrier.test", 80, "100.64.0.1"),
    ):
        with pytest.raises(AddressRefused):
            require_outside(host, port, address)


def test_nothing_is_allowed_where_the_environment_is_silent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for said in ("", ",", "*", "*:*", "localhost", ":8080"):
        monkeypatch.setenv(ALLOW, said)
        assert not is_allowed("localhost", 8080)


@pytest.mark.parametrize(
    "host",
    ["localhost", "printer", "router.local", "db.internal", "wiki.corp", "nas.home.arpa",
     "10.0.0.1", "127.0.0.1", "::1", "fd00::1", "fritz.lan"],
)  # fmt: skip
def test_a_proxy_is_not_asked_for_what_it_could_find_in_its_own_network(host: str) -> None:
    with pytest.raises(AddressRefused):
        require_public_name(host, 443)


@pytest.mark.parametrize("host", ["example.org", "8.8.8.8", "2606:4700::1111", "xn--bcher-kva.de"])
def test_a_proxy_is_asked_for_a_public_name(host: str) -> None:
    require_public_name(host, 443)


@pytest.mark.parametrize("port", [1, 21, 22, 25, 110, 139, 445, 515, 993, 6667, 5060, 2049])
def test_ports_of_mail_and_printers_are_not_called(port: int) -> None:
    with pytest.raises(AddressRefused):
        require_web_port("example.org", port)


@pytest.mark.parametrize("port", [80, 443, 81, 8080, 8443, 3000, 65535])
def test_ports_where_sites_listen_are_called(port: int) -> None:
    require_web_port("example.org", port)
