"""The beginning of a sealed file: who can open it, and proof that nobody changed that.

Source: the header of https://c2sp.org/age.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from stillmine.crypto.key_wrap import hkdf
from stillmine.crypto.passphrase import SCRYPT_TYPE
from stillmine.crypto.stanza import (
    COLUMNS,
    FILE_KEY_LENGTH,
    VERSION,
    Identity,
    Recipient,
    Stanza,
    decode_base64,
    decode_sized,
    encode_base64,
    parse_arguments,
)
from stillmine.errors import Damaged, NoKeyFits, NotAge, RecipientsDoNotMix, UnsupportedVersion

LONGEST_HEADER = 1 << 20  # bytes; room for more than 600 hybrid recipients
_MAC_LENGTH = 32
_END = b"---"


class Source(Protocol):
    """Where a sealed file is read from: a file that can be sought in."""

    def read(self, size: int, /) -> bytes | None:
        """Return at most `size` bytes; none at the end."""
        ...

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place and return it."""
        ...

    def tell(self) -> int:
        """Return the place."""
        ...


@dataclass(frozen=True, slots=True)
class Header:
    """A parsed header: its stanzas, the bytes under the MAC, the MAC, its length in bytes."""

    stanzas: tuple[Stanza, ...]
    covered: bytes
    mac: bytes
    length: int

    def open(self, identities: Sequence[Identity]) -> bytes:
        """Return the file key. Raise NoKeyFits, NotAge, WorkFactorTooHigh or Damaged."""
        file_key = self._unwrap(identities)
        if not hmac.compare_digest(_mac(file_key, self.covered), self.mac):
            raise Damaged(where="header")
        return file_key

    def _unwrap(self, identities: Sequence[Identity]) -> bytes:
        # A passphrase tells who sealed a file only while nobody else can open it.
        if len(self.stanzas) > 1 and any(each.type == SCRYPT_TYPE for each in self.stanzas):
            raise NotAge(why="passphrase among others")
        for identity in identities:
            for stanza in self.stanzas:
                file_key = identity.unwrap(stanza)
                if file_key is None:
                    continue
                if len(file_key) != FILE_KEY_LENGTH:
                    raise NotAge(why="file key")
                return file_key
        raise NoKeyFits


def build_header(file_key: bytes, recipients: Sequence[Recipient]) -> bytes:
    """Return the header for these recipients. Raise RecipientsDoNotMix."""
    if not recipients:
        raise ValueError("a sealed file needs a recipient")
    companies = [recipient.company for recipient in recipients]
    if len(set(companies)) > 1 or companies.count("alone") > 1:
        raise RecipientsDoNotMix
    stanzas = b"".join(bytes(recipient.wrap(file_key)) for recipient in recipients)
    covered = VERSION + b"\n" + stanzas + _END
    return covered + b" " + encode_base64(_mac(file_key, covered)) + b"\n"


def parse_header(source: Source) -> Header:
    """Read a header and leave the source behind it. Raise NotAge or UnsupportedVersion."""
    start = source.tell()
    lines = _Lines(source)
    _check_version(lines.next())
    stanzas = []
    while not (line := lines.next()).startswith(_END):
        arguments = parse_arguments(line)
        stanzas.append(Stanza(arguments, _parse_body(lines)))
    if not line.startswith(_END + b" ") or not stanzas:
        raise NotAge(why="end of header")
    mac = decode_sized(line[len(_END) + 1 :], _MAC_LENGTH)
    source.seek(start + lines.used)
    covered = lines.taken(lines.used - len(line) - 1 + len(_END))
    return Header(tuple(stanzas), covered, mac, lines.used)


def kinds_of_keys(source: Source) -> frozenset[str]:
    """Return what opens a file, as its header claims: `scrypt`, `X25519` and so on.

    Leaves the source where it was. Proves nothing: whoever has the file may have written it.
    Raise NotAge or UnsupportedVersion.
    """
    start = source.tell()
    header = parse_header(source)
    source.seek(start)
    return frozenset(stanza.type.decode("ascii") for stanza in header.stanzas)


def _mac(file_key: bytes, covered: bytes) -> bytes:
    return hmac.digest(hkdf(file_key, b"", b"header"), covered, "sha256")


def _check_version(line: bytes) -> None:
    if line == VERSION:
        return
    family, slash, version = line.partition(b"/")
    if family == VERSION.partition(b"/")[0] and slash and version.isalnum():
        raise UnsupportedVersion
    raise NotAge(why="first line")


def _parse_body(lines: _Lines) -> bytes:
    text = []
    while True:
        line = lines.next()
        if len(line) > COLUMNS:
            raise NotAge(why="stanza")
        text.append(line)
        if len(line) < COLUMNS:
            return decode_base64(b"".join(text))


class _Lines:
    """The lines of a header, read a block at a time and never beyond the longest header."""

    _BLOCK = 4096

    def __init__(self, source: Source) -> None:
        self._source = source
        self._data = bytearray()
        self.used = 0

    def next(self) -> bytes:
        """Return the next line without its end. Raise NotAge if there is none."""
        searched = self.used
        while (end := self._data.find(b"\n", searched)) < 0:
            searched = len(self._data)
            block = self._source.read(self._BLOCK) if searched < LONGEST_HEADER else b""
            if not block:
                raise NotAge(why="header")
            self._data += block
        line = bytes(self._data[self.used : end])
        self.used = end + 1
        return line

    def taken(self, length: int) -> bytes:
        """Return the first bytes of what was read."""
        return bytes(self._data[:length])
