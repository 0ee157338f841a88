"""My own key: made when it is first needed, kept sealed in the vault like everything else."""

from __future__ import annotations

from datetime import datetime

from stillmine.app.storage.vault import Vault
from stillmine.crypto import PersonalKey

_KIND, _NAME = "own-key", "key"


def find_own_key(vault: Vault) -> PersonalKey | None:
    """Return the person's key, or None where none was needed yet."""
    kept = vault.records.get(_KIND, _NAME)
    return None if kept is None else PersonalKey(bytes.fromhex(kept["secret"]))


def own_key(vault: Vault, now: datetime) -> PersonalKey:
    """Return the person's key; the first time, make it. Needs a vault open for writing."""
    found = find_own_key(vault)
    if found is None:
        found = PersonalKey.generate()
        kept = {"secret": found.secret.hex(), "made": now.isoformat(timespec="seconds")}
        vault.records.put(_KIND, _NAME, kept)
    return found
