"""Change the passphrase, get back in with the recovery words, make a key for a stick."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from stillmine.app import keyholder
from stillmine.app.actions import Answer, Secret, action, asked, given
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.storage import durable, slots
from stillmine.app.storage.root_key import RootKey
from stillmine.app.storage.slots import Way, WayIn
from stillmine.app.storage.writer import writer_lock
from stillmine.app.unlocking import WORK_FACTOR, by_passphrase, by_words
from stillmine.crypto import X25519Identity, check_recovery_words, normalise_passphrase
from stillmine.errors import CannotWriteHere, InsideHome, TargetExists, WrongUsage
from stillmine.keep.setup import PassphraseStrength, checked_passphrase, strength_of


@dataclass(frozen=True, slots=True)
class PassphraseRequest:
    """The old passphrase and the new one."""

    passphrase: Secret = asked("The passphrase in force.", secret="passphrase")
    new_passphrase: Secret = asked("The new passphrase.", secret="new-passphrase")


@dataclass(frozen=True, slots=True)
class PassphraseAnswer(Answer):
    """How strong the new passphrase is.

    Copies of the vault made before, in backups or on a disk, still open with the old one;
    `keep rekey` makes them worthless for all that is added later.
    """

    strength: PassphraseStrength
    old_copies_open_with_old: bool = True


@action("keep.passphrase")
def passphrase(context: Context, request: PassphraseRequest) -> PassphraseAnswer:
    """Change the passphrase. Items are not touched; older copies keep the old passphrase."""
    root = by_passphrase(context, normalise_passphrase(request.passphrase))
    return _set_passphrase(context, root, request.new_passphrase)


@dataclass(frozen=True, slots=True)
class RecoverRequest:
    """The recovery words, and the passphrase to use from now on."""

    words: Secret = asked("The twelve recovery words.", secret="recovery-words")
    new_passphrase: Secret = asked("The new passphrase.", secret="new-passphrase")


@action("keep.recover")
def recover(context: Context, request: RecoverRequest) -> PassphraseAnswer:
    """Get back in with the recovery words, and choose a new passphrase."""
    root = by_words(context, check_recovery_words(request.words))
    return _set_passphrase(context, root, request.new_passphrase)


def _set_passphrase(context: Context, root: RootKey, new: str) -> PassphraseAnswer:
    home, text = Home(context.home), checked_passphrase(new)
    with writer_lock(home):
        way_in = WayIn.by_passphrase(text, WORK_FACTOR)
        slots.write_slot(home.slots, way_in, root, unfinished=home.unfinished)
    keyholder.end(home)
    return PassphraseAnswer(strength_of(text))


@dataclass(frozen=True, slots=True)
class DeviceKeyRequest:
    """Where to write a device key, or that the one in force is to open nothing any more."""

    passphrase: Secret = asked("The passphrase in force.", secret="passphrase")
    to: Path | None = given("The file to write the key to, say on a stick.", default=None)
    remove: bool = given("Shut the way in that a device key opens.", default=False)


@dataclass(frozen=True, slots=True)
class DeviceKeyAnswer(Answer):
    """Where the key was written; None where there is no device key any more."""

    file: Path | None


@action("keep.device-key")
def device_key(context: Context, request: DeviceKeyRequest) -> DeviceKeyAnswer:
    """Write a key file that opens the vault without the passphrase; keep it on another device."""
    home = Home(context.home)
    if request.to is None and not request.remove:
        raise WrongUsage(problem="--to or --remove?")
    root = by_passphrase(context, normalise_passphrase(request.passphrase))
    with writer_lock(home):
        if request.remove or request.to is None:
            slots.remove_slot(home.slots, Way.DEVICE)
            return DeviceKeyAnswer(None)
        identity = X25519Identity.generate()
        _write_key(request.to, identity, home)
        way_in = WayIn.by_device_key(identity)
        slots.write_slot(home.slots, way_in, root, unfinished=home.unfinished)
    return DeviceKeyAnswer(request.to)


def _write_key(path: Path, identity: X25519Identity, home: Home) -> None:
    if path.resolve().is_relative_to(home.root.resolve()):
        raise InsideHome(file=str(path))
    try:
        descriptor = durable.create_exclusive(path)
    except FileExistsError as problem:
        raise TargetExists(file=str(path)) from problem
    except OSError as problem:
        raise CannotWriteHere(full=False) from problem
    with os.fdopen(descriptor, "wb", buffering=0) as file:
        text = (
            f"# A device key of a stillmine vault. Whoever has it can open the vault.\n{identity}\n"
        )
        durable.write_all(file.fileno(), text.encode("ascii"))
        durable.sync_file(file.fileno())
