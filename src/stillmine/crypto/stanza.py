"""One entry in the beginning of a sealed file: the file's key, wrapped for one recipient."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Protocol

from stillmine.errors import NotAge

VERSION = b"age-encryption.org/v1"
FILE_KEY_LENGTH = 16
WRAPPED_KEY_LENGTH = FILE_KEY_LENGTH + 16  # the key and its authentication tag
COLUMNS = 64

_ARGUMENT = re.compile(rb"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class Stanza:
    """A recipient stanza: its arguments, of which the first is the type, and its body."""

    arguments: tuple[bytes, ...]
    body: bytes

    @property
    def type(self) -> bytes:
        """Return the kind of recipient that this stanza is for."""
        return self.arguments[0]

    def __bytes__(self) -> bytes:
        """Return the lines of the stanza; the last one is always shorter than 64 columns."""
        text = encode_base64(self.body)
        lines = [text[at : at + COLUMNS] for at in range(0, len(text), COLUMNS)]
        if not lines or len(lines[-1]) == COLUMNS:
            lines.append(b"")
        return b"-> " + b" ".join(self.arguments) + b"\n" + b"\n".join(lines) + b"\n"


class Recipient(Protocol):
    """Somebody a file can be sealed for."""

    @property
    def company(self) -> str:
        """Return which recipients may share a file: only those of the same company."""
        ...

    def wrap(self, file_key: bytes) -> Stanza:
        """Return the file key, wrapped so that only this recipient can take it out."""
        ...


class Identity(Protocol):
    """Somebody who can open a file."""

    def unwrap(self, stanza: Stanza) -> bytes | None:
        """Return the file key, or None if the stanza is for somebody else. Raise NotAge."""
        ...


def parse_arguments(line: bytes) -> tuple[bytes, ...]:
    """Return the arguments of a stanza's first line, which starts with `-> `."""
    arguments = tuple(line.removeprefix(b"-> ").split(b" "))
    if not line.startswith(b"-> ") or not all(map(_ARGUMENT.fullmatch, arguments)):
        raise NotAge(why="stanza")
    return arguments


def encode_base64(data: bytes) -> bytes:
    """Return base64 without padding."""
    return base64.b64encode(data).rstrip(b"=")


def decode_base64(text: bytes) -> bytes:
    """Return the bytes of unpadded base64, refusing all but the one canonical spelling."""
    try:
        data = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        raise NotAge(why="base64") from None
    # Comparing closes what the decoder tolerates: stray padding and non-zero last bits.
    if encode_base64(data) != text:
        raise NotAge(why="base64")
    return data


def decode_sized(text: bytes, length: int) -> bytes:
    """Return the bytes of unpadded base64 that must be exactly `length` bytes."""
    data = decode_base64(text)
    if len(data) != length:
        raise NotAge(why="length")
    return data


def check_shape(stanza: Stanza, arguments: int) -> None:
    """Refuse a stanza with another number of arguments, or another length of wrapped key.

    The length is checked before decryption, because a longer body could be made to fit
    many keys at once and so tell an attacker which of them is in use.
    """
    if len(stanza.arguments) != arguments or len(stanza.body) != WRAPPED_KEY_LENGTH:
        raise NotAge(why="stanza")
