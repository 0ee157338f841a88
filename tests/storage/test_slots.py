"""The ways in: wrong and damaged are never taken for each other."""

import random
import subprocess

import pytest

from stillmine.app.storage import slots, twin
from stillmine.app.storage.opening import unlock
from stillmine.app.storage.slots import Way, WayIn
from stillmine.crypto import X25519Identity, new_recovery_words
from stillmine.errors import VaultDamaged, WrongDeviceKey, WrongPassphrase, WrongWords
from tests.storage.vaults import PHRASE, QUICK, Made


def slot(made: Made, way: Way):
    return slots.slot_path(made.home.slots, way)


@pytest.mark.parametrize("way", ["by_passphrase", "by_words", "by_device_key"])
def test_each_way_in_leads_to_the_same_key(empty, way):
    assert unlock(empty.home, getattr(empty, way)) == empty.root


def test_wrong_keys_are_called_wrong(empty):
    for way_in, error in (
        (WayIn.by_passphrase("not it", QUICK), WrongPassphrase),
        (WayIn.by_words(new_recovery_words(), QUICK), WrongWords),
        (WayIn.by_device_key(X25519Identity.generate()), WrongDeviceKey),
    ):
        with pytest.raises(error):
            unlock(empty.home, way_in)


def test_a_device_key_for_a_vault_without_one_is_wrong_and_not_damage(empty):
    slots.remove_slot(empty.home.slots, Way.DEVICE)
    with pytest.raises(WrongDeviceKey):
        unlock(empty.home, empty.by_device_key)
    assert slots.damage_in_slots(empty.home.slots, empty.root) == []


def break_one(folder, chance: random.Random) -> None:
    """Flip a bit of one file of the passphrase slot, cut it off, or take it away."""
    path = folder / chance.choice(("1.age", "1.age.twin", "1.check"))
    data = bytearray(path.read_bytes())
    kind = chance.random()
    if kind < 0.1:
        path.unlink()
    elif kind < 0.3:
        path.write_bytes(data[: chance.randrange(len(data))])
    else:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)


def test_after_any_one_fault_the_right_passphrase_opens_and_a_wrong_one_is_called_wrong(empty):
    chance = random.Random(7)
    good = {path: path.read_bytes() for path in empty.home.slots.glob("1.*")}
    wrong = WayIn.by_passphrase("not it", QUICK)
    for _ in range(1000):
        break_one(empty.home.slots, chance)
        assert slots.open_slot(empty.home.slots, empty.by_passphrase) == empty.root
        with pytest.raises(WrongPassphrase):
            slots.open_slot(empty.home.slots, wrong)
        for path, data in good.items():
            path.write_bytes(data)


def flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def test_where_both_copies_are_hit_it_is_called_damage_whatever_the_passphrase(empty):
    chance = random.Random(8)
    good = slot(empty, Way.PASSPHRASE).read_bytes()
    for _ in range(1000):
        hit = [flipped(good, chance) if chance.random() < 0.8 else b"" for _ in range(2)]
        if hit[0] == hit[1] != b"":
            continue  # the same flip twice: no fault does that
        slot(empty, Way.PASSPHRASE).write_bytes(hit[0])
        twin.twin_of(slot(empty, Way.PASSPHRASE)).write_bytes(hit[1])
        for text in (PHRASE, "not it"):
            with pytest.raises(VaultDamaged):
                slots.open_slot(empty.home.slots, WayIn.by_passphrase(text, QUICK))


def test_a_flip_in_the_version_or_the_work_factor_is_damage_and_not_another_format(empty):
    path = slot(empty, Way.PASSPHRASE)
    good = path.read_bytes()
    for old, new in ((b"/v1", b"/v3"), (b" 1\n", b" 9\n"), (b" 1\n", b" 99\n")):
        assert good.count(old) >= 1
        path.write_bytes(good.replace(old, new, 1))
        assert slots.open_slot(empty.home.slots, empty.by_passphrase) == empty.root


def test_a_change_of_passphrase_that_was_cut_short_leaves_a_way_in(empty):
    made = empty
    before = {p.name: p.read_bytes() for p in made.home.slots.iterdir()}
    new = WayIn.by_passphrase("the new one", QUICK)
    slots.write_slot(made.home.slots, new, made.root, unfinished=made.home.unfinished)
    after = {p.name: p.read_bytes() for p in made.home.slots.iterdir()}
    steps = ["1.age", "1.age.twin", "1.check"]
    for done in range(len(steps) + 1):
        for name in steps:
            data = after if name in steps[:done] else before
            (made.home.slots / name).write_bytes(data[name])
        opened = 0
        for way_in in (made.by_passphrase, new):
            try:
                opened += slots.open_slot(made.home.slots, way_in) == made.root
            except WrongPassphrase:
                continue
        assert opened >= 1
        with made.open(writing=True):
            pass
        assert slots.damage_in_slots(made.home.slots, made.root) == []
        kept = new if done >= 2 else made.by_passphrase
        assert slots.open_slot(made.home.slots, kept) == made.root


def test_every_file_of_a_slot_that_is_hit_is_named_and_mended(empty):
    folder = empty.home.slots
    good = {path: path.read_bytes() for path in folder.iterdir()}
    for path, data in good.items():
        for place in {0, len(data) // 2, len(data) - 2}:
            hit = bytearray(data)
            hit[place] ^= 1
            path.write_bytes(hit)
            assert slots.damage_in_slots(folder, empty.root), (path.name, place)
            slots.mend_slots(folder, empty.root, unfinished=empty.home.unfinished)
            assert path.read_bytes() == data
        path.unlink()
        assert slots.damage_in_slots(folder, empty.root), path.name
        slots.mend_slots(folder, empty.root, unfinished=empty.home.unfinished)
        assert path.read_bytes() == data


def test_the_checksum_is_one_that_sha256sum_reads(empty):
    for way in Way:
        done = subprocess.run(
            ["sha256sum", "--check", f"{way.value}.check"],
            cwd=empty.home.slots, capture_output=True, check=False,
        )  # fmt: skip
        assert b".age: OK" in done.stdout
        assert done.returncode == 0


def test_the_key_is_never_in_a_repr(empty):
    said = repr(empty.root) + repr(empty.by_passphrase) + repr(empty.by_words)
    assert empty.root.secret.hex() not in said
    assert PHRASE not in said
    assert empty.words[0] not in said
