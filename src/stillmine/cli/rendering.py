"""Show an answer to a person: a sentence that sums it up, then calm lists."""

from __future__ import annotations

import dataclasses
import textwrap
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any

from stillmine.app.actions import Answer
from stillmine.cli.asking import words
from stillmine.messages import said_after, say, told_after
from stillmine.messages.errors import ERRORS
from stillmine.messages.visible import visible, width

_UNITS = ("bytes", "kB", "MB", "GB", "TB", "PB")
_SIZES = ("size", "bytes")
_WIDEST = 60  # columns of one cell in a table; longer ones go under each other instead
_SHORT_ITEM = (
    10  # signs of an item's number that are shown: enough to tell items apart, and to type
)
_OWN_PLACE = {"words", "confirm"}  # shown by recovery_words, once and apart


def size(count: int) -> str:
    """Return a number of bytes as people say it, in steps of 1000: `2.1 MB`."""
    amount, unit = float(count), 0
    while amount >= 999.5 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    number = f"{amount:.0f}" if unit == 0 or amount >= 99.95 else f"{amount:.1f}"
    return f"{number} {_UNITS[unit]}"


def cell(name: str, value: Any) -> str:
    """Return one value as a short visible text; the field's name says what it counts."""
    if isinstance(value, (tuple, list, frozenset)):
        return ", ".join(cell(name, part) for part in value)
    if isinstance(value, bool):
        return words("yes") if value else words("no")
    if isinstance(value, (int, float)):
        return _number(name, value)
    if isinstance(value, datetime):
        return value.astimezone().strftime("%Y-%m-%d %H:%M")
    return "" if value is None else visible(_plain_word(name, value))


def _number(name: str, value: float) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    return size(value) if name.split("_")[-1] in _SIZES else str(value)


def _plain_word(name: str, value: Any) -> Any:
    word = value.value if isinstance(value, Enum) else value
    if name == "item":
        return str(word)[:_SHORT_ITEM]
    return _in_words(word) if name == "code" else word


def _in_words(code: object) -> str:
    """Return what a code means, without facts, where it is one of ours."""
    if code not in ERRORS:
        return str(code)
    return say(str(code), {})[0].replace("…", "").strip()


def _record(value: Any) -> dict[str, Any] | None:
    """Return a dataclass or a mapping as a dict of its fields, else None."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    return dict(value) if isinstance(value, Mapping) else None


def _title(name: str) -> str:
    return visible(name.replace("_", " ").capitalize())


def table(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return lines with the rows under a heading, or each row as a block where it is wide."""
    names = [name for name in rows[0] if any(cell(name, row.get(name)) for row in rows)]
    cells = [[cell(name, row.get(name)) for name in names] for row in rows]
    if any(width(text) > _WIDEST for line in cells for text in line):
        return [line for texts in cells for line in _block(names, texts)]
    heads = [_title(name) for name in names]
    widths = [max(width(line[place]) for line in [heads, *cells]) for place in range(len(names))]
    return [_row(line, widths) for line in [heads, *cells]]


def _row(texts: Sequence[str], widths: Sequence[int]) -> str:
    padded = (text + " " * (wide - width(text)) for text, wide in zip(texts, widths, strict=True))
    return ("  " + "  ".join(padded)).rstrip()


def _block(names: Sequence[str], texts: Sequence[str]) -> list[str]:
    lines = [f"  {_title(name)}: {text}" for name, text in zip(names, texts, strict=True) if text]
    return [*lines, ""]


def answer_lines(action: str, answer: Answer) -> list[str]:
    """Return the lines that a person sees when an action is done."""
    fields = _record(answer) or {}
    lines = [said] if (said := visible(said_after(action, fields))) else []
    told = told_after(action)
    for name, value in fields.items():
        is_list = isinstance(value, (tuple, list))
        if name not in _OWN_PLACE and (is_list or name not in told):
            lines.extend(_field_lines(name, value))
    return lines


def _field_lines(name: str, value: Any) -> list[str]:
    if not value and not isinstance(value, (bool, int, float)):
        return []
    record = _record(value)
    if record is not None:
        texts = [cell(*pair) for pair in record.items()]
        return ["", f"{_title(name)}:", *_block(list(record), texts)]
    if not isinstance(value, (tuple, list)) or all(isinstance(part, int) for part in value):
        return [f"{_title(name)}: {cell(name, value)}"]
    return ["", f"{_title(name)}:", *_list_lines(name, value)]


def _list_lines(name: str, value: Sequence[Any]) -> list[str]:
    """Return each part's own line or lines, where it has some, else a row of a table."""
    if all(hasattr(part, "lines") for part in value):
        return [f"  {visible(line)}" if line else "" for part in value for line in part.lines]
    if all(hasattr(part, "line") for part in value):
        return [f"  {visible(part.line)}" for part in value]
    rows = [row for part in value if (row := _record(part)) is not None]
    return table(rows) if rows else [f"  {cell(name, part)}" for part in value]


def folded(line: str, columns: int) -> list[str]:
    """Return a line in pieces that fit the screen, broken between words; rows of tables stay."""
    indent = len(line) - len(line.lstrip())
    if width(line) <= columns or "  " in line.strip():
        return [line]
    return textwrap.wrap(
        line, columns, subsequent_indent=" " * (indent + 2 * bool(indent)), break_on_hyphens=False
    )


def error_lines(code: str, facts: Mapping[str, object]) -> list[str]:
    """Return the lines that say what happened and what to do next."""
    safe = {name: visible(fact) for name, fact in facts.items()}
    return [part for part in say(code, safe) if part]
