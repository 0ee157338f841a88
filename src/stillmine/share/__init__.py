"""Share: copies made for one person each, sealed, written down, and told apart when one leaks."""

from stillmine.share import (
    channels,
    clean,
    cover,
    inspect,
    key,
    listing,
    make,
    opening,
    people,
    sending,
    trace,
    withdraw,
)

__all__ = [
    "channels",
    "clean",
    "cover",
    "inspect",
    "key",
    "listing",
    "make",
    "opening",
    "people",
    "sending",
    "trace",
    "withdraw",
]
