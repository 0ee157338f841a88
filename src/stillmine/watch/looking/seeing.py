"""Look at a picture in memory: is it one of ours, byte for byte or as it looks? Then drop it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from stillmine.app.network.web.references import unescaped
from stillmine.app.sources.finding import OpenSource
from stillmine.app.sources.limits import Limits
from stillmine.app.sources.opening import Gap, Piece, pieces_held
from stillmine.app.storage.looks import OwnSum
from stillmine.errors import CannotReadFile, NotAFile
from stillmine.imaging import Problem
from stillmine.imaging.likeness.form import VERSION
from stillmine.watch.looking.bodies import Alike
from stillmine.watch.own import Own, sha256_of
from stillmine.watch.recognising import Recogniser

_GENERATION_BYTES = 16
_NOWHERE = Path("answer")  # what never was on a disk has no path; nobody opens this one
_LIMITS = Limits(unpacked=128 << 20, factor=2, members=2_000, held=32 << 20)
_MOST_DATA = 16 << 20
# Why something could not be looked at that says nothing about the picture itself.
NOT_ITS_FAULT = frozenset({Problem.NO_RECOGNISER.value, Problem.CANNOT_READ.value})


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen. `compared` pictures, of which some were `alike`; `codes` say what was not."""

    alike: tuple[Alike, ...] = ()
    compared: int = 0
    codes: tuple[str, ...] = ()


class Eye:
    """Compares what was loaded with the own pictures; used by several threads at once."""

    def __init__(self, recogniser: Recogniser, own: Sequence[OwnSum]) -> None:
        """Take the recogniser, and the plain sums of the own files."""
        self._recogniser = recogniser
        self._by_sum: dict[str, list[str]] = {}
        self._by_md5: dict[str, list[OwnSum]] = {}
        for each in own:
            self._by_sum.setdefault(each.sha256, []).append(each.item)
            self._by_md5.setdefault(each.md5, []).append(each)
        self._sizes = frozenset(each.size for each in own)

    def known_by(self, md5: str, size: int) -> tuple[str, ...]:
        """Return the items with this MD5 and, where it is told, this size."""
        found = self._by_md5.get(md5, ()) if md5 else ()
        return tuple(each.item for each in found if size in (0, each.size))

    def is_same(self, path: Path, item: str) -> bool:
        """Say whether a file has just the bytes of an item."""
        try:
            with OpenSource(path) as source:
                fits = source.size in self._sizes
                return fits and item in self._by_sum.get(sha256_of(source.file), ())
        except (OSError, CannotReadFile, NotAFile):
            return False

    def see(self, data: bytes) -> Sight:
        """Look at an answer, and into it where it is an archive. Nothing of it is kept."""
        alike: list[Alike] = []
        codes: list[str] = []
        compared = 0
        for found in pieces_held(io.BytesIO(data), _NOWHERE, _LIMITS):
            if isinstance(found, Gap):
                codes.append(found.code)
            elif isinstance(found, Piece) and found.held is not None:
                sight = self._piece(found, found.held)
                alike += sight.alike
                codes += sight.codes
                compared += sight.compared
        return Sight(_each_item_once(alike), compared, tuple(dict.fromkeys(codes)))

    def see_written(self, data: str) -> Sight:
        """Look at a picture that is written into a page as a `data:` address."""
        content = data_of(data)
        return self.see(content) if content else Sight()

    def _piece(self, piece: Piece, held: io.BytesIO) -> Sight:
        same = self._same_bytes(held)
        seen = self._recogniser.compare(piece)
        alike = [Alike.of(copy, same_bytes=copy.item in same) for copy in seen.copies]
        missing = set(same) - {each.item for each in alike}
        alike += [Alike(item, "exact", same_bytes=True) for item in sorted(missing)]
        code = seen.gap.code if seen.gap and not same else None
        return Sight(tuple(alike), int(seen.compared or bool(same)), (code,) if code else ())

    def _same_bytes(self, held: io.BytesIO) -> tuple[str, ...]:
        if held.getbuffer().nbytes not in self._sizes:
            return ()
        return tuple(self._by_sum.get(hashlib.sha256(held.getbuffer()).hexdigest(), ()))


def generation_of(own: Own, sums: Iterable[OwnSum]) -> str:
    """Return what stands for just these pictures, the same with a vault and without one.

    What was compared with others has to be compared again.
    """
    whole = hashlib.blake2b(bytes([VERSION]), digest_size=_GENERATION_BYTES)
    whole.update("\0".join(sorted(own.index)).encode())
    whole.update("\0".join(sorted(each.sha256 for each in sums)).encode())
    return whole.hexdigest()


def data_of(address: str) -> bytes:
    """Return what a `data:` address holds (RFC 2397); nothing where it is none, or too long."""
    head, comma, body = address[5:].partition(",")
    if address[:5].lower() != "data:" or not comma or len(body) > _MOST_DATA:
        return b""
    content = unescaped(body)
    if not head.lower().rstrip().endswith(";base64"):
        return content
    try:
        packed = bytes(sign for sign in content if sign not in b" \t\r\n")
        return base64.b64decode(packed + b"=" * (-len(packed) % 4), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _each_item_once(alike: Iterable[Alike]) -> tuple[Alike, ...]:
    """Return the surest copy of each item: of an archive, or of a page with many."""
    best: dict[str, Alike] = {}
    for each in alike:
        known = best.get(each.item)
        if known is None or _surety(each) > _surety(known):
            best[each.item] = each
    return tuple(best.values())


def _surety(alike: Alike) -> tuple[bool, float]:
    return alike.same_bytes, alike.score or 0.0
