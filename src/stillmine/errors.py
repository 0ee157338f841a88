"""All that can go wrong, said once.

Each class has a stable code, which programs may rely on, and an exit code of its own.
The two sentences a person reads for a code are in `stillmine.messages`.

* StillmineError                 app.unexpected
  - WrongUsage                   app.wrong-usage
  - Stopped                      app.stopped
  - NoPassphrase                 app.no-passphrase
  - SecretUnreadable             app.secret-unreadable
  - NoVault                      keep.no-vault
  - VaultExists                  keep.vault-exists
  - WrongPassphrase              keep.wrong-passphrase
  - WrongWords                   keep.wrong-words
  - WrongDeviceKey               keep.wrong-device-key
  - TooManyTries                 keep.too-many-tries
  - VaultDamaged                 keep.damaged
  - VaultBusy                    keep.busy
  - VaultTooNew                  keep.too-new
  - HomeReadOnly                 home.read-only
  - DiskFull                     home.disk-full
  - WriteFailed                  home.write-failed
  - WrittenDifferently           home.written-differently
  - UnknownItem                  keep.unknown-item
  - SeveralItems                 keep.several-items
  - ItemDamaged                  keep.item-damaged
  - ItemForgotten                keep.item-forgotten
  - CannotReadFile               keep.cannot-read
  - NotAFile                     keep.not-a-file
  - ChangedWhileReading          keep.changed-while-reading
  - InsideHome                   keep.inside-home
  - TargetExists                 keep.target-exists
  - NoSuchFile                   keep.no-such-file
"""

from __future__ import annotations

from typing import ClassVar

Fact = str | int | bool


class StillmineError(Exception):
    """Something went wrong that a person can be told about."""

    code: ClassVar[str] = "app.unexpected"
    exit_code: ClassVar[int] = 1

    def __init__(self, **facts: Fact) -> None:
        """Keep only facts that are safe to show on a screen somebody else may see."""
        super().__init__(self.code)
        self.facts = facts


class WrongUsage(StillmineError):
    """The command was not understood."""

    code = "app.wrong-usage"
    exit_code = 2


class Stopped(StillmineError):
    """The person asked for the work to stop; what was confirmed is kept."""

    code = "app.stopped"
    exit_code = 130


class NoPassphrase(StillmineError):
    """A passphrase or another secret is needed, and there is nobody to ask."""

    code = "app.no-passphrase"
    exit_code = 5


class SecretUnreadable(StillmineError):
    """The file that should hold a passphrase or another secret cannot be read."""

    code = "app.secret-unreadable"
    exit_code = 6


class NoVault(StillmineError):
    """Nobody set up a vault in this home."""

    code = "keep.no-vault"
    exit_code = 10


class VaultExists(StillmineError):
    """There is a vault in this home already; it is not touched."""

    code = "keep.vault-exists"
    exit_code = 11


class WrongPassphrase(StillmineError):
    """The passphrase does not open this vault, and nothing is damaged."""

    code = "keep.wrong-passphrase"
    exit_code = 12


class WrongWords(StillmineError):
    """The recovery words do not open this vault, and nothing is damaged."""

    code = "keep.wrong-words"
    exit_code = 13


class WrongDeviceKey(StillmineError):
    """The device key does not open this vault."""

    code = "keep.wrong-device-key"
    exit_code = 14


class TooManyTries(StillmineError):
    """Several wrong passphrases came in a row; the next try has to wait."""

    code = "keep.too-many-tries"
    exit_code = 15


class VaultDamaged(StillmineError):
    """A file of the vault is not what was written; `what` names it."""

    code = "keep.damaged"
    exit_code = 16


class VaultBusy(StillmineError):
    """Another run of the program is writing to this vault."""

    code = "keep.busy"
    exit_code = 17


class VaultTooNew(StillmineError):
    """The vault was written by a newer version of the program."""

    code = "keep.too-new"
    exit_code = 18


class HomeReadOnly(StillmineError):
    """The home folder cannot be written to."""

    code = "home.read-only"
    exit_code = 20


class DiskFull(StillmineError):
    """The disk has no room left; what was confirmed is safe."""

    code = "home.disk-full"
    exit_code = 21


class WriteFailed(StillmineError):
    """The operating system refused to write; what was confirmed is safe."""

    code = "home.write-failed"
    exit_code = 22


class WrittenDifferently(StillmineError):
    """What the disk holds is not what was written to it: the disk is failing."""

    code = "home.written-differently"
    exit_code = 23


class UnknownItem(StillmineError):
    """No item has this name or number."""

    code = "keep.unknown-item"
    exit_code = 30


class SeveralItems(StillmineError):
    """More than one item fits; a longer number is needed."""

    code = "keep.several-items"
    exit_code = 31


class ItemDamaged(StillmineError):
    """The sealed file of this item is missing or not what was written."""

    code = "keep.item-damaged"
    exit_code = 32


class ItemForgotten(StillmineError):
    """The key of this item was forgotten, so nobody can open it."""

    code = "keep.item-forgotten"
    exit_code = 33


class CannotReadFile(StillmineError):
    """The file cannot be read."""

    code = "keep.cannot-read"
    exit_code = 40


class NotAFile(StillmineError):
    """This is a device, a pipe or a link that leads nowhere, not a file."""

    code = "keep.not-a-file"
    exit_code = 41


class ChangedWhileReading(StillmineError):
    """The file changed while it was being read."""

    code = "keep.changed-while-reading"
    exit_code = 42


class InsideHome(StillmineError):
    """The file or folder belongs to the vault itself."""

    code = "keep.inside-home"
    exit_code = 43


class TargetExists(StillmineError):
    """A file of this name is there already; it is not overwritten."""

    code = "keep.target-exists"
    exit_code = 44


class NoSuchFile(StillmineError):
    """There is no file or folder of this name."""

    code = "keep.no-such-file"
    exit_code = 45
