"""Restore a vault from a backup, and mend a vault from its backups."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass

from stillmine.app.actions import Answer, Outcome, Secret, action, asked, given
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.network.targets.target import Target
from stillmine.app.storage import durable
from stillmine.app.storage.epoch import Epoch
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import unlocked
from stillmine.errors import (
    BackupDamaged,
    DiskFull,
    HomeReadOnly,
    OtherVault,
    StillmineError,
    WriteFailed,
    WrittenDifferently,
)
from stillmine.keep.backup import manifest
from stillmine.keep.backup.contents import lost_tables, object_entries
from stillmine.keep.backup.fetching import OTHER_BYTES, fetch, is_whole
from stillmine.keep.backup.lists import lists_at
from stillmine.keep.backup.manifest import Entry
from stillmine.keep.backup.places import (
    ASKS_FOR_FILES,
    Place,
    chosen_places,
    leaves_this_computer,
    opened,
    require_outside,
    require_yes,
    vault_name,
)
from stillmine.keep.backup.restoring import LostFile, restore_files
from stillmine.keep.backup.run import Missed

_OF_THIS_COMPUTER = (DiskFull, HomeReadOnly, WriteFailed, WrittenDifferently)


@dataclass(frozen=True, slots=True)
class RestoreRequest:
    """Where the backup is; the vault goes into the home, which must be empty."""

    url: str = given("Where the backup is: the address it was made to.", positional=True)
    secret: Secret | None = asked(
        "The key or password of the place, where it needs one.",
        secret="target-secret",
        default=None,
    )


@dataclass(frozen=True, slots=True)
class RestoreAnswer(Answer):
    """The vault that was brought back. It opens with its passphrase or its recovery words."""

    home: str
    counter: int
    made: str
    files: int
    restored_size: int
    damaged: tuple[LostFile, ...]

    @property
    def outcome(self) -> Outcome:
        """Return gaps where files of the backup were lost or changed."""
        return Outcome.GAPS if self.damaged else Outcome.DONE


@action("keep.backup.restore", sends=ASKS_FOR_FILES, sends_when=leaves_this_computer)
def restore(context: Context, request: RestoreRequest) -> RestoreAnswer:
    """Bring a vault back from a backup into an empty home. Name another one with --home."""
    home = Home(context.home)
    require_outside(home, request.url)
    require_yes(context, request.url)
    with opened("keep.backup.restore", request.url, request.secret) as target:
        lists = lists_at(target)
        listed = lists.require()
        lost = restore_files(target, listed, home, context.job)
    gone = {each.name for each in lost}
    broken = [LostFile(manifest.place_of(each), OTHER_BYTES) for each in lists.broken]
    size = sum(entry.size for entry in listed.entries if entry.name not in gone)
    return RestoreAnswer(
        str(home.root),
        listed.counter,
        listed.made.isoformat(),
        len(listed.entries) - len(lost),
        size,
        (*broken, *lost),
    )


@dataclass(frozen=True, slots=True)
class RepairRequest:
    """From which places to mend the vault."""

    names: tuple[str, ...] = given(
        "The names of places; none for all.", default=(), positional=True
    )


@dataclass(frozen=True, slots=True)
class RepairedFile:
    """A sealed file of the vault that was mended, and the place that held a good copy."""

    name: str
    place: str


@dataclass(frozen=True, slots=True)
class RepairAnswer(Answer):
    """What was mended, what no place holds, and the places that could not be asked."""

    checked: int
    repaired: tuple[RepairedFile, ...]
    damaged: tuple[str, ...]
    skipped: tuple[Missed, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """Return gaps where something is still damaged; a place that was not needed is none."""
        return Outcome.GAPS if self.damaged else Outcome.DONE


@action("keep.backup.repair")
def repair(context: Context, request: RepairRequest) -> RepairAnswer:
    """Read the vault, and fetch what is lost or damaged in it from the backups."""
    with unlocked(context, writing=True) as vault:
        places = chosen_places(vault, request.names)
        entries = object_entries(vault)
        keys = lost_tables(vault)
        context.job.begin("keep.verifying", sum(entry.size for entry in entries), "bytes")
        bad: dict[str, Entry | None] = dict.fromkeys(keys)
        for entry in entries:
            if not is_whole(vault.home.root / entry.name, entry):
                bad[entry.name] = entry
            context.job.advance(entry.size)
        repaired, skipped = _mend(vault, places, bad)
    checked = len(entries) + len(keys)
    return RepairAnswer(checked, tuple(repaired), tuple(sorted(bad)), tuple(skipped))


def _mend(
    vault: Vault, places: Sequence[Place], bad: dict[str, Entry | None]
) -> tuple[list[RepairedFile], list[Missed]]:
    """Take out of `bad` what one place after the other can mend; the next may have the rest."""
    repaired: list[RepairedFile] = []
    skipped: list[Missed] = []
    for place in places if bad else ():
        try:
            mended = _mend_from(vault, place, bad)
        except _OF_THIS_COMPUTER:
            raise
        except StillmineError as problem:
            skipped.append(Missed(place.name, problem.code))
            continue
        repaired += [RepairedFile(name, place.name) for name in mended]
        for name in mended:
            del bad[name]
    return repaired, skipped


def _mend_from(vault: Vault, place: Place, bad: dict[str, Entry | None]) -> list[str]:
    """Fetch what is bad from one place and return the names of what came back good.

    Of a key table the vault has no sum: it must come from a list that the keys in force signed,
    and bring the keys that are missing.
    """
    mended: list[str] = []
    with opened("keep.backup.repair", place.url, place.secret) as target:
        listed = lists_at(target).require()
        if listed.vault != vault_name(vault):
            raise OtherVault
        ours = listed.key == vault.root.signing_key.public.hex()
        for entry in listed.entries:
            if entry.name not in bad:
                continue
            wanted = bad[entry.name]
            if ours if wanted is None else wanted.sum == entry.sum:
                with contextlib.suppress(BackupDamaged):
                    _fetch_in_place(vault.home, target, entry)
                    mended.append(entry.name)
    if not all(bad[name] for name in mended):
        vault.epoch = Epoch.open(vault.home.keys, vault.root, unfinished=vault.home.unfinished)
        vault.epoch.mend(vault.root)
        still = set(lost_tables(vault))
        mended = [name for name in mended if name not in still]
    return mended


def _fetch_in_place(home: Home, target: Target, entry: Entry) -> None:
    path = home.root / entry.name
    with durable.named_failures():
        durable.make_folder(path.parent)
    fetch(target, entry, path, unfinished=home.unfinished)
