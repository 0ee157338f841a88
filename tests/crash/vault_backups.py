"""Backups and restoring for the harness: a place on another disk, cut off anywhere."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Sequence
from pathlib import Path

from stillmine.app.home import Home
from stillmine.app.network.targets.folder import FolderTarget
from stillmine.app.storage import opening
from stillmine.errors import NotThere
from stillmine.keep.backup import choosing, manifest, prune, restore, run
from stillmine.keep.backup.fetching import check_at_place
from stillmine.keep.backup.lists import newest_manifest
from stillmine.keep.backup.manifest import Manifest

from .scenario import Confirm, Scenario
from .vault_life import (
    OLD,
    Facts,
    add,
    cheapen,
    check_vault,
    context,
    facts,
    home_of,
    look,
    prepare_vault,
    reopen_vault,
    told,
    unlock,
)


def _place(room: Path) -> Path:
    return room / "place"


def _add_and_run(room: Path) -> None:
    home = home_of(room)
    request = choosing.AddRequest("stick", str(_place(room)))
    choosing.add(context(home), request)
    run.run(context(home), run.RunRequest())


def _prepare_place(room: Path) -> None:
    prepare_vault(room)
    _place(room).mkdir()


def _prepare_second(room: Path) -> None:
    """Make a vault with one backup, and change it afterwards."""
    _prepare_place(room)
    _add_and_run(room)
    home = home_of(room)
    root, _ = unlock(home, OLD)
    with opening.open_vault(home, root, writing=True) as vault:
        add(vault, "later")
        vault.forget([item for item in vault.items() if item.shown_name == "unwanted"])


AFTER = facts(("added later", "forgotten unwanted"), forgetting=("unwanted",))
BEFORE = facts(())


# ---- looking at a place --------------------------------------------------------------------------


def _lists(room: Path) -> tuple[Manifest | None, list[Manifest]]:
    """Return the newest list that counts, and all of them."""
    with contextlib.closing(FolderTarget(_place(room))) as target:
        newest, every = newest_manifest(target), []
        for counter in manifest.counters(e.name for e in target.names(manifest.FOLDER)):
            with contextlib.suppress(NotThere), target.read(manifest.place_of(counter)) as file:
                every.append(manifest.read_manifest(file.read()))
    return newest, every


def _prove_all(room: Path, lists: Sequence[Manifest]) -> None:
    with contextlib.closing(FolderTarget(_place(room))) as target:
        for listed in lists:
            bad = [e.name for e in listed.entries if check_at_place(target, e)]
            assert not bad, f"backup {listed.counter} lost {bad}"


def _restore_aside(room: Path, fact: Facts) -> None:
    """Bring the newest backup back into another home and look at all of it."""
    aside = Home(room / "aside")
    cheapen()
    answer = restore.restore(context(aside), restore.RestoreRequest(str(_place(room))))
    assert not answer.damaged, f"backup {answer.counter} lost {answer.damaged}"
    root, _ = unlock(aside, OLD)
    with opening.open_vault(aside, root) as vault:
        look(vault, fact)
    shutil.rmtree(aside.root)


# ---- backing up ----------------------------------------------------------------------------------


def _first(room: Path, confirm: Confirm) -> None:
    cheapen()
    _add_and_run(room)
    confirm("backup 1")


def _check_first(room: Path, confirmed: Sequence[str]) -> None:
    newest, _ = _lists(room)
    assert newest or not confirmed, "the first backup is gone"
    if newest:
        _restore_aside(room, BEFORE)
    check_vault(room, BEFORE)
    home = home_of(room)
    root, _ = unlock(home, OLD)
    with opening.open_vault(home, root) as vault:
        chosen = bool(vault.catalogue.records("backup"))
    assert chosen or not confirmed, "the place is not remembered"
    run.run(context(home), run.RunRequest()) if chosen else _add_and_run(room)
    _prove_all(room, _lists(room)[1][:1])


def _second(room: Path, confirm: Confirm) -> None:
    cheapen()
    run.run(context(home_of(room)), run.RunRequest())
    confirm("backup 2")


def _check_second(room: Path, confirmed: Sequence[str]) -> None:
    newest, every = _lists(room)
    least = max((int(n) for n in told(confirmed, "backup")), default=1)
    assert newest, "no backup is left"
    assert newest.counter >= least, f"backup {least} is gone"
    _prove_all(room, every[-1:])  # the older one; the newest is restored below
    assert {1} <= {each.counter for each in every}, "the older backup was destroyed"
    _restore_aside(room, AFTER if newest.counter > 1 else BEFORE)
    check_vault(room, AFTER)
    run.run(context(home_of(room)), run.RunRequest())
    _prove_all(room, _lists(room)[1][:1])


# ---- pruning -------------------------------------------------------------------------------------


def _prepare_prune(room: Path) -> None:
    _prepare_second(room)
    run.run(context(home_of(room)), run.RunRequest())


def _prune(room: Path, confirm: Confirm) -> None:
    cheapen()
    answer = prune.prune(context(home_of(room)), prune.PruneRequest())
    assert not answer.skipped, f"not pruned: {answer.skipped}"
    confirm("pruned")


def _check_prune(room: Path, confirmed: Sequence[str]) -> None:
    newest, every = _lists(room)
    assert newest, "no backup is left"
    assert newest.counter == 2, "the newest backup is gone"
    if confirmed:
        assert len(every) == 1, "an older list came back"
        there = {p.relative_to(_place(room)).as_posix() for p in _place(room).rglob("*.age*")}
        assert there <= {entry.place for entry in newest.entries}, "an older file came back"
    _restore_aside(room, AFTER)
    check_vault(room, AFTER)


# ---- restoring -----------------------------------------------------------------------------------


def _prepare_restore(room: Path) -> None:
    _prepare_second(room)
    run.run(context(home_of(room)), run.RunRequest())
    shutil.rmtree(home_of(room).root)


def _restore(room: Path, confirm: Confirm) -> None:
    cheapen()
    restore.restore(context(home_of(room)), restore.RestoreRequest(str(_place(room))))
    confirm("restored")


def _prepare_resume(room: Path) -> None:
    """Leave half a restored home: everything small, and no slots yet."""
    _prepare_restore(room)
    _restore(room, lambda _what: None)
    home = home_of(room)
    home.slots.rename(home.root / "slots.new")
    for path in list(home.objects.rglob("*.age"))[:2]:
        path.unlink()


def _check_restore(room: Path, confirmed: Sequence[str]) -> None:
    cheapen()
    home = home_of(room)
    if not home.has_vault():
        assert not confirmed, "the restored vault is gone"
        _restore(room, lambda _what: None)
    check_vault(room, AFTER)


def _go_on(room: Path) -> None:
    cheapen()
    if home_of(room).has_vault():
        reopen_vault(room)
    else:
        _restore(room, lambda _what: None)


SLOW = 0.35  # each check restores a whole vault

BACKUPS = (
    Scenario("first backup", _prepare_place, _first, _check_first, reopen_vault, SLOW),
    Scenario("second backup", _prepare_second, _second, _check_second, reopen_vault, SLOW),
    Scenario("prune", _prepare_prune, _prune, _check_prune, reopen_vault, SLOW),
    Scenario("restore", _prepare_restore, _restore, _check_restore, _go_on, SLOW),
    Scenario("resumed restore", _prepare_resume, _restore, _check_restore, _go_on, SLOW),
)
