"""The same paper as plain text, for where no PDF can be made or wanted."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
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
from stillmine.act.papers.shown import shown
from stillmine.messages import fill, translate
from stillmine.messages.papers import PAPER

_WIDE = 88


def plain_text(document: Document) -> str:
    """Return the words of a document in lines; what stands in tables stands in blocks."""
    title = shown(document.title)
    parts = [f"{title}\n{'=' * min(len(title), _WIDE)}"]
    parts.extend(_LINES[type(block)](block) for block in document.blocks)
    if document.attachments:
        names = ", ".join(shown(each.name) for each in document.attachments)
        parts.append(fill(translate(PAPER["files_apart"]), {"names": names}))
    if document.running:
        parts.append(f"-- \n{shown(document.running)}")
    return "\n\n".join(part for part in parts if part) + "\n"


def _folded(text: str, indent: str = "", first: str | None = None) -> str:
    begin = indent if first is None else first
    lines = []
    for line in shown(text).split("\n"):
        lines.extend(
            textwrap.wrap(
                line,
                _WIDE,
                initial_indent=begin,
                subsequent_indent=indent,
                break_long_words=False,
                break_on_hyphens=False,
            )
            or [begin.rstrip()]
        )
        begin = indent
    return "\n".join(lines)


def _heading(block: Heading) -> str:
    return f"{shown(block.text)}\n{'-' * min(len(block.text), _WIDE)}"


def _box(block: Box) -> str:
    return f"! {shown(block.title)}\n{_folded(block.text, '  ')}"


def _fields(block: Fields) -> str:
    return "\n".join(_folded(value, "    ", f"{shown(name)}: ") for name, value in block.rows)


def _table(block: Table) -> str:
    rows = (
        "\n".join(
            _folded(cell, "    ", f"  {shown(head)}: ")
            for head, cell in zip(block.heads, row, strict=True)
            if cell
        )
        for row in block.rows
    )
    return "\n\n".join(rows)


def _listing(block: Listing) -> str:
    return "\n".join(
        _folded(item, "   ", f"{number}. " if block.numbered else " - ")
        for number, item in enumerate(block.items, 1)
    )


_LINES: dict[type[Block], Callable[[Any], str]] = {
    Heading: _heading,
    Paragraph: lambda block: _folded(block.text),
    Box: _box,
    Fields: _fields,
    Table: _table,
    Listing: _listing,
    Quote: lambda block: f"{_folded(block.text, '  > ')}\n{_folded(block.source, '    ')}",
    Commands: lambda block: "\n".join(f"    {line}" for line in shown(block.text).split("\n")),
    Blanks: lambda block: "\n\n".join(
        f"{'_' * 40}\n{_folded(label)}" for row in block.rows for label in row
    ),
    Picture: lambda block: f"[{_folded(block.about)}]",
}
