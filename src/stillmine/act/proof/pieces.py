"""What goes into a bundle of proof, and what comes of making one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}\Z")
_MEDIA = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+\Z")
_STRANGE = re.compile(r"[^a-z0-9._-]+")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """One file that is proof: a screenshot, the text of a page, something that was handed in.

    `name` is small letters, digits, dots and dashes; `piece_name` makes one of any file's name.
    """

    name: str
    media_type: str
    content: bytes

    def __post_init__(self) -> None:
        """Raise ValueError for a name that could mean another thing on some computer."""
        if not _NAME.match(self.name) or not _MEDIA.match(self.media_type):
            raise ValueError("a piece has a plain name and a plain media type")


@dataclass(frozen=True, slots=True)
class Page:
    """The page that a bundle shows: its address as it was asked for, and when."""

    url: str
    at: datetime
    title: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time-stamp authority's answer: `response` as it came (RFC 3161), and what it says.

    `certificates` are DER, what a check needs beside the answer, the root last where it is there.
    """

    authority: str
    at: datetime
    response: bytes
    certificates: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """A bundle that was made.

    `root` is the SHA-256 of its `proof/root.txt` in hexadecimal, the one number that stands for all
    of it: what was signed and what the authorities in `stamped` vouch for. `key` names the key.
    """

    root: str
    size: int
    stamped: tuple[str, ...]
    key: str
    problems: tuple[str, ...] = ()


def piece_name(original: str, number: int) -> str:
    """Return a name for a file that was handed in: its number, and what can be kept of its name."""
    stem = _STRANGE.sub("-", PurePath(original.replace("\\", "/")).name.lower()).strip("-.")
    return f"{number:03d}-{stem[-_LONGEST:].strip('-.') or 'file'}"
