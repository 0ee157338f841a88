"""Watch: find copies of the person's own pictures, and let others look for them too."""

from stillmine.watch import compare, dismiss, exchange, fingerprints, found, names, scheduling
from stillmine.watch.placing import adding, listing

__all__ = [
    "adding",
    "compare",
    "dismiss",
    "exchange",
    "fingerprints",
    "found",
    "listing",
    "names",
    "scheduling",
]
