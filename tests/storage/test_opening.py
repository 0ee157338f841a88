"""Whoever opens a vault first after a crash finds nothing lost, and puts the rest right."""

import ctypes
import os
import shutil
import subprocess
import sys

import pytest

from stillmine.app.storage import checkpoint, objects, twin, writer
from stillmine.app.storage.objects import object_path, place_objects
from stillmine.app.storage.opening import unlock
from stillmine.errors import HomeReadOnly, NoVault, StillmineError, VaultBusy, VaultDamaged
from tests.storage.vaults import Made, files, put, read, seal


def interrupted(made: Made) -> None:
    """Leave what a writer leaves that never came to its end."""
    writer.leave_note(made.home)


def test_a_key_whose_object_was_never_placed_goes(kept):
    before = kept.contents()
    with kept.open(writing=True) as vault:
        sealed = seal(vault, b"never placed" * 400)
        vault.epoch.compartments["main"].add([sealed.row])
    interrupted(kept)
    assert kept.contents() == before
    with kept.open() as vault:
        assert sealed.row.item not in {row.item for _c, _t, row in vault.epoch.rows()}
    assert not list(kept.home.unfinished.iterdir())


def test_an_object_with_a_key_and_no_line_in_the_list_is_taken_in(kept):
    before = kept.contents()
    with kept.open(writing=True) as vault:
        sealed = seal(vault, b"confirmed?" * 400, b"late.jpg", label="late")
        vault.epoch.compartments["main"].add([sealed.row])
        place_objects(kept.home.objects, [sealed])
    interrupted(kept)
    assert kept.contents() == {**before, b"late.jpg": b"confirmed?" * 400}
    with kept.open() as vault:
        assert vault.item(sealed.row.item).label == "late"


@pytest.mark.parametrize("steps", range(5))
def test_forgetting_that_was_cut_short_is_finished(kept, steps):
    with kept.open(writing=True) as vault:
        victim, *others = vault.items()
        names = [victim.item]
        vault.epoch.forget(names)
        if steps > 0:
            with vault.catalogue.change():
                vault.catalogue.remove(names)
        if steps > 1:
            objects.remove_objects(kept.home.objects, names)
        if steps > 2:
            vault.write_checkpoint(keep=1)
        if steps > 3:
            vault.epoch.drop_tombstones(frozenset(names))
    interrupted(kept)
    assert set(kept.contents()) == {other.name for other in others}
    assert not object_path(kept.home.objects, victim.item).exists()
    with kept.open() as vault:
        assert vault.epoch.forgotten() == set()
    # No older list names it either: the newest is made anew from, and it alone is there.
    kept.home.catalogue.unlink()
    assert set(kept.contents()) == {other.name for other in others}
    assert len(checkpoint.numbers(kept.home.checkpoints)) == 1


def test_content_that_was_forgotten_and_came_back_is_not_lost_with_an_old_list(kept):
    saved = {p: p.read_bytes() for p in kept.home.checkpoints.iterdir()}
    with kept.open(writing=True) as vault:
        victim = vault.items()[0]
        content = read(vault, victim)
        vault.forget([victim])
        put(vault, content, b"again.jpg")
    for path in kept.home.checkpoints.iterdir():
        path.unlink()
    for path, data in saved.items():
        path.write_bytes(data)
    kept.home.catalogue.unlink()
    assert kept.contents()[b"again.jpg"] == content
    assert len(kept.contents()) == 3


@pytest.mark.parametrize("checkpoints", ["kept", "none", "garbage"])
def test_a_list_made_anew_has_names_labels_and_albums(kept, checkpoints):
    with kept.open(writing=True) as vault:
        item = vault.items()[0]
        vault.change([item._replace(label="new", albums=("a", "b"))])
    before = kept.contents()
    for path in kept.home.checkpoints.iterdir():
        if checkpoints == "none":
            path.unlink()
        if checkpoints == "garbage":
            path.write_bytes(b"garbage")
    kept.home.catalogue.unlink()
    assert kept.contents() == before
    with kept.open() as vault:
        again = vault.item(item.item)
    assert (again.label, again.albums, again.name) == ("new", ("a", "b"), item.name)


