"""The list of everything the program can do. Features write it; interfaces read it."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal, TypeVar, get_type_hints

from stillmine.app.context import Context


class Outcome(Enum):
    """How a finished action went; the value is the command's exit code."""

    DONE = 0
    GAPS = 3
    NOTHING_FOUND = 4


@dataclass(frozen=True, slots=True)
class Sends:
    """What an action sends out, said before it happens; `{field}` stands for what was typed."""

    what: str
    to: str
    they_learn: str
    undo: str


class Secret(str):
    """A passphrase or recovery words: never an argument, never shown by repr."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Hide the value, so that no traceback or log can hold it."""
        return "Secret(…)"


@dataclass(frozen=True, slots=True)
class Answer:
    """What an action did. Fields become the JSON answer, under their own names."""

    @property
    def outcome(self) -> Outcome:
        """Return how it went; an answer with something skipped has gaps."""
        return Outcome.GAPS if getattr(self, "skipped", ()) else Outcome.DONE


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can ask for."""

    name: str
    run: Callable[[Context, Any], Answer]
    request: type[Any]
    answer: type[Answer]
    sends: Sends | None
    sends_when: Callable[[Any], bool]
    repeatable: bool
    warns: Callable[[Any], str | None]

    def sending(self, request: Any) -> Sends | None:
        """Return what this request sends out; None where nothing leaves the computer."""
        return self.sends if self.sends and self.sends_when(request) else None

    @property
    def asks(self) -> bool:
        """Say whether some requests for this need a yes first."""
        return self.sends is not None or self.warns is not _never

    @property
    def summary(self) -> str:
        """Return the first line of the docstring: the help text of the command."""
        return (inspect.getdoc(self.run) or "").partition("\n")[0]


def _always(_request: Any) -> bool:
    return True


def _never(_request: Any) -> str | None:
    return None


_actions: dict[str, Action] = {}
_Run = TypeVar("_Run", bound=Callable[[Context, Any], Answer])


def action(
    name: str,
    *,
    sends: Sends | None = None,
    sends_when: Callable[[Any], bool] = _always,
    repeatable: bool = False,
    warns: Callable[[Any], str | None] = _never,
) -> Callable[[_Run], _Run]:
    """Add a function `(context, request) -> answer` to the list, as `room.verb`.

    `sends_when` tells from a request whether anything leaves: a backup to a folder sends nothing.
    `warns` returns the key (in `messages.questions`) of what to say before a request that cannot
    be taken back; a person is asked for a yes then.
    """

    def add(run: _Run) -> _Run:
        if name in _actions:
            raise ValueError(f"two actions are called {name}")
        hints = get_type_hints(run)
        _context, request = inspect.signature(run).parameters
        _actions[name] = Action(
            name,
            run,
            hints[request],
            hints["return"],
            sends=sends,
            sends_when=sends_when,
            repeatable=repeatable,
            warns=warns,
        )
        return run

    return add


def all_actions() -> tuple[Action, ...]:
    """Return every action, in the order of their names."""
    return tuple(_actions[name] for name in sorted(_actions))


def given(
    text: str,
    *,
    default: Any = dataclasses.MISSING,
    positional: bool = False,
    question: str = "",
) -> Any:
    """Describe one field of a request: its help text, its default, where it stands.

    `question` is the key (in `messages.questions`) of what a person is asked first of all where
    nothing was typed; the field is then a choice, or None where nobody could be asked.
    """
    facts = {"help": text, "positional": positional, "question": question}
    return dataclasses.field(default=default, metadata=facts)


SecretKind = Literal[
    "passphrase",
    "new-passphrase",
    "recovery-words",
    "target-secret",
    "place-key",
    "alert-address",
    "checked-password",
    "breach-key",
    "handover-passphrase",
    "new-handover-passphrase",
]


def asked(text: str, *, secret: SecretKind, default: Any = dataclasses.MISSING) -> Any:
    """Describe a `Secret` field of a request: it is asked for, and is never an argument.

    With a default, the field is optional: it is used where it was made ready, and not asked for.
    """
    return dataclasses.field(default=default, metadata={"help": text, "secret": secret})
