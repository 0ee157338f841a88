"""What a test cannot do in its own process: a disk that is full, read-only, or of another time."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from stillmine.app import tries
from stillmine.app.storage import inbox, opening
from stillmine.app.storage.vault import Vault
from stillmine.errors import (
    DiskFull,
    HomeReadOnly,
    StillmineError,
    TooManyTries,
    VaultBusy,
    WrongPassphrase,
)
from stillmine.keep import forget, labels, rekey, settings, ways_in

from . import vault_backups
from .image import differences, read_image
from .vault_life import (
    NEW,
    OLD,
    Facts,
    add,
    cheapen,
    context,
    facts,
    home_of,
    look,
    prepare_vault,
    unlock,
    verify_all,
)


def refused(kind: type[StillmineError], work: Callable[[], object]) -> None:
    """`work` must end in just this error."""
    try:
        work()
    except kind:
        return
    raise AssertionError(f"not refused with {kind.__name__}")


def read(room: Path, fact: Facts) -> None:
    """Open as a reader and look at everything."""
    root, _ = unlock(home_of(room), OLD)
    with opening.open_vault(home_of(room), root) as vault:
        look(vault, fact)


def adding(name: str) -> Callable[[Vault], None]:
    """Return the work of adding one item."""
    return lambda vault: add(vault, name)


def write(room: Path, work: Callable[[Vault], None]) -> None:
    root, _ = unlock(home_of(room), OLD)
    with opening.open_vault(home_of(room), root, writing=True) as vault:
        work(vault)


def read_only(room: Path) -> None:
    """Run where nothing can be written: all can be read, and every change says why it cannot be."""
    before = read_image(room)
    read(room, facts(()))
    ask = context(home_of(room))
    root, _ = unlock(home_of(room), OLD)
    with opening.open_vault(home_of(room), root) as vault:
        item = vault.items()[0].item
    changes: list[Callable[[], object]] = [
        lambda: write(room, lambda vault: add(vault, "a")),
        lambda: labels.label(ask, labels.LabelRequest(item, "x")),
        lambda: forget.forget(ask, forget.ForgetRequest((item,))),
        lambda: ways_in.passphrase(ask, ways_in.PassphraseRequest(OLD, NEW)),
        lambda: rekey.rekey(ask, rekey.RekeyRequest(OLD)),
        lambda: settings.settings(ask, settings.SettingsRequest("lock-after-minutes", "5")),
        lambda: inbox.drop(home_of(room), b"x"),
    ]
    for change in changes:
        refused(HomeReadOnly, change)
    refused(WrongPassphrase, lambda: ways_in.by_passphrase(ask, "wrong"))
    verify_all(home_of(room), least=3)
    read(room, facts(()))
    assert differences(before, read_image(room)) == []


def full(room: Path) -> None:
    """Fill a small disk: what was confirmed stays, and with room again the work goes on."""
    prepare_vault(room)
    ballast = room / "ballast"
    ballast.write_bytes(bytes(400_000))
    confirmed: list[str] = []

    def fill() -> None:
        for number in range(1000):
            name = f"{'large' if number < 5 else 'item'}{number}"
            write(room, adding(name))
            confirmed.append(f"added {name}")

    refused(DiskFull, fill)
    assert len(confirmed) > 3
    may = [c.partition(" ")[2] for c in confirmed]
    fact = replace(facts(confirmed), may=facts((), adding=[*may, _next(may)]).may)
    read(room, fact)
    for change in (
        lambda: ways_in.passphrase(context(home_of(room)), ways_in.PassphraseRequest(OLD, NEW)),
        lambda: rekey.rekey(context(home_of(room)), rekey.RekeyRequest(OLD)),
    ):
        _fill_up(room)
        refused(DiskFull, change)
        read(room, fact)
    for part in room.glob("ballast*"):
        part.unlink()
    write(room, lambda vault: add(vault, "after"))
    after = replace(fact, must=fact.must | {"after"}, may=fact.may | {"after"})
    read(room, after)
    verify_all(home_of(room), least=len(after.must))
    assert list(home_of(room).unfinished.iterdir()) == []


def _next(names: list[str]) -> str:
    """Return the name that was under way when the disk was full; recovery may complete it."""
    return f"{'large' if len(names) < 5 else 'item'}{len(names)}"


def _fill_up(room: Path) -> None:
    """Take the last free block, as another program would."""
    with (room / f"ballast{time.time_ns()}").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(1024))
        except OSError:
            return


def clock_set_back(room: Path) -> None:
    """Live on with a clock that is 20 years behind what the files say."""
    vault_backups._prepare_second(room)
    past = time.time() - 20 * 365 * 86_400
    home = home_of(room)
    ask = replace(context(home), now=lambda: datetime.fromtimestamp(past, UTC))
    for _ in range(6):
        tries.count_wrong(home, datetime.now(UTC))
    with patch("time.time", lambda: past), patch("time.time_ns", lambda: int(past * 1e9)):
        tries.require_patience(home, ask.now())  # a count from the future locks nobody out
        tries.forget_wrong(home)
        write(room, lambda vault: add(vault, "past"))
        fact = replace(
            vault_backups.AFTER,
            must=vault_backups.AFTER.must | {"past"},
            may=vault_backups.AFTER.may | {"past"},
        )
        read(room, fact)
        verify_all(home, least=len(fact.must))
        inbox.drop(home, b"from the past")
        vault_backups.run.run(ask, vault_backups.run.RunRequest())
        newest, _ = vault_backups._lists(room)
        assert newest is not None
        assert newest.counter == 2, "the list that was made last is not the newest"
        vault_backups._restore_aside(room, fact)
        for _ in range(6):
            tries.count_wrong(home, ask.now())
        refused(TooManyTries, lambda: tries.require_patience(home, ask.now()))
    read(room, fact)


def add_many(room: Path, who: str) -> None:
    """Add ten items, trying again while somebody else is the writer; say what was confirmed."""
    cheapen()
    for number in range(10):
        name = f"{who}{number}"
        while True:
            try:
                write(room, adding(name))
                break
            except VaultBusy:
                time.sleep(0.01)
        sys.stdout.write(f"added {name}\n")
        sys.stdout.flush()


def hold(room: Path) -> None:
    """Be the writer until the input ends."""
    cheapen()

    def wait(vault: Vault) -> None:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.read()
        add(vault, "held")

    write(room, wait)


CASES: dict[str, Callable[..., None]] = {
    "read-only": read_only, "full": full, "clock": clock_set_back, "add": add_many, "hold": hold,
}  # fmt: skip

if __name__ == "__main__":
    cheapen()
    CASES[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
