"""The fields of a request as an interface sees them: what each takes, and if it may be empty."""

from __future__ import annotations

import dataclasses
import types
from dataclasses import dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from stillmine.app.actions import Action, Secret


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a request.

    `kind` is `str`, `int`, `float`, `bool`, `Path` or `Secret`; of a choice the type is `str` and
    `choices` are named. `several` says that it takes any number of values. `secret` is the kind of
    secret, and `question` the key of what a person is asked first of all.
    """

    name: str
    kind: Any
    several: bool
    choices: tuple[str, ...]
    optional: bool
    default: Any
    help: str
    secret: str
    question: str


def fields_of(action: Action) -> tuple[Field, ...]:
    """Return the fields of an action's request, in their order."""
    hints = get_type_hints(action.request)
    return tuple(_field(each, hints[each.name]) for each in dataclasses.fields(action.request))


def _field(field: dataclasses.Field[Any], hint: Any) -> Field:
    hint, may_be_none = without_none(hint)
    several = get_origin(hint) is tuple
    kind = get_args(hint)[0] if several else hint
    chosen = get_origin(kind) is Literal
    return Field(
        field.name,
        str if chosen else kind,
        several=several,
        choices=tuple(str(choice) for choice in get_args(kind)) if chosen else (),
        optional=may_be_none or has_default(field),
        default=default_of(field),
        help=field.metadata.get("help", ""),
        secret=field.metadata.get("secret", "") if kind is Secret else "",
        question=field.metadata.get("question", ""),
    )


def without_none(hint: Any) -> tuple[Any, bool]:
    """Return the type without `| None`, and whether that was there."""
    if get_origin(hint) in (types.UnionType, Union):
        kinds = [kind for kind in get_args(hint) if kind is not type(None)]
        if len(kinds) != 1:
            raise TypeError(f"a field is of one type or None, not {hint}")
        return kinds[0], True
    return hint, False


def has_default(field: dataclasses.Field[Any]) -> bool:
    """Say whether a field may be left out."""
    return (
        field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
    )


def default_of(field: dataclasses.Field[Any]) -> Any:
    """Return what stands in a field that was left out; None where nothing does."""
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return None if field.default is dataclasses.MISSING else field.default
