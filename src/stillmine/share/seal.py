"""The ways to seal what is handed over: to a key, with a passphrase, as a page, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from stillmine.crypto import (
    AgeRecipient,
    Passphrase,
    Recipient,
    Sealer,
    normalise_passphrase,
    passphrase_strength,
)
from stillmine.errors import WeakPassphrase
from stillmine.share.manifest import WHOEVER_KNOWS_IT
from stillmine.share.page import build_page

Sealed = Literal["key", "passphrase", "page"]
WORK_FACTOR = 18
"""scrypt with 2^18 rounds and 256 MiB, as the `age` program uses: a second or two on a page."""

_STRONG_ENOUGH = 3  # of zxcvbn's 0 to 4: withstands guessing by somebody who has the file, slowly


@dataclass(frozen=True, slots=True)
class Seal:
    """One way to seal. `to` is what the statement inside says of whom it is for."""

    sealed: Sealed
    to: str
    _recipient: Recipient = field(repr=False)

    @property
    def ending(self) -> str:
        """The ending of the file's name."""
        return "html" if self.sealed == "page" else "age"

    def pieces(self, plain: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the sealed file, in pieces, while the plain ones are taken."""
        sealed = _sealed(plain, self._recipient)
        if self.sealed == "page":
            yield build_page(b"".join(sealed))
        else:
            yield from sealed


def seal_to_key(recipient: AgeRecipient) -> Seal:
    """Seal so that only the owner of this key can open it."""
    return Seal("key", str(recipient), recipient)


def seal_with_passphrase(text: str, *, page: bool) -> Seal:
    """Seal so that whoever knows the passphrase can open it, with `age` or in a browser."""
    secret = Passphrase(normalise_passphrase(text), work_factor=WORK_FACTOR)
    return Seal("page" if page else "passphrase", WHOEVER_KNOWS_IT, secret)


def require_strong(text: str) -> str:
    """Return a passphrase of the person's own. Raise WeakPassphrase where it can be guessed.

    Unlike a vault, a hand-over leaves the computer: everybody on its way can guess without end.
    """
    if passphrase_strength(text).score < _STRONG_ENOUGH:
        raise WeakPassphrase
    return text


class _Pieces:
    """A sink that hands on what was written to it."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def write(self, data: memoryview, /) -> int:
        """Take a copy: the sealer uses its buffer again."""
        self._waiting.append(bytes(data))
        return len(data)

    def taken(self) -> list[bytes]:
        """Return what came since the last time."""
        waiting, self._waiting = self._waiting, []
        return waiting


def _sealed(plain: Iterable[bytes], recipient: Recipient) -> Iterator[bytes]:
    sink = _Pieces()
    sealer = Sealer(sink, [recipient])
    for piece in plain:
        sealer.write(piece)
        yield from sink.taken()
    sealer.close()
    yield from sink.taken()
