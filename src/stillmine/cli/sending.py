"""Before something leaves this computer, or cannot be taken back: say so, and ask."""

from __future__ import annotations

import dataclasses
from typing import Any

from stillmine.app.actions import Action, Secret, Sends
from stillmine.cli import asking
from stillmine.cli.plain_data import one_line, plain
from stillmine.errors import NotAgreed, NothingMayLeave
from stillmine.messages import fill, translate
from stillmine.messages.visible import visible


def agreed(action: Action, request: Any, *, yes: bool, json: bool) -> bool:
    """Return whether this run may send; raise NothingMayLeave where that was not agreed to."""
    sends = action.sending(request)
    if sends is None:
        return False
    said = _filled(sends, request)
    if json:
        asking.tell(one_line({"sends": said}))
    else:
        _announce(said)
    if yes or (asking.somebody_is_there() and asking.yes(asking.words("send-yes"))):
        return True
    raise NothingMayLeave(agreed=asking.words("nobody"), asked=said["to"])


def heeded(action: Action, request: Any, *, yes: bool, json: bool) -> None:
    """Warn of what cannot be taken back; raise NotAgreed where a person then says no.

    A program that typed the option has said it: it hears the warning and is not asked.
    """
    key = action.warns(request)
    if key is None:
        return
    said = asking.words(key)
    asking.tell(one_line({"warning": key, "happened": said}) if json else said)
    if yes or json or not asking.somebody_is_there():
        return
    if not asking.yes(asking.words("warned-yes")):
        raise NotAgreed


def _filled(sends: Sends, request: Any) -> dict[str, str]:
    """Return the four sentences, with what was typed, or follows from it, in its places."""
    names = [field.name for field in dataclasses.fields(request)]
    names += [name for name, of in vars(type(request)).items() if isinstance(of, property)]
    typed = {name: getattr(request, name) for name in names}
    facts = {
        name: visible(plain(value))
        for name, value in typed.items()
        if not isinstance(value, Secret)
    }
    return {
        field.name: fill(translate(getattr(sends, field.name)), facts)
        for field in dataclasses.fields(sends)
    }


def _announce(said: dict[str, str]) -> None:
    asking.tell(asking.words("send"))
    for key in ("send-what", "send-to", "send-learn", "send-undo"):
        asking.tell("  " + asking.words(key, **said))
