"""Act: the law, the right place to ask, and a person to talk to."""

from stillmine.act import capture, hand_out, law, lines, notices, platforms, safety
from stillmine.act.case import adding, custody, forgetting, importing, listing, opening

__all__ = [
    "adding",
    "capture",
    "custody",
    "forgetting",
    "hand_out",
    "importing",
    "law",
    "lines",
    "listing",
    "notices",
    "opening",
    "platforms",
    "safety",
]
