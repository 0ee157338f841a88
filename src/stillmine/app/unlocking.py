"""Open the vault for an action: by keys that are held, a device key, or the passphrase."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from stillmine.app import away, keyholder, tries
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.network import chosen_way
from stillmine.app.settings import read_settings
from stillmine.app.storage import slots
from stillmine.app.storage.opening import finish_rekeying, open_vault, unlock
from stillmine.app.storage.root_key import RootKey
from stillmine.app.storage.slots import WayIn
from stillmine.app.storage.vault import Vault
from stillmine.crypto import X25519Identity, normalise_passphrase, parse_identities
from stillmine.errors import NotAnIdentity, WrongDeviceKey, WrongPassphrase, WrongWords

WORK_FACTOR = 18
"""scrypt with 2^18 rounds and 256 MiB, as the `age` program uses: about a second."""


@contextlib.contextmanager
def unlocked(context: Context, *, writing: bool = False) -> Iterator[Vault]:
    """Give the open vault; ask for the passphrase only where nothing else opens it."""
    home = Home(context.home)
    home.require_vault()
    with open_vault(home, root_key(context), writing=writing) as vault:
        chosen_way.choose(read_settings(vault).proxy)
        away.renew(vault)
        try:
            yield vault
        finally:
            if writing:  # a run while it is locked must not go out by the way of before
                away.renew(vault)


def know_the_way_out(context: Context) -> None:
    """Have the person's way out in force before something is sent that needs no vault.

    Who chose Tor must not be seen without it because a command did not look.
    """
    if not chosen_way.chosen() and Home(context.home).slots.exists():
        with unlocked(context):
            pass


def root_key(context: Context) -> RootKey:
    """Return the root key of the home's vault; raises what `slots.open_slot` raises."""
    home = Home(context.home)
    home.require_vault()
    finish_rekeying(home)
    held = keyholder.root_key(home)
    if held is not None and slots.is_key_of(home.slots, held):
        return held
    device_key = context.keys.device_key()
    if device_key is not None:
        return unlock(home, WayIn.by_device_key(read_device_key(device_key)))
    return by_passphrase(context, context.keys.passphrase())


def by_passphrase(context: Context, passphrase: str) -> RootKey:
    """Open with a passphrase; wrong ones in a row are slowed down."""
    return _tried(context, WayIn.by_passphrase(normalise_passphrase(passphrase), WORK_FACTOR))


def by_words(context: Context, words: tuple[str, ...]) -> RootKey:
    """Open with the recovery words; wrong ones in a row are slowed down."""
    return _tried(context, WayIn.by_words(words, WORK_FACTOR))


def _tried(context: Context, way_in: WayIn) -> RootKey:
    home = Home(context.home)
    home.require_vault()
    tries.require_patience(home, context.now())
    try:
        root = unlock(home, way_in)
    except (WrongPassphrase, WrongWords):
        tries.count_wrong(home, context.now())
        raise
    tries.forget_wrong(home)
    return root


def read_device_key(path: Path) -> X25519Identity:
    """Read a device key: an age identity file with one key. Raises WrongDeviceKey."""
    try:
        (identity,) = parse_identities(path.read_bytes()[:4096].decode("ascii"))
    except (OSError, ValueError, NotAnIdentity) as problem:
        raise WrongDeviceKey from problem
    if not isinstance(identity, X25519Identity):
        raise WrongDeviceKey
    return identity
