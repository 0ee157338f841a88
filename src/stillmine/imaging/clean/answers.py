"""What the child that inspects and cleans may answer: one shape for everything, checked whole."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from stillmine.errors import (
    FileDamaged,
    FileLocked,
    NoCleaner,
    NotUnderstood,
    ShownDiffers,
    StillmineError,
    StillSpeaks,
)
from stillmine.imaging.clean.findings import KEPT, MOST_FINDINGS, MOST_SAID, WHATS
from stillmine.imaging.kinds import FORMATS
from stillmine.imaging.wire import Check, Garbled, Message, count, one_of

REFUSALS: dict[str, type[StillmineError]] = {
    kind.code: kind
    for kind in (FileDamaged, FileLocked, NoCleaner, NotUnderstood, ShownDiffers, StillSpeaks)
}
SEEN = ("", "same", "other-shape", "other-picture")
"""How an embedded preview compares with the picture; empty: it is none, or cannot be drawn."""
_PART = re.compile(r"[a-z0-9-]{0,60}")
_MOST_COUNT = 2**31 - 1
MOST_PIECE = 1 << 20
MOST_BLOB = 4 * MOST_PIECE


def _counts(value: Any) -> bool:
    return (
        type(value) is list
        and len(value) == len(WHATS)
        and all(type(one) is int and 0 <= one <= _MOST_COUNT for one in value)
    )


def _kept(value: Any) -> bool:
    return type(value) is list and len(value) <= len(KEPT) and all(one in KEPT for one in value)


def _part(value: Any) -> bool:
    return type(value) is str and _PART.fullmatch(value) is not None


ANSWER: Mapping[str, Check] = {
    "kind": one_of(("piece", "done", "refused")),
    "format": one_of(tuple(FORMATS)),
    "removed": _counts,
    "kept": _kept,
    "code": one_of(("", *REFUSALS)),
    "part": _part,
    "width": count(_MOST_COUNT),
    "height": count(_MOST_COUNT),
}
"""`piece`: more of the file follows as raw bytes. `refused`: `code` and `part` say why."""


def answer(kind: str, file_format: str = "other", **more: Any) -> dict[str, Any]:
    """Return an answer with everything that was not said left empty."""
    empty = {
        "kind": kind,
        "format": file_format,
        "removed": [0] * len(WHATS),
        "kept": [],
        "code": "",
        "part": "",
        "width": 0,
        "height": 0,
    }
    return {**empty, **more}


def refused(error: StillmineError, file_format: str) -> dict[str, Any]:
    """Return the answer for a file that cannot be cleaned."""
    part = str(error.facts.get("part", ""))
    return answer("refused", file_format, code=error.code, part=part if _part(part) else "")


def raise_refused(message: Message) -> None:
    """Raise on our side what the child refused with."""
    if message["kind"] == "refused":
        kind = REFUSALS.get(message["code"], FileDamaged)
        raise kind(part=message["part"].replace("-", " "))


class Told(NamedTuple):
    """A finding as it comes out of the child; `seen` is one of SEEN."""

    what: str
    where: str
    said: str
    seen: str


def pack_told(told: list[Told]) -> bytes:
    """Return findings as plain ASCII, few enough for one answer."""
    rows = [list(one) for one in told[:MOST_FINDINGS]]
    return json.dumps(rows, ensure_ascii=True).encode("ascii")


def unpack_told(blob: bytes) -> list[Told]:
    """Read findings that a child sent, and believe only their shape. Raises Garbled."""
    try:
        rows = json.loads(blob)
    except (ValueError, RecursionError) as error:
        raise Garbled from error
    if type(rows) is not list or len(rows) > MOST_FINDINGS:
        raise Garbled
    return [_told(row) for row in rows]


def _told(row: Any) -> Told:
    fits = type(row) is list and len(row) == 4 and all(type(one) is str for one in row)
    if not fits or row[0] not in WHATS or row[3] not in SEEN:
        raise Garbled
    if len(row[1]) > 100 or len(row[2]) > MOST_SAID:
        raise Garbled
    return Told(*row)
