"""Write a letter to files that the person asked for: text, fields of a form, e-mail, PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from stillmine.act.notices.filling import form_fields
from stillmine.act.notices.letter import Letter
from stillmine.act.notices.mailing import as_mail
from stillmine.act.papers import Attachment, Document, has_typesetter, typeset
from stillmine.act.papers.document import Heading, Listing, Paragraph
from stillmine.act.papers.saying import paper_size
from stillmine.app import outside
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.errors import TargetExists


class File(NamedTuple):
    """The name of a file, and what is in it."""

    name: str
    content: bytes


def keep_files(
    names: Sequence[str],
    letters: Sequence[Letter],
    folder: Path,
    context: Context,
    *,
    legal_name: bool = False,
    country: str = "",
) -> tuple[str, ...]:
    """Write all files of these letters into a folder, none over another. Return their names.

    Raises TargetExists before anything is written, InsideHome, CannotWriteHere, NotAMailAddress.
    """
    found = [
        each
        for name, letter in zip(names, letters, strict=True)
        for each in _files(name, letter, context.now(), country, legal_name=legal_name)
    ]
    folder = outside.require_folder(folder, Home(context.home))
    taken = next((each.name for each in found if (folder / each.name).exists()), "")
    if taken:
        raise TargetExists(file=taken)
    for each in found:
        outside.write_new(folder / each.name, [each.content])
    return tuple(each.name for each in found)


def _files(
    name: str, letter: Letter, now: datetime, country: str, *, legal_name: bool
) -> Iterator[File]:
    yield File(f"{name}-letter.txt", letter.whole.encode("utf-8", "replace"))
    fields = form_fields(letter, legal_name=legal_name)
    form = "\n\n".join(f"{each.field}:\n{each.value}" for each in fields) + "\n"
    yield File(f"{name}-form.txt", form.encode("utf-8", "replace"))
    if letter.mail:
        yield File(f"{name}.eml", as_mail(letter, now))
    if has_typesetter():
        yield File(f"{name}.pdf", as_pdf(letter, now, country))


def as_pdf(letter: Letter, now: datetime, country: str = "") -> bytes:
    """Return the letter as an archival PDF, with its text and its addresses inside as files.

    Raises NoTypesetter, CannotTypeset.
    """
    inside = (
        Attachment("letter.txt", "text/plain", letter.whole.encode("utf-8", "replace")),
        Attachment("addresses.txt", "text/plain", _lines(letter.addresses)),
    )
    blocks = (Paragraph(letter.to), Paragraph(letter.greeting), *_blocks(letter))
    end = Paragraph(f"{letter.signature}\n{letter.dated}")
    return typeset(
        Document(
            letter.subject,
            now,
            (*blocks, end),
            language=letter.language,
            paper=paper_size(country),
            attachments=inside,
        )
    ).pdf


def _blocks(letter: Letter) -> Iterator[Heading | Paragraph | Listing]:
    for each in letter.blocks:
        yield Heading(each.title)
        yield from map(Paragraph, each.paragraphs)
        if each.items:
            yield Listing(each.items, numbered=True)


def _lines(texts: Sequence[str]) -> bytes:
    return "".join(f"{each}\n" for each in texts).encode("utf-8", "replace")
