"""The people I know: their names here, their keys, and whether we compared them aloud."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import asdict, dataclass
from pathlib import Path

from stillmine.app.storage.vault import Vault
from stillmine.crypto import Contact
from stillmine.errors import NoContact, NotARecipient, PersonExists, UnknownPerson, WrongUsage

_KIND = "person"
_LONGEST_NAME = 200
_LONGEST_FILE = 1 << 16
_BEGINNINGS = ("stillmine1", "age1")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody I know. `contact` is their line; times are ISO 8601, UTC.

    `verified` says when the eight words were compared; None means that nobody did.
    """

    person: str
    name: str
    contact: str
    added: str
    verified: str | None = None

    @property
    def keys(self) -> Contact:
        """Their keys."""
        return Contact.from_string(self.contact)


def known_people(vault: Vault) -> list[Person]:
    """Return everybody, by name."""
    found = [Person(person=key, **kept) for key, kept in vault.records.all(_KIND).items()]
    return sorted(found, key=lambda each: spelled(each.name))


def spelled(name: str) -> str:
    """Return a name as it is compared: capitals and ways to write an accent do not matter."""
    return unicodedata.normalize("NFC", name).strip().casefold()


def find_person(vault: Vault, name: str) -> Person | None:
    """Return the person of this name, or None."""
    wanted = spelled(name)
    return next((each for each in known_people(vault) if spelled(each.name) == wanted), None)


def require_person(vault: Vault, name: str) -> Person:
    """Return the person of this name. Raise UnknownPerson."""
    found = find_person(vault, name)
    if found is None:
        raise UnknownPerson(name=name)
    return found


def person_who_signs(vault: Vault, signing: bytes | None) -> Person | None:
    """Return whose signing key this is, or None."""
    known = known_people(vault) if signing else []
    return next((each for each in known if each.keys.signing == signing), None)


def keep_person(vault: Vault, person: Person) -> None:
    """Keep what is known of a person, durably."""
    kept = asdict(person)
    vault.records.put(_KIND, kept.pop("person"), kept)


def forget_person(vault: Vault, person: Person) -> None:
    """Forget a person; what was handed over to them stays in the ledger."""
    vault.records.forget(_KIND, person.person)


def new_person(vault: Vault, name: str, keys: Contact, added: str) -> Person:
    """Return a person who can be kept. Raise PersonExists, for the name or for the key."""
    name = checked_name(name)
    for each in known_people(vault):
        if spelled(each.name) == spelled(name) or each.keys == keys:
            raise PersonExists(name=each.name)
    return Person(secrets.token_hex(16), name, str(keys), added)


def checked_name(name: str) -> str:
    """Return a name as it can be kept. Raise WrongUsage."""
    shown = name.strip()
    if not shown or len(shown) > _LONGEST_NAME or not shown.isprintable():
        raise WrongUsage(problem=f"a name has 1 to {_LONGEST_NAME} signs, on one line.")
    return shown


def read_contact(text: str) -> Contact:
    """Return the contact in a line, or in a file of this name that holds one. Raise NoContact."""
    line = text.strip()
    if not line.lower().startswith(_BEGINNINGS):
        line = _line_in(Path(text))
    try:
        return Contact.from_string(line)
    except NotARecipient as problem:
        raise NoContact from problem


def _line_in(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            words = opened.read(_LONGEST_FILE).decode("ascii", "replace").split()
    except (OSError, ValueError) as problem:  # ValueError: a name that cannot be one
        raise NoContact from problem
    lines = [word for word in words if word.lower().startswith(_BEGINNINGS)]
    if len(lines) != 1:
        raise NoContact
    return lines[0]
