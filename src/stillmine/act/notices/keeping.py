"""Write a letter to files that the person asked for: text, fields of a form, e-mail, PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from stillmine.act.case.model import Notice, Sender
from stillmine.act.notices.filling import form_fields
from stillmine.act.notices.letter import Letter
from stillmine.act.notices.mailing import as_mail
from stillmine.act.papers import Attachment, Document, has_typesetter, typeset
from stillmine.act.papers.document import Heading, Listing, Paragraph
from stillmine.act.papers.letter import letter_pdf
from stillmine.act.papers.saying import paper_size
from stillmine.app import delivering
from stillmine.app.context import Context
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
    return _write(found, folder, context)


@dataclass(frozen=True, slots=True)
class KeptLetter:
    """A letter as its case keeps it: the words that were written, and where they go.

    `mail` is empty where no address is known; then whoever sends it puts one in.
    """

    to: str
    subject: str
    text: str
    mail: str
    sender: Sender

    @classmethod
    def of(cls, notice: Notice, sender: Sender) -> KeptLetter:
        """Return the letter of a notice. What is kept begins with whom it is for and what about."""
        _head, subject, text = (*notice.text.split("\n\n", 2), "", "")[:3]
        mail = notice.facts.get("mail", "")
        return cls(notice.to, subject.strip() or notice.to, text or notice.text, mail, sender)


def keep_again(
    name: str, letter: KeptLetter, folder: Path, context: Context, country: str = ""
) -> tuple[str, ...]:
    """Write a letter that a case keeps, as text, mail and PDF. Return the names of the files.

    Raises TargetExists before anything is written, InsideHome, CannotWriteHere, CannotTypeset.
    """
    now = context.now()
    whole = f"{letter.subject}\n\n{letter.text}"
    found = [
        File(f"{name}.txt", whole.encode("utf-8", "replace")),
        File(f"{name}.eml", as_mail(letter, now)),
    ]
    if has_typesetter():
        paper = paper_size(country)
        found.append(File(f"{name}.pdf", letter_pdf(letter, dated=now, paper=paper).pdf))
    return _write(found, folder, context)


def _write(found: Sequence[File], folder: Path, context: Context) -> tuple[str, ...]:
    folder = delivering.require_folder(folder, context)
    taken = [each.name for each in found if delivering.is_taken(folder / each.name, context)]
    if taken:
        raise TargetExists(file=taken[0])
    for each in found:
        delivering.give(folder / each.name, [each.content], context)
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
