"""Turn a document into the data that the template sets: texts in lines, files by number."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from stillmine.act.papers.document import (
    Blanks,
    Block,
    Box,
    Commands,
    Document,
    Fields,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Quote,
    Table,
)
from stillmine.act.papers.in_memory import as_numbers, in_svg, is_text
from stillmine.act.papers.shown import (
    first_strong_is_right_to_left,
    pieces,
    shown,
    written_out,
)
from stillmine.errors import CannotTypeset
from stillmine.messages import fill, translate
from stillmine.messages.papers import PAPER

_MOST_SIGNS = 1_500_000  # of all texts of a paper: some hundred pages
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(slots=True)
class Laid:
    """What the template is given: `data` for `data.json`, and files by the names they have there.

    `signs` are all signs that the texts use.
    """

    data: dict[str, Any] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    signs: set[str] = field(default_factory=set)


def lay(document: Document, not_drawn: Collection[str]) -> Laid:
    """Return the data for a document, with the signs that cannot be drawn written out.

    Raise CannotTypeset for a text that is too long.
    """
    laid = Laid()
    text = _Texts(frozenset(not_drawn), laid.signs)
    blocks = [_block(block, text, laid.files) for block in document.blocks]
    if not_drawn:
        signs = ", ".join(written_out(sign) for sign in sorted(not_drawn))
        note = fill(translate(PAPER["not_drawn"]), {"signs": signs})
        blocks.append(_block(Paragraph(note, small=True), text, laid.files))
    dated = document.dated.astimezone(UTC)
    laid.data = {
        "title": text.plain(_some(document.title)),
        "heading": text(_some(document.title)),
        "running": text(document.running),
        "of": text.plain(translate(PAPER["of"])),
        "language": document.language,
        "paper": document.paper,
        "dense": document.dense,
        "dated": [dated.year, dated.month, dated.day, dated.hour, dated.minute, dated.second],
        "blocks": blocks,
        "attached": _attached(document, text, laid.files),
    }
    return laid


def attachment_names(document: Document) -> list[str]:
    """Return the names of the files inside a paper: short, plain, each once."""
    names: list[str] = []
    for number, each in enumerate(document.attachments, 1):
        name = _UNSAFE.sub("-", each.name).strip("-.")[-60:] or "file"
        names.append(f"{number}-{name}" if name in names else name)
    return names


def _some(text: str) -> str:
    # A heading without a word is refused in papers that screen readers read.
    return text if text.strip() else "-"


class _Texts:
    """Lays texts out in lines, and remembers which signs they use."""

    def __init__(self, not_drawn: frozenset[str], signs: set[str]) -> None:
        self._not_drawn = not_drawn
        self._signs = signs
        self._count = 0

    def plain(self, text: str) -> str:
        self._count += len(text)
        if self._count > _MOST_SIGNS:
            raise CannotTypeset
        visible = shown(text)
        self._signs.update(visible)
        return "".join(written_out(s) if s in self._not_drawn else s for s in visible)

    def __call__(self, text: str) -> dict[str, Any]:
        lines = self.plain(text).split("\n")
        return {
            "rtl": first_strong_is_right_to_left(text),
            "lines": [pieces(line) for line in lines],
        }


def _attached(document: Document, text: _Texts, files: dict[str, bytes]) -> list[dict[str, Any]]:
    found = []
    for each, name in zip(document.attachments, attachment_names(document), strict=True):
        file = f"attached-{len(files)}"
        numbers = not is_text(each.content)
        files[file] = as_numbers(each.content) if numbers else each.content
        about = text.plain(each.about or name)
        kind = {"name": name, "kind": each.media_type, "about": about}
        found.append({"file": file, "numbers": numbers, **kind})
    return found


def _block(block: Block, text: _Texts, files: dict[str, bytes]) -> dict[str, Any]:
    kind = type(block)
    return {"kind": kind.__name__.lower(), **_LAYING[kind](block, text, files)}


_Laying = Callable[[Any, _Texts, dict[str, bytes]], dict[str, Any]]


def _rows(rows: tuple[tuple[str, ...], ...], text: _Texts) -> list[list[dict[str, Any]]]:
    return [[text(cell) for cell in row] for row in rows]


def _picture(block: Picture, text: _Texts, files: dict[str, bytes]) -> dict[str, Any]:
    file = f"picture-{len(files)}.svg"
    files[file] = in_svg(block.jpeg)
    return {"file": file, "alt": text.plain(block.about), "text": text(block.about)}


_LAYING: dict[type, _Laying] = {
    Heading: lambda block, text, _: {"text": text(_some(block.text))},
    Paragraph: lambda block, text, _: {"text": text(block.text), "small": block.small},
    Box: lambda block, text, _: {"title": text(block.title), "text": text(block.text)},
    Fields: lambda block, text, _: {"rows": _rows(block.rows, text)},
    Table: lambda block, text, _: {
        "heads": [text(head) for head in block.heads],
        "rows": _rows(block.rows, text),
        "widths": list(block.widths),
    },
    Listing: lambda block, text, _: {
        "items": [text(item) for item in block.items],
        "numbered": block.numbered,
    },
    Quote: lambda block, text, _: {"text": text(block.text), "source": text(block.source)},
    Commands: lambda block, text, _: {"text": text(block.text)},
    Blanks: lambda block, text, _: {"rows": _rows(block.rows, text)},
    Picture: _picture,
}
