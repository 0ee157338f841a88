"""Bring a vault back from a place into an empty folder. Only sealed files travel, no key."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from stillmine.app.home import Home
from stillmine.app.jobs import Job
from stillmine.app.network.targets.target import Target
from stillmine.app.storage import durable, readme
from stillmine.app.storage.writer import writer_lock
from stillmine.errors import BackupDamaged, BackupIncomplete, HomeNotEmpty, VaultExists
from stillmine.keep.backup.contents import is_small
from stillmine.keep.backup.fetching import fetch
from stillmine.keep.backup.manifest import Entry, Manifest
from stillmine.keep.backup.running import side_by_side

_SLOTS_COMING = "slots.new"
_OURS = re.compile(r"README\.txt|slots\.new|keys|checkpoints|objects|inbox|unfinished|lock")


@dataclass(frozen=True, slots=True)
class LostFile:
    """A file of the backup that the place lost or changed."""

    name: str
    what: str


def restore_files(target: Target, listed: Manifest, home: Home, job: Job) -> list[LostFile]:
    """Fetch everything into a home that has no vault, or go on where an earlier attempt stopped.

    The slots get their name last: without them there is no vault. Returns what could not be had.
    Raises BackupIncomplete where what is needed to open the vault at all could not be had.
    """
    if home.slots.is_dir():
        raise VaultExists(home=str(home.root))
    with durable.named_failures():
        durable.make_home(home.root)
    with writer_lock(home):
        _prepare(home)
        lost = _fetch_all(target, listed, home, job)
        _require_usable(listed, lost)
        with durable.named_failures():
            durable.rename(home.root / _SLOTS_COMING, home.slots)
            durable.sync_folder(home.root)
    return lost


def _prepare(home: Home) -> None:
    if any(not _OURS.fullmatch(entry.name) for entry in home.root.iterdir()):
        raise HomeNotEmpty(home=str(home.root))
    with durable.named_failures():
        for folder in (
            home.unfinished, home.keys, home.objects, home.inbox, home.checkpoints,
            home.root / _SLOTS_COMING,
        ):  # fmt: skip
            durable.make_folder(folder)
        durable.sweep(home.unfinished)
        # Keys of an earlier, perhaps older backup must not mix with these; they are small.
        for folder in home.keys.iterdir():
            shutil.rmtree(folder)
    durable.write_file(home.readme, readme.TEXT.encode("ascii"), unfinished=home.unfinished)


def local_path(home: Home, entry: Entry) -> Path:
    """Return where a file of a backup belongs, while the vault is not complete yet."""
    parts = entry.name.split("/")
    if parts[0] == "slots":
        parts[0] = _SLOTS_COMING
    return home.root.joinpath(*parts)


def _fetch_all(target: Target, listed: Manifest, home: Home, job: Job) -> list[LostFile]:
    lost: list[LostFile] = []
    with durable.named_failures():
        for folder in sorted({local_path(home, entry).parent for entry in listed.entries}):
            durable.make_folder(folder)

    def bring(entry: Entry) -> int:
        path = local_path(home, entry)
        if _is_there(path, entry):
            return 1
        try:
            fetch(target, entry, path, unfinished=home.unfinished)
        except BackupDamaged as problem:
            lost.append(LostFile(entry.name, str(problem.facts["what"])))
        return 1

    # The small files first: if those are lost, there is no point in gigabytes.
    ordered = sorted(listed.entries, key=lambda entry: not is_small(entry))
    job.begin("backup.restoring", sum(entry.size for entry in ordered), "bytes")
    side_by_side(bring, ordered, job)
    return sorted(lost, key=lambda each: each.name)


def _is_there(path: Path, entry: Entry) -> bool:
    try:
        with path.open("rb", buffering=0) as file:
            return durable.sum_on_disk(file.fileno()).hex() == entry.sum
    except OSError:
        return False


def _require_usable(listed: Manifest, lost: Sequence[LostFile]) -> None:
    """Raise BackupIncomplete where neither copy of a key file came through."""
    gone = {each.name for each in lost}
    for entry in listed.entries:
        is_key = entry.name.startswith(("keys/", "slots/")) and entry.name.endswith(".age")
        if is_key and {entry.name, f"{entry.name}.twin"} <= gone:
            raise BackupIncomplete(what=entry.name)


def restore_keys(target: Target, listed: Manifest, home: Home, job: Job) -> None:
    """Fetch only what is needed to open the vault, for a drill. Raises BackupIncomplete."""
    small = tuple(entry for entry in listed.entries if is_small(entry))
    part = Manifest(listed.vault, listed.counter, listed.made, listed.root, listed.key, small)
    restore_files(target, part, home, job)
