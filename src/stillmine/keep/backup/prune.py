"""Erase at a place what the newest backup does not need: old keys above all."""

from __future__ import annotations

from dataclasses import dataclass

from stillmine.app.actions import Answer, action, given
from stillmine.app.context import Context
from stillmine.app.network.targets.target import Target
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import unlocked
from stillmine.errors import BrokenManifest, StillmineError
from stillmine.keep.backup import manifest
from stillmine.keep.backup.lists import lists_at, require_ours
from stillmine.keep.backup.places import Place, chosen_places, opened
from stillmine.keep.backup.run import Missed

_FOLDERS = ("objects/", "keys/", "slots/", "checkpoints/", "inbox/", manifest.FOLDER)


@dataclass(frozen=True, slots=True)
class PruneRequest:
    """Which places."""

    names: tuple[str, ...] = given(
        "The names of places; none for all.", default=(), positional=True
    )


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was erased at one place; `erased_size` in bytes."""

    place: str
    erased: int
    erased_size: int
    kept: int


@dataclass(frozen=True, slots=True)
class PruneAnswer(Answer):
    """What was erased. A place may keep versions of its own; this program cannot see those."""

    places: tuple[Pruned, ...]
    skipped: tuple[Missed, ...]


@action("keep.backup.prune")
def prune(context: Context, request: PruneRequest) -> PruneAnswer:
    """Erase old keys, old lists and forgotten items at the places, so that nothing opens them."""
    pruned: list[Pruned] = []
    skipped: list[Missed] = []
    with unlocked(context) as vault:
        for place in chosen_places(vault, request.names):
            try:
                with opened("keep.backup.prune", place.url, place.secret) as target:
                    pruned.append(_prune(context, vault, target, place))
            except (StillmineError, OSError) as problem:
                code = problem.code if isinstance(problem, StillmineError) else "app.unexpected"
                skipped.append(Missed(place.name, code))
    return PruneAnswer(tuple(pruned), tuple(skipped))


def _prune(context: Context, vault: Vault, target: Target, place: Place) -> Pruned:
    """Erase all that the newest list of this very vault does not name; refuse on any doubt."""
    lists = lists_at(target)
    listed = lists.require()
    if lists.broken:
        raise BrokenManifest
    require_ours(vault, place, listed)
    needed = {entry.place for entry in listed.entries} | {listed.place}
    there = [entry for folder in _FOLDERS for entry in target.names(folder)]
    old = [entry for entry in there if entry.name not in needed]
    # Keys first: once they are gone, nothing else that is left can be opened.
    old.sort(key=lambda entry: entry.name.startswith("objects/"))
    context.job.begin("backup.pruning", len(old), "files")
    for entry in old:
        target.remove(entry.name)
        context.job.advance()
    return Pruned(place.name, len(old), sum(entry.size for entry in old), len(needed))
