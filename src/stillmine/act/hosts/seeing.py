"""Ask name servers, the site and the registries; each alone, so that one silence stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from stillmine.act.hosts.asking import ask_registry
from stillmine.act.hosts.registries import registry_of_address, registry_of_domain
from stillmine.app.jobs import Job
from stillmine.app.network import Permit
from stillmine.app.network.web import (
    DnsAnswer,
    Fetched,
    Location,
    fetch,
    look_up,
    registered_domain,
)
from stillmine.errors import AddressRefused, NoRegistryServer, StillmineError, Stopped
from stillmine.messages import say

ACTION = "act.host"
_SECONDS = 15.0
_OF_THE_SITE = ("site", "address")
_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A question that has no answer: `what` was asked, and why not, with what the words need."""

    what: str
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def lines(self) -> Iterator[str]:
        """Yield the lines that a person reads: what happened, and what can be done."""
        happened, then = say(self.code, self.facts)
        yield happened
        yield f"  {then}"


@dataclass(frozen=True, slots=True)
class Seen:
    """What was answered about a site, as it came; a mapping of it can be kept and read again."""

    site: str
    at: str
    headers: tuple[tuple[str, str], ...] = ()
    addresses: tuple[str, ...] = ()
    address: str = ""
    alias: str = ""
    domain: Mapping[str, Any] | None = None
    domain_source: str = ""
    network: Mapping[str, Any] | None = None
    network_source: str = ""
    skipped: tuple[Skipped, ...] = ()


@dataclass(slots=True)
class Looking:
    """One look at a site. `server` is an RDAP server to ask in place of the registries' own."""

    place: Location
    at: str
    server: str
    knock: bool
    job: Job
    skipped: list[Skipped] = field(default_factory=list)

    def seen(self) -> Seen:
        """Ask all there is to ask, one after the other."""
        place = self.place
        self.job.begin("act.looking-up-host", 4, "")
        page = self._try("site", self._knock) if self.knock else None
        found = page.answer if page else None
        names = found or self._try("address", self._look_up)
        # No registry keeps the names of onion sites (RFC 7686).
        name = None if place.host.endswith(".onion") else registered_domain(place.host)
        domain = self._try("domain", lambda: self._domain(name)) if name else None
        network = self._try("network", lambda: self._network(names.chosen)) if names else None
        return Seen(
            site=place.host,
            at=self.at,
            headers=page.headers if page else (),
            addresses=names.addresses if names else (),
            address=names.chosen if names else "",
            alias=names.canonical if names and names.canonical != place.host else "",
            domain=domain[0] if domain else None,
            domain_source=domain[1] if domain else "",
            network=network[0] if network else None,
            network_source=network[1] if network else "",
            skipped=tuple(self.skipped),
        )

    def _try(self, what: str, ask: Callable[[], _Found]) -> _Found | None:
        found: _Found | None = None
        try:
            found = ask()
        except Stopped:
            raise
        except AddressRefused as reason:
            if what in _OF_THE_SITE:
                raise  # it lies in a private network, and no registry knows it
            self._without(what, reason)
        except StillmineError as reason:
            self._without(what, reason)
        self.job.advance()
        return found

    def _without(self, what: str, reason: StillmineError) -> None:
        facts = {name: str(fact) for name, fact in reason.facts.items()}
        self.skipped.append(Skipped(what, reason.code, facts))

    def _knock(self) -> Fetched:
        # The front door and not the page: who watches the page is not told that it is looked at.
        url = f"{self.place.origin}/"
        permit = Permit.for_host(ACTION, url)
        return fetch(permit, url, method="HEAD", redirects=0, seconds=_SECONDS)

    def _look_up(self) -> DnsAnswer:
        return look_up(Permit.for_host(ACTION, self.place.url), self.place.url, seconds=_SECONDS)

    def _domain(self, name: str) -> tuple[Mapping[str, Any], str]:
        server = self.server or registry_of_domain(name)
        if not server:
            ending = name.rpartition(".")[2]
            page = f"https://www.iana.org/domains/root/db/{ending}.html"
            raise NoRegistryServer(domain=f".{ending}", page=page)
        return ask_registry(_registry, server, "domain", name)

    def _network(self, address: str) -> tuple[Mapping[str, Any], str]:
        server = self.server or registry_of_address(address)
        if not server:
            raise NoRegistryServer(domain=address, page="https://www.iana.org/numbers")
        return ask_registry(_registry, server, "ip", address)


def _registry(server: str) -> Permit:
    # A registry may send us on to the one that has the entry (RFC 7480, section 5.2).
    return Permit.for_page(ACTION, server)
