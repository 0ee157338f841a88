"""After a crash: bring keys, objects and catalogue back in step, and lose nothing on the way."""

from __future__ import annotations

from stillmine.app.storage import durable, evidence, objects, records, rekeying
from stillmine.app.storage.container import Header
from stillmine.app.storage.item import Item, Kept, SealedRecord
from stillmine.app.storage.key_table import KeyRow
from stillmine.app.storage.vault import Vault
from stillmine.errors import ItemDamaged

_ABANDONED = 3600.0  # seconds

Rows = dict[str, tuple[str, int, KeyRow]]


def reconcile(vault: Vault, *, rebuilt: bool = False) -> None:
    """Finish or undo whatever a writer left half done.

    With `rebuilt`, the catalogue was just made anew and is behind the key tables: then an item
    that has a key and no object is a loss to be named, not an addition that never finished.
    """
    rekeying.sweep(vault.home)
    for shared in (vault.home.inbox, vault.home.slots):
        durable.sweep(shared, older_than=_ABANDONED)
    vault.epoch.mend(vault.root)
    _finish_forgetting(vault)
    rows = {row.item: (compartment, table, row) for compartment, table, row in vault.epoch.rows()}
    known = {kept.item: kept for kept in vault.catalogue.kept()}
    _drop_without_key(vault, rows, known)
    _adopt(vault, {name: rows[name] for name in rows.keys() - known.keys()}, rebuilt=rebuilt)
    _correct(vault, rows)
    read_again(vault)
    evidence.settle(vault)


def read_again(vault: Vault) -> None:
    """Look once more at records whose object was damaged: a backup may have mended it since."""
    mended = []
    for unread in vault.catalogue.sealed("kind = ''"):
        row = vault.epoch.find(unread.item)
        if row is not None:
            mended.append(records.read(vault.home.objects, row, unread.table, unread.compartment))
    if any(each.kind for each in mended):
        with vault.catalogue.change():
            vault.catalogue.put_sealed(mended)


def _finish_forgetting(vault: Vault) -> None:
    forgotten = sorted(vault.epoch.forgotten())
    if not forgotten:
        return
    # A merge that was cut short leaves a row in two tables: no key may be left in either.
    vault.epoch.forget(forgotten)
    with vault.catalogue.change():
        vault.catalogue.remove(forgotten)
    objects.remove_objects(vault.home.objects, forgotten)
    vault.fingerprints.forget(forgotten)
    vault.write_checkpoint(keep=1)
    vault.epoch.drop_tombstones(frozenset(forgotten))


def _adopt(vault: Vault, rows: Rows, *, rebuilt: bool) -> None:
    """Take in items and records that have a key and no line in the catalogue."""
    found: list[Item] = []
    sealed: list[SealedRecord] = []
    never_placed: list[str] = []
    for name, (compartment, table, row) in rows.items():
        present = objects.object_path(vault.home.objects, name).exists()
        if not (present or rebuilt):
            never_placed.append(name)
        elif row.record:
            sealed.append(records.read(vault.home.objects, row, table, compartment))
        else:
            found.append(Item.of(_header(vault, row), row, compartment, table))
    # Whoever was cut off may have named them and not waited for the disk.
    objects.sync_names(vault.home.objects, [*(i.item for i in found), *(r.item for r in sealed)])
    digests = {item.digest: item for item in found}
    with vault.catalogue.change():
        vault.catalogue.put_sealed(sealed)
        vault.catalogue.put(
            item for item in digests.values() if vault.catalogue.by_digest(item.digest) is None
        )
    if never_placed:
        vault.epoch.forget(never_placed)
        vault.epoch.drop_tombstones(frozenset(never_placed))


def _header(vault: Vault, row: KeyRow) -> Header:
    """Read what an object says of itself; of a damaged one, say what the key table knows."""
    try:
        with objects.open_object(vault.home.objects, row) as (header, _content):
            return header
    except ItemDamaged:
        return Header(item=row.item, name=b"unknown", size=0, modified=0, added=0)


def _correct(vault: Vault, rows: Rows) -> None:
    """Let the key tables have the last word on labels, albums and where each key lies."""
    changed = []
    for item in vault.items():
        if item.item not in rows:
            continue
        compartment, table, row = rows[item.item]
        right = item._replace(
            label=row.label, albums=row.albums, compartment=compartment, table=table
        )
        if right != item:
            changed.append(right)
    sealed = vault.catalogue.sealed()
    moved = {each.item: rows[each.item][1] for each in sealed if each.item in rows}
    with vault.catalogue.change():
        vault.catalogue.put(changed)
        vault.catalogue.move_keys(moved)


def _drop_without_key(vault: Vault, rows: Rows, known: dict[str, Kept]) -> None:
    """Drop items and records that a stale checkpoint brought back although they were forgotten.

    Only where every table can be read and the object is gone as well: anything else is damage,
    which is named by `keep verify` and never tidied away. Before anything is taken in, because
    the same content may have come back since as another item.
    """
    if vault.epoch.damaged_tables():
        return
    kept = vault.home.objects
    gone = [
        name for name in known.keys() - rows.keys() if not objects.object_path(kept, name).exists()
    ]
    if gone:
        with vault.catalogue.change():
            vault.catalogue.remove(gone)
