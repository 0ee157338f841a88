"""Keep: pictures sealed on this machine, found again, backed up and restored."""

from stillmine.keep import (
    add,
    export,
    finding,
    forget,
    labels,
    locking,
    rekey,
    settings,
    setup,
    verify,
    ways_in,
)

__all__ = [
    "add",
    "export",
    "finding",
    "forget",
    "labels",
    "locking",
    "rekey",
    "settings",
    "setup",
    "verify",
    "ways_in",
]
