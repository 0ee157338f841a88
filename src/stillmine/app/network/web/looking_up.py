"""Look up what address a name has, by the way out that the person chose, and call nobody there."""

from __future__ import annotations

from datetime import UTC, datetime

from stillmine.app.network.permit import Permit
from stillmine.app.network.web.deadline import Deadline
from stillmine.app.network.web.guard import require_outside, require_public_name
from stillmine.app.network.web.location import Location, read_location
from stillmine.app.network.web.names import DnsAnswer, Resolver, outside, resolve, system_names
from stillmine.app.network.web.proxies import resolved_by_tor
from stillmine.app.network.web.way import Way, way_out
from stillmine.errors import AddressHidden, CannotReach


def look_up(
    permit: Permit,
    url: str,
    *,
    seconds: float = 15,
    way: Way | None = None,
    names: Resolver = system_names,
) -> DnsAnswer:
    """Return what the name of a web address leads to; `chosen` is the first public address.

    The name server learns the name; by Tor it is one far from here. Raises NothingMayLeave,
    AddressHidden where one goes out by another proxy, AddressRefused, CannotReach, ProxyTrouble,
    NotAWebAddress.
    """
    location = read_location(url)
    permit.check(location.url)
    way = (way_out() if way is None else way).alone()
    if way.tor:
        return _by_tor(location, Deadline(seconds, location.host), way)
    if way.kind != "direct":
        # To ask here would tell the name servers what the proxy is there to keep from them.
        raise AddressHidden(proxy=way.named, host=location.host)
    answer = resolve(location.host, seconds, names)
    return answer.choosing(outside(answer, location.port)[0])


def _by_tor(location: Location, deadline: Deadline, way: Way) -> DnsAnswer:
    if location.host.endswith(".onion"):
        raise AddressHidden(proxy=way.named, host=location.host)
    require_public_name(location.host, location.port)
    at = datetime.now(UTC)
    address = resolved_by_tor(way, location.host, deadline)
    if not address:
        raise CannotReach(host=location.host, reason="no-address")
    require_outside(location.host, location.port, address)
    return DnsAnswer(location.host, (address,), at, location.host, address)
