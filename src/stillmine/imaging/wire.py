"""How we and the limited child talk: two lengths, a little JSON, perhaps some bytes.

The child reads files made by strangers, so whatever it says is read as if a stranger said it:
bounded in size, plain JSON, only known keys, only numbers in range and words from fixed lists.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

HEAD = struct.Struct(">II")
MAX_JSON = 16 * 1024
MAX_INTEGER = 2**53

Number = int | float | None
Message = dict[str, Any]
Check = Callable[[Any], bool]


class Garbled(Exception):
    """The other side did not keep to the protocol."""


def pack(message: Mapping[str, Any], blob_size: int = 0) -> bytes:
    """Return the head and the JSON of a message; `blob_size` raw bytes are to follow."""
    text = json.dumps(message, allow_nan=False, separators=(",", ":")).encode("ascii")
    if len(text) > MAX_JSON:
        raise Garbled
    return HEAD.pack(len(text), blob_size) + text


def sizes(head: bytes, most_blob: int) -> tuple[int, int]:
    """Return the sizes of the JSON and of the raw bytes; refuse what is over the limits."""
    text_size, blob_size = HEAD.unpack(head)
    if text_size > MAX_JSON or blob_size > most_blob:
        raise Garbled
    return text_size, blob_size


def unpack(text: bytes) -> Message:
    """Return the JSON object in `text`; anything else is garbled."""
    try:
        message = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Garbled from error
    if not isinstance(message, dict):
        raise Garbled
    return message


def checked(message: Message, shape: Mapping[str, Check]) -> Message:
    """Return `message` if it has exactly the keys of `shape` and each value is allowed."""
    if message.keys() != shape.keys():
        raise Garbled
    if not all(check(message[key]) for key, check in shape.items()):
        raise Garbled
    return message


def count(most: int = MAX_INTEGER) -> Check:
    """Allow a whole number from 0 to `most`."""
    return lambda value: type(value) is int and 0 <= value <= most


def measure(most: float) -> Check:
    """Allow a finite number from 0 to `most`."""
    return lambda value: type(value) in (int, float) and math.isfinite(value) and 0 <= value <= most


def one_of(words: tuple[str, ...]) -> Check:
    """Allow one word of a fixed list."""
    return lambda value: type(value) is str and value in words


def maybe(check: Check) -> Check:
    """Allow null, or what `check` allows."""
    return lambda value: value is None or check(value)


def _refuse(_name: str) -> NoReturn:
    raise Garbled
