"""The copy that leaves: clean in any case, and marked for one person where that can be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from stillmine.imaging import Decoder


@dataclass(frozen=True, slots=True)
class Copy:
    """A picture that says nothing beside what it shows; `format` is a name of `imaging.kinds`."""

    format: str
    data: bytes
    marked: bool


def marked_copy(decoder: Decoder, content: BinaryIO, seed: bytes) -> Copy:
    """Return a clean copy with a mark that only this seed finds again. Raise CannotMark."""
    marked = decoder.mark(content, seed)
    return Copy(marked.format, marked.data, marked=True)
