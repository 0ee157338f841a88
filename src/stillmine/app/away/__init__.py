"""What runs need that happen while the vault is locked: a key that opens no picture, and notes."""

from stillmine.app.away.key_file import WatchKey, key_path, name_of
from stillmine.app.away.renewing import (
    Choices,
    forget,
    hold,
    keep,
    kept,
    read_choices,
    renew,
)

__all__ = [
    "Choices",
    "WatchKey",
    "forget",
    "hold",
    "keep",
    "kept",
    "key_path",
    "name_of",
    "read_choices",
    "renew",
]
