"""Make a backup: send what is new, then the keys, then the signed list."""

from __future__ import annotations

from dataclasses import dataclass

from stillmine.app.actions import Answer, action, given
from stillmine.app.context import Context
from stillmine.app.storage.root_key import RootKey
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import unlocked
from stillmine.errors import StillmineError, Stopped
from stillmine.keep.backup.places import Place, chosen_places, opened
from stillmine.keep.backup.reopening import reopened
from stillmine.keep.backup.running import Run, finish_run, require_own, send_objects, unchanged


@dataclass(frozen=True, slots=True)
class RunRequest:
    """Which places."""

    names: tuple[str, ...] = given(
        "The names of places; none for all.", default=(), positional=True
    )


@dataclass(frozen=True, slots=True)
class Missed:
    """A place where no backup could be made, and the code that says why."""

    place: str
    code: str


@dataclass(frozen=True, slots=True)
class RunAnswer(Answer):
    """What was done at each place."""

    runs: tuple[Run, ...]
    skipped: tuple[Missed, ...]


@action("keep.backup.run", repeatable=True)
def run(context: Context, request: RunRequest) -> RunAnswer:
    """Back up to the places that were chosen; only what is new is sent."""
    with unlocked(context) as vault:
        places, root = chosen_places(vault, request.names), vault.root
    runs: list[Run] = []
    skipped: list[Missed] = []
    for place in places:
        try:
            runs.append(_run(context, place, root))
        except Stopped:
            raise
        except StillmineError as problem:
            if len(places) == 1:
                raise
            skipped.append(Missed(place.name, problem.code))
    return RunAnswer(tuple(runs), tuple(skipped))


def _run(context: Context, place: Place, root: RootKey) -> Run:
    with opened("keep.backup.run", place.url, place.secret) as target:
        with reopened(context, root) as vault:
            if unchanged(vault, target, place):
                return Run(place.name, place.counter, _files(vault), 0, 0, unchanged=True)
            require_own(vault, target, known=place.counter > 0)
            # The long part as a reader, so that the vault can be used meanwhile.
            sent, size = send_objects(vault, target, context.job)
        with reopened(context, root, writing=True) as vault:
            vault.write_checkpoint()
            last = finish_run(context, vault, target, place)
    return Run(last.place, last.counter, last.files, sent + last.sent, size + last.sent_size, False)


def _files(vault: Vault) -> int:
    return vault.catalogue.count()
