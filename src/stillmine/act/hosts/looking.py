"""Say who runs a site: who registered its name, in whose network it is, who stands before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from stillmine.act.case.model import Case
from stillmine.act.case.store import find_case
from stillmine.act.hosts.fronts import Front, fronts_of
from stillmine.act.hosts.keeping import find_seen, keep_seen
from stillmine.act.hosts.record import (
    DomainRecord,
    NetworkRecord,
    domain_record,
    network_record,
)
from stillmine.act.hosts.reports import facts_about, platform_at
from stillmine.act.hosts.seeing import ACTION, Looking, Seen, Skipped
from stillmine.act.hosts.telling import Ask, whom_to_ask
from stillmine.app.actions import Answer, Outcome, Sends, action, given
from stillmine.app.context import Context
from stillmine.app.network.web import Location, read_location, registered_domain
from stillmine.app.telling.saying import ToldFact
from stillmine.app.unlocking import know_the_way_out, unlocked
from stillmine.errors import NothingMayLeave, WrongUsage


@dataclass(frozen=True, slots=True)
class HostRequest:
    """Which site, and for which case."""

    site: str = given(
        "The address of the page, its short name in the case (a1), or the name of the site.",
        positional=True,
    )
    case: str = given("The case with which this is kept.", default="")
    kept: bool = given(
        "Show what was found last time for the case. Nobody is asked.", default=False
    )
    without_site: bool = given(
        "Do not knock at the site; ask only name servers and registries.", default=False
    )
    rdap: str = given("An RDAP server to ask, in place of the registries' own.", default="")


@dataclass(frozen=True, slots=True)
class HostAnswer(Answer):
    """Who runs a site, and whom to ask.

    `platform` names the fact about the platform that the site is, if it is a known one: it takes
    reports itself. `domain` is what somebody registered, None for a number; `address` was asked
    about, of all `addresses`; `alias` is the true name behind the site's. `registered` and
    `networks` are what the registries say, `in_front` who stands before the site, `whom_to_ask`
    the best first, `how_to_report` what is confirmed about that, `skipped` what has no answer.
    """

    site: str
    platform: str | None
    domain: str | None
    address: str
    addresses: tuple[str, ...]
    alias: str
    looked_at: str
    registered: tuple[DomainRecord, ...]
    networks: tuple[NetworkRecord, ...]
    in_front: tuple[Front, ...]
    whom_to_ask: tuple[Ask, ...]
    how_to_report: tuple[ToldFact, ...]
    skipped: tuple[Skipped, ...]

    @property
    def outcome(self) -> Outcome:
        """Return that nothing was found where nobody could be named."""
        if not (self.registered or self.networks or self.in_front):
            return Outcome.NOTHING_FOUND
        return Outcome.GAPS if self.skipped else Outcome.DONE


@action(
    ACTION,
    sends=Sends(
        what="The name of the site in {site}, and its address in numbers. One short request for "
        "its front page, without any picture (not with --without-site).",
        to="Your name server; the site itself; the registries that keep its name and its network",
        they_learn="Your address on the internet, and that somebody asks about this site. They do "
        "not learn about which page, or why.",
        undo="No: what they noted stays with them.",
    ),
    sends_when=lambda request: not request.kept,
)
def host(context: Context, request: HostRequest) -> HostAnswer:
    """Find out who runs a site and whom to ask: its host, its registrar, who stands before it."""
    today = context.now().date()
    if request.kept:
        return answer_of(_kept(context, request), today)
    if not context.agreed_to_send:
        raise NothingMayLeave(agreed="-", asked=request.site)
    place = _place(context, request)
    at = context.now().isoformat(timespec="seconds")
    looking = Looking(place, at, request.rdap, not request.without_site, context.job)
    seen = looking.seen()
    answer = answer_of(seen, today)
    if request.case:
        _keep(context, request, seen, answer)
    return answer


def answer_of(seen: Seen, today: date) -> HostAnswer:
    """Return what is to be told of what was seen."""
    name = registered_domain(seen.site)
    registered = domain_record(name, seen.domain, seen.domain_source) if seen.domain else None
    network = (
        network_record(seen.address, seen.network, seen.network_source) if seen.network else None
    )
    held = (network.name, network.holder.name) if network else ()
    fronts = fronts_of(seen.headers, seen.alias, held)
    names = (*held, registered.registrar.name if registered else "")
    platform = platform_at(seen.site)
    known = tuple(filter(None, (platform, *(each.fact for each in fronts))))
    return HostAnswer(
        site=seen.site,
        platform=platform,
        domain=name,
        address=seen.address,
        addresses=seen.addresses,
        alias=seen.alias,
        looked_at=seen.at,
        registered=(registered,) if registered else (),
        networks=(network,) if network else (),
        in_front=fronts,
        whom_to_ask=whom_to_ask(name if seen.addresses else None, registered, network, fronts),
        how_to_report=facts_about(known, names, today),
        skipped=seen.skipped,
    )


def _place(context: Context, request: HostRequest) -> Location:
    """Return the site, and have the person's way out in force, before anybody is asked."""
    if not request.case:
        know_the_way_out(context)
        return _read_place(request.site)
    with unlocked(context) as vault:
        return _place_in(find_case(vault, request.case), request.site)


def _place_in(case: Case, typed: str) -> Location:
    known = {each.address: each.url for each in case.addresses}
    return _read_place(known.get(typed.strip(), typed))


def _read_place(typed: str) -> Location:
    typed = typed.strip()
    return read_location(typed if "://" in typed else f"https://{typed}")


def _kept(context: Context, request: HostRequest) -> Seen:
    if not request.case:
        raise WrongUsage(problem="--kept needs --case: what was found is kept with a case.")
    with unlocked(context) as vault:
        case = find_case(vault, request.case)
        place = _place_in(case, request.site)
        return find_seen(vault, case, place.host) or Seen(place.host, "")


def _keep(context: Context, request: HostRequest, seen: Seen, answer: HostAnswer) -> None:
    parties = {
        "network": "".join(each.holder.name for each in answer.networks) or "?",
        "registrar": "".join(each.registrar.name for each in answer.registered) or "?",
    }
    with unlocked(context, writing=True) as vault:
        # Read again: somebody may have written to it meanwhile.
        case = find_case(vault, request.case)
        keep_seen(vault, case, seen, context.now(), **parties)
