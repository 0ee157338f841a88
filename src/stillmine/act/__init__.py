"""Act: the law, the right place to ask, and a person to talk to."""

from stillmine.act import (
    authorities,
    capture,
    hand_out,
    law,
    lines,
    notices,
    platforms,
    safety,
    stamp,
    verify,
)
from stillmine.act.case import adding, custody, forgetting, importing, listing, opening
from stillmine.act.clock import (
    advising,
    complaining,
    hash_services,
    rechecking,
    tracking,
    upcoming,
)
from stillmine.act.hosts import looking
from stillmine.act.papers import advocating, authorising, certifying, reporting
from stillmine.act.statistics import exporting, merging

__all__ = [
    "adding",
    "advising",
    "advocating",
    "authorising",
    "authorities",
    "capture",
    "certifying",
    "complaining",
    "custody",
    "exporting",
    "forgetting",
    "hand_out",
    "hash_services",
    "importing",
    "law",
    "lines",
    "listing",
    "looking",
    "merging",
    "notices",
    "opening",
    "platforms",
    "rechecking",
    "reporting",
    "safety",
    "stamp",
    "tracking",
    "upcoming",
    "verify",
]
