"""The one client for the web: it looks where an address leads before it calls."""

from stillmine.app.network.web.door import Door, Refusal, open_door
from stillmine.app.network.web.fetching import USER_AGENT, Fetched, fetch
from stillmine.app.network.web.location import Location, read_location
from stillmine.app.network.web.looking_up import look_up
from stillmine.app.network.web.names import DnsAnswer, Resolver
from stillmine.app.network.web.suffixes import registered_domain, site_of
from stillmine.app.network.web.way import DIRECT, Way, read_way, way_out

__all__ = [
    "DIRECT",
    "USER_AGENT",
    "DnsAnswer",
    "Door",
    "Fetched",
    "Location",
    "Refusal",
    "Resolver",
    "Way",
    "fetch",
    "look_up",
    "open_door",
    "read_location",
    "read_way",
    "registered_domain",
    "site_of",
    "way_out",
]
