"""Read everything back and prove that it is what was written; mend what can be mended."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from stillmine.app.actions import Answer, Outcome, action
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.storage import checkpoint, durable, objects, slots
from stillmine.app.storage.item import Kept
from stillmine.app.storage.opening import open_vault, rebuild
from stillmine.app.storage.reconcile import reconcile
from stillmine.app.storage.root_key import RootKey
from stillmine.app.storage.twin import NOT_GOOD
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import root_key
from stillmine.crypto import decrypt
from stillmine.errors import (
    CustodyBroken,
    HomeReadOnly,
    ItemDamaged,
    ItemForgotten,
    StillmineError,
    VaultBusy,
    VaultDamaged,
)

_WORKERS = 2


@dataclass(frozen=True, slots=True)
class VerifyRequest:
    """Nothing to choose: everything is checked."""


@dataclass(frozen=True, slots=True)
class DamagedItem:
    """An item that cannot be opened: `object-missing`, `object-damaged` or `key-missing`."""

    item: str
    what: str


@dataclass(frozen=True, slots=True)
class VerifyAnswer(Answer):
    """How many items were read back, what is damaged, and what was mended on the way.

    `records` counts what the program noted for the person, which is sealed and checked as items
    are; a damaged one stands among the items. `proofs` counts what is kept as proof, likewise.
    `mended` and `damaged_files` name files of the vault beside the items, and the custody log of a
    case (`custody/CASE`) in which a line was changed or is gone; `strays` are sealed files to which
    no key is known.
    """

    checked: int
    damaged: tuple[DamagedItem, ...]
    damaged_files: tuple[str, ...]
    mended: tuple[str, ...]
    strays: tuple[str, ...]
    records: int = 0
    proofs: int = 0

    @property
    def outcome(self) -> Outcome:
        """Return gaps where something is damaged and could not be mended."""
        return Outcome.GAPS if self.damaged or self.damaged_files else Outcome.DONE


@dataclass(slots=True)
class _Found:
    damaged: list[DamagedItem] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)


@action("keep.verify", repeatable=True)
def verify(context: Context, request: VerifyRequest) -> VerifyAnswer:
    """Read every item back and prove that it is whole. What has a second copy is mended."""
    del request
    home, root, found = Home(context.home), root_key(context), _Found()
    _check_catalogue(home, root, found)
    _check_small_files(home, root, found)
    with open_vault(home, root) as vault:
        kept, items = vault.catalogue.kept(), vault.catalogue.count()
        context.job.begin("keep.verifying", sum(each.stored for each in kept), "bytes")
        with ThreadPoolExecutor(_WORKERS) as pool:
            for each, what in zip(kept, pool.map(lambda k: _check(vault, k), kept), strict=True):
                if what:
                    found.damaged.append(DamagedItem(each.item, what))
                context.job.advance(each.stored)
        strays, proofs = _strays(vault, kept), len(vault.evidence.all())
        found.files.extend(_broken_logs(vault))
    return VerifyAnswer(
        items,
        tuple(found.damaged),
        tuple(found.files),
        tuple(found.mended),
        tuple(strays),
        len(kept) - items - proofs,
        proofs,
    )


def _check(vault: Vault, item: Kept) -> str | None:
    """Return what is wrong with an item, having read all of it from the disk."""
    try:
        with objects.object_path(vault.home.objects, item.item).open("rb", buffering=0) as file:
            if durable.sum_on_disk(file.fileno()).hex() != item.sum:
                return "object-damaged"
    except FileNotFoundError:
        return "object-missing"
    except OSError:
        return "object-damaged"
    try:
        # The bytes are right; that this key opens them is proven by the header alone.
        with vault.open_kept(item):
            return None
    except ItemDamaged as problem:
        return str(problem.facts["what"])
    except (ItemForgotten, VaultDamaged):
        return "key-missing"


def _broken_logs(vault: Vault) -> Iterator[str]:
    for case in vault.custody.cases():
        try:
            vault.custody.check(case)
        except CustodyBroken:
            yield f"custody/{case}"


def _check_catalogue(home: Home, root: RootKey, found: _Found) -> None:
    """Look at every page of the catalogue; one that is damaged is made anew from the items."""
    with contextlib.suppress(VaultDamaged), open_vault(home, root) as vault:
        if not vault.catalogue.check():
            return
    try:
        rebuild(home, root)
        found.mended.append(home.catalogue.name)
    except (HomeReadOnly, VaultBusy):
        found.files.append(home.catalogue.name)


def _check_small_files(home: Home, root: RootKey, found: _Found) -> None:
    """Check slots, key files and checkpoints, and mend those that have a good second copy."""
    before = list(_damage(home, root))
    if not before:
        return
    with contextlib.suppress(StillmineError), open_vault(home, root, writing=True) as vault:
        reconcile(vault)
        vault.write_checkpoint()
        for name in _bad_checkpoints(home, root):
            durable.remove(home.checkpoints / name)
    after = set(_damage(home, root))
    found.mended.extend(name for name in before if name not in after)
    found.files.extend(sorted(after))


def _damage(home: Home, root: RootKey) -> Iterator[str]:
    yield from (f"slots/{name}" for name in slots.damage_in_slots(home.slots, root))
    with open_vault(home, root) as vault:
        yield from (f"keys/{name}" for name in vault.epoch.damaged_files(root))
    yield from (f"checkpoints/{name}" for name in _bad_checkpoints(home, root))


def _bad_checkpoints(home: Home, root: RootKey) -> list[str]:
    bad = []
    for number in checkpoint.numbers(home.checkpoints):
        path = checkpoint.path_of(home.checkpoints, number)
        try:
            decrypt(path.read_bytes(), [root.identity])
        except (*NOT_GOOD, OSError):
            bad.append(path.name)
    return bad


def _strays(vault: Vault, items: Iterable[Kept]) -> list[str]:
    known = {item.item for item in items}
    return sorted(
        name for name, _size in objects.objects_on_disk(vault.home.objects) if name not in known
    )
