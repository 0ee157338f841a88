"""The file in which figures travel: what is written into it, and how one of somebody else is read.

Nothing in it says from whom it is. `export` is a number by chance, which lets whoever joins many
files see that the same one came twice.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from stillmine.act.statistics.rows import Row, in_order, row_of
from stillmine.app.sources.handed import HandedFile
from stillmine.errors import CannotReadFile, NoSuchFile, NotStatistics
from stillmine.messages import translate
from stillmine.messages.figures import REFUSED

FORMAT = "stillmine-statistics-1"
_KEYS = {"format", "export", "rows"}
_NUMBER = re.compile(r"[0-9a-f]{32}")
_MOST_ROWS = 20_000
_LARGEST = 16 << 20  # bytes; each row has some 400


def written(rows: Sequence[Row]) -> bytes:
    """Return the file with these rows, under a new number."""
    plain = [row.plain for row in in_order(rows)]
    whole = {"format": FORMAT, "export": secrets.token_hex(16), "rows": plain}
    return json.dumps(whole, indent=1).encode("ascii") + b"\n"


def read(file: Path | HandedFile) -> tuple[str, tuple[Row, ...]]:
    """Return the number and the rows of a file. Raise NotStatistics for all that is none.

    Raises NoSuchFile, CannotReadFile too. Only what `rows` knows is taken: a file with one more key
    or one other word in it is refused whole, because nobody knows what else it was made to say.
    """
    whole = _json(_content(file), file)
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise _refused(file, "format")
    number, plain = whole.get("export"), whole.get("rows")
    if set(whole) != _KEYS or not isinstance(plain, list):
        raise _refused(file, "keys")
    if not isinstance(number, str) or not _NUMBER.fullmatch(number):
        raise _refused(file, "number")
    if len(plain) > _MOST_ROWS:
        raise _refused(file, "too-many")
    try:
        return number, tuple(row_of(each) for each in plain)
    except (ValueError, TypeError) as problem:
        raise _refused(file, "row") from problem


def _content(file: Path | HandedFile) -> bytes:
    try:
        if isinstance(file, HandedFile):
            content = file.content.read(_LARGEST + 1)
        elif not file.is_file():
            raise NoSuchFile(file=file.name)
        else:
            with file.open("rb") as opened:
                content = opened.read(_LARGEST + 1)
    except OSError as problem:
        raise CannotReadFile(file=file.name) from problem
    if len(content) > _LARGEST:
        raise _refused(file, "too-many")
    return content


def _json(content: bytes, file: Path | HandedFile) -> Any:
    try:
        return json.loads(content, object_pairs_hook=_no_key_twice)
    except (ValueError, RecursionError) as problem:
        raise _refused(file, "json") from problem


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _refused(file: Path | HandedFile, why: str) -> NotStatistics:
    return NotStatistics(file=file.name, why=translate(REFUSED[why]))


def same_twice(file: Path | HandedFile) -> NotStatistics:
    """Return the error for a file that came twice, under whatever name."""
    return _refused(file, "twice")
