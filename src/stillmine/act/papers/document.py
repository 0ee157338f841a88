"""What a paper is made of, as plain data: headings, paragraphs, tables, lines to sign.

No part carries markup. Whatever a name or an address holds, it is only text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Paper = Literal["a4", "us-letter"]


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences. A line break in the text stays one. `small` is for what explains."""

    text: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """What nobody is to overlook, in a frame."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Fields:
    """Names and what belongs to each, one pair a row."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads. `widths` are shares of the width, one for each column."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Points, with numbers or without."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of somebody else, such as of a law, and where they were read."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Commands:
    """What can be typed in a terminal, one command a line."""

    text: str


@dataclass(frozen=True, slots=True)
class Blanks:
    """Lines to fill in by hand, each with what goes there; the lines of a row side by side."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG picture that we coded ourselves, and what it shows."""

    jpeg: bytes
    about: str


Block = Heading | Paragraph | Box | Fields | Table | Listing | Quote | Commands | Blanks | Picture


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the paper: its name, what kind it is, its bytes, and what it is for."""

    name: str
    media_type: str
    content: bytes
    about: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One paper. `dated` is the time that it bears, which comes from the case, not from the clock.

    `running` stands at the foot of each page; `language` is of the words that are ours; `dense`
    takes less room, for what has to be on one page.
    """

    title: str
    dated: datetime
    blocks: tuple[Block, ...]
    running: str = ""
    language: str = "en"
    paper: Paper = "a4"
    attachments: tuple[Attachment, ...] = ()
    dense: bool = False
