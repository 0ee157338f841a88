"""A read-only home, a disk that is really full, two writers at once, and a clock set back."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from stillmine.app.storage import opening
from stillmine.errors import VaultBusy

from . import vault_life
from .vault_life import add, facts, home_of, look, prepare_vault, unlock, verify_all

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 120.0  # seconds


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (vault_life.unlocking, vault_life.setup, vault_life.ways_in, vault_life.rekey):
        monkeypatch.setattr(module, "WORK_FACTOR", vault_life.WORK_FACTOR)


def start(*typed: str | Path, before: str = "") -> subprocess.Popen[str]:
    """Start one of the hard cases; with `before`, in a mount namespace of its own."""
    command = [sys.executable, "-m", f"{__package__}.hard_cases", *map(str, typed)]
    if before:
        apart = ["unshare", "--mount"] if os.getuid() == 0 else ["unshare", "-r", "--mount"]
        command = [*apart, "sh", "-ec", f"{before}; exec {shlex.join(command)}"]
    path = os.pathsep.join(part for part in sys.path if part)
    return subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": path}, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def finish(process: subprocess.Popen[str]) -> str:
    out, errors = process.communicate(timeout=LONGEST)
    assert process.returncode == 0, errors
    return out


@pytest.fixture
def mounts() -> None:
    """Skip, or on CI fail, where no file system may be mounted, not even in a namespace."""
    if sys.platform != "linux":
        pytest.skip("mount namespaces exist on Linux only")
    trial = start("none", before="mount -t tmpfs none /mnt && exit 0")
    if trial.wait(LONGEST):
        _, errors = trial.communicate()
        pytest.fail(errors) if os.environ.get("CI") else pytest.skip(f"no mounts: {errors}")
    trial.communicate()


@pytest.mark.usefixtures("mounts")
def test_a_read_only_home_can_be_read_and_says_why_it_is_not_changed(tmp_path: Path) -> None:
    prepare_vault(tmp_path)
    here = shlex.quote(str(tmp_path))
    mount = f"mount --bind {here} {here} && mount -o remount,bind,ro {here}"
    finish(start("read-only", tmp_path, before=mount))


@pytest.mark.usefixtures("mounts")
def test_a_home_that_became_read_only_in_the_middle_can_be_read(tmp_path: Path) -> None:
    prepare_vault(tmp_path)
    (home_of(tmp_path).unfinished / "a-writer-was-here").touch()
    here = shlex.quote(str(tmp_path))
    mount = f"mount --bind {here} {here} && mount -o remount,bind,ro {here}"
    finish(start("read-only", tmp_path, before=mount))


@pytest.mark.usefixtures("mounts")
def test_a_full_disk_loses_nothing_and_with_room_again_the_work_goes_on(tmp_path: Path) -> None:
    mount = f"mount -t tmpfs -o size=2m none {shlex.quote(str(tmp_path))}"
    finish(start("full", tmp_path, before=mount))


def test_a_clock_set_back_changes_nothing_that_matters(tmp_path: Path) -> None:
    finish(start("clock", tmp_path))


def test_a_second_writer_is_told_so_and_readers_are_not_kept_out(tmp_path: Path) -> None:
    prepare_vault(tmp_path)
    home = home_of(tmp_path)
    root, _ = unlock(home, vault_life.OLD)
    holder = start("hold", tmp_path)
    assert holder.stdout
    assert holder.stdout.readline() == "ready\n"
    with pytest.raises(VaultBusy) as told, opening.open_vault(home, root, writing=True) as vault:
        add(vault, "never")
    assert told.value.code == "keep.busy"
    with opening.open_vault(home, root) as vault:
        look(vault, facts(()))
    finish(holder)
    with opening.open_vault(home, root) as vault:
        look(vault, facts(("added held",)))


def test_two_processes_that_add_at_once_lose_nothing(tmp_path: Path) -> None:
    prepare_vault(tmp_path)
    both = [start("add", tmp_path, who) for who in ("one", "two")]
    confirmed = [line for each in both for line in finish(each).splitlines()]
    assert len(confirmed) == 20
    home = home_of(tmp_path)
    root, _ = unlock(home, vault_life.OLD)
    with opening.open_vault(home, root) as vault:
        look(vault, facts(confirmed))
    verify_all(home, vault_life.OLD, least=23)


def test_a_writer_that_was_killed_locks_nobody_out(tmp_path: Path) -> None:
    prepare_vault(tmp_path)
    holder = start("hold", tmp_path)
    assert holder.stdout
    assert holder.stdout.readline() == "ready\n"
    holder.kill()
    holder.communicate()
    home = home_of(tmp_path)
    root, _ = unlock(home, vault_life.OLD)
    with opening.open_vault(home, root, writing=True) as vault:
        look(vault, facts(()))
