"""Find the lists at a place, and say whether the newest is the one this vault wrote."""

from __future__ import annotations

from dataclasses import dataclass

from stillmine.app.network.targets.target import Target
from stillmine.app.storage.vault import Vault
from stillmine.errors import (
    BackupRolledBack,
    BrokenManifest,
    NoBackupThere,
    NotOurSignature,
    NotThere,
    OtherVault,
    StillmineError,
)
from stillmine.keep.backup import manifest
from stillmine.keep.backup.manifest import Manifest
from stillmine.keep.backup.places import Place, vault_name


@dataclass(frozen=True, slots=True)
class Lists:
    """What lists a place holds: the newest whole one, and the counters of newer, broken ones."""

    newest: Manifest | None
    broken: tuple[int, ...]

    def require(self) -> Manifest:
        """Return the newest whole list; raise BrokenManifest or NoBackupThere."""
        if self.newest is None:
            raise BrokenManifest if self.broken else NoBackupThere
        return self.newest


def lists_at(target: Target) -> Lists:
    """Read the lists at a place, the newest first, until one is whole."""
    broken: list[int] = []
    for counter in list_counters(target):
        try:
            with target.read(manifest.place_of(counter)) as file:
                found = manifest.read_manifest(file.read(manifest.LONGEST))
        except NotThere:
            continue
        except BrokenManifest:
            broken.append(counter)
            continue
        if found.counter == counter:
            return Lists(found, tuple(broken))
        broken.append(counter)  # an older list under a newer name
    return Lists(None, tuple(broken))


def newest_manifest(target: Target) -> Manifest | None:
    """Return the newest list at a place that is whole, or None where there is none at all.

    Raises BrokenManifest where there are lists and none is whole.
    """
    lists = lists_at(target)
    return lists.require() if lists.newest or lists.broken else None


def list_counters(target: Target) -> list[int]:
    """Return the counters of the lists at a place, the newest first."""
    return manifest.counters(entry.name for entry in target.names(manifest.FOLDER))


def require_ours(vault: Vault, place: Place, listed: Manifest) -> None:
    """Raise OtherVault, BackupRolledBack or NotOurSignature where a list is not what it should be.

    The counter can only grow and the root belongs to the counter: an older list, or another one
    with the same number, is not what this vault wrote last. A newer one than that (by a vault that
    was restored from it) must carry the signature of the keys in force.
    """
    if listed.vault != vault_name(vault):
        raise OtherVault
    last = listed.counter == place.counter
    if listed.counter < place.counter or (last and listed.root != place.root):
        raise BackupRolledBack
    keys = {vault.root.signing_key.public.hex()}
    if last and place.key:
        keys.add(place.key)  # signed before the vault got new keys
    if listed.key not in keys:
        raise NotOurSignature


def wrong_with(vault: Vault, place: Place, lists: Lists) -> str:
    """Return the code of what speaks against the lists at a place, or nothing."""
    try:
        if lists.newest is not None and not lists.broken:
            require_ours(vault, place, lists.newest)
        elif lists.broken:
            raise BrokenManifest
        else:
            raise BackupRolledBack if place.counter else NoBackupThere
    except StillmineError as problem:
        return problem.code
    return ""
