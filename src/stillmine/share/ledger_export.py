"""Write the ledger for somebody who has no such program: a table, data, or a text to print."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from stillmine.messages import fill, translate
from stillmine.messages.handing import EXPORT, SEALED

if TYPE_CHECKING:
    from stillmine.share.listing import ShownHandover

# A table program takes a cell that begins so for a formula, and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(handovers: Sequence[ShownHandover], made: datetime) -> bytes:
    """Return a table: UTF-8 with the mark that table programs look for, one line a copy."""
    del made
    out = io.StringIO(newline="")
    rows = [_plain(each) for each in handovers]
    writer = csv.DictWriter(out, fieldnames=list(_COLUMNS), lineterminator="\r\n")
    writer.writerow(dict(zip(_COLUMNS, _COLUMNS, strict=True)))
    for row in rows:
        writer.writerow({name: _cell(row[name]) for name in _COLUMNS})
    return out.getvalue().encode("utf-8-sig", "replace")


def as_json(handovers: Sequence[ShownHandover], made: datetime) -> bytes:
    """Return the copies as JSON."""
    facts = {"written": made.isoformat(timespec="seconds"), "handovers": [*map(_plain, handovers)]}
    return json.dumps(facts, indent=1, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def as_text(handovers: Sequence[ShownHandover], made: datetime) -> bytes:
    """Return a text to read or print."""
    facts = {"date": made.strftime("%Y-%m-%d %H:%M %Z"), "count": len(handovers)}
    lines = [fill(translate(EXPORT["head"]), facts), "", translate(EXPORT["careful"]), ""]
    for each in handovers:
        row = _plain(each)
        row["sealed"] = translate(SEALED[each.sealed or "unsealed"])
        row["wishes"] = "; ".join(each.wishes)
        row["marked"] = translate(EXPORT["yes" if each.marked else "no"])
        row["state"] = translate(EXPORT[each.state])
        for name in _COLUMNS:
            if row[name] not in ("", None, []):
                lines.append(f"{translate(EXPORT[name])}: {row[name]}")
        lines.append("")
    return "\n".join(lines).encode("utf-8", "replace")


_COLUMNS = (
    "handover", "recipient", "made", "item", "item_name", "sealed", "to", "marked",
    "state", "withdrawn", "wishes", "until", "views", "file", "file_sha256", "picture_sha256",
)  # fmt: skip

WRITERS: dict[str, Callable[[Sequence[ShownHandover], datetime], bytes]] = {
    ".csv": as_csv,
    ".json": as_json,
    ".txt": as_text,
}


def _plain(handover: ShownHandover) -> dict[str, Any]:
    facts = asdict(handover)
    for name in ("made", "withdrawn"):
        facts[name] = facts[name].isoformat() if facts[name] else None
    facts["wishes"] = list(handover.wishes)
    return facts


def _cell(value: Any) -> str:
    text = "; ".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
