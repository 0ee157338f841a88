"""Give the vault a new root key, when somebody may have the old one."""

from __future__ import annotations

from dataclasses import dataclass

from stillmine.app import away, keyholder
from stillmine.app.actions import Answer, Secret, action, asked
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.storage import rekeying
from stillmine.app.storage.opening import open_vault
from stillmine.app.storage.slots import Way, WayIn, has_slot
from stillmine.app.unlocking import WORK_FACTOR, by_passphrase
from stillmine.crypto import new_recovery_words, normalise_passphrase
from stillmine.keep.setup import checked_passphrase, choose_words_to_confirm


@dataclass(frozen=True, slots=True)
class RekeyRequest:
    """The passphrase in force, and a new one where it is to change too."""

    passphrase: Secret = asked("The passphrase in force.", secret="passphrase")
    new_passphrase: Secret | None = asked(
        "The new passphrase; the old one stays in force without it.",
        secret="new-passphrase",
        default=None,
    )


@dataclass(frozen=True, slots=True)
class RekeyAnswer(Answer):
    """The new recovery words; the old ones open nothing from here on.

    `backups` names places that hold the old keys until the next `keep backup run` and `prune`.
    """

    words: tuple[str, ...]
    confirm: tuple[int, int]
    epoch: int
    device_key_removed: bool
    backups: tuple[str, ...]


@action("keep.rekey")
def rekey(context: Context, request: RekeyRequest) -> RekeyAnswer:
    """Give the vault new keys and new recovery words, when somebody may know the old ones."""
    home = Home(context.home)
    root = by_passphrase(context, normalise_passphrase(request.passphrase))
    passphrase = checked_passphrase(request.new_passphrase or request.passphrase)
    words = new_recovery_words()
    had_device_key = has_slot(home.slots, Way.DEVICE)
    with open_vault(home, root, writing=True) as vault:
        rekeying.rekey(
            vault,
            [
                WayIn.by_passphrase(passphrase, WORK_FACTOR),
                WayIn.by_words(words, WORK_FACTOR),
            ],
        )
        confirm = choose_words_to_confirm(vault, words)
        places = tuple(vault.catalogue.records("backup"))
        epoch = vault.epoch.number
        away.renew(vault)  # looks while it is locked go on with the new key
    keyholder.end(home)
    return RekeyAnswer(words, confirm, epoch, had_device_key, places)
