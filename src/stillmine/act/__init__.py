"""Act: the law, the right place to ask, and a person to talk to."""

from stillmine.act import law, lines, notices, platforms, safety
from stillmine.act.case import adding, custody, forgetting, importing, listing, opening

__all__ = [
    "adding",
    "custody",
    "forgetting",
    "importing",
    "law",
    "lines",
    "listing",
    "notices",
    "opening",
    "platforms",
    "safety",
]
