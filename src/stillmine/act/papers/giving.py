"""Write a paper to the file that the person named: as PDF, or as text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from stillmine.act.papers.document import Document
from stillmine.act.papers.plain import plain_text
from stillmine.act.papers.typesetting import has_typesetter, typeset
from stillmine.app import delivering
from stillmine.app.actions import Answer
from stillmine.app.context import Context
from stillmine.errors import NoTypesetter, TargetExists, WrongUsage
from stillmine.messages import translate
from stillmine.messages.papers import PAPER

_PDF, _TEXT = ".pdf", ".txt"


@dataclass(frozen=True, slots=True)
class PaperAnswer(Answer):
    """Where the paper is, and which signs no font here could draw."""

    file: Path
    not_drawn: tuple[str, ...]


def require_place(file: Path, context: Context) -> None:
    """Raise before any work is done where the paper could not be given there in the end.

    Raises WrongUsage, NoTypesetter, TargetExists, InsideHome, CannotWriteHere.
    """
    if file.suffix.lower() not in (_PDF, _TEXT):
        raise WrongUsage(problem=translate(PAPER["file_ending"]))
    if file.suffix.lower() == _PDF and not has_typesetter():
        raise NoTypesetter
    delivering.require_folder(file.parent, context)
    if delivering.is_taken(file, context):
        raise TargetExists(file=file.name)


def give(document: Document, file: Path, context: Context) -> PaperAnswer:
    """Write the paper under a name that is free. Raises as `require_place`, and CannotTypeset."""
    require_place(file, context)
    context.job.begin("papers.setting", 1, "")
    not_drawn: tuple[str, ...] = ()
    if file.suffix.lower() == _PDF:
        content, not_drawn = typeset(document)
    else:
        content = plain_text(document).encode("utf-8", "replace")
    delivering.give(file, [content], context)
    context.job.advance()
    return PaperAnswer(file, not_drawn)
