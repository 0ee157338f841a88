"""Show text made by strangers so that it cannot steer the terminal or mislead the eye.

Control characters, characters that turn the direction of text, invisible ones and bytes that are
no text are written out, as `\\x1b` or `\\u202e`. A line break becomes `\\n`.
"""

from __future__ import annotations

import unicodedata

# Python holds a byte that is no text as a lone surrogate of this range (PEP 383).
_FIRST, _LAST = 0xDC80, 0xDCFF


def without_surrogates(text: str) -> str:
    """Return the text with each byte that is no text written out, as `\\xff`.

    Where the system is set to ASCII, names come in as bytes; those that are UTF-8 become text.
    """
    if text.isascii():
        return text
    text = bytes_of(text).decode("utf-8", "surrogateescape")
    return "".join(_written_out(sign) for sign in text)


def bytes_of(text: str) -> bytes:
    """Return the exact bytes of a name that the system gave."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half of a pair, as Windows allows in names
        return text.encode("utf-8", "surrogatepass")


def _written_out(sign: str) -> str:
    number = ord(sign)
    return f"\\x{number - 0xDC00:02x}" if _FIRST <= number <= _LAST else sign


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
