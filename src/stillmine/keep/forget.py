"""Forget items: their keys are destroyed, so that nobody can open them again."""

from __future__ import annotations

from dataclasses import dataclass

from stillmine.app.actions import Answer, action, given
from stillmine.app.context import Context
from stillmine.app.unlocking import unlocked


@dataclass(frozen=True, slots=True)
class ForgetRequest:
    """What to forget."""

    items: tuple[str, ...] = given("The items' numbers, or how they begin.", positional=True)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """An item that nobody can open any more from this vault."""

    item: str
    name: str


@dataclass(frozen=True, slots=True)
class ForgetAnswer(Answer):
    """What was forgotten, and where copies may still be.

    `backups` names the places that may still hold the old keys: `keep backup run` and `keep backup
    prune` erase them there. `disk_may_hold` is true wherever this program cannot promise more:
    a disk may keep old sealed blocks, which the forgotten key alone would open.
    """

    forgotten: tuple[Forgotten, ...]
    backups: tuple[str, ...]
    disk_may_hold: bool = True


@action("keep.forget")
def forget(context: Context, request: ForgetRequest) -> ForgetAnswer:
    """Forget items for good: their keys are destroyed. This cannot be undone."""
    with unlocked(context, writing=True) as vault:
        items = list({item.item: item for item in map(vault.item, request.items)}.values())
        vault.forget(items)
        places = tuple(vault.catalogue.records("backup"))
    return ForgetAnswer(
        tuple(Forgotten(item.item, item.shown_name) for item in items), backups=places
    )
