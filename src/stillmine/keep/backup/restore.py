"""Restore a vault from a backup, and mend a vault from its backups."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from stillmine.app.actions import Answer, Outcome, Secret, action, asked, given
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.network.targets.target import Target
from stillmine.app.storage import durable
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import unlocked
from stillmine.errors import BackupDamaged, NoBackupThere, StillmineError
from stillmine.keep.backup.contents import object_entries
from stillmine.keep.backup.fetching import fetch
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
from stillmine.keep.backup.running import newest_manifest


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
        listed = newest_manifest(target)
        if listed is None:
            raise NoBackupThere
        lost = restore_files(target, listed, home, context.job)
    gone = {each.name for each in lost}
    size = sum(entry.size for entry in listed.entries if entry.name not in gone)
    return RestoreAnswer(
        str(home.root),
        listed.counter,
        listed.made.isoformat(),
        len(listed.entries) - len(lost),
        size,
        tuple(lost),
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
    """What was mended, and what no place holds."""

    checked: int
    repaired: tuple[RepairedFile, ...]
    damaged: tuple[str, ...]

    @property
    def outcome(self) -> Outcome:
        """Return gaps where something is still damaged."""
        return Outcome.GAPS if self.damaged else Outcome.DONE


@action("keep.backup.repair")
def repair(context: Context, request: RepairRequest) -> RepairAnswer:
    """Read the vault, and fetch what is lost or damaged in it from the backups."""
    with unlocked(context, writing=True) as vault:
        places = chosen_places(vault, request.names)
        entries = object_entries(vault)
        keys = _damaged_keys(vault)
        context.job.begin("keep.verifying", sum(entry.size for entry in entries), "bytes")
        bad: dict[str, Entry | None] = dict.fromkeys(keys)
        for entry in entries:
            if not _is_whole(vault.home, entry):
                bad[entry.name] = entry
            context.job.advance(entry.size)
        repaired: list[RepairedFile] = []
        for place in places:
            mended = _mend_from(vault, place, bad)
            repaired += [RepairedFile(name, place.name) for name in mended]
            for name in mended:
                del bad[name]
    return RepairAnswer(len(entries) + len(keys), tuple(repaired), tuple(sorted(bad)))


def _damaged_keys(vault: Vault) -> list[str]:
    """Return the names, as a list has them, of key tables of which no copy can be read."""
    folder = vault.epoch.folder.relative_to(vault.home.root).as_posix()
    return [f"{folder}/{name}" for name in vault.epoch.damaged_tables()]


def _is_whole(home: Home, entry: Entry) -> bool:
    try:
        with (home.root / entry.name).open("rb", buffering=0) as file:
            return durable.sum_on_disk(file.fileno()).hex() == entry.sum
    except OSError:
        return False


def _mend_from(vault: Vault, place: Place, bad: dict[str, Entry | None]) -> list[str]:
    """Fetch what is bad from one place and return the names of what came back good.

    A place that cannot be asked now, or does not have it, is passed over: the next may have it.
    """
    mended: list[str] = []
    if not bad:
        return mended
    with (
        contextlib.suppress(StillmineError),
        opened("keep.backup.repair", place.url, place.secret) as target,
    ):
        listed = newest_manifest(target)
        if listed is None or listed.vault != vault_name(vault):
            return mended
        for entry in listed.entries:
            if entry.name not in bad:
                continue
            wanted = bad[entry.name]
            if wanted is None or wanted.sum == entry.sum:
                with contextlib.suppress(BackupDamaged):
                    _fetch_in_place(vault.home, target, entry)
                    mended.append(entry.name)
    return mended


def _fetch_in_place(home: Home, target: Target, entry: Entry) -> None:
    path = home.root / entry.name
    with durable.named_failures():
        durable.make_folder(path.parent)
    fetch(target, entry, path, unfinished=home.unfinished)
