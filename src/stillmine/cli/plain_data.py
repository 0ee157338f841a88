"""Turn an answer into plain JSON data that any strict reader accepts.

A file name that is not valid UTF-8 is shown with each odd byte as backslash, x and two digits, and
its exact bytes stand beside it as base64, under the same name with `_bytes` at the end.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import math
import os
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from pathlib import PurePath
from typing import Any

# Python holds a byte that is no text as a lone surrogate of this range (PEP 383).
_FIRST, _LAST = 0xDC80, 0xDCFF


def without_surrogates(text: str) -> str:
    """Return the text with each byte that is no text written out, as `\\xff`.

    Where the system is set to ASCII, names come in as bytes; those that are UTF-8 become text.
    """
    if text.isascii():
        return text
    text = _bytes_of(text).decode("utf-8", "surrogateescape")
    return "".join(_written_out(sign) for sign in text)


def _bytes_of(text: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half of a pair, as Windows allows in names
        return text.encode("utf-8", "surrogatepass")


def _written_out(sign: str) -> str:
    number = ord(sign)
    return f"\\x{number - 0xDC00:02x}" if _FIRST <= number <= _LAST else sign


def _exact_bytes(value: Any) -> Any:
    """Return base64 of a name (or of each name in a list) that is not valid UTF-8, else None."""
    if isinstance(value, (tuple, list)):
        each = [None if dataclasses.is_dataclass(part) else _exact_bytes(part) for part in value]
        return each if any(each) else None
    if not isinstance(value, (str, bytes, PurePath)):
        return None
    text = _text(value)
    exact = _bytes_of(text)
    if without_surrogates(text).encode() == exact:
        return None
    return base64.b64encode(exact).decode("ascii")


def _text(value: Any) -> str:
    return os.fsdecode(value) if isinstance(value, bytes) else str(value)


def plain(value: Any) -> Any:
    """Return dicts, lists, text, numbers, true, false and null that mean the same as the value."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _plain_mapping({f.name: getattr(value, f.name) for f in dataclasses.fields(value)})
    if isinstance(value, Mapping):
        return _plain_mapping(value)
    if isinstance(value, (tuple, list)):
        return [plain(part) for part in value]
    if isinstance(value, (set, frozenset)):
        return sorted((plain(part) for part in value), key=str)
    return _plain_single(value)


def _plain_mapping(value: Mapping[Any, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key, part in value.items():
        name = without_surrogates(str(key))
        out[name] = plain(part)
        exact = _exact_bytes(part)
        if exact is not None:
            out[f"{name}_bytes"] = exact
    return out


def _plain_single(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return without_surrogates(_text(value))


def one_line(value: Any) -> str:
    """Return the value as one line of JSON in ASCII, so that no terminal can be steered by it."""
    return json.dumps(plain(value), ensure_ascii=True, allow_nan=False)
