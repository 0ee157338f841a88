"""Whom to ask about a site: who can do most first, and what each of them can do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from stillmine.act.hosts.fronts import Front
from stillmine.act.hosts.record import DomainRecord, NetworkRecord, Party
from stillmine.act.hosts.reports import report_pages
from stillmine.messages import translate
from stillmine.messages import web as words

_USUAL_MAILBOX = "https://www.rfc-editor.org/rfc/rfc2142"


@dataclass(frozen=True, slots=True)
class Ask:
    """Somebody to write to. `part` is front, host, registrar or site.

    `confirmed` says that a registry names these ways; else they are only what is usual.
    """

    part: str
    name: str
    mails: tuple[str, ...]
    pages: tuple[str, ...]
    phones: tuple[str, ...]
    confirmed: bool
    source: str

    @property
    def lines(self) -> Iterator[str]:
        """Yield the lines that a person reads."""
        ways = ", ".join((*self.pages, *self.mails, *self.phones)) or translate(words.NO_WAY)
        yield f"{self.name or '?'}: {ways}"
        yield "  " + translate(words.WHAT_TO_ASK[self.part])
        if not self.confirmed:
            yield "  " + translate(words.NOT_CONFIRMED)


def whom_to_ask(
    domain: str | None,
    registered: DomainRecord | None,
    network: NetworkRecord | None,
    fronts: tuple[Front, ...],
) -> tuple[Ask, ...]:
    """Return whom to write to.

    Where somebody stands before the site, the network is theirs and not the host's: they are
    asked who the host is. Where no registry names a way, RFC 2142 says which mailbox is usual.
    """
    asks: list[Ask] = []
    if network:
        asks.append(_ask("front" if fronts else "host", network.holder, network.source))
    if network and fronts:
        pages = report_pages(each.fact for each in fronts)
        asks[0] = replace(asks[0], pages=(*pages, *asks[0].pages))
    if registered and registered.registrar.name:
        asks.append(_ask("registrar", registered.registrar, registered.source))
    if domain and not any(each.mails or each.pages for each in asks):
        mail = (f"abuse@{domain}",)
        asks.append(Ask("site", domain, mail, (), (), confirmed=False, source=_USUAL_MAILBOX))
    return tuple(asks)


def _ask(part: str, party: Party, source: str) -> Ask:
    return Ask(
        part, party.name, party.mails, party.pages, party.phones, confirmed=True, source=source
    )