def test_an_older_list_gets_what_came_since(kept):
    older = kept.home.catalogue.read_bytes()
    with kept.open(writing=True) as vault:
        put(vault, b"newer" * 1000, b"newer.jpg")
        vault.change([vault.items()[-1]._replace(label="changed since")])
    before = kept.contents()
    kept.home.catalogue.write_bytes(older)
    interrupted(kept)
    assert kept.contents() == before
    with kept.open() as vault:
        assert "changed since" in {item.label for item in vault.items()}


def test_a_lost_object_is_named_after_the_list_was_made_anew_and_not_dropped(kept):
    with kept.open() as vault:
        victim = vault.items()[0]
    object_path(kept.home.objects, victim.item).unlink()
    kept.home.catalogue.unlink()
    for path in kept.home.checkpoints.iterdir():
        path.unlink()
    with kept.open() as vault:
        assert victim.item in {item.item for item in vault.items()}


def test_drafts_of_every_kind_are_swept_whatever_the_clock_says(kept):
    unfinished = kept.home.unfinished
    (unfinished / ("a" * 32 + ".tmp")).write_bytes(b"x")
    (unfinished / ("b" * 32 + ".tmp")).mkdir()
    (unfinished / ("b" * 32 + ".tmp") / "inside").write_bytes(b"x")
    future = 4_000_000_000
    for path in unfinished.iterdir():
        os.utime(path, (future, future))
    (kept.home.keys / "epoch-0002.new").mkdir()
    (kept.home.keys / "epoch-0002.new" / "compartments.age").write_bytes(b"x")
    interrupted(kept)
    with kept.open(writing=True):
        pass
    assert not list(unfinished.iterdir())
    assert [path.name for path in kept.home.keys.iterdir()] == ["epoch-0001"]


def every_file_but_objects(made: Made) -> list[str]:
    return [name for name in files(made.home) if not name.startswith("objects/")]


def afterwards(made: Made) -> None:
    with made.open(writing=True) as vault:
        if b"afterwards" not in {item.name for item in vault.items()}:
            put(vault, b"afterwards" * 10, b"afterwards")


def ways_in(made: Made) -> list[object]:
    return [made.by_passphrase, made.by_words, made.by_device_key]


