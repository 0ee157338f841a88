"""Proof of what happened: sealed like items, shown in no list of pictures, each access noted.

Each is an object like an item's, of any size, so that backups hold it, checks cover it, and
forgetting its key forgets it. The custody log gets its line first: what cannot be noted does not
happen, and what was noted and then cut off is put right by `settle`.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from stillmine.app.storage import objects
from stillmine.app.storage.container import Header
from stillmine.app.storage.epoch import MAIN
from stillmine.app.storage.item import Kept, SealedRecord
from stillmine.app.storage.key_table import KeyRow
from stillmine.errors import UnknownEvidence

if TYPE_CHECKING:
    from stillmine.app.storage.vault import Vault

KIND = "evidence"
"""What the sealed header of evidence says instead of picture, video and so on."""
_ALL = "kind = ?"
_DAMAGED = ""


@dataclass(frozen=True, slots=True)
class KeptEvidence:
    """One piece of evidence. `added` in nanoseconds since 1970, UTC; sizes in bytes."""

    evidence: str
    case: str
    name: bytes
    size: int
    added: int
    stored: int


class Evidence:
    """The evidence of an open vault. All but `all` needs a writer, because it is noted."""

    def __init__(self, vault: Vault) -> None:
        """Read from and write to this vault."""
        self._vault = vault

    def put(self, name: bytes, source: BinaryIO, *, case: str, why: str) -> str:
        """Keep what `source` holds, from its beginning; return its name, safe when this returns.

        `source` is read once, in pieces, and has to be seekable, so that its size is known before.
        Raises ChangedWhileReading, CannotReadFile, and what a disk may refuse, and ValueError
        without a case.
        """
        if not case:
            raise ValueError("evidence belongs to a case")
        size = source.seek(0, os.SEEK_END)
        source.seek(0)
        summing = _Summing(source)
        now = time.time_ns()
        header = Header(objects.new_item(), name, size, now, now, label=case, kind=KIND)
        drafted = self._vault.seal(cast(BinaryIO, summing), header)
        drafted = replace(drafted, row=replace(drafted.row, record=True))
        noted = self._vault.custody.line("kept", header.item, case, why, summing.sum.hexdigest())
        # The line has its place before the evidence has: nothing is kept without one.
        self._vault.add_sealed([*noted, (drafted, as_kept(header, drafted.row, 0, MAIN))])
        return header.item

    @contextlib.contextmanager
    def open(self, evidence: str, *, why: str) -> Iterator[BinaryIO]:
        """Give what was kept, authenticated as it is read; noted before the first byte is given.

        Raises UnknownEvidence, ItemDamaged, and what a disk may refuse: then it is not opened.
        """
        kept, case = self._find(evidence)
        self._vault.custody.note("opened", evidence, case, why)
        with self._vault.open_kept(kept) as (_header, content):
            yield content

    def forget(self, evidence: str, *, why: str = "asked") -> None:
        """Forget the key of a piece of evidence, and whatever else this disk holds of it.

        Raises UnknownEvidence where there is none.
        """
        _kept, case = self._find(evidence)
        self._vault.custody.note("forgotten", evidence, case, why)
        self._vault.forget_objects([evidence])

    def forget_case(self, case: str) -> None:
        """Forget all evidence of a case and its whole log; of no such case, nothing."""
        if self.all(case) or case in self._vault.custody.cases():
            self._vault.custody.end(case)
            _finish_case(self._vault, case)

    def all(self, case: str = "") -> list[KeptEvidence]:
        """Return the evidence of a case, or of all of them, the oldest first.

        What is damaged so badly that it does not even say what it is, is not among them; its
        name stays known to its case, and `keep verify` names it.
        """
        kept = [_told(each) for each in self._vault.catalogue.sealed(_ALL, (KIND,))]
        mine = [each for each in kept if case in ("", each.case)]
        return sorted(mine, key=lambda each: (each.added, each.evidence))

    def _find(self, evidence: str) -> tuple[Kept, str]:
        query = "item = ? AND kind IN (?, ?)"
        found = self._vault.catalogue.sealed(query, (evidence, KIND, _DAMAGED))
        row = self._vault.epoch.find(evidence) if found else None
        # Of a damaged object the key table still knows the case; a record has none.
        if row is None or not row.label:
            raise UnknownEvidence(evidence=evidence)
        (each,) = found
        return Kept(each.item, each.sum, each.stored, each.compartment, each.table), row.label


class _Summing(io.RawIOBase):
    """Reads another file once, and keeps the SHA-256 of all that was read."""

    def __init__(self, source: BinaryIO) -> None:
        self.sum = hashlib.sha256()
        self._source = source

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any) -> int:
        count = self._source.readinto(room) or 0  # type: ignore[attr-defined]  # BinaryIO leaves it out
        self.sum.update(memoryview(room)[:count])
        return int(count)


def as_kept(header: Header, row: KeyRow, table: int, compartment: str) -> SealedRecord:
    """Return what an object says of the evidence in it, as the catalogue keeps it."""
    facts = {"case": row.label, "name": os.fsdecode(header.name), "size": header.size}
    value = json.dumps({**facts, "added": header.added}, separators=(",", ":"))
    return SealedRecord(row.item, KIND, row.item, 1, value, row.sum, row.stored, compartment, table)


def settle(vault: Vault) -> None:
    """After a crash: bring the evidence in step with what was noted of it.

    What was noted as forgotten is forgotten now; of what was noted as kept and never got its
    place, a line says so. Neither was confirmed.
    """
    for case in vault.custody.ended():
        _finish_case(vault, case)
    if vault.epoch.damaged_tables():
        return  # what lies there may be mended, and is named until then
    rows = {row.item for _compartment, _table, row in vault.epoch.rows()}
    last = {each.evidence: each for each in vault.custody.entries() if each.what != "opened"}
    gone = [each.evidence for each in last.values() if each.what == "forgotten"]
    if unfinished := sorted(rows.intersection(gone)):
        vault.forget_objects(unfinished)
    for each in last.values():
        if each.what == "kept" and each.evidence not in rows:
            vault.custody.note("not-kept", each.evidence, each.case, "interrupted")


def _finish_case(vault: Vault, case: str) -> None:
    # The head goes last of all: as long as it is there, whoever comes next goes on here.
    lines, head = vault.custody.objects_of(case)
    vault.forget_objects([*(each.evidence for each in vault.evidence.all(case)), *lines])
    vault.forget_objects(head)


def _told(each: SealedRecord) -> KeptEvidence:
    facts = json.loads(each.value)
    return KeptEvidence(
        each.item,
        str(facts["case"]),
        os.fsencode(facts["name"]),
        int(facts["size"]),
        int(facts["added"]),
        each.stored,
    )
