"""Refuse every address that is not out on the internet: no page may lead us into a private network.

The lists are IANA's special-purpose address registries (RFC 6890 and its updates), read strictly:
what is not plainly a public host is refused, and so are the forms that wrap one address in another.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from stillmine.errors import AddressRefused

ALLOW = "STILLMINE_ALLOW_LOOPBACK"
"""Exact `host:port` pairs, with commas between, that may lead to this computer's loopback."""

_FOUR = tuple(
    (IPv4Network(network), why)
    for network, why in (
        ("0.0.0.0/8", "this-network"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "carrier"),  # RFC 6598: what carriers put many homes behind
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),  # also where clouds hand out their secrets
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "protocol"),
        ("192.0.2.0/24", "documentation"),
        ("192.88.99.0/24", "6to4"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "benchmark"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
_SIX = tuple(
    (IPv6Network(network), why)
    for network, why in (
        ("::/128", "this-network"),
        ("::1/128", "loopback"),
        ("::ffff:0:0/96", "mapped"),
        ("::/96", "wrapped"),  # IPv4-compatible, RFC 4291
        ("64:ff9b::/96", "nat64"),
        ("64:ff9b:1::/48", "nat64"),
        ("2001::/32", "teredo"),
        ("2001::/23", "protocol"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"),
        ("3fff::/20", "documentation"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "private"),
        ("ff00::/8", "multicast"),
    )
)
_AT_HOME = frozenset({"loopback", "private"})
_PUBLIC_SIX = IPv6Network("2000::/3")
_INSIDE = (  # names that only mean something inside one network
    "localhost", "local", "internal", "intranet", "private", "corp", "home", "lan", "localdomain",
    "arpa",
)  # fmt: skip
# The ports that browsers refuse (WHATWG Fetch, "bad port") above the well-known ones.
_OTHER_SERVICES = frozenset(
    {1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6679, 6697, 10080}
    | set(range(6665, 6670))
)
_WEB_BELOW_1024 = frozenset({80, 81, 82, 88, 280, 443, 488, 591, 593, 777, 832, 981})


def why_not(address: str) -> str | None:
    """Return why an IP address is not out on the internet, or None where it is."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "no-address"
    if isinstance(parsed, IPv6Address):
        return _why_not_six(parsed)
    return _first(_FOUR, parsed) or (None if parsed.is_global else "reserved")


def require_outside(host: str, port: int, address: str, *, at_home: bool = False) -> None:
    """Raise AddressRefused unless `address`, which `host` leads to, is out on the internet.

    Loopback alone passes where the environment names this host and port. With `at_home` the
    person runs it and typed its address: it may be on this computer, or in their own network.
    """
    why = why_not(address)
    if why is None or (why == "loopback" and is_allowed(host, port)):
        return
    if at_home and why in _AT_HOME:
        return
    raise AddressRefused(host=host, address=address, reason=why)


def require_web_port(host: str, port: int) -> None:
    """Raise AddressRefused for ports where no web server listens, but mail or a printer might."""
    known = port >= 1024 and port not in _OTHER_SERVICES
    if not (known or port in _WEB_BELOW_1024 or is_allowed(host, port)):
        raise AddressRefused(host=host, reason="port", port=port)


def require_public_name(host: str, port: int) -> None:
    """Raise AddressRefused for a name or number that a proxy could take for its own network.

    A proxy asks the name servers itself, so that the address cannot be looked at here.
    """
    if is_allowed(host, port):
        return
    if ":" in host or host.replace(".", "").isdigit():
        require_outside(host, port, host)
    elif "." not in host or host.rpartition(".")[2] in _INSIDE:
        raise AddressRefused(host=host, reason="inside")


def is_inside(host: str) -> bool:
    """Say whether a name or number only means something on this computer or in one network."""
    if ":" in host or host.replace(".", "").isdigit():
        return why_not(host) in _AT_HOME
    return "." not in host or host.rpartition(".")[2] in _INSIDE


def is_allowed(host: str, port: int, environment: Mapping[str, str] = os.environ) -> bool:
    """Say whether the environment names just this host and port as this computer's own."""
    place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return place in {part.strip() for part in environment.get(ALLOW, "").split(",")}


def _why_not_six(address: IPv6Address) -> str | None:
    why = _first(_SIX, address)
    if why or address not in _PUBLIC_SIX:
        return why or "reserved"
    # RFC 5214: the last 64 bits of ISATAP hold an IPv4 address, most often a private one.
    if int(address) >> 32 & 0xFCFFFFFF == 0x00005EFE:
        return "wrapped"
    return None if address.is_global else "reserved"


def _first(
    networks: tuple[tuple[IPv4Network, str], ...] | tuple[tuple[IPv6Network, str], ...],
    address: IPv4Address | IPv6Address,
) -> str | None:
    return next((why for network, why in networks if address in network), None)
