"""The people you share with: add their keys, compare them aloud, forget them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.unlocking import unlocked
from stillmine.crypto import HybridRecipient
from stillmine.share.contacts import (
    Person,
    forget_person,
    keep_person,
    known_people,
    new_person,
    read_contact,
    require_person,
)
from stillmine.share.ledger import all_entries
from stillmine.share.own_key import find_own_key

Kind = Literal["stillmine", "age"]


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """A person as they are shown. `compared` is when the eight words were compared, if ever.

    A key of kind `age` can be sealed to; what comes from its owner cannot be recognised.
    """

    name: str
    compared: datetime | None
    kind: Kind
    quantum_safe: bool
    fingerprint: str


def shown_person(person: Person) -> ShownPerson:
    """Return what there is to see of a person."""
    keys = person.keys
    return ShownPerson(
        person.name,
        datetime.fromisoformat(person.verified) if person.verified else None,
        "stillmine" if keys.signing else "age",
        isinstance(keys.recipient, HybridRecipient),
        " ".join(keys.fingerprint),
    )


@dataclass(frozen=True, slots=True)
class AddPersonRequest:
    """A person and their key."""

    name: str = given("A name for the person, for yourself.", positional=True)
    key: str = given(
        "Their contact line, or public age key, or a file that holds it.", positional=True
    )


@dataclass(frozen=True, slots=True)
class PersonAnswer(Answer):
    """A person, and the eight words to compare with them."""

    name: str
    compared: datetime | None
    kind: Kind
    quantum_safe: bool
    fingerprint: str


def _answer(person: Person) -> PersonAnswer:
    shown = shown_person(person)
    return PersonAnswer(
        shown.name, shown.compared, shown.kind, shown.quantum_safe, shown.fingerprint
    )


@action("share.people.add")
def add_person(context: Context, request: AddPersonRequest) -> PersonAnswer:
    """Add a person and their key, so that copies can be sealed for them by name."""
    keys = read_contact(request.key)
    with unlocked(context, writing=True) as vault:
        person = new_person(vault, request.name, keys, _now(context))
        keep_person(vault, person)
    return _answer(person)


@dataclass(frozen=True, slots=True)
class PeopleRequest:
    """Nothing is needed."""


@dataclass(frozen=True, slots=True)
class PeopleAnswer(Answer):
    """Everybody who is known."""

    people: tuple[ShownPerson, ...]

    @property
    def outcome(self) -> Outcome:
        """Return whether anybody is known."""
        return Outcome.DONE if self.people else Outcome.NOTHING_FOUND


@action("share.people.list")
def list_people(context: Context, request: PeopleRequest) -> PeopleAnswer:
    """List the people whose keys you have."""
    del request
    with unlocked(context) as vault:
        return PeopleAnswer(tuple(map(shown_person, known_people(vault))))


@dataclass(frozen=True, slots=True)
class VerifyPersonRequest:
    """A person, and how the comparison went."""

    name: str = given("The person's name.", positional=True)
    same: bool = given(
        "They read out these very words, by voice or face to face. This is noted.", default=False
    )


@dataclass(frozen=True, slots=True)
class VerifyPersonAnswer(Answer):
    """The words to compare: theirs, and your own. `compared` is when they were found the same."""

    name: str
    compared: datetime | None
    their_words: str
    your_words: str | None


@action("share.people.verify")
def verify_person(context: Context, request: VerifyPersonRequest) -> VerifyPersonAnswer:
    """Show the words to compare aloud with a person; with --same, note that they were the same."""
    with unlocked(context, writing=request.same) as vault:
        person = require_person(vault, request.name)
        if request.same:
            person = replace(person, verified=_now(context))
            keep_person(vault, person)
        mine = find_own_key(vault)
    own = " ".join(mine.contact().fingerprint) if mine else None
    shown = shown_person(person)
    return VerifyPersonAnswer(shown.name, shown.compared, shown.fingerprint, own)


@dataclass(frozen=True, slots=True)
class ForgetPersonRequest:
    """A person."""

    name: str = given("The person's name.", positional=True)


@dataclass(frozen=True, slots=True)
class ForgetPersonAnswer(Answer):
    """Who was forgotten, and how many copies they were given, which stay in the ledger."""

    name: str
    copies: int


@action("share.people.forget")
def forget(context: Context, request: ForgetPersonRequest) -> ForgetPersonAnswer:
    """Forget a person and their key. What they were given stays written down."""
    with unlocked(context, writing=True) as vault:
        person = require_person(vault, request.name)
        copies = sum(each.person == person.person for each in all_entries(vault))
        forget_person(vault, person)
    return ForgetPersonAnswer(person.name, copies)


def _now(context: Context) -> str:
    return context.now().astimezone(UTC).isoformat(timespec="seconds")
