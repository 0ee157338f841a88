"""Take everything along, checked, and take the vault away from this computer."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from stillmine.app.actions import Answer, Outcome
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.storage.durable import READ_SIZE
from stillmine.app.unlocking import unlocked
from stillmine.errors import CannotWriteHere, InsideHome, StillmineError
from stillmine.keep.backup.choosing import AddRequest, ListRequest, add, list_places
from stillmine.keep.backup.run import RunRequest, run
from stillmine.keep.backup.verify import VerifyRequest, verify
from stillmine.keep.export import Exported, ExportRequest, export
from stillmine.keep.leaving import RemoveHomeRequest, remove_home
from stillmine.watch.scheduling.commands import OffRequest, off

_FILES, _SEALED = "files", "sealed"
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class TakenAlong(Answer):
    """What was written to a folder, read back and compared: `bad` files are missing or differ.

    `what` is `files` (plain) or `backup` (sealed); `count` is how many were found whole.
    """

    what: str
    folder: Path
    count: int
    bad: int

    @property
    def outcome(self) -> Outcome:
        """Return gaps where something is missing or differs."""
        return Outcome.GAPS if self.bad else Outcome.DONE


def take_files(context: Context, folder: Path) -> TakenAlong:
    """Write all files out into a new folder inside the folder, and compare each with the vault.

    Where that fails or is stopped, the new folder is removed: what is in it is not sealed. Raises
    what `keep.export` raises.
    """
    _require_outside(context, folder)
    place = _new_folder(folder)
    try:
        answer = export(context, ExportRequest(to=place))
        bad = _differing(context, answer.exported)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    return TakenAlong("files", place, len(answer.exported) - bad, bad + len(answer.skipped))


def take_backup(context: Context, folder: Path) -> TakenAlong:
    """Make a sealed backup in a folder of its own inside the folder, and read all of it back.

    Done twice, only what is new is written. Raises what the actions of `keep.backup` raise.
    """
    _require_outside(context, folder)
    place = folder / _SEALED
    _make(place)
    name = _place_name(context, place)
    run(context, RunRequest((name,)))
    found = verify(context, VerifyRequest((name,))).places[0]
    bad = sum(not each.mended for each in found.damaged) + bool(found.code)
    return TakenAlong("backup", place, found.read_back, bad)


@dataclass(frozen=True, slots=True)
class TakenAway(Answer):
    """The vault is gone; `timer_left` where the system did not let go of a timer for looking."""

    home: str
    timer_left: bool


def take_away(context: Context) -> TakenAway:
    """Remove the vault with its keys, then the timer that looked by itself.

    Without the vault and its key a timer does nothing. Raises what `keep.remove-home` raises.
    """
    home = remove_home(context, RemoveHomeRequest()).home
    try:
        off(context, OffRequest())
    except StillmineError:
        return TakenAway(home, timer_left=True)
    return TakenAway(home, timer_left=False)


def _require_outside(context: Context, folder: Path) -> None:
    if folder.resolve().is_relative_to(Home(context.home).root.resolve()):
        raise InsideHome(file=str(folder))


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise CannotWriteHere(full=False) from problem


def _new_folder(folder: Path) -> Path:
    """Return a folder that was not there before, so that nothing of somebody else is in it."""
    _make(folder)
    for number in range(1, _MOST):
        place = folder / (_FILES if number == 1 else f"{_FILES}-{number}")
        try:
            place.mkdir(mode=0o700)
        except FileExistsError:
            continue
        except OSError as problem:
            raise CannotWriteHere(full=False) from problem
        return place
    raise CannotWriteHere(full=False)


def _place_name(context: Context, place: Path) -> str:
    """Return the name of the place for backups in this folder; it is added where it is new."""
    places = list_places(context, ListRequest()).places
    known = next((each.name for each in places if each.url == str(place.absolute())), None)
    if known is not None:
        return known
    taken = {each.name for each in places}
    names = ("along", *(f"along-{number}" for number in range(2, _MOST)))
    name = next(each for each in names if each not in taken)
    return add(context, AddRequest(name, str(place.absolute()))).name


def _differing(context: Context, exported: Sequence[Exported]) -> int:
    """Return how many files are not, bit by bit, what the vault holds."""
    context.job.begin("keep.verifying", len(exported), "files")
    differing = 0
    with unlocked(context) as vault:
        for each in exported:
            with vault.open_item(vault.item(each.item)) as (_header, content):
                kept = _sum(content)
            try:
                with each.file.open("rb") as file:
                    differing += _sum(file) != kept
            except OSError:
                differing += 1
            context.job.advance()
    return differing


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def _sum(content: _Readable) -> bytes:
    total = hashlib.sha256()
    for part in _parts(content):
        total.update(part)
    return total.digest()


def _parts(content: _Readable) -> Iterable[bytes]:
    while part := content.read(READ_SIZE):
        yield part
