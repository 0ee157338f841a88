"""The copy that leaves: clean in any case, and marked for one person where that can be done."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from stillmine.errors import NotUnderstood
from stillmine.imaging import Decoder
from stillmine.imaging.clean.cleaner import Cleaner, Report
from stillmine.imaging.shapes import MOST_INLINE

_MEMORY, _SECONDS = 3 << 30, 180.0  # what a mark in 200 megapixels takes, to write or to read


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that says nothing beside what it shows; `format` is a name of `imaging.kinds`."""

    format: str
    data: bytes
    marked: bool


def decoder_of_marks() -> Decoder:
    """Return a decoder with room for two large pictures side by side, and the time they take."""
    return Decoder(workers=1, memory=_MEMORY, seconds=_SECONDS)


def marked_copy(decoder: Decoder, content: BinaryIO, seed: bytes) -> Copy:
    """Return a clean copy with a mark that only this seed finds again. Raise CannotMark."""
    marked = decoder.mark(content, seed)
    return Copy(marked.format, marked.data, marked=True)


def clean_copy(cleaner: Cleaner, content: BinaryIO, size: int) -> Copy:
    """Return a clean copy without a mark, read again by other code before it is used.

    In memory, because nothing plain may land on the disk here. Raise what refuses the file.
    """
    if size > MOST_INLINE:
        raise NotUnderstood(part="it is too large to be cleaned without writing it down")
    pieces, report = _taken(cleaner.clean(content))
    cleaner.prove(content, io.BytesIO(pieces))
    return Copy(report.format, pieces, marked=False)


def _taken(stream: Iterator[bytes | Report]) -> tuple[bytes, Report]:
    *pieces, report = stream
    if not isinstance(report, Report):
        raise NotUnderstood(part="it was not cleaned to its end")
    return b"".join(piece for piece in pieces if isinstance(piece, bytes)), report
