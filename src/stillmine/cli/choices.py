"""Ask what was not typed, where a question has to be answered before anything else happens."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, get_args, get_type_hints

from stillmine.app.actions import Action
from stillmine.cli import asking

_TRIES = 3


def answered(action: Action, typed: Mapping[str, Any], *, json: bool) -> Mapping[str, Any]:
    """Return what was typed, with what a person at the keyboard answers to open questions.

    Where nobody can be asked, or three answers are none of the choices, it stays open: what that
    means is for the action to say.
    """
    if json or not asking.somebody_is_there():
        return typed
    open_ones = [field for field in _questions(action) if typed.get(field.name) is None]
    return {**typed, **{field.name: _ask(action, field) for field in open_ones}}


def _questions(action: Action) -> list[dataclasses.Field[Any]]:
    return [each for each in dataclasses.fields(action.request) if each.metadata.get("question")]


def _ask(action: Action, field: dataclasses.Field[Any]) -> str | None:
    hint = get_type_hints(action.request)[field.name]
    choices = [word for part in get_args(hint) for word in get_args(part)]
    return _chosen(field.metadata["question"], choices)


def chosen(question: str, choices: Sequence[str], *, json: bool) -> str | None:
    """Return what a person at the keyboard chooses; None where nobody can be asked."""
    if json or not asking.somebody_is_there():
        return None
    return _chosen(question, choices)


def _chosen(question: str, choices: Sequence[str]) -> str | None:
    asking.tell(asking.words(question))
    for _try in range(_TRIES):
        said = asking.shown(f"[{'/'.join(choices)}] ").lower()
        if (choice := _meant(said, choices)) is not None:
            return choice
    return None


def _meant(said: str, choices: Sequence[str]) -> str | None:
    found = [choice for choice in choices if said and choice.startswith(said)]
    return found[0] if len(found) == 1 else None
