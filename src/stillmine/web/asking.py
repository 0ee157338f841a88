"""Turn a form into the request of an action, ask for a yes where one is needed, and do it.

What is wrong stands beside its field, in two sentences. A secret never comes back into a page.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from starlette.responses import Response

from stillmine.app.actions import Action, Answer, Secret
from stillmine.app.delivering import Delivery
from stillmine.app.fields import Field, fields_of
from stillmine.app.jobs import Job
from stillmine.errors import NoPassphrase, NoVault, StillmineError
from stillmine.messages.pages_ground import GROUND
from stillmine.messages.questions import SECRETS
from stillmine.web.agreeing import Agreement, agreement_for
from stillmine.web.door import Door, find_action
from stillmine.web.received import Received
from stillmine.web.showing import onward, page, say_text, trouble
from stillmine.web.visit import Visit
from stillmine.web.working import Work

_WAITS = 600.0  # seconds until a question that was not answered is forgotten
_TICKED = frozenset({"yes", "on", "1", "true"})


@dataclass(slots=True)
class Form:
    """A form while it is filled in, and what came of it.

    `typed` holds what was typed, to be shown again, and no secret; `wrong` what is wrong, by field;
    `trouble` what is wrong with the whole, and `error` what the action raised. At most one of
    `answer`, `work` and `agreement` is set.
    """

    action: Action
    typed: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    trouble: tuple[str, str] | None = None
    answer: Answer | None = None
    work: Work | None = None
    agreement: Agreement | None = None
    error: StillmineError | None = None

    def aside(self, visit: Visit) -> Response | None:
        """Return the page that comes before the answer: the question for a yes, or the progress."""
        if self.agreement is not None:
            return page(visit, "agree.html", agreement=self.agreement, wrong=self.trouble)
        if self.work is not None:
            return onward("work", work=self.work.name)
        return None


@dataclass(frozen=True, slots=True)
class Pending:
    """A request that waits for a yes. It is held here, so that no secret goes into a page."""

    action: Action
    request: Any
    secrets: Mapping[str, Secret]
    files: Received
    until: float


def ask(
    visit: Visit,
    name: str,
    /,
    *,
    fixed: Mapping[str, Any] | None = None,
    beside: Mapping[str, str] | None = None,
    then: str = "",
    parts: Mapping[str, str] | None = None,
    delivery: Delivery | None = None,
) -> Form:
    """Read the form of an action and do what it asks; before it was sent, return it empty.

    `fixed` are fields that the page sets itself; `beside` says beside which field an error stands,
    by its code. With `then`, the work goes on beside the pages, and that page shows its answer
    (`visit.answer()`); `parts` are for its address. With `delivery`,
    the files that the answer has are put there, and on no disk.
    """
    form = Form(find_action(name))
    form.typed = {each.name: _empty(each) for each in fields_of(form.action) if not each.secret}
    if not visit.posted:
        return form
    agreed = visit.sent.first("agree")
    pending = _taken(visit, form, agreed) if agreed else _read(visit, form, fixed or {})
    if pending is None:
        return form
    wish = _Wish(dict(beside or {}), then, dict(parts or {}), delivery)
    if agreed or not _waits_for_a_yes(visit.door, form, pending, wish.beside):
        _carry_out(visit, form, pending, wish)
    return form


@dataclass(frozen=True, slots=True)
class _Wish:
    beside: Mapping[str, str]
    then: str
    parts: Mapping[str, str]
    delivery: Delivery | None


def _waits_for_a_yes(door: Door, form: Form, pending: Pending, beside: Mapping[str, str]) -> bool:
    """Say whether a yes has to be asked for first, or something stands in the way of asking."""
    try:
        agreement = agreement_for(form.action, pending.request)
    except (NoPassphrase, NoVault):
        pending.files.close()
        raise  # it was locked meanwhile
    except StillmineError as error:
        pending.files.close()
        _say(form, error, beside)
        return True
    if agreement is None:
        return False
    agreement.token = _kept(door, pending)
    form.agreement = agreement
    return True


def _carry_out(visit: Visit, form: Form, pending: Pending, wish: _Wish) -> None:
    door, action = visit.door, pending.action
    may_send = action.sending(pending.request) is not None
    files = pending.files

    def run(job: Job) -> Answer:
        handed = files.handed()
        context = door.context(pending.secrets, job=job, may_send=may_send, handed=handed)
        return action.run(replace(context, delivery=wish.delivery), pending.request)

    if wish.then:
        form.work = door.works.start(
            action.name,
            run,
            then=wish.then,
            close=files.close,
            asked=visit.request.url.path,
            **wish.parts,
        )
        return
    try:
        form.answer = run(Job())
    except (NoPassphrase, NoVault):
        raise  # it was locked meanwhile
    except StillmineError as error:
        _say(form, error, wish.beside)
    finally:
        files.close()


def _say(form: Form, error: StillmineError, beside: Mapping[str, str]) -> None:
    form.error, said = error, trouble(error)
    if error.code in beside:
        form.wrong[beside[error.code]] = " ".join(said)
    else:
        form.trouble = said


def _read(visit: Visit, form: Form, fixed: Mapping[str, Any]) -> Pending | None:
    """Return the request that the form makes; None where something is wrong, which is noted."""
    values: dict[str, Any] = dict(fixed)
    for each in fields_of(form.action):
        if each.name in fixed:
            if not each.secret:
                form.typed[each.name] = fixed[each.name]
            continue
        try:
            value = _value(visit, each, form)
        except _Wrong as wrong:
            form.wrong[each.name] = say_text(GROUND[wrong.key])
            continue
        if value is not _LEFT_OUT:
            values[each.name] = value
    if form.wrong:
        return None
    kinds = {kind: Secret(typed) for kind in SECRETS if (typed := visit.sent.first(kind))}
    request, files = form.action.request(**values), visit.sent.taken()
    return Pending(form.action, request, kinds, files, time.monotonic() + _WAITS)


_LEFT_OUT = object()


class _Wrong(Exception):
    """A field cannot be read as what it is; `key` is the sentence beside it."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _value(visit: Visit, each: Field, form: Form) -> Any:
    """Return the value of one field as its type; `_LEFT_OUT` where its default stands."""
    if each.secret:
        return _secret(visit, each)
    if each.kind is bool:
        return _tick(visit, each, form)
    typed = [text for text in map(str.strip, visit.sent.every(each.name)) if text]
    form.typed[each.name] = tuple(typed) if each.several else next(iter(typed), "")
    if not typed:
        if not each.optional:
            raise _Wrong("field_needed")
        return _LEFT_OUT
    values = tuple(_one(each, text) for text in typed)
    return values if each.several else values[0]


