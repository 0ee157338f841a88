"""Sealed records: small facts that must outlive the catalogue and its checkpoints.

Each is an immutable object like an item, sealed to a key of its own, so that backups hold it,
checks cover it and forgetting its key forgets it. A newer revision is a new object; the older one
is forgotten once the newer is safe.
"""

from __future__ import annotations

import io
import json
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stillmine.app.storage import evidence, objects
from stillmine.app.storage.catalogue import from_json
from stillmine.app.storage.container import Header
from stillmine.app.storage.epoch import MAIN
from stillmine.app.storage.item import SealedRecord
from stillmine.app.storage.key_table import KeyRow
from stillmine.app.storage.objects import SealedObject
from stillmine.errors import Damaged, ItemDamaged, VaultTooNew

if TYPE_CHECKING:
    from stillmine.app.storage.vault import Vault

KIND = "record"
"""What the sealed header of a record says instead of picture, video and so on."""
VERSION = 1
_RESERVED = (evidence.KIND, "custody", "custody-head")
_NAME = b"record.json"
_NAMED = "kind = ? AND name = ?"
_NOT_A_RECORD = (ValueError, KeyError, TypeError, RecursionError)


class Records:
    """The sealed records of an open vault, by kind and name. Values are whatever JSON can say."""

    def __init__(self, vault: Vault) -> None:
        """Read from and write to this vault."""
        self._vault = vault

    def put(self, kind: str, name: str, value: Any) -> None:
        """Keep a value, in place of the one of this name; it is safe when this returns.

        Raises ValueError for what JSON cannot say, and for an empty or a reserved kind.
        """
        revised = self._revised(kind, name, value)
        if revised is not None:
            self._vault.add_record(kind, name, *revised)

    def put_all(self, kind: str, values: Mapping[str, Any]) -> None:
        """Keep several values by name, as `put` does; all are safe when this returns.

        Many together take a fraction of the time. Cut off, the first of them are kept.
        """
        revised = {name: self._revised(kind, name, value) for name, value in values.items()}
        parts = [sealed(self._vault, kind, name, *each) for name, each in revised.items() if each]
        if parts:
            self._vault.add_sealed(parts)

    def get(self, kind: str, name: str) -> Any:
        """Return the value of this name, or None."""
        found = self._newest(kind, name)
        return None if found is None else from_json(found.value)

    def all(self, kind: str) -> dict[str, Any]:
        """Return all values of a kind, by name."""
        found = self._vault.catalogue.sealed("kind = ?", (kind,)) if kind else []
        newest = {each.name: each.value for each in found}  # the highest revision comes last
        return {name: from_json(newest[name]) for name in sorted(newest)}

    def forget(self, kind: str, name: str) -> None:
        """Forget a record for good, with every earlier value of it; none of that name is fine."""
        found = self._vault.catalogue.sealed(_NAMED, (kind, name)) if kind else []
        if found:
            self._vault.forget_objects([each.item for each in found])

    def _revised(self, kind: str, name: str, value: Any) -> tuple[int, str] | None:
        """Return the revision and the text of a value; None where it is what was kept last."""
        if not kind or kind in _RESERVED:
            raise ValueError("a record needs a kind of its own")
        text = json.dumps(value, allow_nan=False, separators=(",", ":"))
        before = self._newest(kind, name)
        if before is not None and before.value == text:
            return None
        # By the clock, so that a name that was forgotten and used again does not begin anew; never
        # below what was there, because a clock may be set back.
        return max(time.time_ns(), before.revision + 1 if before else 0), text

    def _newest(self, kind: str, name: str) -> SealedRecord | None:
        found = self._vault.catalogue.sealed(_NAMED, (kind, name))
        return found[-1] if found else None


def sealed(
    vault: Vault, kind: str, name: str, revision: int, value: str
) -> tuple[SealedObject, SealedRecord]:
    """Seal a new revision of a record durably, not yet as part of the vault."""
    header, content = container(kind, name, revision, value)
    drafted = vault.seal(content, header)
    drafted = replace(drafted, row=as_record(drafted.row))
    return drafted, sealed_record(drafted.row, content.getvalue(), 0)


def container(kind: str, name: str, revision: int, value: str) -> tuple[Header, io.BytesIO]:
    """Return the header and the content of a new object that holds a record."""
    facts = {"stillmine_record": VERSION, "kind": kind, "name": name, "revision": revision}
    content = (json.dumps({**facts, "value": json.loads(value)}, indent=1) + "\n").encode("ascii")
    now = time.time_ns()
    header = Header(objects.new_item(), _NAME, len(content), now, now, kind=KIND)
    return header, io.BytesIO(content)


def sealed_record(row: KeyRow, content: bytes, table: int, compartment: str = MAIN) -> SealedRecord:
    """Return what an object says of the record in it.

    Raises Damaged for anything else, and VaultTooNew where a newer program wrote it.
    """
    try:
        facts = json.loads(content)
        if facts["stillmine_record"] > VERSION:
            raise VaultTooNew
        value = json.dumps(facts["value"], separators=(",", ":"))
        kind, name, revision = str(facts["kind"]), str(facts["name"]), int(facts["revision"])
    except _NOT_A_RECORD as problem:
        raise Damaged from problem
    return SealedRecord(
        row.item, kind, name, revision, value, row.sum, row.stored, compartment, table
    )


def read(folder: Path, row: KeyRow, table: int, compartment: str) -> SealedRecord:
    """Open a record or evidence; of a damaged one, say what the key table knows."""
    try:
        with objects.open_object(folder, row) as (header, content):
            if header.kind == evidence.KIND:
                return evidence.as_kept(header, row, table, compartment)
            return sealed_record(row, content.read(), table, compartment)
    except (Damaged, ItemDamaged):
        return SealedRecord(row.item, "", "", 0, "null", row.sum, row.stored, compartment, table)


def stale(vault: Vault) -> list[str]:
    """Return the objects whose record has a newer revision."""
    newest: dict[tuple[str, str], str] = {}
    older: list[str] = []
    for each in vault.catalogue.sealed("kind <> ''"):
        if (each.kind, each.name) in newest:
            older.append(newest[each.kind, each.name])
        newest[each.kind, each.name] = each.item
    return older


def as_record(row: KeyRow) -> KeyRow:
    """Say in the key table that an object is no item: a damaged one must not be taken for one."""
    return replace(row, record=True)
