"""Practise the day on which everything is lost: open a backup with the recovery words alone."""

from __future__ import annotations

import contextlib
import math
import random
import shutil
from dataclasses import dataclass
from pathlib import Path

from stillmine.app.actions import Answer, Outcome, Secret, action, asked, given
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.jobs import Job
from stillmine.app.network.targets.target import Target
from stillmine.app.storage import durable, objects
from stillmine.app.storage.epoch import Epoch
from stillmine.app.storage.key_table import KeyRow
from stillmine.app.storage.opening import unlock
from stillmine.app.storage.root_key import RootKey
from stillmine.app.storage.slots import WayIn
from stillmine.app.unlocking import WORK_FACTOR, unlocked
from stillmine.crypto import check_recovery_words
from stillmine.errors import BackupDamaged, ItemDamaged
from stillmine.keep.backup.fetching import fetch
from stillmine.keep.backup.lists import lists_at, require_ours
from stillmine.keep.backup.manifest import Entry, Manifest
from stillmine.keep.backup.places import chosen_places, opened, remember
from stillmine.keep.backup.reopening import reopened
from stillmine.keep.backup.restoring import restore_keys

_LOSS, _SURENESS = 0.01, 0.95


@dataclass(frozen=True, slots=True)
class DrillRequest:
    """A place, and the recovery words as they were written down."""

    name: str = given("The name of the place.", positional=True)
    words: Secret = asked("The twelve recovery words.", secret="recovery-words")


@dataclass(frozen=True, slots=True)
class Failed:
    """An item of the sample that did not come back: what was wrong with it."""

    item: str
    what: str


@dataclass(frozen=True, slots=True)
class DrillAnswer(Answer):
    """How many items were fetched and opened, of how many, and when a drill last passed.

    The sample is large enough to meet a lost item, if one in a hundred is lost, 95 times of 100.
    """

    place: str
    items: int
    opened: int
    failed: tuple[Failed, ...]
    passed: bool
    last_passed: str

    @property
    def outcome(self) -> Outcome:
        """Return gaps where the drill did not pass."""
        return Outcome.DONE if self.passed else Outcome.GAPS


def sample_size(items: int) -> int:
    """Return how many of so many items to look at, to meet a loss of 1 % with 95 % sureness.

    Sampling without putting back (hypergeometric): the smallest n for which the chance to miss
    all of the ceil(items / 100) lost ones is at most 5 %.
    """
    lost = max(1, math.ceil(items * _LOSS))
    missed = 1.0
    for looked_at in range(items):
        if missed <= 1 - _SURENESS:
            return looked_at
        missed *= max(0, items - lost - looked_at) / (items - looked_at)
    return items


@action("keep.backup.drill")
def drill(context: Context, request: DrillRequest) -> DrillAnswer:
    """Fetch a sample from a backup and open it with the recovery words, as after a loss."""
    words = check_recovery_words(request.words)
    with unlocked(context) as vault:
        (place,) = chosen_places(vault, [request.name])
        with opened("keep.backup.drill", place.url, place.secret) as target:
            listed = lists_at(target).require()
        require_ours(vault, place, listed)
        root_here = vault.root
    home = Home(context.home)
    practice = Home(durable.temporary(home.unfinished))
    try:
        with opened("keep.backup.drill", place.url, place.secret) as target:
            restore_keys(target, listed, practice, context.job)
            # Nothing of the vault that is open here is used to open the backup.
            root = unlock(practice, WayIn.by_words(words, WORK_FACTOR))
            count, sample, failed = _practise(target, listed, practice, root, context.job)
    finally:
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(practice.root)
    passed = not failed
    if passed:
        with reopened(context, root_here, writing=True) as vault:
            (place,) = chosen_places(vault, [request.name])
            place = remember(vault, place, last_drill=context.now().isoformat())
    return DrillAnswer(
        place.name, count, sample - len(failed), tuple(failed), passed, place.last_drill
    )


def _practise(
    target: Target, listed: Manifest, practice: Home, root: RootKey, job: Job
) -> tuple[int, int, list[Failed]]:
    epoch = Epoch.open(practice.keys, root, unfinished=practice.unfinished)
    rows = {row.item: row for _compartment, _table, row in epoch.rows()}
    entries = [entry for entry in listed.entries if entry.name.startswith("objects/")]
    sample = random.SystemRandom().sample(entries, sample_size(len(entries)))
    job.begin("backup.drilling", sum(entry.size for entry in sample), "bytes")
    failed = []
    for entry in sample:
        item = Path(entry.name).stem
        what = _try_one(target, entry, rows.get(item), practice, epoch.content_key)
        if what:
            failed.append(Failed(item, what))
        job.advance(entry.size)
    return len(entries), len(sample), failed


def _try_one(
    target: Target, entry: Entry, row: KeyRow | None, practice: Home, content_key: bytes
) -> str | None:
    """Fetch an item, open it, and compare its content with the fingerprint beside its key."""
    if row is None:
        return "key-missing"
    path = objects.object_path(practice.objects, row.item)
    try:
        with durable.named_failures():
            durable.make_folder(path.parent)
        fetch(target, entry, path, unfinished=practice.unfinished)
        with objects.open_object(practice.objects, row) as (_header, content):
            if objects.fingerprint_of(content, content_key) != row.digest:
                return "other-content"
    except (BackupDamaged, ItemDamaged) as problem:
        return str(problem.facts["what"])
    finally:
        path.unlink(missing_ok=True)
    return None
