"""Read a backup back, name what is lost or flipped there, and mend it from the vault."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from stillmine.app.actions import Answer, Outcome, Secret, action, asked, given
from stillmine.app.context import Context
from stillmine.app.jobs import Job
from stillmine.app.network.targets.target import Target
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import unlocked
from stillmine.errors import StillmineError
from stillmine.keep.backup import manifest
from stillmine.keep.backup.contents import is_small
from stillmine.keep.backup.fetching import (
    MISSING,
    OTHER_BYTES,
    OTHER_SIZE,
    check_at_place,
    is_whole,
)
from stillmine.keep.backup.lists import lists_at, wrong_with
from stillmine.keep.backup.manifest import Entry, Manifest
from stillmine.keep.backup.places import (
    ASKS_FOR_FILES,
    Place,
    chosen_places,
    leaves_this_computer,
    opened,
    require_yes,
)
from stillmine.keep.backup.running import mend_list, side_by_side


@dataclass(frozen=True, slots=True)
class VerifyRequest:
    """Which places, and how much of them to read back."""

    names: tuple[str, ...] = given(
        "The names of places; none for all.", default=(), positional=True
    )
    sample: int = given("Read back so many files, by chance; 0 for all.", default=0)


@dataclass(frozen=True, slots=True)
class BadFile:
    """A file that a place lost (`missing`, `unreadable`) or changed (`wrong-size`, `damaged`)."""

    name: str
    what: str
    mended: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found at one place. `code` is empty where its list is whole, newest and ours."""

    place: str
    counter: int
    files: int
    read_back: int
    damaged: tuple[BadFile, ...]
    code: str


@dataclass(frozen=True, slots=True)
class VerifyAnswer(Answer):
    """What was found at each place."""

    places: tuple[Checked, ...]

    @property
    def outcome(self) -> Outcome:
        """Return gaps where something was found that could not be mended."""
        good = all(
            not place.code and all(bad.mended for bad in place.damaged) for place in self.places
        )
        return Outcome.DONE if good else Outcome.GAPS


@action("keep.backup.verify", repeatable=True)
def verify(context: Context, request: VerifyRequest) -> VerifyAnswer:
    """Read backups back and compare them with the signed list; what is damaged is sent anew."""
    with unlocked(context) as vault:
        places = chosen_places(vault, request.names)
        found = tuple(_verify(context, vault, place, request.sample) for place in places)
    return VerifyAnswer(found)


def _verify(context: Context, vault: Vault, place: Place, sample: int) -> Checked:
    try:
        with opened("keep.backup.verify", place.url, place.secret) as target:
            lists = lists_at(target)
            bad = [_mend_list(vault, target, place, counter) for counter in lists.broken]
            if any(each.mended for each in bad):
                lists = lists_at(target)
            listed, code = lists.newest, wrong_with(vault, place, lists)
            if listed is None or code:
                counter = listed.counter if listed else 0
                return Checked(place.name, counter, 0, 0, tuple(bad), code)
            damaged, read_back = check_files(target, listed, sample, context.job)
            bad += [_mend(vault, target, entry, what) for entry, what in damaged]
            files = len(listed.entries)
            return Checked(place.name, listed.counter, files, read_back, tuple(bad), "")
    except StillmineError as problem:
        return Checked(place.name, 0, 0, 0, (), problem.code)


def check_files(
    target: Target, listed: Manifest, sample: int, job: Job
) -> tuple[list[tuple[Entry, str]], int]:
    """Compare a place with its list: all names and sizes, and the bytes of all or of a sample.

    Returns the files that are wrong with what is wrong, and how many were read back. No key.
    """
    sizes = {entry.name: entry.size for entry in target.names()}
    bad: dict[str, tuple[Entry, str]] = {}
    for entry in listed.entries:
        size = sizes.get(entry.place)
        if size != entry.size:
            bad[entry.place] = (entry, MISSING if size is None else OTHER_SIZE)
    chosen = _sample([e for e in listed.entries if e.place not in bad], sample)
    job.begin("backup.verifying", sum(entry.size for entry in chosen), "bytes")

    def check(entry: Entry) -> int:
        what = check_at_place(target, entry)
        if what:
            bad[entry.place] = (entry, what)
        return 1

    side_by_side(check, chosen, job)
    return [bad[place] for place in sorted(bad)], len(chosen)


def _sample(entries: Sequence[Entry], size: int) -> Sequence[Entry]:
    """Choose by chance; the few small files, on which everything depends, always belong to it."""
    if not 0 < size < len(entries):
        return entries
    small = [entry for entry in entries if is_small(entry)]
    items = [entry for entry in entries if not is_small(entry)]
    return small + random.SystemRandom().sample(items, min(size, len(items)))


def _mend_list(vault: Vault, target: Target, place: Place, counter: int) -> BadFile:
    mended = counter == place.counter and mend_list(vault, target, place)
    return BadFile(manifest.place_of(counter), OTHER_BYTES, mended)


def _mend(vault: Vault, target: Target, entry: Entry, what: str) -> BadFile:
    """Send a file anew, if the vault's own copy is what the list says."""
    path = vault.home.root / entry.name
    if not is_whole(path, entry):
        return BadFile(entry.name, what, mended=False)
    try:
        target.remove(entry.place)
        target.put_new(entry.place, path)
    except (OSError, StillmineError):
        return BadFile(entry.name, what, mended=False)
    return BadFile(entry.name, what, mended=check_at_place(target, entry) is None)


@dataclass(frozen=True, slots=True)
class InspectRequest:
    """A backup to look at without its vault and without any key."""

    url: str = given("Where the backup is.", positional=True)
    sample: int = given("Read back so many files, by chance; 0 for all.", default=0)
    secret: Secret | None = asked(
        "The key or password of the place, where it needs one.",
        secret="target-secret",
        default=None,
    )


@dataclass(frozen=True, slots=True)
class InspectAnswer(Answer):
    """What the newest list says and what is really there. `key` is who signed it."""

    counter: int
    made: str
    key: str
    files: int
    read_back: int
    damaged: tuple[BadFile, ...]

    @property
    def outcome(self) -> Outcome:
        """Return gaps where files are lost or changed."""
        return Outcome.GAPS if self.damaged else Outcome.DONE


@action("keep.backup.inspect", sends=ASKS_FOR_FILES, sends_when=leaves_this_computer)
def inspect(context: Context, request: InspectRequest) -> InspectAnswer:
    """Check a backup against its own signed list, without the vault and without any key."""
    require_yes(context, request.url)
    with opened("keep.backup.inspect", request.url, request.secret) as target:
        lists = lists_at(target)
        listed = lists.require()
        damaged, read_back = check_files(target, listed, request.sample, context.job)
    broken = [BadFile(manifest.place_of(each), OTHER_BYTES, False) for each in lists.broken]
    bad = [BadFile(entry.name, what, mended=False) for entry, what in damaged]
    return InspectAnswer(
        listed.counter,
        listed.made.isoformat(),
        listed.key,
        len(listed.entries),
        read_back,
        (*broken, *bad),
    )
