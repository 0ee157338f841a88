"""Note a handle, a mail address or a name of one's own, and say how to show that it is."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from stillmine.app.actions import Answer, action, given
from stillmine.app.context import Context
from stillmine.app.unlocking import unlocked
from stillmine.messages import fill, translate
from stillmine.messages.names import HOW
from stillmine.watch.names.changing import require_clock, require_room_for_name
from stillmine.watch.names.codes import MOST_TRIES, new_code
from stillmine.watch.names.mail import subject_for
from stillmine.watch.names.own_name import (
    HANDLE,
    MAIL,
    NAME,
    Code,
    Names,
    OwnName,
    Sort,
    all_names,
    keep_names,
)
from stillmine.watch.names.profile import asked_for
from stillmine.watch.names.sites import read_handle
from stillmine.watch.names.spelling import read_mail, read_name, wrong

_MOST_NOTED = 50


@dataclass(frozen=True, slots=True)
class AddRequest:
    """What is the person's own, what it is, and at which site."""

    text: str = given("Your handle, mail address or name.", positional=True)
    kind: Literal["handle", "mail", "name"] = given("What it is.")
    at: str = given(
        "Of a handle: its site, such as instagram, or the address of the profile.", default=""
    )


@dataclass(frozen=True, slots=True)
class AddAnswer(Answer):
    """What was noted. `shown` says whether it may be searched for now.

    `how` are the ways to show that it is the person's own, `code` what to put there (None where no
    code is of use), `subject` the subject of the mail to send, `until` when the code ends.
    """

    name: str
    kind: Sort
    text: str
    at: str
    shown: bool
    code: str | None
    until: str | None
    subject: str | None
    how: tuple[str, ...]


@action("watch.name.add")
def add(context: Context, request: AddRequest) -> AddAnswer:
    """Note a handle, a mail address or a name of yours, to look for it after you showed it."""
    text, at = _read(request)
    now = context.now().astimezone(UTC)
    with unlocked(context, writing=True) as vault:
        names = all_names(vault)
        noted = names.same(request.kind, text, at)
        name = noted or _new(names, request.kind, text, at, now)
        name = _with_code(name, now)
        after = names.with_name(name)
        keep_names(vault, after if noted else after.noting(now, "noted", name))
    return _answer(name)


def _read(request: AddRequest) -> tuple[str, str]:
    """Return the text as it is kept, and the site. Raises WrongName."""
    if request.kind == HANDLE:
        return read_handle(request.text, request.at)
    if request.at:
        raise wrong("at-of-handles")
    return (read_mail if request.kind == MAIL else read_name)(request.text), ""


def _new(names: Names, sort: Sort, text: str, at: str, now: datetime) -> OwnName:
    if len(names.names) >= _MOST_NOTED:
        raise wrong("too-many")
    if sort == NAME:
        require_room_for_name(names, text, now)
    require_clock(names, now)
    return OwnName(secrets.token_hex(4), sort, text, at, now.isoformat(timespec="seconds"))


def _with_code(name: OwnName, now: datetime) -> OwnName:
    """Return it with a code that holds; the one that was given stays until it is over."""
    if name.sort == NAME or (name.sort == HANDLE and asked_for(name) is None):
        return name
    kept = name.code
    if kept is not None and kept.holds(now) and kept.tries < MOST_TRIES:
        return name
    return replace(name, code=new_code(now))


def _answer(name: OwnName) -> AddAnswer:
    code = name.code
    subject = subject_for(code.code) if code and name.sort == MAIL else None
    return AddAnswer(
        name.name,
        name.sort,
        name.text,
        name.at,
        name.sort == NAME or name.proof is not None,
        code.code if code else None,
        _until(code),
        subject,
        tuple(_how(name, code, subject)),
    )


def _until(code: Code | None) -> str | None:
    return code.ends.isoformat(timespec="minutes") if code else None


def _how(name: OwnName, code: Code | None, subject: str | None) -> list[str]:
    if name.sort == NAME:
        way = "name"
    elif name.sort == MAIL:
        way = "mail"
    else:
        way = "profile" if code else "export"
    facts = {"text": name.text, "name": name.name, "site": name.at, "subject": subject or ""}
    facts["code"] = code.code if code else ""
    return [fill(translate(line), facts) for line in HOW[way]]
