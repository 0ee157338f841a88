"""Take one of one's own names out again; the log keeps that it was there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC

from stillmine.app.actions import Answer, action, given
from stillmine.app.context import Context
from stillmine.app.unlocking import unlocked
from stillmine.watch.names.changing import require_clock
from stillmine.watch.names.own_name import all_names, find_name, keep_names


@dataclass(frozen=True, slots=True)
class RemoveRequest:
    """Which of the own names."""

    name: str = given("Its number, or the handle, address or name itself.", positional=True)


@dataclass(frozen=True, slots=True)
class RemoveAnswer(Answer):
    """What is not looked for any more."""

    name: str
    text: str


@action("watch.name.remove")
def remove(context: Context, request: RemoveRequest) -> RemoveAnswer:
    """Stop looking for one of your names. The log keeps that it was there."""
    now = context.now().astimezone(UTC)
    with unlocked(context, writing=True) as vault:
        names = all_names(vault)
        require_clock(names, now)
        name = find_name(names, request.name)
        keep_names(vault, names.without(name).noting(now, "removed", name))
    return RemoveAnswer(name.name, name.text)
