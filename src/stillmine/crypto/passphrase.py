"""Seal and open with a passphrase.

Source: the scrypt recipient type of https://c2sp.org/age, RFC 7914.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata

from stillmine.crypto.key_wrap import unwrap_key, wrap_key
from stillmine.crypto.stanza import VERSION, Stanza, check_shape, decode_sized, encode_base64
from stillmine.errors import NotAge, WorkFactorTooHigh

SCRYPT_TYPE = b"scrypt"
HIGHEST_WORK_FACTOR = 20  # 1 GiB of memory: the most that a stranger's file may cost us

_SALT_LENGTH = 16
_BLOCK_SIZE = 8
_WORK_FACTOR = re.compile(rb"[1-9][0-9]*")


def normalise_passphrase(text: str) -> str:
    """Return the passphrase as every keyboard would give it: NFC, no line end behind it."""
    return unicodedata.normalize("NFC", text.rstrip("\r\n"))


class Passphrase:
    """A passphrase, which both seals and opens; the file has no other recipient.

    Work factors are base-two logarithms: 18 costs 256 MiB and about a second, 20 the most.
    """

    __slots__ = ("_max_work_factor", "_text", "_work_factor")

    def __init__(self, text: str, *, work_factor: int = 18, max_work_factor: int = 20) -> None:
        """Keep the text as it is; see `normalise_passphrase`. ValueError for other factors."""
        if not 1 <= work_factor <= HIGHEST_WORK_FACTOR:
            raise ValueError("the work factor is between 1 and 20")
        if not 1 <= max_work_factor <= HIGHEST_WORK_FACTOR:
            raise ValueError("the highest work factor is between 1 and 20")
        self._text = text.encode("utf-8", "surrogatepass")
        self._work_factor = work_factor
        self._max_work_factor = max_work_factor

    def __repr__(self) -> str:
        """Hide the text, so that no traceback or log can hold it."""
        return "Passphrase(…)"

    @property
    def company(self) -> str:
        """Return that a passphrase is the only recipient of its file."""
        return "alone"

    def wrap(self, file_key: bytes) -> Stanza:
        """Return the file key, wrapped under the passphrase."""
        salt = os.urandom(_SALT_LENGTH)
        arguments = (SCRYPT_TYPE, encode_base64(salt), str(self._work_factor).encode())
        return Stanza(arguments, wrap_key(self._stretch(salt, self._work_factor), file_key))

    def unwrap(self, stanza: Stanza) -> bytes | None:
        """Return the file key, or None for another passphrase or another kind of stanza.

        Raise NotAge, or WorkFactorTooHigh before any memory is taken.
        """
        if stanza.type != SCRYPT_TYPE:
            return None
        check_shape(stanza, arguments=3)
        salt = decode_sized(stanza.arguments[1], _SALT_LENGTH)
        digits = stanza.arguments[2]
        if not _WORK_FACTOR.fullmatch(digits):
            raise NotAge(why="work factor")
        if len(digits) > 2 or int(digits) > self._max_work_factor:
            raise WorkFactorTooHigh(most=self._max_work_factor)
        return unwrap_key(self._stretch(salt, int(digits)), stanza.body)

    def _stretch(self, salt: bytes, work_factor: int) -> bytes:
        cost = 1 << work_factor
        return hashlib.scrypt(
            self._text,
            salt=VERSION + b"/scrypt" + salt,
            n=cost,
            r=_BLOCK_SIZE,
            p=1,
            maxmem=128 * _BLOCK_SIZE * cost + (1 << 20),
            dklen=32,
        )
