"""Items on disk: whole or refused, alike in nothing, padded in size."""

import io
import random
from collections import Counter
from pathlib import Path

import pytest

from stillmine.app.storage import objects
from stillmine.app.storage.container import after_content, before_content
from stillmine.app.storage.item import Item
from stillmine.app.storage.objects import object_path
from stillmine.app.storage.twin import NOT_GOOD
from stillmine.app.storage.vault import Vault
from stillmine.crypto import Sealer, X25519Identity, decrypt, padded_size, parse_identities
from stillmine.errors import CannotReadFile, ChangedWhileReading, ItemDamaged
from tests.storage.vaults import header, make, put, read, seal

PHOTO = random.Random(1).randbytes(70_000)


def test_what_is_kept_comes_back_bit_by_bit(empty):
    contents = [b"", b"x", PHOTO, bytes(65536), bytes(200_000)]
    with empty.open(writing=True) as vault:
        for number, content in enumerate(contents):
            item = put(vault, content + bytes([number]), b"%d" % number)
            assert read(vault, item) == content + bytes([number])
            assert item.stored == object_path(empty.home.objects, item.item).stat().st_size


@pytest.mark.parametrize("more", [-1, 1, -PHOTO.__len__()])
def test_a_file_that_has_another_size_than_was_said_is_refused(empty, more):
    with empty.open(writing=True) as vault, pytest.raises(ChangedWhileReading):
        vault.seal(io.BytesIO(PHOTO + b"x" if more > 0 else PHOTO[:more]), header(PHOTO))
    assert not list(empty.home.unfinished.glob("*.tmp"))


def test_a_file_that_cannot_be_read_to_its_end_is_not_called_a_failing_vault(empty):
    with (
        empty.open(writing=True) as vault,
        Path("/proc/self/mem").open("rb", buffering=0) as unreadable,
        pytest.raises(CannotReadFile),
    ):
        vault.seal(unreadable, header(PHOTO))
    assert not list(empty.home.unfinished.glob("*.tmp"))


def test_any_flip_and_any_cut_is_refused_and_no_other_item_suffers(kept):
    chance = random.Random(3)
    with kept.open() as vault:
        victim, *others = vault.items()
        path = object_path(kept.home.objects, victim.item)
        good = path.read_bytes()
        path.chmod(0o600)
        cuts = [good[:end] for end in chance.sample(range(len(good)), 300)]
        flips = []
        for place in (*range(300), *chance.sample(range(len(good)), 400)):
            changed = bytearray(good)
            changed[place] ^= 1 << chance.randrange(8)
            flips.append(bytes(changed))
        for data in (*cuts, *flips, good + b"x", good * 2, b""):
            path.write_bytes(data)
            with pytest.raises(ItemDamaged) as caught:
                read_to_the_end(vault, victim)
            assert caught.value.facts["item"] == victim.item
        assert all(len(read(vault, other)) == other.size for other in others)


def read_to_the_end(vault: Vault, item: Item) -> None:
    """Read an item with the zeros behind it, as `age -d` does."""
    read(vault, item)
    row = vault.epoch.row(item.compartment, item.table, item.item)
    try:
        decrypt(object_path(vault.home.objects, item.item).read_bytes(), parse_identities(row.key))
    except NOT_GOOD as problem:
        raise ItemDamaged(item=item.item, what="object-damaged") from problem


def test_one_item_under_the_name_of_another_is_refused(kept):
    with kept.open() as vault:
        first, second, _third = vault.items()
        one, other = (object_path(kept.home.objects, each.item) for each in (first, second))
        other.unlink()
        one.rename(other)
        for item in (first, second):
            with pytest.raises(ItemDamaged):
                read(vault, item)


def common_run(one: bytes, other: bytes, length: int = 16) -> bytes | None:
    runs = {one[at : at + length] for at in range(len(one) - length + 1)}
    found = (other[at : at + length] for at in range(len(other) - length + 1))
    return next((run for run in found if run in runs), None)


def body(data: bytes) -> bytes:
    """Return an age file without the words with which every age file begins."""
    assert data.startswith(b"age-encryption.org/v1\n-> X25519 ")
    return data[len(b"age-encryption.org/v1\n-> X25519 ") :]


def test_the_same_picture_in_two_vaults_and_after_forgetting_has_nothing_in_common(tmp_path):
    seen: list[tuple[str, bytes]] = []
    for name in ("one", "two"):
        made = make(tmp_path / name)
        for _ in range(2):
            with made.open(writing=True) as vault:
                item = put(vault, PHOTO)
                data = object_path(made.home.objects, item.item).read_bytes()
                seen.append((item.item, body(data)))
                vault.forget([item])
    assert len({name for name, _ in seen}) == 4
    for at, (_, one) in enumerate(seen):
        for _, other in seen[at + 1 :]:
            assert common_run(one, other) is None


def sealed_size(size: int, overhead: int) -> int:
    plain = len(before_content(header(b""))) + size + len(after_content(size))
    padded = padded_size(plain)
    return padded + max(1, -(-padded // 65536)) * 16 + overhead


def test_sizes_say_almost_nothing_and_cost_almost_nothing(empty):
    overhead = age_overhead()
    with empty.open(writing=True) as vault:
        for size in (0, 3_000, 65_536, 700_001):
            sealed = seal(vault, bytes(size))
            assert sealed.row.stored == sealed_size(
                size, overhead
            )  # the formula is the real code's
    chance = random.Random(5)
    sizes: list[int] = []
    while len(sizes) < 20_000:
        size = int(chance.lognormvariate(14.7, 0.75))
        if 200_000 <= size <= 12_000_000:
            sizes.append(size)
    stored = [sealed_size(size, overhead) for size in sizes]
    assert len(Counter(stored)) <= 200
    assert sum(stored) <= 1.015 * sum(sizes)


def age_overhead() -> int:
    sink = io.BytesIO()
    with Sealer(sink, [X25519Identity.generate().recipient]):
        pass
    return len(sink.getvalue()) - 16


def test_only_sealed_objects_are_listed(kept):
    folder = kept.home.objects
    (folder / "zz").mkdir()
    (folder / "zz" / "note.txt").write_text("not ours")
    (folder / "README").write_text("not ours")
    with kept.open() as vault:
        known = {item.item: item.stored for item in vault.items()}
    assert dict(objects.objects_on_disk(folder)) == known
