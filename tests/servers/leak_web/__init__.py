"""A web of leaks on loopback: many hosts of many kinds, good and bad, in one process.

Everything that a host shows, and which copies lie where, comes from numbers. Each request is
written down, so that the manners of whoever looks are proven from the log.
"""

from tests.servers.leak_web.clock import Clock
from tests.servers.leak_web.log import Entry
from tests.servers.leak_web.serving import LeakWeb
from tests.servers.leak_web.site import Answer, Asked, Bank, Reach, Site, Wanted
from tests.servers.leak_web.world import KINDS, Plan, World, planned

__all__ = [
    "KINDS",
    "Answer",
    "Asked",
    "Bank",
    "Clock",
    "Entry",
    "LeakWeb",
    "Plan",
    "Reach",
    "Site",
    "Wanted",
    "World",
    "planned",
]
