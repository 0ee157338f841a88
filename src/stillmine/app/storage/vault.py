"""An open vault: the keys, the catalogue and the objects, kept in step.

The order of every change is chosen so that a crash between any two steps loses nothing that was
confirmed: what is added gets its key, then its place, then its line in the catalogue; what is
forgotten loses its key first. `reconcile` brings the three back in step after a crash.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from stillmine.app.home import Home
from stillmine.app.storage import checkpoint, objects, records
from stillmine.app.storage.catalogue import Catalogue
from stillmine.app.storage.container import Header
from stillmine.app.storage.custody import Custody
from stillmine.app.storage.epoch import MAIN, Epoch
from stillmine.app.storage.evidence import Evidence
from stillmine.app.storage.fingerprints import Fingerprints
from stillmine.app.storage.item import EVERYTHING, Chosen, Item, Kept, Listed, SealedRecord
from stillmine.app.storage.key_table import KeyRow
from stillmine.app.storage.objects import SealedObject
from stillmine.app.storage.records import Records
from stillmine.app.storage.root_key import RootKey
from stillmine.errors import ItemForgotten, SeveralItems, UnknownItem, VaultDamaged

SHORTEST_PREFIX = 4
_CHANGES_PER_CHECKPOINT = 1000
_SMALL = 2000  # items
_OLD = 86400.0  # seconds


@dataclass(slots=True)
class Vault:
    """An open vault. Made by `opening.open_vault`, which also takes the lock and closes it."""

    home: Home
    root: RootKey
    epoch: Epoch
    catalogue: Catalogue
    changes: int = 0
    writing: bool = False
    """Whether this is the only writer; only then can an access be noted."""
    _fingerprints: Fingerprints | None = None

    def close(self) -> None:
        """Let go of the databases."""
        if self._fingerprints is not None:
            self._fingerprints.close()
        self.catalogue.close()

    @property
    def fingerprints(self) -> Fingerprints:
        """By what the items are recognised; always to be had, and made anew where it is lost."""
        if self._fingerprints is None:
            self._fingerprints = Fingerprints(
                self.home, self.root.watch_key(self.epoch.number), self.epoch.number, self.catalogue
            )
        return self._fingerprints

    def take_new_keys(self, root: RootKey, epoch: Epoch, catalogue: Catalogue) -> None:
        """Go on with the keys of a new epoch."""
        if self._fingerprints is not None:
            self._fingerprints.close()
            self._fingerprints = None
        self.root, self.epoch, self.catalogue = root, epoch, catalogue

    @property
    def evidence(self) -> Evidence:
        """Proof of what happened: sealed, and every access to it is noted in `custody`."""
        return Evidence(self)

    @property
    def custody(self) -> Custody:
        """Who kept, opened and forgot which proof, when and why: one chain for each case."""
        return Custody(self)

    @property
    def records(self) -> Records:
        """The sealed records: facts that outlive the catalogue, and go into backups."""
        return Records(self)

    def items(self, *, newest: int = 0) -> list[Item]:
        """Return what is kept, the newest first: at most so many, or with 0 everything."""
        return self.catalogue.items(newest=newest if newest > 0 else None)

    def listed(self, chosen: Chosen = EVERYTHING) -> list[Listed]:
        """Return what a list shows of what is kept; in a large vault much faster than `items`."""
        return self.catalogue.listed(chosen)

    def item(self, name: str) -> Item:
        """Return the item with this number, or whose number starts so.

        Raises UnknownItem or SeveralItems.
        """
        wanted = name.strip().lower()
        if len(wanted) < SHORTEST_PREFIX or not set(wanted) <= set("0123456789abcdef"):
            raise UnknownItem(item=name)
        found = self.catalogue.items(prefix=wanted)
        if not found:
            raise UnknownItem(item=name)
        if len(found) > 1:
            raise SeveralItems(item=name, count=len(found))
        return found[0]

    @contextlib.contextmanager
    def open_item(self, item: Item) -> Iterator[tuple[Header, BinaryIO]]:
        """Give the header and the content of an item, which is authenticated as it is read."""
        with objects.open_object(self.home.objects, self._row(item)) as opened:
            yield opened

    def open_kept(self, kept: Kept) -> contextlib.AbstractContextManager[tuple[Header, BinaryIO]]:
        """Give the header and the content of any object: an item, or a sealed record."""
        return objects.open_object(self.home.objects, self._row(kept))

    def _row(self, item: Item | Kept) -> KeyRow:
        try:
            return self.epoch.row(item.compartment, item.table, item.item)
        except ItemForgotten as problem:
            path = objects.object_path(self.home.objects, item.item)
            if path.exists() and item.item not in self.epoch.forgotten():
                # What was forgotten has no object any more: here a key table is missing.
                raise VaultDamaged(
                    what=f"table-{item.compartment}-{item.table:08d}.age"
                ) from problem
            raise

    def seal(self, source: BinaryIO, header: Header) -> SealedObject:
        """Seal a file durably, not yet as part of the vault. May run in several threads at once."""
        return objects.seal_object(source, header, self.epoch.content_key, self.home.unfinished)

    def fingerprint(self, source: BinaryIO) -> str:
        """Return the keyed fingerprint of a file's content."""
        return objects.fingerprint_of(source, self.epoch.content_key)

    def add(self, sealed: Sequence[SealedObject]) -> list[Item]:
        """Make sealed files part of the vault: safe, and confirmed, when this returns."""
        if not sealed:
            return []
        # The key first: an object whose key is not durable would be noise for ever.
        table = self.epoch.compartments[MAIN].add([each.row for each in sealed])
        objects.place_objects(self.home.objects, list(sealed))
        items = [Item.of(each.header, each.row, MAIN, table) for each in sealed]
        with self.catalogue.change():
            self.catalogue.put(items)
        self.changes += len(items)
        return items

    def change(self, changed: Iterable[Item]) -> None:
        """Give items another label or other albums; durable when this returns."""
        items = list(changed)
        rows = [
            replace(
                self._row(each),
                label=each.label,
                albums=each.albums,
            )
            for each in items
        ]
        moved = self.epoch.change(rows)
        with self.catalogue.change():
            self.catalogue.put(items)
            self.catalogue.move_keys(moved)
        self.changes += len(items)

    def forget(self, items: Sequence[Item]) -> None:
        """Forget the keys of items, then whatever else this disk holds of them.

        From the first step on nobody can open them; the rest is cleaning.
        """
        self.forget_objects([each.item for each in items])

    def forget_objects(self, names: Sequence[str]) -> None:
        """Forget objects by their names, and whatever the catalogue and checkpoints say of them."""
        self._forget_keys(names)
        # Older checkpoints name what was forgotten, so they go too, while a crash is still noticed.
        self.write_checkpoint(keep=1)
        self._drop_tombstones(names)

    def _forget_keys(self, names: Sequence[str]) -> None:
        moved = self.epoch.forget(names)
        with self.catalogue.change():
            self.catalogue.move_keys(moved)
            self.catalogue.remove(names)
        objects.remove_objects(self.home.objects, list(names))
        self.fingerprints.forget(names)

    def _drop_tombstones(self, names: Sequence[str]) -> None:
        moved = self.epoch.drop_tombstones(frozenset(names))
        with self.catalogue.change():
            self.catalogue.move_keys(moved)

    def add_record(self, kind: str, name: str, revision: int, value: str) -> None:
        """Make a new revision of a sealed record part of the vault; safe when this returns.

        The same order as for an item, so that a crash leaves the old revision or the new one.
        """
        self.add_sealed([records.sealed(self, kind, name, revision, value)])

    def add_sealed(self, parts: Sequence[tuple[SealedObject, SealedRecord]]) -> None:
        """Make objects that are no items part of the vault; all are safe when this returns.

        Each has its place durably before the next one gets its own: cut off, the first of them are
        there and the later ones are not.
        """
        table = self.epoch.compartments[MAIN].add([sealed.row for sealed, _record in parts])
        for sealed, _record in parts:
            objects.place_objects(self.home.objects, [sealed])
        with self.catalogue.change():
            self.catalogue.put_sealed(record._replace(table=table) for _sealed, record in parts)
        self.changes += len(parts)

    def set_record(self, kind: str, name: str, value: object) -> None:
        """Keep one record durably. Records are in the catalogue alone, so a checkpoint follows."""
        with self.catalogue.change():
            self.catalogue.set_record(kind, name, value)
        self.changes += _CHANGES_PER_CHECKPOINT

    def remove_record(self, kind: str, name: str) -> None:
        """Remove one record durably."""
        with self.catalogue.change():
            self.catalogue.remove_records(kind, name)
        self.changes += _CHANGES_PER_CHECKPOINT

    def write_checkpoint(self, *, keep: int = 2) -> None:
        """Seal the catalogue as it is now beside the vault, and drop older ones."""
        checkpoint.write(
            self.home.checkpoints, self.catalogue, self.root, unfinished=self.home.unfinished
        )
        checkpoint.drop_old(self.home.checkpoints, keep=keep)
        self.changes = 0

    def tidy(self) -> None:
        """Do what is due at the end of a writer, who may be cut off here as anywhere.

        Small key tables are joined, revisions of records that were replaced are forgotten, and a
        checkpoint is written.
        """
        moved = self.epoch.merge_small()
        if moved:
            with self.catalogue.change():
                self.catalogue.move_keys(moved)
        # Once the tables are joined: to forget rewrites each table that it touches.
        replaced = records.stale(self)
        if replaced:
            self._forget_keys(replaced)
            self._drop_tombstones(replaced)
        if self.changes and self._checkpoint_is_due():
            self.write_checkpoint()

    def _checkpoint_is_due(self) -> bool:
        """Say whether the sealed list is to be written anew.

        After every change while that costs a few milliseconds, so that whoever opens the vault
        without this program finds all of it in the list; in a large vault once a day, or sooner.
        """
        if self.changes >= _CHANGES_PER_CHECKPOINT:
            return True
        if self.catalogue.count() <= _SMALL:
            return True
        return checkpoint.age(self.home.checkpoints) > _OLD
