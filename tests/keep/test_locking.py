"""Unlocked for a while: the keys live in one process, and when it ends they are nowhere."""

import contextlib
import os
import shutil
import socket
import stat
import struct
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from stillmine.app import keyholder
from stillmine.app.actions import Secret
from stillmine.app.storage.opening import unlock as open_slot
from stillmine.app.storage.root_key import RootKey
from stillmine.app.storage.slots import WayIn
from stillmine.crypto import normalise_passphrase
from stillmine.errors import NoKeyholder, NoVault, WrongPassphrase
from stillmine.keep.finding import ListRequest, list_items
from stillmine.keep.locking import LockRequest, UnlockRequest, lock, unlock
from stillmine.keep.rekey import RekeyRequest, rekey
from tests.keep.conftest import PHRASE, Person


@pytest.fixture
def unlocked(person: Person) -> Person:
    SEEN.clear()
    person.does(unlock, UnlockRequest(5))
    assert len(holders()) == 1
    person.phrase = "no longer asked for"
    return person


def root_of(person: Person) -> RootKey:
    return open_slot(person.home, WayIn.by_passphrase(normalise_passphrase(PHRASE), 1))


def addresses() -> list[Path]:
    folder = Path(os.environ["XDG_RUNTIME_DIR"]) / "stillmine"
    return list(folder.iterdir()) if folder.is_dir() else []


def is_alive(process: int) -> bool:
    """Say whether a process has memory left: one that is on its way out has none."""
    try:
        return Path(f"/proc/{process}/statm").read_bytes().split()[0] != b"0"
    except OSError:
        return False


SEEN: set[int] = set()
"""The processes of this test that held a key at some time."""


def holder_at(address: Path) -> int:
    """Return the process that answers at an address, as the system knows it."""
    with socket.socket(socket.AF_UNIX) as door:
        door.connect(str(address))
        given = door.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return int(struct.unpack("3i", given)[0])


def holders() -> set[int]:
    """Return the processes of this test that hold keys, whether or not they still answer."""
    SEEN.update(holder_at(address) for address in addresses())
    return {process for process in SEEN if is_alive(process)}


def test_it_is_called_as_any_python_program_in_the_list_of_processes(unlocked):
    (holder,) = holders()
    assert Path(f"/proc/{holder}/cmdline").read_bytes().strip(b"\0") == b"python3"
    assert Path(f"/proc/{holder}/comm").read_text() == "python3\n"


def test_an_unlocked_vault_asks_for_nothing_until_it_is_locked(unlocked):
    assert unlocked.does(list_items, ListRequest()).kept == 0
    assert len(holders()) == 1
    assert unlocked.does(lock, LockRequest()).was_unlocked
    assert holders() == set()
    assert addresses() == []
    with pytest.raises(WrongPassphrase):
        unlocked.does(list_items, ListRequest())
    assert not unlocked.does(lock, LockRequest()).was_unlocked


def test_only_its_own_vault_is_served(unlocked, tmp_path):
    other = Person(tmp_path / "other")
    other.sets_up()
    other.phrase = "wrong"
    with pytest.raises(WrongPassphrase):
        other.does(list_items, ListRequest())
    assert not other.does(lock, LockRequest()).was_unlocked
    assert len(holders()) == 1


def test_another_vault_in_the_same_place_is_not_opened_with_the_old_key(unlocked):
    shutil.rmtree(unlocked.folder)
    again = Person(unlocked.folder)
    again.sets_up()
    assert again.does(list_items, ListRequest()).kept == 0


def test_unlocking_again_ends_the_process_before(unlocked):
    (first,) = holders()
    for _ in range(3):
        keyholder.start(unlocked.home, root_of(unlocked), 5)
        (now,) = holders()
        assert now != first
        first = now
        assert unlocked.does(list_items, ListRequest()).kept == 0


def test_a_vault_that_is_gone_is_locked_all_the_same(unlocked):
    shutil.rmtree(unlocked.folder)
    assert unlocked.does(lock, LockRequest()).was_unlocked
    assert holders() == set()
    with pytest.raises(NoVault):
        unlocked.does(lock, LockRequest())


