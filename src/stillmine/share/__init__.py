"""Share: copies made for one person each, sealed, written down, and told apart when one leaks."""

from stillmine.share import (
    clean,
    inspect,
    key,
    listing,
    make,
    opening,
    people,
    trace,
    withdraw,
)

__all__ = [
    "clean",
    "inspect",
    "key",
    "listing",
    "make",
    "opening",
    "people",
    "trace",
    "withdraw",
]
