"""Write a sealed file as plain letters, for places that take only text.

Source: the ASCII armor of https://c2sp.org/age, strict PEM of RFC 7468.
"""

from __future__ import annotations

import base64
import binascii

from stillmine.crypto.stanza import COLUMNS
from stillmine.errors import NotArmor

_BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
_END = b"-----END AGE ENCRYPTED FILE-----"


def armor(data: bytes) -> bytes:
    """Return the text form of an age file, in lines of 64 columns."""
    text = base64.b64encode(data)
    lines = [text[at : at + COLUMNS] for at in range(0, len(text), COLUMNS)]
    return b"\n".join([_BEGIN, *lines, _END, b""])


def dearmor(data: bytes) -> bytes:
    """Return the age file in its text form. Raise NotArmor.

    White space may stand around it and lines may end in CR LF. Anything else that could make
    two texts out of one file is refused, so that a text cannot be changed unnoticed.
    """
    lines = data.replace(b"\r\n", b"\n").strip(b" \t\r\n").split(b"\n")
    if len(lines) < 2 or lines[0] != _BEGIN or lines[-1] != _END:
        raise NotArmor
    body = lines[1:-1]
    full = all(len(line) == COLUMNS for line in body[:-1])
    if body and not (full and 0 < len(body[-1]) <= COLUMNS):
        raise NotArmor
    text = b"".join(body)
    try:
        decoded = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise NotArmor from error
    if base64.b64encode(decoded) != text:
        raise NotArmor
    return decoded
