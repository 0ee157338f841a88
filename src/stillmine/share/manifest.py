"""What a sender states about a picture they hand over, and their signature under it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from stillmine.crypto import Contact, SigningKey, check_signature
from stillmine.errors import BadSignature, NotAHandover, NotARecipient, NotAsSigned
from stillmine.share.names import INNER_NAMES

VERSION = 1
WHOEVER_KNOWS_IT = "passphrase"
LONGEST = 1 << 16  # bytes
MOST_WISHES, LONGEST_WISH = 10, 200
MOST_VIEWS = 1000
_SIGNED = b"stillmine hand-over v1\n"
_HEX = re.compile(r"[0-9a-f]+")
_LONGEST_KEY = 4096


@dataclass(frozen=True, slots=True)
class Manifest:
    """The statement inside a seal.

    `to` is the age recipient it was sealed for, or `passphrase`; `by` the sender's contact line;
    `made` ISO 8601, UTC; `until` an ISO date. `size` is in bytes. Wishes are wishes: nothing
    enforces them.
    """

    hand_over: str
    made: str
    by: str
    to: str
    file: str
    size: int
    sha256: str
    wishes: tuple[str, ...] = ()
    until: str | None = None
    views: int | None = None

    def to_json(self) -> bytes:
        """Return the one spelling that is signed: keys in order, no spaces, ASCII, a line end."""
        facts = {"stillmine_hand_over": VERSION, **asdict(self)}
        return json.dumps(facts, sort_keys=True, separators=(",", ":")).encode("ascii") + b"\n"

    @classmethod
    def from_json(cls, data: bytes) -> Manifest:
        """Read a statement made by a stranger. Raise NotAHandover for anything but a right one."""
        if len(data) > LONGEST:
            raise NotAHandover(why="manifest")
        try:
            facts = json.loads(data)
            version = facts.pop("stillmine_hand_over")
            found = cls(**facts)
            found = cls(**{**facts, "wishes": tuple(found.wishes)})
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
            raise NotAHandover(why="manifest") from problem
        if version != VERSION:
            raise NotAHandover(why="version")
        if not all(is_right(getattr(found, name)) for name, is_right in _RIGHT.items()):
            raise NotAHandover(why="manifest")
        # Only one spelling: what two readers could read in two ways is no statement.
        if found.to_json() != data:
            raise NotAHandover(why="spelling")
        return found

    @property
    def sender(self) -> Contact:
        """The contact of whoever signed it. Raise NotAHandover."""
        try:
            found = Contact.from_string(self.by)
        except NotARecipient as problem:
            raise NotAHandover(why="sender") from problem
        if found.signing is None:
            raise NotAHandover(why="sender")
        return found


def sign(manifest: Manifest, key: SigningKey) -> bytes:
    """Return the signature file: 128 hexadecimal digits and a line end."""
    return key.sign(_SIGNED + manifest.to_json()).hex().encode("ascii") + b"\n"


def check(manifest: Manifest, signature: bytes) -> None:
    """Raise NotAsSigned unless the key that the statement names has signed it."""
    text = signature.removesuffix(b"\n").decode("ascii", "replace")
    if len(text) != 128 or not _HEX.fullmatch(text):
        raise NotAHandover(why="signature")
    try:
        check_signature(
            manifest.sender.signing or b"", bytes.fromhex(text), _SIGNED + manifest.to_json()
        )
    except BadSignature as problem:
        raise NotAsSigned from problem


def is_date(value: Any) -> bool:
    """Say whether this is a date as `2026-12-31`."""
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def is_wish(value: Any) -> bool:
    """Say whether this may stand as a wish: some text, on one line, not too long."""
    return isinstance(value, str) and 0 < len(value) <= LONGEST_WISH and "\n" not in value


def is_views(value: Any) -> bool:
    """Say whether this is a number of views one may wish for."""
    return type(value) is int and 1 <= value <= MOST_VIEWS


def _is_hex(length: int) -> Callable[[Any], bool]:
    return lambda value: (
        isinstance(value, str) and len(value) == length and bool(_HEX.fullmatch(value))
    )


def _is_key(value: Any) -> bool:
    return isinstance(value, str) and value.isascii() and 0 < len(value) <= _LONGEST_KEY


def _is_moment(value: Any) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _are_wishes(value: Any) -> bool:
    return len(value) <= MOST_WISHES and all(map(is_wish, value))


_RIGHT: dict[str, Callable[[Any], bool]] = {
    "hand_over": _is_hex(32),
    "made": _is_moment,
    "by": _is_key,
    "to": _is_key,
    "file": lambda value: isinstance(value, str) and value in INNER_NAMES,
    "size": lambda value: type(value) is int and value >= 0,
    "sha256": _is_hex(64),
    "wishes": _are_wishes,
    "until": lambda value: value is None or is_date(value),
    "views": lambda value: value is None or is_views(value),
}
