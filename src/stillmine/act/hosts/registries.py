"""Which registry answers for a domain or an address, by IANA's lists that came with us (RFC 9224).

The lists are IANA's own files, unchanged (https://data.iana.org/rdap/), each with the day of its
publication. IANA places its registries in the public domain (CC0).
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from ipaddress import ip_address, ip_network
from typing import Any


def registry_of_domain(domain: str) -> str | None:
    """Return the address of the RDAP server for a domain, or None where its registry has none."""
    services = _services("dns")
    labels = domain.split(".")
    for start in range(len(labels)):  # the longest match counts (RFC 9224, section 4)
        if found := services.get(".".join(labels[start:])):
            return found
    return None


def registry_of_address(address: str) -> str | None:
    """Return the address of the RDAP server for an IP address, or None."""
    wanted = ip_address(address)
    found = [
        (network.prefixlen, url)
        for text, url in _services(f"ipv{wanted.version}").items()
        if wanted in (network := ip_network(text))
    ]
    return max(found)[1] if found else None


def published(kind: str) -> str:
    """Return the day on which IANA published a list: `dns`, `ipv4` or `ipv6`."""
    return str(_file(kind)["publication"])[:10]


@cache
def _services(kind: str) -> dict[str, str]:
    return {
        entry.lower(): urls[0]
        for entries, servers in _file(kind)["services"]
        # Only encrypted servers (RFC 7481): who asks is nobody else's business.
        if (urls := [url for url in servers if url.startswith("https://")])
        for entry in entries
    }


@cache
def _file(kind: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((files(__package__) / "iana" / f"{kind}.json").read_bytes())
    return found
