"""Get at what somebody sealed: in an age file, in its text form, or in a page."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Literal

from stillmine.app.context import Context
from stillmine.app.sources.finding import OpenSource
from stillmine.app.sources.handed import HandedFile
from stillmine.crypto import (
    Opener,
    Passphrase,
    PersonalKey,
    dearmor,
    kinds_of_keys,
    normalise_passphrase,
)
from stillmine.errors import (
    NoKeyFits,
    NotAHandover,
    NotForMe,
    WrongHandoverPassphrase,
)
from stillmine.share.page import armored_part

_AGE = b"age-encryption.org/"
_LONGEST_TEXT = 1 << 29  # bytes; held in memory, because letters have to become bytes first
_MOST_WORK = 20  # scrypt's work factor: 1 GiB, the most that a stranger's file may cost

OpenedBy = Literal["key", "passphrase"]


@contextlib.contextmanager
def sealed_file(file: Path | HandedFile) -> Iterator[BinaryIO]:
    """Give the age file that is in a file. Raise NotAHandover where there is none."""
    with OpenSource(file) as source:
        head = source.file.read(len(_AGE))
        source.file.seek(0)
        if head == _AGE:
            yield source.file
            return
        if source.size > _LONGEST_TEXT:
            raise NotAHandover(why="too-large")
        armored = armored_part(source.file.read(_LONGEST_TEXT) or b"")
    if armored is None:
        raise NotAHandover(why="no-seal")
    yield io.BytesIO(dearmor(armored))


def opener_of(
    context: Context, sealed: BinaryIO, key: PersonalKey | None
) -> tuple[Opener, OpenedBy]:
    """Open with the person's own key, or with the passphrase, which is asked for.

    Raise NotForMe, WrongHandoverPassphrase, and what `Opener` raises besides.
    """
    if "scrypt" in kinds_of_keys(sealed):
        return _by_passphrase(sealed, context.keys.secret("handover-passphrase")), "passphrase"
    if key is None:
        raise NotForMe
    try:
        return Opener(sealed, key.identities), "key"
    except NoKeyFits as problem:
        raise NotForMe from problem


def needs_key(sealed: BinaryIO) -> bool:
    """Say whether a key, and not a passphrase, is what opens it."""
    return "scrypt" not in kinds_of_keys(sealed)


def _by_passphrase(sealed: BinaryIO, typed: str) -> Opener:
    start = sealed.tell()
    exact = normalise_passphrase(typed)
    # As on the page: keyboards begin with a capital and add spaces.
    for text in dict.fromkeys((exact, " ".join(exact.split()).lower())):
        sealed.seek(start)
        try:
            return Opener(sealed, [Passphrase(text, max_work_factor=_MOST_WORK)])
        except NoKeyFits:
            continue
    raise WrongHandoverPassphrase


class Window(io.RawIOBase):
    """A part of opened plaintext, as a file of its own that can be sought in."""

    def __init__(self, plain: Opener, start: int, size: int) -> None:
        """Show `size` bytes from `start` on."""
        super().__init__()
        self.plain = plain
        self._start, self._size = start, size
        self._at = 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def tell(self) -> int:
        """Return the place."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to a place and return it."""
        origin = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if origin + offset < 0:
            raise ValueError("before the start of the file")
        self._at = origin + offset
        return self._at

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]  # any buffer does
        """Fill the buffer as far as there is content."""
        target = memoryview(buffer).cast("B")[: max(0, self._size - self._at)]
        self.plain.seek(self._start + self._at)
        count = self.plain.readinto(target) if target else 0
        self._at += count
        return count