def _secret(visit: Visit, each: Field) -> Any:
    typed = visit.sent.first(each.name)
    if not typed:
        if each.optional:
            return _LEFT_OUT
        raise _Wrong("field_needed")
    again = visit.sent.fields.get(f"{each.name}_again")
    if again is not None and again[0] != typed:
        raise _Wrong("not_the_same")
    return Secret(typed)


def _tick(visit: Visit, each: Field, form: Form) -> Any:
    """Return a tick. A box that is not ticked is not sent at all, and so is one that is not there.

    Where a field is on by itself, the form says with `<name>.asked` that there was a box.
    """
    ticked = visit.sent.first(each.name) in _TICKED
    form.typed[each.name] = ticked
    if not ticked and each.default and f"{each.name}.asked" not in visit.sent.fields:
        form.typed[each.name] = True
        return _LEFT_OUT
    return ticked


def _one(each: Field, text: str) -> Any:
    if each.choices:
        if text not in each.choices:
            raise _Wrong("field_choice")
        return text
    if each.kind is Path:
        with suppress(RuntimeError):  # `~name` of somebody who is not there
            return Path(text).expanduser()
        return Path(text)
    if each.kind in (int, float):
        try:
            return each.kind(text)
        except (ValueError, OverflowError) as problem:
            raise _Wrong("field_number") from problem
    return text


def _empty(each: Field) -> Any:
    if each.several:
        return ()
    if each.kind is Path:
        return ""  # a page has no current folder
    return each.default if each.default is not None else ""


def _kept(door: Door, pending: Pending) -> str:
    token = secrets.token_urlsafe(16)
    door.forget_pending()  # one question at a time
    door.pending[token] = pending
    return token


def _taken(visit: Visit, form: Form, token: str) -> Pending | None:
    pending: Pending | None = visit.door.pending.pop(token, None)
    if pending is None or pending.action != form.action or pending.until < time.monotonic():
        form.trouble = (say_text(GROUND["too_late"]), say_text(GROUND["too_late_next"]))
        return None
    return pending
