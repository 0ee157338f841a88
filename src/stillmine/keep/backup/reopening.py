"""Open the vault again within one piece of work, without deriving its key a second time."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.storage import slots
from stillmine.app.storage.opening import open_vault
from stillmine.app.storage.root_key import RootKey
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import unlocked


@contextlib.contextmanager
def reopened(context: Context, root: RootKey, *, writing: bool = False) -> Iterator[Vault]:
    """Give the open vault by a root key that opened it before.

    A passphrase costs a second each time. Where the vault got new keys meanwhile, this key is not
    its key any more, and the person is asked anew.
    """
    home = Home(context.home)
    if slots.is_key_of(home.slots, root):
        with open_vault(home, root, writing=writing) as vault:
            yield vault
        return
    with unlocked(context, writing=writing) as vault:
        yield vault
