"""One file inside another one: its name there, and its bytes or why it cannot be read."""

from __future__ import annotations

from dataclasses import dataclass

from stillmine.app.sources.limits import MOST_NAME
from stillmine.app.sources.stream import Stream


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive. Its stream is to be read before the next member is asked for.

    `code` says why there is no stream. The name is for people to read and never a path to open.
    """

    name: str
    stream: Stream | None = None
    code: str = ""


def name_of(raw: bytes, encoding: str = "utf-8") -> str:
    """Return a name in an archive as text; bytes that are no text stand as lone surrogates."""
    try:
        text = raw[:MOST_NAME].decode(encoding)
    except UnicodeDecodeError:
        text = raw[:MOST_NAME].decode("utf-8", "surrogateescape")
    return text.replace("\0", "")
