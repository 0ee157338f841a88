"""While the vault is locked its fingerprints are read with the watch key; nothing changes."""

from __future__ import annotations

import pytest

from stillmine.app.storage import fingerprints_reading, rekeying
from stillmine.app.storage.fingerprints_reading import read_fingerprints
from stillmine.app.storage.slots import WayIn
from stillmine.errors import VaultBusy, VaultDamaged
from stillmine.imaging import Sample
from tests.storage.vaults import QUICK, Made, files, put


@pytest.fixture
def learnt(empty) -> Made:
    """Make a vault with a picture, a video and a file that is neither, and their fingerprints."""
    with empty.open(writing=True) as vault:
        a, b, c = (put(vault, name * 3000, name, kind="picture") for name in (b"a", b"b", b"c"))
        vault.fingerprints.put(a.item, [Sample(None, 0, b"how a looks")])
        vault.fingerprints.put(b.item, [Sample(0.0, 0, b"now"), Sample(2.5, 60, b"later" * 9000)])
        vault.fingerprints.put(c.item, [], "imaging.cannot-decode")
    return empty


def read(made: Made, key: bytes | None = None, epoch: int = 1) -> list[object]:
    return list(read_fingerprints(made.home, key or made.root.watch_key(epoch), epoch))


def test_the_watch_key_alone_reads_what_the_vault_reads_and_writes_nothing(learnt):
    with learnt.open() as vault:
        known = list(vault.fingerprints.all())
    before = files(learnt.home)

    assert read(learnt) == known
    assert len(known) == 3
    assert files(learnt.home) == before


def test_before_anything_was_kept_there_is_nothing_and_nothing_is_made(empty):
    before = files(empty.home)
    assert read(empty) == []
    assert files(empty.home) == before


def test_fingerprints_of_another_version_are_left_to_who_can_renew_them(learnt, monkeypatch):
    before = files(learnt.home)
    monkeypatch.setattr(fingerprints_reading, "VERSION", fingerprints_reading.VERSION + 1)
    assert read(learnt) == []
    assert files(learnt.home) == before


def test_damage_is_said_and_the_file_left_as_it_is(learnt):
    path = learnt.home.watch / "fingerprints.db"
    path.write_bytes(b"no database at all" * 400)
    with pytest.raises(VaultDamaged):
        read(learnt)
    assert path.exists()


def test_a_wrong_key_reads_nothing(learnt):
    with pytest.raises(VaultDamaged):
        read(learnt, bytes(32))


def test_after_a_change_of_keys_the_old_key_is_not_tried(learnt):
    with learnt.open(writing=True) as vault:
        root = rekeying.rekey(vault, [WayIn.by_passphrase("another", QUICK)])
    with pytest.raises(VaultBusy):
        read(learnt)
    assert len(list(read_fingerprints(learnt.home, root.watch_key(2), 2))) == 3
