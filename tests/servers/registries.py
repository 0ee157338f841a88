"""An RDAP server on loopback, with answers that real registries gave, or that a test makes up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.servers.sites import Site

_RDAP = ("Content-Type", "application/rdap+json")


class Registry(Site):
    """A registry of domains and networks (RFC 9082): it answers /domain/NAME and /ip/ADDRESS."""

    def recorded(self, target: str, file: Path) -> None:
        """Answer with what a real registry said once."""
        self.says(target, file.read_bytes(), _RDAP)

    def has_domain(self, name: str, registrar: str, mail: str) -> None:
        """Know a domain, who registered it, and where to report abuse."""
        abuse = _entity("abuse", "", mail)
        keeper = {**_entity("registrar", registrar, ""), "entities": [abuse]}
        self.answers(f"/domain/{name}", "domain", ldhName=name, entities=[keeper])

    def has_network(self, address: str, name: str, holder: str, mail: str) -> None:
        """Know a network, whose it is, and where to report abuse."""
        owner = {**_entity("registrant", holder, ""), "entities": [_entity("abuse", "Desk", mail)]}
        self.answers(
            f"/ip/{address}",
            "ip network",
            startAddress=address,
            endAddress=address,
            name=name,
            country="NL",
            entities=[owner],
        )

    def answers(self, target: str, kind: str, **facts: Any) -> None:
        """Answer with an object of a kind."""
        self.says(target, json.dumps({"objectClassName": kind, **facts}).encode(), _RDAP)


def _entity(role: str, name: str, mail: str) -> dict[str, Any]:
    card = [["version", {}, "text", "4.0"], ["fn", {}, "text", name]]
    if mail:
        card.append(["email", {}, "text", mail])
    return {"objectClassName": "entity", "roles": [role], "vcardArray": ["vcard", card]}
