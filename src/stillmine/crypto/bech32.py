"""Write keys as letters and digits with a checksum, so that a typing slip is noticed.

Bech32 as in BIP 173, without its length limit, as the age specification wants it.
"""

from __future__ import annotations

from functools import reduce
from operator import xor

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUES = {letter: value for value, letter in enumerate(_LETTERS)}
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
# What the five bits that leave at the top bring back, for each of their 32 values: keys are read
# whenever a vault is opened, and a hybrid one has two thousand letters.
_RETURNS = tuple(
    reduce(xor, (term for bit, term in enumerate(_GENERATOR) if top >> bit & 1), 0)
    for top in range(32)
)
_CHECKSUM_LENGTH = 6
_LONGEST = 4096  # twice the longest key there is; bounds the work on hostile text


def encode(prefix: str, data: bytes) -> str:
    """Return `data` in lower-case letters behind the lower-case `prefix`."""
    values = _to_fives(data)
    check = _polymod(_expand(prefix) + values + [0] * _CHECKSUM_LENGTH) ^ 1
    checksum = [check >> 5 * (_CHECKSUM_LENGTH - 1 - i) & 31 for i in range(_CHECKSUM_LENGTH)]
    return prefix + "1" + "".join(_LETTERS[value] for value in values + checksum)


def decode(text: str) -> tuple[str, bytes]:
    """Return the prefix, in the case it was written in, and the bytes. Raise ValueError."""
    if len(text) > _LONGEST or not text.isascii():
        raise ValueError("not bech32")
    if text not in (text.lower(), text.upper()):
        raise ValueError("mixed case")
    prefix, one, rest = text.rpartition("1")
    if not one or not prefix or len(rest) < _CHECKSUM_LENGTH:
        raise ValueError("not bech32")
    if any(not "!" <= character <= "~" for character in prefix):
        raise ValueError("bad prefix")
    try:
        values = [_VALUES[letter] for letter in rest.lower()]
    except KeyError:
        raise ValueError("bad letter") from None
    if _polymod(_expand(prefix.lower()) + values) != 1:
        raise ValueError("checksum")
    return prefix, _from_fives(values[:-_CHECKSUM_LENGTH])


def decode_as(prefix: str, text: str, length: int) -> bytes:
    """Return the bytes behind this very prefix, of which there are `length`. Raise ValueError."""
    found, data = decode(text)
    if found != prefix or len(data) != length:
        raise ValueError("another kind of key")
    return data


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        check = (check & 0x1FFFFFF) << 5 ^ value ^ _RETURNS[check >> 25]
    return check


def _expand(prefix: str) -> list[int]:
    codes = prefix.encode("ascii")
    return [code >> 5 for code in codes] + [0] + [code & 31 for code in codes]


def _to_fives(data: bytes) -> list[int]:
    values, held, bits = [], 0, 0
    for byte in data:
        held, bits = held << 8 | byte, bits + 8
        while bits >= 5:
            bits -= 5
            values.append(held >> bits & 31)
        held &= (1 << bits) - 1
    if bits:
        values.append(held << (5 - bits) & 31)
    return values


def _from_fives(values: list[int]) -> bytes:
    data, held, bits = bytearray(), 0, 0
    for value in values:
        held, bits = held << 5 | value, bits + 5
        if bits >= 8:
            bits -= 8
            data.append(held >> bits)
            held &= (1 << bits) - 1
    # Left-over bits would let two texts stand for the same key.
    if bits >= 5 or held:
        raise ValueError("padding")
    return bytes(data)