def test_left_alone_it_locks_itself(person, tmp_path):
    address = tmp_path / "address"
    subprocess.run(
        [sys.executable, "-I", "-m", "stillmine.app.holding", str(address), "1.5"],
        input=root_of(person).secret,
        check=True,
    )
    assert address.exists()
    holder = holder_at(address)
    until = time.monotonic() + 30
    while is_alive(holder) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_alive(holder)
    assert not address.exists()


def test_new_keys_lock_the_vault(unlocked):
    unlocked.does(rekey, RekeyRequest(Secret(PHRASE)))
    assert holders() == set()
    unlocked.phrase = PHRASE
    assert unlocked.does(list_items, ListRequest()).kept == 0


def test_the_door_is_the_owners_alone_and_nonsense_at_it_gives_nothing(unlocked):
    (address,) = addresses()
    assert stat.S_IMODE(address.parent.stat().st_mode) == 0o700
    for question in (b"", b"KEY\n", b"key", b"x" * 1000, b"\0"):
        with socket.socket(socket.AF_UNIX) as door:
            door.connect(str(address))
            door.sendall(question)
            door.shutdown(socket.SHUT_WR)
            with contextlib.suppress(ConnectionResetError):  # it was not read to its end
                assert door.recv(100) == b""
    assert unlocked.does(list_items, ListRequest()).kept == 0


def test_a_folder_that_others_can_enter_is_handed_no_key(person):
    folder = Path(os.environ["XDG_RUNTIME_DIR"]) / "stillmine"
    folder.mkdir()
    folder.chmod(0o755)
    with pytest.raises(NoKeyholder):
        person.does(unlock, UnlockRequest(5))
    assert addresses() == []


def test_a_folder_too_deep_for_a_socket_is_no_reason_to_stay_locked(person, tmp_path, monkeypatch):
    deep = tmp_path / ("deep " * 20)
    deep.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(deep))
    with tempfile.TemporaryDirectory(prefix="st") as short:
        monkeypatch.setenv("TMPDIR", short)
        person.does(unlock, UnlockRequest(5))
        assert (Path(short) / f"stillmine-{os.getuid()}").is_dir()
        assert person.does(list_items, ListRequest()).kept == 0
        keyholder.end(person.home)
    assert list(deep.iterdir()) == []


def test_minutes_beyond_reason_become_a_day(person):
    assert person.does(unlock, UnlockRequest(10**9)).lock_after_minutes == 24 * 60
    assert person.does(unlock, UnlockRequest(-5)).lock_after_minutes == 1
    assert person.does(unlock, UnlockRequest()).lock_after_minutes == 10


def memory_of(process: int) -> bytes:
    """Return all memory of a process that can be read."""
    read = bytearray()
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{process}/maps").read_text().splitlines():
            span, rights, *_ = line.split()
            start, end = (int(part, 16) for part in span.split("-"))
            if "rw" not in rights or end - start > 1 << 28:
                continue
            try:
                memory.seek(start)
                read += memory.read(end - start)
            except (OSError, ValueError, OverflowError):
                continue
    return bytes(read)


def test_the_key_is_in_the_holders_memory_and_after_locking_in_no_process_of_ours(unlocked):
    secret = root_of(unlocked).secret
    (holder,) = holders()
    if os.geteuid() == 0:  # it hides from everybody else
        assert secret in memory_of(holder)
    unlocked.does(lock, LockRequest())
    assert not is_alive(holder)
    for process in started_here():
        assert secret not in memory_of(process)


def started_here() -> list[int]:
    """Return the processes that were started by this test, and not the test itself."""
    marker = os.fsencode(os.environ["XDG_RUNTIME_DIR"])
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and marker in (entry / "environ").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return [process for process in found if is_alive(process) and process != os.getpid()]


def test_many_may_ask_at_once(unlocked):
    answers: list[object] = []
    threads = [
        threading.Thread(target=lambda: answers.append(keyholder.root_key(unlocked.home)))
        for _ in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers) == {root_of(unlocked)}
