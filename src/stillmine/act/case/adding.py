"""Add to a case: addresses, notes, who signs; close it, and open it again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from stillmine.act.case.model import CLOSED, OPEN, Address, Case, Sender
from stillmine.act.case.store import find_case, keep_case, next_name, noted, with_address
from stillmine.act.case.typed import (
    mail_address,
    one_line,
    same_address,
    several_lines,
    telephone,
    web_address,
)
from stillmine.app.actions import Answer, action, given
from stillmine.app.context import Context
from stillmine.app.unlocking import unlocked
from stillmine.errors import StillmineError, WrongUsage


@dataclass(frozen=True, slots=True)
class AddRequest:
    """Where the pictures are. Nothing is fetched: the addresses are only written down."""

    case: str = given("The case, or how its name begins.", positional=True)
    addresses: tuple[str, ...] = given("Addresses of pages or pictures.", positional=True)
    uploader: str = given("The account that put it there, as the page names it.", default="")
    note: str = given("A note of your own.", default="")


@dataclass(frozen=True, slots=True)
class AddedAddress:
    """An address and its short name in the case."""

    address: str
    url: str


@dataclass(frozen=True, slots=True)
class SkippedAddress:
    """What was typed and is no address, with the code that says why."""

    url: str
    code: str


@dataclass(frozen=True, slots=True)
class AddAnswer(Answer):
    """Which addresses the case has now, which it had, and what could not be read."""

    case: str
    added: tuple[AddedAddress, ...]
    already: tuple[AddedAddress, ...]
    skipped: tuple[SkippedAddress, ...]


@action("act.case.add")
def add(context: Context, request: AddRequest) -> AddAnswer:
    """Write down where the pictures are. Nothing is fetched and nobody is told."""
    uploader = one_line(request.uploader, "--uploader")
    note = several_lines(request.note, "--note")
    urls, skipped = _read(request.addresses)
    added: list[AddedAddress] = []
    already: list[AddedAddress] = []
    with unlocked(context, writing=True) as vault:
        case = find_case(vault, request.case)
        for url in urls:
            before = len(case.addresses)
            case, kept = _with(case, url, context.now().isoformat(timespec="seconds"))
            case = with_address(case, _told(kept, uploader, note))
            new = len(case.addresses) > before
            (added if new else already).append(AddedAddress(kept.address, kept.url))
            if new:
                case = noted(case, context.now(), "address", address=kept.address)
        keep_case(vault, case)
    return AddAnswer(case.case, tuple(added), tuple(already), skipped)


def _read(typed: tuple[str, ...]) -> tuple[list[str], tuple[SkippedAddress, ...]]:
    """Return what can be read; raise what is wrong with the only one that was given."""
    urls, skipped = [], []
    for text in typed:
        try:
            urls.append(web_address(text))
        except StillmineError as problem:
            if len(typed) == 1:
                raise
            skipped.append(SkippedAddress(text, problem.code))
    return urls, tuple(skipped)


def _with(case: Case, url: str, now: str) -> tuple[Case, Address]:
    """Return the case with this address, and the address: the one it had under any spelling."""
    for each in case.addresses:
        if same_address(each.url) == same_address(url):
            return case, each
    new = Address(next_name("a", (each.address for each in case.addresses)), url, now)
    return with_address(case, new), new


def _told(address: Address, uploader: str, note: str) -> Address:
    return replace(address, uploader=uploader or address.uploader, note=note or address.note)


@dataclass(frozen=True, slots=True)
class NoteRequest:
    """Something to remember."""

    case: str = given("The case, or how its name begins.", positional=True)
    text: str = given("What to note, in your own words.", positional=True)


@dataclass(frozen=True, slots=True)
class CaseAnswer(Answer):
    """A case, and how it stands."""

    case: str
    state: str


@action("act.case.note")
def note(context: Context, request: NoteRequest) -> CaseAnswer:
    """Add a note to the timeline of a case."""
    text = several_lines(request.text, "a note")
    if not text:
        raise WrongUsage(problem="the note is empty.")
    return _changed(
        context, request.case, lambda case: noted(case, context.now(), "case.note", note=text)
    )


@dataclass(frozen=True, slots=True)
class SenderRequest:
    """Who signs letters. What is left out stays as it is; an empty text takes it out."""

    case: str = given("The case, or how its name begins.", positional=True)
    name: str | None = given("The name that stands under the letters.", default=None)
    mail: str | None = given("The e-mail address for answers.", default=None)
    phone: str | None = given("A telephone number for answers.", default=None)
    postal: str | None = given("A postal address for answers.", default=None)
    role: Literal["subject", "agent"] | None = given(
        "subject: the person in the pictures; agent: somebody they allowed.", default=None
    )
    subject: str | None = given(
        "How the letters call the person in the pictures, where an agent signs.", default=None
    )


@dataclass(frozen=True, slots=True)
class SenderAnswer(Answer):
    """Who signs the letters of a case now."""

    case: str
    name: str
    mail: str
    phone: str
    postal: str
    role: str
    subject: str


@action("act.case.sender")
def sender(context: Context, request: SenderRequest) -> SenderAnswer:
    """Say who signs the letters of a case, and how to answer them."""
    read: dict[str, Callable[[str], str]] = {
        "name": lambda text: one_line(text, "--name"),
        "mail": mail_address,
        "phone": telephone,
        "postal": lambda text: several_lines(text, "--postal"),
        "role": str,
        "subject": lambda text: one_line(text, "--subject"),
    }
    typed = {name: getattr(request, name) for name in read}
    new = {name: read[name](text) for name, text in typed.items() if text is not None}
    with unlocked(context, writing=bool(new)) as vault:
        case = find_case(vault, request.case)
        if new and replace(case.sender, **new) != case.sender:
            case = replace(case, sender=replace(case.sender, **new))
            keep_case(vault, noted(case, context.now(), "case.sender"))
    return _sender(case.case, case.sender)


def _sender(case: str, who: Sender) -> SenderAnswer:
    return SenderAnswer(case, who.name, who.mail, who.phone, who.postal, who.role, who.subject)


@dataclass(frozen=True, slots=True)
class StateRequest:
    """A case."""

    case: str = given("The case, or how its name begins.", positional=True)
    note: str = given("A note for the timeline.", default="")


@action("act.case.close")
def close(context: Context, request: StateRequest) -> CaseAnswer:
    """Close a case: it is done for now. Everything stays, and it can be opened again."""
    return _put(context, request, CLOSED, "case.closed")


@action("act.case.reopen")
def reopen(context: Context, request: StateRequest) -> CaseAnswer:
    """Open a closed case again."""
    return _put(context, request, OPEN, "case.reopened")


def _put(context: Context, request: StateRequest, state: str, event: str) -> CaseAnswer:
    said = several_lines(request.note, "--note")

    def changed(case: Case) -> Case:
        if case.state == state:
            return case
        facts = {"note": said} if said else {}
        return noted(replace(case, state=state), context.now(), event, **facts)

    return _changed(context, request.case, changed)


def _changed(context: Context, name: str, change: Callable[[Case], Case]) -> CaseAnswer:
    with unlocked(context, writing=True) as vault:
        case = change(find_case(vault, name))
        keep_case(vault, case)
    return CaseAnswer(case.case, case.state)
