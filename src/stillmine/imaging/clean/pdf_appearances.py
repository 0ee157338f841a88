"""Draw the notes and form fields that are seen on a page into the page itself.

Source: ISO 32000-1, 12.5.5, algorithm "appearance streams".
"""

from __future__ import annotations

from typing import Any

from stillmine.imaging.clean.pdf_objects import Ref, Value
from stillmine.imaging.clean.pdf_pictures import resolved
from stillmine.imaging.clean.pdf_resources import Copier

_HIDDEN, _NOT_VIEWED = 2, 32
_MOST_NOTES = 20_000
_UPRIGHT = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

Matrix = tuple[float, ...]


def appearances(copier: Copier, page: Any) -> tuple[bytes, dict[str, Value]]:
    """Return the drawing that shows a page's notes and fields, and the objects it draws with."""
    lines: list[bytes] = []
    objects: dict[str, Value] = {}
    for note in list(resolved(page.get("/Annots")) or [])[:_MOST_NOTES]:
        found = resolved(note)
        stream, raw = _seen(found)
        if stream is None:
            continue
        name = f"N{len(objects)}"
        ref: Ref = copier.once("XObject", raw, copier.form)
        objects[name] = ref
        numbers = " ".join(f"{number:.5f}" for number in _placed(found, stream))
        lines.append(f"q {numbers} cm /{name} Do Q".encode())
    return b"\n".join(lines) + b"\n", objects


def _seen(note: Any) -> tuple[Any, Any]:
    """Return a note's appearance and what refers to it, or None where it is not seen."""
    flags = int(resolved(note.get("/F", 0)) or 0)
    if flags & (_HIDDEN | _NOT_VIEWED) or str(note.get("/Subtype")) == "/Popup":
        return None, None
    looks = resolved(note.get("/AP"))
    if looks is None or "/N" not in looks:
        return None, None
    raw = looks.raw_get("/N")
    normal = resolved(raw)
    if not hasattr(normal, "get_data"):
        state = str(resolved(note.get("/AS", "/Off")))
        if normal is None or state not in normal:
            return None, None
        raw = normal.raw_get(state)
        normal = resolved(raw)
    return (normal, raw) if hasattr(normal, "get_data") and "/BBox" in normal else (None, None)


def _placed(note: Any, stream: Any) -> Matrix:
    """Return the matrix that puts an appearance where the note is."""
    box = _numbers(stream["/BBox"])
    matrix = _numbers(stream["/Matrix"]) if "/Matrix" in stream else _UPRIGHT
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in box[::2] for y in box[1::2]]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    low, high = min(y for _, y in corners), max(y for _, y in corners)
    place = _numbers(note["/Rect"])
    west, east = sorted(place[::2])
    south, north = sorted(place[1::2])
    wide = (east - west) / (right - left) if right > left else 1.0
    tall = (north - south) / (high - low) if high > low else 1.0
    return (wide, 0.0, 0.0, tall, west - wide * left, south - tall * low)


def _numbers(value: Any) -> tuple[float, ...]:
    return tuple(float(resolved(one)) for one in resolved(value))
