"""A new root key: all or nothing at each step, and the old key opens nothing that is left."""

import shutil

import pytest

from stillmine.app.home import Home
from stillmine.app.storage import durable, rekeying, twin
from stillmine.app.storage.opening import open_vault, unlock
from stillmine.app.storage.slots import WayIn
from stillmine.crypto import HybridIdentity, decrypt, new_recovery_words
from stillmine.errors import (
    StillmineError,
    VaultDamaged,
    WrongDeviceKey,
    WrongPassphrase,
    WrongWords,
)
from tests.storage.vaults import QUICK, Made, files, put, read

NEW = WayIn.by_passphrase("something else entirely", QUICK)


def rekey(made: Made):
    with made.open(writing=True) as vault:
        return rekeying.rekey(vault, [NEW, WayIn.by_words(new_recovery_words(), QUICK)])


def contents(home: Home, root) -> dict[bytes, bytes]:
    with open_vault(home, root) as vault:
        return {item.name: read(vault, item) for item in vault.items()}


def test_items_are_still_open_and_not_one_object_was_touched(kept):
    before = kept.contents()
    sealed = {n: d for n, d in files(kept.home).items() if n.startswith("objects/")}
    root = rekey(kept)
    assert contents(kept.home, root) == before
    assert unlock(kept.home, NEW) == root != kept.root
    assert {n: d for n, d in files(kept.home).items() if n.startswith("objects/")} == sealed


def test_the_old_keys_open_nothing_that_is_left_on_the_disk(kept):
    with kept.open() as vault:
        (old_tables,) = vault.epoch.compartments.values()
        old = [kept.root.identity, old_tables.identity]
    rekey(kept)
    for way_in in (kept.by_passphrase, kept.by_words):
        with pytest.raises(StillmineError) as caught:
            unlock(kept.home, way_in)
        assert caught.value.code.startswith("keep.wrong")
    with pytest.raises(WrongDeviceKey):
        unlock(kept.home, kept.by_device_key)
    for name, data in files(kept.home).items():
        if ".age" in name:
            with pytest.raises(twin.NOT_GOOD):
                decrypt(data, old)
    with pytest.raises(VaultDamaged), kept.open():
        pass
    assert [path.name for path in kept.home.keys.iterdir()] == ["epoch-0002"]
    assert not list(kept.home.unfinished.iterdir())


def test_the_same_content_is_still_found_after_new_keys_and_again_after_newer_ones(kept):
    root = rekey(kept)
    for _ in range(2):
        with open_vault(kept.home, root, writing=True) as vault:
            item = vault.items()[0]
            row = vault.epoch.row(item.compartment, item.table, item.item)
            with vault.open_item(item) as (_header, content):
                assert vault.fingerprint(content) == row.digest
            root = rekeying.rekey(vault, [NEW])


class CutOff(BaseException):
    """The power goes, here."""


def cut_after(monkeypatch, steps: int) -> None:
    """Let this many more renames happen, then none."""
    left = [steps]
    rename = durable.rename

    def counted(old, new) -> None:
        if left[0] == 0:
            raise CutOff
        left[0] -= 1
        rename(old, new)

    monkeypatch.setattr(durable, "rename", counted)


def test_cut_off_at_each_step_either_the_old_key_opens_everything_or_the_new_one(kept, tmp_path):
    before = kept.contents()
    good = tmp_path / "good"
    shutil.copytree(kept.home.root, good)
    outcomes = set()
    for steps in range(0, 200, 2):  # each single step is for the crash harness
        with pytest.MonkeyPatch.context() as patch:
            cut_after(patch, steps)
            try:
                rekey(kept)
                finished = True
            except CutOff:
                finished = False
        for _ in range(2):  # what is half done is finished, and finishing again changes nothing
            opened = [root for way_in in (kept.by_passphrase, NEW) if (root := _try(kept, way_in))]
            assert len(opened) == 1, steps
            assert contents(kept.home, opened[0]) == before
        with open_vault(kept.home, opened[0], writing=True) as vault:
            put(vault, b"after", b"after")
        assert len(list(kept.home.keys.iterdir())) == 1
        assert not list(kept.home.unfinished.iterdir())
        outcomes.add(opened[0] == kept.root)
        if finished:
            break
        shutil.rmtree(kept.home.root)
        shutil.copytree(good, kept.home.root)
    else:
        pytest.fail("it never came to its end")
    assert outcomes == {True, False}


def _try(made: Made, way_in: WayIn):
    try:
        return unlock(made.home, way_in)
    except (WrongPassphrase, WrongWords):
        return None


def test_new_keys_are_refused_while_the_keys_of_items_cannot_be_read(kept):
    with kept.open() as vault:
        (tables,) = vault.epoch.compartments.values()
        path = tables.paths()[0]
    saved = path.read_bytes()
    for copy in (path, twin.twin_of(path)):
        copy.write_bytes(b"bad sector")
    with pytest.raises(VaultDamaged):
        rekey(kept)
    path.write_bytes(saved)
    assert len(contents(kept.home, rekey(kept))) == 3


def test_what_was_sealed_to_the_old_inbox_is_still_read(kept):
    from stillmine.app.storage import inbox

    name = inbox.drop(kept.home, b"before")
    root = rekey(kept)
    other = inbox.drop(kept.home, b"after")
    with open_vault(kept.home, root) as vault:
        assert dict(inbox.letters(kept.home, vault.epoch)) == {name: b"before", other: b"after"}
        newest = vault.epoch.inbox[0]
    assert isinstance(newest, HybridIdentity)
    sealed = (kept.home.inbox / f"{other}.age").read_bytes()
    assert decrypt(sealed, [newest]) == b"after"
