"""Which key opens which item: sealed lists, replaced and never changed.

A table file is an age identity file, sealed to its compartment: for each item a comment line with
what is known of it and a line with its key. To forget an item is to replace the table that holds
its key by one that does not; what may be changed later (label, albums) lies beside the key, so that
it survives the loss of the catalogue.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from stillmine.crypto import Recipient, X25519Identity, decrypt, encrypt
from stillmine.errors import Damaged, VaultTooNew

VERSION = 1
ROWS = 1024
"""The most items in one table: what has to be written again when one of them changes."""


# What reading a text that is no table may raise; RecursionError for endless nesting.
_NOT_A_TABLE = (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One item's key, with what must not be lost along with the catalogue."""

    item: str
    key: str = field(repr=False)
    digest: str
    sum: str
    stored: int
    label: str = ""
    albums: tuple[str, ...] = ()
    record: bool = False
    """Whether the object is a sealed record and no item of the person's."""


@dataclass(frozen=True, slots=True)
class KeyTable:
    """A numbered list of keys; it may take the place of older ones and name items as forgotten."""

    number: int
    rows: tuple[KeyRow, ...]
    replaces: tuple[int, ...] = ()
    forgotten: tuple[str, ...] = ()


def _line(facts: dict[str, Any]) -> str:
    # ASCII JSON holds no line break, so a label can never start a line of its own.
    return "# " + json.dumps(facts, separators=(",", ":"))


def _text(table: KeyTable) -> Iterable[str]:
    yield _line({"table": table.number, "replaces": table.replaces, "forgotten": table.forgotten})
    for row in table.rows:
        yield _line(
            {
                "item": row.item,
                "digest": row.digest,
                "sum": row.sum,
                "stored": row.stored,
                "label": row.label,
                "albums": row.albums,
                **({"record": True} if row.record else {}),
            }
        )
        yield row.key


def seal_table(table: KeyTable, recipient: Recipient) -> bytes:
    """Return the bytes of a table file."""
    text = "\n".join(_text(table)) + "\n"
    return encrypt(text.encode("ascii"), [recipient])


def open_table(data: bytes, identity: X25519Identity) -> KeyTable:
    """Read a table file; raises Damaged, NotAge or NoKeyFits where it is not what was written.

    Raises VaultTooNew where a newer program wrote it.
    """
    text = decrypt(data, [identity])
    try:
        return _read(text.decode("ascii").splitlines())
    except _NOT_A_TABLE as problem:
        raise Damaged from problem


def _read(lines: Sequence[str]) -> KeyTable:
    head = json.loads(lines[0].removeprefix("# "))
    # Left out in version 1. To rewrite a newer table would drop what is new in it.
    if head.get("version", VERSION) > VERSION:
        raise VaultTooNew
    rows = tuple(
        _row(json.loads(lines[at].removeprefix("# ")), lines[at + 1])
        for at in range(1, len(lines), 2)
    )
    return KeyTable(head["table"], rows, tuple(head["replaces"]), tuple(head["forgotten"]))


def _row(facts: dict[str, Any], key: str) -> KeyRow:
    return KeyRow(
        item=facts["item"],
        key=key,
        digest=facts["digest"],
        sum=facts["sum"],
        stored=facts["stored"],
        label=facts["label"],
        albums=tuple(facts["albums"]),
        record=bool(facts.get("record")),
    )
