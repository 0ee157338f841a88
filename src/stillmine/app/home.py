"""Where a vault lives: one folder, called the home."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from stillmine.errors import HomeReadOnly, NoVault


def default_home() -> Path:
    """Return the folder that is used when the person names none."""
    return user_data_path("stillmine", appauthor=False)


@dataclass(frozen=True, slots=True)
class Home:
    """The names of everything inside the home folder (see docs/formats.md)."""

    root: Path

    @property
    def readme(self) -> Path:
        """The one plain file: how to open the vault without this program."""
        return self.root / "README.txt"

    @property
    def slots(self) -> Path:
        """The root key, sealed once for each way in."""
        return self.root / "slots"

    @property
    def keys(self) -> Path:
        """The key epochs, of which the highest is in force."""
        return self.root / "keys"

    @property
    def catalogue(self) -> Path:
        """The encrypted database of what is in the vault."""
        return self.root / "catalogue.db"

    @property
    def checkpoints(self) -> Path:
        """Sealed copies of the catalogue."""
        return self.root / "checkpoints"

    @property
    def objects(self) -> Path:
        """The items, each sealed to a key of its own."""
        return self.root / "objects"

    @property
    def watch(self) -> Path:
        """By what the items are recognised; it opens no picture and can be made anew."""
        return self.root / "watch"

    @property
    def inbox(self) -> Path:
        """What arrived while the vault was locked."""
        return self.root / "inbox"

    @property
    def unfinished(self) -> Path:
        """Sealed files that are still being written; swept by the next writer."""
        return self.root / "unfinished"

    @property
    def lock(self) -> Path:
        """The file that a writer holds, so that there is one at a time."""
        return self.root / "lock"

    def has_vault(self) -> bool:
        """Say whether somebody set up a vault here."""
        return self.slots.is_dir() and self.keys.is_dir()

    def require_vault(self) -> None:
        """Raise NoVault where none was set up."""
        if not self.has_vault():
            raise NoVault(home=str(self.root))

    def require_writable(self) -> None:
        """Raise HomeReadOnly where nothing can be written."""
        if not os.access(self.root, os.W_OK):
            raise HomeReadOnly(home=str(self.root))
