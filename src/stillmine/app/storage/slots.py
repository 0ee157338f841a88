"""The ways in: the root key, sealed once to the passphrase, the recovery words, the device key.

Every slot is a standard age file, kept twice, beside a plain checksum. The checksum needs no key,
so that "this file is damaged" and "this passphrase is wrong" are never confused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from stillmine.app.storage import durable, twin
from stillmine.app.storage.root_key import RootKey
from stillmine.crypto import Identity, Passphrase, Recipient, X25519Identity, decrypt, encrypt
from stillmine.errors import (
    NoKeyFits,
    StillmineError,
    VaultDamaged,
    WrongDeviceKey,
    WrongPassphrase,
    WrongWords,
)

_KEY_CHECK = "# key-check "


class Way(Enum):
    """A way in; the value is the number of its slot."""

    PASSPHRASE = 1
    WORDS = 2
    DEVICE = 3


_WRONG: dict[Way, type[StillmineError]] = {
    Way.PASSPHRASE: WrongPassphrase,
    Way.WORDS: WrongWords,
    Way.DEVICE: WrongDeviceKey,
}


@dataclass(frozen=True, slots=True)
class WayIn:
    """One way in and what goes with it."""

    way: Way
    key: Passphrase | X25519Identity

    @classmethod
    def by_passphrase(cls, text: str, work_factor: int) -> WayIn:
        """Open or seal with the passphrase; `work_factor` counts for sealing only."""
        return cls(Way.PASSPHRASE, Passphrase(text, work_factor=work_factor))

    @classmethod
    def by_words(cls, words: Sequence[str], work_factor: int) -> WayIn:
        """Open or seal with the recovery words: an age passphrase, words with one space between."""
        return cls(Way.WORDS, Passphrase(" ".join(words), work_factor=work_factor))

    @classmethod
    def by_device_key(cls, identity: X25519Identity) -> WayIn:
        """Open or seal with an age identity that lies on another device, say a stick."""
        return cls(Way.DEVICE, identity)

    @property
    def recipient(self) -> Recipient:
        """What a slot is sealed to."""
        return self.key if isinstance(self.key, Passphrase) else self.key.recipient

    @property
    def identity(self) -> Identity:
        """What a slot is opened with."""
        return self.key


def slot_path(folder: Path, way: Way) -> Path:
    """Return where the slot for one way in lies."""
    return folder / f"{way.value}.age"


def _check_path(folder: Path, way: Way) -> Path:
    return folder / f"{way.value}.check"


def write_slot(folder: Path, way_in: WayIn, root: RootKey, *, unfinished: Path) -> None:
    """Seal the root key to one way in, replacing the slot that was there."""
    path = slot_path(folder, way_in.way)
    sealed = encrypt(root.to_text(), [way_in.recipient])
    twin.write(path, sealed, unfinished=unfinished)
    _write_check(folder, way_in.way, sealed, root, unfinished=unfinished)


def _write_check(folder: Path, way: Way, sealed: bytes, root: RootKey, *, unfinished: Path) -> None:
    check = _check_text(way, sealed, root)
    durable.write_file(_check_path(folder, way), check, unfinished=unfinished)


def _check_text(way: Way, sealed: bytes, root: RootKey) -> bytes:
    # The second line is a comment for sha256sum, which reads the first.
    return f"{_sum(sealed)}  {way.value}.age\n{_KEY_CHECK}{root.key_check}\n".encode("ascii")


def _has_check(folder: Path, way: Way, sealed: bytes, root: RootKey | None) -> bool:
    if root is None:
        return _expected_sum(folder, way) == _sum(sealed)
    try:
        return _check_path(folder, way).read_bytes() == _check_text(way, sealed, root)
    except OSError:
        return False


def remove_slot(folder: Path, way: Way) -> None:
    """Remove a slot, so that this way in is shut from now on."""
    twin.remove(slot_path(folder, way))
    durable.remove(_check_path(folder, way))
    durable.sync_folder(folder)


def has_slot(folder: Path, way: Way) -> bool:
    """Say whether this way in was set up."""
    return bool(twin.copies(slot_path(folder, way)))


def _expected_sum(folder: Path, way: Way) -> str:
    try:
        return _check_path(folder, way).read_bytes()[:64].decode("ascii", "replace")
    except OSError:
        return ""


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def open_slot(folder: Path, way_in: WayIn) -> RootKey:
    """Return the root key.

    Raises WrongPassphrase, WrongWords or WrongDeviceKey where the slot is whole and the key does
    not fit, and VaultDamaged where the slot is not what was written.
    """
    way = way_in.way
    expected = _expected_sum(folder, way)
    copies = twin.copies(slot_path(folder, way))
    # The copy with the right checksum first; equal copies once, because each try costs a second.
    tries = sorted(dict.fromkeys(copies), key=lambda data: _sum(data) != expected)
    whole = any(_sum(data) == expected for data in tries)
    for data in tries:
        try:
            return RootKey.from_text(decrypt(data, [way_in.identity]))
        except NoKeyFits:
            # Two equal copies are whole even where the checksum was hit: one fault hits one file.
            whole = whole or copies.count(data) > 1
        except twin.NOT_GOOD:
            continue
    never_made = way is Way.DEVICE and not copies and not _check_path(folder, way).exists()
    if whole or never_made:
        raise _WRONG[way]
    raise VaultDamaged(what=f"slots/{way.value}.age")


def damage_in_slots(folder: Path, root: RootKey | None = None) -> list[str]:
    """Return the names of slot files that are missing or not what was written.

    Without the root key, of the checksum files only the sum is compared.
    """
    found = []
    for way in Way:
        path, check = slot_path(folder, way), _check_path(folder, way)
        copies = twin.copies(path)
        if way is Way.DEVICE and not copies and not check.exists():
            continue
        if len(copies) < 2 or len(set(copies)) == 2:
            found.append(path.name)
        if not any(_has_check(folder, way, data, root) for data in copies):
            found.append(check.name)
    return found


def mend_slots(folder: Path, root: RootKey, *, unfinished: Path) -> None:
    """Make both copies of each slot and its checksum agree again, from the copy that is whole.

    Also finishes a change of passphrase that a crash cut short: the checksum is written last, so
    the copy it names is the one that counts; where both copies agree, the checksum is behind.
    """
    for way in Way:
        path = slot_path(folder, way)
        copies = twin.copies(path)
        expected = _expected_sum(folder, way)
        whole = [data for data in copies if _sum(data) == expected]
        if len(whole) == 1:
            twin.write(path, whole[0], unfinished=unfinished)
        sealed = whole[0] if whole else copies[0] if len(copies) > len(set(copies)) else None
        if sealed is not None and not _has_check(folder, way, sealed, root):
            _write_check(folder, way, sealed, root, unfinished=unfinished)


def is_key_of(folder: Path, root: RootKey) -> bool:
    """Say whether the slots name this root key; one damaged checksum does not shut it out."""
    return root.key_check in _key_checks(folder)


def _key_checks(folder: Path) -> Iterator[str]:
    for way in Way:
        try:
            lines = _check_path(folder, way).read_bytes().decode("ascii", "replace").splitlines()
        except OSError:
            continue
        if len(lines) == 2 and lines[1].startswith(_KEY_CHECK):
            yield lines[1].removeprefix(_KEY_CHECK)
