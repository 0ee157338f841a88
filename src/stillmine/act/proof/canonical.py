"""Write the same data always as the same bytes, so that they can be signed and compared."""

from __future__ import annotations

import json
from typing import Any

from stillmine.errors import NotCanonical

_MOST = 2**53 - 1  # whole numbers up to here mean the same in every language (RFC 7493)
_DEEPEST = 32


def canonical(value: object) -> bytes:
    """Return JSON as RFC 8785 (JCS) spells it: no spaces, sorted names, UTF-8, no line end.

    Only a part of JSON is taken: texts, whole numbers up to 2^53 - 1, true, false, null, lists, and
    mappings whose names are ASCII, at most 32 deep. Fractions are not, because to spell them alike
    everywhere is the difficult part. Raises NotCanonical for anything else.
    """
    _check(value, _DEEPEST)
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:  # half of a pair of surrogates
        raise NotCanonical from error


def read_canonical(content: bytes) -> Any:
    """Return what canonical JSON holds. Raise NotCanonical where one byte could be another."""
    try:
        value = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise NotCanonical from error
    if canonical(value) != content:
        raise NotCanonical
    return value


def _check(value: object, depth: int) -> None:
    if depth < 0:
        raise NotCanonical
    if isinstance(value, dict):
        if not all(isinstance(name, str) and name.isascii() for name in value):
            raise NotCanonical
        for part in value.values():
            _check(part, depth - 1)
    elif isinstance(value, (list, tuple)):
        for part in value:
            _check(part, depth - 1)
    elif not _is_plain(value):
        raise NotCanonical


def _is_plain(value: object) -> bool:
    if isinstance(value, int):
        return abs(value) <= _MOST
    return value is None or isinstance(value, str)
