"""Read blocks of `Name: value` lines, as web captures, HTTP and mail have them, within bounds."""

from __future__ import annotations

from collections.abc import Mapping

from stillmine.app.sources.stream import Stream
from stillmine.errors import ArchiveDamaged

_MOST_LINE = 16 * 1024
_MOST_BLOCK = 64 * 1024

Headers = Mapping[str, str]
"""Values by name in lower case; of several with one name the first."""


def read_headers(stream: Stream) -> Headers:
    """Read up to and with the empty line that ends the block. Raises ArchiveDamaged."""
    found: dict[str, str] = {}
    size, last = 0, ""
    while line := stream.line(_MOST_LINE):
        size += len(line)
        if size > _MOST_BLOCK or not line.endswith(b"\n"):
            raise ArchiveDamaged
        text = line.rstrip(b"\r\n").decode("utf-8", "surrogateescape")
        if not text:
            return found
        if text[0] in " \t":  # the value goes on (RFC 5322, section 2.2.3)
            found[last] = f"{found.get(last, '')} {text.strip()}".strip()
            continue
        name, colon, value = text.partition(":")
        last = name.strip().lower() if colon else ""
        found.setdefault(last, value.strip())
    return found


def parameters_of(value: str) -> tuple[str, dict[str, str]]:
    """Return the word at the beginning of a header value, in lower case, and its parameters."""
    word, _, rest = value.partition(";")
    found: dict[str, str] = {}
    while rest:
        name, equals, rest = rest.partition("=")
        if not equals:
            break
        rest = rest.lstrip()
        if rest.startswith('"'):
            text, _, rest = rest[1:].partition('"')
            rest = rest.partition(";")[2]
        else:
            text, _, rest = rest.partition(";")
        found.setdefault(name.strip().lower(), text.strip())
    return word.strip().lower(), found