@pytest.mark.parametrize("kind", ["missing", "flipped", "empty", "cut"])
def test_any_one_file_but_an_item_may_be_hit_and_nothing_is_lost(kept, kind, tmp_path):
    before = kept.contents()
    good = tmp_path / "good"
    shutil.copytree(kept.home.root, good)
    for name in every_file_but_objects(kept):
        path = kept.home.root / name
        data = bytearray(path.read_bytes())
        if kind == "missing":
            path.unlink()
        elif kind == "empty":
            path.write_bytes(b"")
        elif kind == "cut":
            path.write_bytes(data[: len(data) // 2])
        elif data:
            data[len(data) // 3] ^= 4
            path.write_bytes(data)
        for way_in in ways_in(kept):
            assert unlock(kept.home, way_in) == kept.root, name
        try:
            afterwards(kept)
        except VaultDamaged:  # a page of the list in the middle: said once
            afterwards(kept)
        assert kept.contents() == {**before, b"afterwards": b"afterwards" * 10}, name
        shutil.rmtree(kept.home.root)
        shutil.copytree(good, kept.home.root)


def test_folders_that_were_empty_and_got_lost_come_back(empty):
    for folder in (empty.home.unfinished, empty.home.objects, empty.home.checkpoints):
        shutil.rmtree(folder, ignore_errors=True)
    with empty.open(writing=True) as vault:
        put(vault, b"x")
    assert empty.contents() == {b"a.jpg": b"x"}


def test_a_folder_without_a_vault_is_no_vault(tmp_path, empty):
    shutil.rmtree(empty.home.slots)
    with pytest.raises(NoVault):
        unlock(empty.home, empty.by_passphrase)


_HOLD = """
import sys
from pathlib import Path
from stillmine.app.home import Home
from stillmine.app.storage.opening import open_vault
from stillmine.app.storage.root_key import RootKey
with open_vault(Home(Path(sys.argv[1])), RootKey(bytes.fromhex(sys.argv[2])), writing=True) as v:
    with v.catalogue.change():
        v.catalogue.set_record("test", "half", "done")
        print("held", flush=True)
        sys.stdin.readline()
        raise KeyboardInterrupt
"""


def test_a_second_writer_is_refused_and_a_reader_sees_what_was_confirmed_last(kept):
    before = kept.contents()
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(kept.home.root), kept.root.secret.hex()],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as other:  # fmt: skip
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(VaultBusy), kept.open(writing=True):
            pass
        assert kept.contents() == before
        with kept.open() as vault:
            assert vault.catalogue.record("test", "half") is None
        other.kill()
    assert kept.contents() == before
    with kept.open(writing=True) as vault:
        assert vault.catalogue.record("test", "half") is None


_LOOK = """
import sys
from pathlib import Path
from stillmine.app.home import Home
from stillmine.app.storage.opening import open_vault
from stillmine.app.storage.root_key import RootKey
from stillmine.errors import StillmineError
home, root = Home(Path(sys.argv[1])), RootKey(bytes.fromhex(sys.argv[2]))
with open_vault(home, root) as vault:
    for item in vault.items():
        with vault.open_item(item) as (_, content):
            print(item.shown_name, len(content.read()))
try:
    with open_vault(home, root, writing=True):
        print("written")
except StillmineError as error:
    print(error.code)
"""


@pytest.mark.parametrize("note", [False, True], ids=["at-rest", "after-a-crash"])
def without_roots_privileges() -> None:
    """Let permissions hold for the program that is started, even where root runs the tests."""
    drop_from_bounding_set, overrides = 24, (1, 2)  # prctl(2), capabilities(7)
    for capability in overrides:
        ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0)


@pytest.mark.parametrize("note", [False, True], ids=["at-rest", "after-a-crash"])
def test_a_home_that_cannot_be_written_to_is_read_all_the_same(kept, note):
    if note:
        interrupted(kept)
    entries = [kept.home.root, *kept.home.root.rglob("*")]
    for path in entries:
        path.chmod(0o500)
    said = subprocess.run(
        [sys.executable, "-c", _LOOK, str(kept.home.root), kept.root.secret.hex()],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=without_roots_privileges,
    )
    for path in entries:
        path.chmod(0o700)
    assert said.stdout.splitlines()[-1:] == [HomeReadOnly.code], said.stderr
    assert sorted(said.stdout.splitlines()[:-1]) == [f"{n}.jpg 5000" for n in range(3)]


def test_a_reader_never_takes_a_table_that_is_being_replaced_for_damage(kept, monkeypatch):
    """Between being listed and being read, a table gets a successor and goes."""
    with kept.open() as reader:
        (tables,) = reader.epoch.compartments.values()
        listed = type(tables)._numbers
        done = []

        def list_then_replace(self) -> set[int]:
            numbers = listed(self)
            if self is tables and not done:
                done.append(True)
                with kept.open(writing=True) as vault:
                    vault.change([vault.items()[0]._replace(label="changed meanwhile")])
            return numbers

        monkeypatch.setattr(type(tables), "_numbers", list_then_replace)
        assert reader.epoch.damaged_tables() == []
        assert len(list(reader.epoch.rows())) == 3


def test_a_missing_item_number_is_an_error_with_a_name(kept):
    with kept.open() as vault:
        for name in ("", "ab", "nothex!!", "0" * 32, "../../etc"):
            with pytest.raises(StillmineError):
                vault.item(name)


def test_every_small_file_has_its_twin(kept):
    for name in files(kept.home):
        if name.startswith(("keys/", "slots/")) and name.endswith(".age"):
            path = kept.home.root / name
            assert twin.twin_of(path).read_bytes() == path.read_bytes()
