"""Keep: pictures sealed on this machine, found again, backed up and restored."""

from stillmine.keep import (
    add,
    backup,
    export,
    finding,
    forget,
    labels,
    leaving,
    locking,
    rekey,
    settings,
    setup,
    verify,
    ways_in,
)

__all__ = [
    "add",
    "backup",
    "export",
    "finding",
    "forget",
    "labels",
    "leaving",
    "locking",
    "rekey",
    "settings",
    "setup",
    "verify",
    "ways_in",
]
