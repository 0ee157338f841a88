"""What the tests of the readers share: a small picture, and what was found in a file."""

from __future__ import annotations

from pathlib import Path

from stillmine.app.sources.limits import Limits
from stillmine.app.sources.opening import Gap, Other, Piece, pieces
from stillmine.imaging.drawn import draw

JPEG = draw(1, size=(96, 72))
SECOND = draw(2, size=(96, 72))

Told = tuple[str | None, object]


def told(path: Path, *, follow: bool = False, limits: Limits | None = None) -> list[Told]:
    """Return (name inside, bytes) of each piece and (name inside, code) of each gap."""
    found: list[Told] = []
    for one in pieces(path, follow=follow, limits=limits):
        if isinstance(one, Piece):
            data = one.path.read_bytes() if one.held is None else one.held.getvalue()
            found.append((one.inside, data))
        elif isinstance(one, Gap):
            found.append((one.inside, one.code))
    return found


def others(path: Path) -> int:
    return sum(isinstance(one, Other) for one in pieces(path))
