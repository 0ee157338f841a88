"""Watch: find copies of the person's own pictures, and let others look for them too."""

from stillmine.watch import (
    alerting,
    breaches,
    compare,
    dismiss,
    enrolling,
    exchange,
    fingerprints,
    found,
    look,
    names,
    scheduling,
)
from stillmine.watch.placing import adding, listing

__all__ = [
    "adding",
    "alerting",
    "breaches",
    "compare",
    "dismiss",
    "enrolling",
    "exchange",
    "fingerprints",
    "found",
    "listing",
    "look",
    "names",
    "scheduling",
]
