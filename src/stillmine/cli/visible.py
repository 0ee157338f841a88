"""Show text made by strangers so that it cannot steer the terminal or mislead the eye.

Control characters, characters that turn the direction of text, invisible ones and bytes that are
no text are written out, as `\\x1b` or `\\u202e`. A line break becomes `\\n`.
"""

from __future__ import annotations

import unicodedata

from stillmine.cli.plain_data import without_surrogates

# Cc: control, Cf: format (bidi overrides, zero-width), Cs: lone surrogate, Co: private use,
# Cn: not assigned, Zl and Zp: line breaks that some terminals obey.
_WRITTEN_OUT = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: object) -> str:
    """Return the text on one line, with everything that is not plainly visible written out."""
    written = without_surrogates(str(text))
    if written.isascii() and written.isprintable():
        return written
    return "".join(_sign(sign) for sign in written)


def _sign(sign: str) -> str:
    if unicodedata.category(sign) not in _WRITTEN_OUT:
        return sign
    number = ord(sign)
    if sign in _SHORT:
        return _SHORT[sign]
    if number <= 0xFF:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def width(text: str) -> int:
    """Return how many columns the visible text takes in a terminal."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )
