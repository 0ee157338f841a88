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

from stillmine.messages.visible import bytes_of, without_surrogates


def _exact_bytes(value: Any) -> Any:
    """Return base64 of a name (or of each name in a list) that is not valid UTF-8, else None."""
    if isinstance(value, (tuple, list)):
        each = [None if dataclasses.is_dataclass(part) else _exact_bytes(part) for part in value]
        return each if any(each) else None
    if not isinstance(value, (str, bytes, PurePath)):
        return None
    text = _text(value)
    exact = bytes_of(text)
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
