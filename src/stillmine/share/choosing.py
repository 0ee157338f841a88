"""For whom a copy is, how it is to be sealed, and what is wished for."""

from __future__ import annotations

from dataclasses import dataclass, field

from stillmine.app.context import Context
from stillmine.app.storage.vault import Vault
from stillmine.crypto import new_passphrase_words
from stillmine.errors import NoWayToSeal, WrongUsage
from stillmine.share.contacts import Person, checked_name, find_person, read_contact
from stillmine.share.manifest import (
    LONGEST_WISH,
    MOST_VIEWS,
    MOST_WISHES,
    is_date,
    is_views,
    is_wish,
)
from stillmine.share.seal import Seal, require_strong, seal_to_key, seal_with_passphrase


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is to get it and what was said about sealing it; `seal` is a key, as it was typed."""

    name: str
    seal: str = ""
    passphrase: bool = False
    page: bool = False
    own_passphrase: bool = False
    unsealed: bool = False


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the sender asks for. `until` is an ISO date."""

    wishes: tuple[str, ...] = ()
    until: str | None = None
    views: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Who gets it and how it is sealed; no seal means that it is not.

    `words` are the random words that were made; `compared` says whether the key that is sealed to
    was compared aloud, None where it is the key of nobody who is known.
    """

    name: str
    person: Person | None
    seal: Seal | None
    words: str | None = field(default=None, repr=False)
    compared: bool | None = None


def checked_wishes(wishes: tuple[str, ...], until: str, views: int) -> Wishes:
    """Return the wishes. Raise WrongUsage for what could not be passed on as it was typed."""
    if len(wishes) > MOST_WISHES or not all(map(is_wish, wishes)):
        raise WrongUsage(
            problem=f"there are at most {MOST_WISHES} wishes, of up to {LONGEST_WISH} signs each, "
            "on one line."
        )
    if until and not is_date(until):
        raise WrongUsage(problem="--until takes a date, as 2026-12-31.")
    if views and not is_views(views):
        raise WrongUsage(problem=f"--views takes a number from 1 to {MOST_VIEWS}.")
    return Wishes(wishes, until or None, views or None)


def require_one_way(wanted: Wanted) -> None:
    """Raise WrongUsage where more than one way to seal was asked for."""
    ways = (bool(wanted.seal), wanted.passphrase, wanted.page, wanted.unsealed)
    if sum(ways) > 1:
        raise WrongUsage(problem="choose one of --seal, --passphrase, --page and --unsealed.")
    if wanted.own_passphrase and not (wanted.passphrase or wanted.page):
        raise WrongUsage(problem="--own-passphrase goes with --passphrase or --page.")


def choose(context: Context, vault: Vault, wanted: Wanted) -> Choice:
    """Find the person and the seal. Without a way named, it is the key of a person who is known.

    Raise NoWayToSeal, NoContact or WeakPassphrase.
    """
    person = find_person(vault, wanted.name)
    name = person.name if person else checked_name(wanted.name)
    if wanted.unsealed:
        return Choice(name, person, None)
    if wanted.passphrase or wanted.page:
        return _with_passphrase(context, wanted, name, person)
    if wanted.seal:
        keys = read_contact(wanted.seal)
        known = person is not None and person.keys == keys
        compared = bool(person.verified) if person and known else None
        return Choice(name, person, seal_to_key(keys.recipient), compared=compared)
    if person is None:
        raise NoWayToSeal(name=name)
    compared = person.verified is not None
    return Choice(name, person, seal_to_key(person.keys.recipient), compared=compared)


def _with_passphrase(context: Context, wanted: Wanted, name: str, person: Person | None) -> Choice:
    if wanted.own_passphrase:
        own = require_strong(context.keys.secret("new-handover-passphrase"))
        return Choice(name, person, seal_with_passphrase(own, page=wanted.page))
    words = " ".join(new_passphrase_words())
    return Choice(name, person, seal_with_passphrase(words, page=wanted.page), words)
