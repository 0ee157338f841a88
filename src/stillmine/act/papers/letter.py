"""Set a letter that asks for removal as a paper, with what belongs to it inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Protocol

from stillmine.act.papers.document import (
    Attachment,
    Block,
    Document,
    Fields,
    Listing,
    Paper,
    Paragraph,
)
from stillmine.act.papers.typesetting import Typeset, typeset
from stillmine.messages import translate
from stillmine.messages.papers import PAPER


class Letter(Protocol):
    """What a letter needs to have: whom it is for, what it is about, and its words."""

    @property
    def to(self) -> str:
        """Who it is for, with the address, one line each."""
        ...

    @property
    def subject(self) -> str:
        """What it is about, in one line."""
        ...

    @property
    def text(self) -> str:
        """All its words; an empty line stands between paragraphs."""
        ...


def letter_document(
    letter: Letter,
    attachments: Iterable[Attachment] = (),
    *,
    dated: datetime,
    running: str = "",
    paper: Paper = "a4",
) -> Document:
    """Return the document of a letter."""
    inside = tuple(attachments)
    about = ((translate(PAPER["to"]), letter.to), (translate(PAPER["date"]), f"{dated:%Y-%m-%d}"))
    blocks: list[Block] = [Fields(about), *_paragraphs(letter.text)]
    if inside:
        names = "\n".join(each.about or each.name for each in inside)
        blocks.append(Fields(((translate(PAPER["inside"]), names),)))
    return Document(letter.subject, dated, tuple(blocks), running, "en", paper, inside)


def letter_pdf(
    letter: Letter,
    attachments: Iterable[Attachment] = (),
    *,
    dated: datetime,
    running: str = "",
    paper: Paper = "a4",
) -> Typeset:
    """Return a letter as an archival PDF with its attachments inside.

    Raise NoTypesetter, CannotTypeset.
    """
    return typeset(letter_document(letter, attachments, dated=dated, running=running, paper=paper))


def _paragraphs(text: str) -> Iterator[Block]:
    for part in text.replace("\r\n", "\n").split("\n\n"):
        lines = part.strip("\n").split("\n")
        if len(lines) > 1 and all(line.startswith("- ") for line in lines):
            yield Listing(tuple(line[2:] for line in lines))
        elif part.strip():
            yield Paragraph(part.strip("\n"))
