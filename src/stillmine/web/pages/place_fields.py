"""What the form of each kind of place asks for, and what was typed into it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from stillmine.messages.pages_places import CHOICES, KINDS, OPTIONS
from stillmine.web.showing import say_text
from stillmine.web.visit import Visit

_PREFIX = "option-"
_FIELDS = ("target", "name", "every")


@dataclass(frozen=True, slots=True)
class OptionField:
    """One thing to choose: of `choices`, a number up to `most`, or else text."""

    name: str
    label: str
    value: str
    choices: tuple[tuple[str, str], ...]
    most: int


def named_kinds() -> tuple[str, ...]:
    """Return the kinds of places that there are, in the order in which they are shown."""
    return tuple(name for name in KINDS if name in _kinds())


def number_of(name: str) -> str:
    """Return what a kind is called in an address: a number, which says nothing."""
    return str(list(KINDS).index(name) + 1)


def needs_key(name: str) -> bool:
    """Say whether the service wants a key of the person's own."""
    return bool(_kinds()[name].needs_key)


def sends_words(name: str) -> bool:
    """Say whether words may leave this computer with this kind."""
    return bool(_kinds()[name].own)


def learns(name: str) -> str:
    """Return the key of the sentence that says who learns what."""
    return str(_kinds()[name].they_learn)


def fields_for(name: str, before: dict[str, str]) -> list[OptionField]:
    """Return what may be chosen about a place of a kind, with what was chosen already."""
    return [
        OptionField(
            f"{_PREFIX}{key}",
            say_text(OPTIONS[key]),
            before.get(f"{_PREFIX}{key}") or option.default,
            tuple((each, say_text(CHOICES.get(each, each))) for each in option.allowed),
            option.most,
        )
        for key, option in _kinds()[name].options.items()
    ]


def chosen_options(visit: Visit, name: str) -> tuple[str, ...]:
    """Return what was chosen and is not what stands there anyway, as NAME=VALUE."""
    return tuple(
        f"{key}={typed}"
        for key, option in _kinds()[name].options.items()
        if (typed := visit.typed(f"{_PREFIX}{key}")) and typed != option.default
    )


def typed_before(visit: Visit, name: str) -> dict[str, str]:
    """Return what was typed, by field: in this form, or in the one that waits for a yes."""
    waiting = visit.door.pending.get(visit.sent.first("agree"))
    if waiting is None:
        options = (f"{_PREFIX}{key}" for key in _kinds()[name].options)
        return {field: visit.typed(field) for field in (*_FIELDS, *options)}
    request: Any = waiting.request
    typed = {field: str(getattr(request, field, "")) for field in _FIELDS}
    for each in getattr(request, "options", ()):
        key, _, value = each.partition("=")
        typed[f"{_PREFIX}{key}"] = value
    return typed


def _kinds() -> Any:
    from stillmine.watch.places.kinds import KINDS as KNOWN  # it loads what reads web pages

    return KNOWN
