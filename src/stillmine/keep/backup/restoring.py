"""Bring a vault back from a place into an empty folder. Only sealed files travel, no key."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from stillmine.app.home import Home
from stillmine.app.jobs import Job
from stillmine.app.network.targets.target import Target
from stillmine.app.storage import durable, readme
from stillmine.app.storage.writer import writer_lock
from stillmine.errors import BackupDamaged, BackupIncomplete, HomeNotEmpty, VaultExists
from stillmine.keep.backup.contents import is_small
from stillmine.keep.backup.fetching import fetch, is_whole
from stillmine.keep.backup.manifest import Entry, Manifest
from stillmine.keep.backup.running import side_by_side

_SLOTS_COMING = "slots.new"
# What an interrupted restore may have left. Anything else in the folder is somebody's.
_OURS = re.compile(
    r"lock|README\.txt|unfinished(/[0-9a-f]{32}\.tmp)?"
    r"|objects(/[0-9a-f]{2}(/[0-9a-f]{32}\.age)?)?"
    r"|(slots\.new|checkpoints|inbox)(/[a-z0-9.-]+\.(age|age\.twin|check))?"
    r"|keys(/epoch-[0-9]{4,}(/[a-z0-9-]+\.age(\.twin)?)?)?"
)
_SLOT = re.compile(r"slots/[0-9]\.age")
_OPENING = re.compile(r"keys/epoch-[0-9]{4,}/(compartments|inbox)\.age")


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
    left = [entry for entry in home.root.iterdir() if entry != home.lock]
    # The folder for drafts is the first that is made.
    if left and (home.unfinished not in left or not all(_is_ours(e, home) for e in _within(home))):
        raise HomeNotEmpty(home=str(home.root))
    with durable.named_failures():
        small = (home.root / _SLOTS_COMING, home.keys, home.checkpoints, home.inbox)
        for folder in (home.unfinished, home.objects, *small):
            durable.make_folder(folder)
        durable.sweep(home.unfinished)
        # Keys of an earlier, perhaps older backup must not mix with these; they are small.
        for entry in (entry for folder in small for entry in folder.iterdir()):
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    durable.write_file(home.readme, readme.TEXT.encode("ascii"), unfinished=home.unfinished)


def _within(home: Home) -> Iterator[Path]:
    return (path for path in home.root.rglob("*") if path != home.lock)


def _is_ours(path: Path, home: Home) -> bool:
    if path == home.readme:
        return path.read_bytes() == readme.TEXT.encode("ascii")
    name = path.relative_to(home.root).as_posix()
    return not path.is_symlink() and _OURS.fullmatch(name) is not None


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
        if is_whole(path, entry):
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


def _require_usable(listed: Manifest, lost: Sequence[LostFile]) -> None:
    """Raise BackupIncomplete where neither copy came through of what opens the vault at all.

    That is one way in, the compartments and the key of the inbox. A key table is not among it: the
    other tables still open their items, and another backup may have it.
    """
    gone = {each.name for each in lost}
    there = {entry.name.removesuffix(".twin") for entry in listed.entries if entry.name not in gone}
    slots = sorted(e.name for e in listed.entries if _SLOT.fullmatch(e.name))
    if not there.intersection(slots):
        raise BackupIncomplete(what=slots[0] if slots else "slots")
    for entry in listed.entries:
        if _OPENING.fullmatch(entry.name) and entry.name not in there:
            raise BackupIncomplete(what=entry.name)


def restore_keys(target: Target, listed: Manifest, home: Home, job: Job) -> None:
    """Fetch only what is needed to open the vault, for a drill. Raises BackupIncomplete."""
    small = tuple(entry for entry in listed.entries if is_small(entry))
    part = Manifest(listed.vault, listed.counter, listed.made, listed.root, listed.key, small)
    restore_files(target, part, home, job)
