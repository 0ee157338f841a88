"""Key tables: added to, changed, forgotten and joined; damage is never taken for forgetting."""

import random

import pytest

from stillmine.app.storage import twin
from stillmine.app.storage.key_table import ROWS, KeyRow, KeyTable, open_table, seal_table
from stillmine.app.storage.key_tables import KeyTables
from stillmine.crypto import X25519Identity
from stillmine.errors import Damaged, ItemForgotten, NoKeyFits, NotAge, VaultDamaged
from tests.storage.vaults import put, read

KEY = X25519Identity.generate()


def row(number: int, **more: object) -> KeyRow:
    item = f"{number:032x}"
    return KeyRow(item, str(KEY), "d" + item, "s" + item, 4096, **more)


@pytest.fixture
def folders(tmp_path):
    for name in ("keys", "unfinished"):
        (tmp_path / name).mkdir()
    return tmp_path


def tables(folders) -> KeyTables:
    """Read them anew, as the next run of the program does."""
    return KeyTables(folders / "keys", "main", KEY, folders / "unfinished")


def rows(folders) -> dict[str, KeyRow]:
    return {each.item: each for _number, each in tables(folders).rows()}


@pytest.mark.parametrize("label", ["", "a\nAGE-SECRET-KEY-1", "# {}", "\u2028\x85\ud800", "🏖"])
def test_a_table_comes_back_as_it_was_sealed(label):
    table = KeyTable(7, (row(1, label=label, albums=("a", label)), row(2)), (3, 4), ("gone",))
    assert open_table(seal_table(table, KEY.recipient), KEY) == table


def test_a_table_opened_by_another_key_or_changed_is_refused():
    sealed = seal_table(KeyTable(1, (row(1),)), KEY.recipient)
    with pytest.raises(NoKeyFits):
        open_table(sealed, X25519Identity.generate())
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises((*twin.NOT_GOOD, Damaged, NotAge)):
            open_table(bytes(changed), KEY)


def test_rows_are_added_changed_and_forgotten(folders):
    each = tables(folders)
    first, second = each.add([row(1), row(2)]), each.add([row(3)])
    assert first != second
    moved = each.rewrite({row(1).item: row(1, label="new")}, frozenset())
    assert moved == dict.fromkeys((row(1).item, row(2).item), 3)
    assert rows(folders)[row(1).item].label == "new"
    each.rewrite({}, frozenset({row(3).item}))
    assert set(rows(folders)) == {row(1).item, row(2).item}
    assert tables(folders).forgotten() == {row(3).item}
    each.drop_tombstones(frozenset({row(3).item}))
    assert tables(folders).forgotten() == set()
    assert set(rows(folders)) == {row(1).item, row(2).item}


def test_a_forgotten_key_is_in_no_file_of_the_folder(folders):
    each = tables(folders)
    gone = KeyRow("f" * 32, str(X25519Identity.generate()), "d", "s", 4096)
    each.add([row(1), gone])
    each.rewrite({}, frozenset({gone.item}))
    for path in (folders / "keys").iterdir():
        from stillmine.crypto import decrypt

        assert gone.key.encode() not in decrypt(path.read_bytes(), [KEY])


def test_many_small_tables_are_joined_and_more_than_one_is_needed_beyond_the_limit(folders):
    each = tables(folders)
    count = 0
    for _ in range(12):
        each.add([row(count + n) for n in range(200)])
        count += 200
    each.rewrite({}, frozenset({row(0).item}))
    moved = each.merge_small()
    assert set(moved) == {row(n).item for n in range(1, count)}
    assert len(rows(folders)) == count - 1
    assert len(tables(folders).paths()) == -(-count // ROWS) == 3
    assert tables(folders).forgotten() == {row(0).item}
    for item, number in moved.items():
        assert each.row(number, item) is not None


def test_a_merge_cut_short_leaves_every_row_once_it_is_done_again(folders):
    each = tables(folders)
    for n in range(12):
        each.add([row(n * 200 + m) for m in range(200)])
    before = rows(folders)
    saved = {path: path.read_bytes() for path in (folders / "keys").iterdir()}
    each.merge_small()
    new = [path for path in sorted((folders / "keys").iterdir()) if path not in saved]
    for path, data in saved.items():
        path.write_bytes(data)
    new[-1].unlink()  # the last table is the one that replaces; neither copy was written
    new[-2].unlink()
    assert rows(folders) == before
    again = tables(folders)
    again.merge_small()
    assert rows(folders) == before


def test_a_table_that_was_replaced_does_not_count_even_where_it_still_lies_there(folders):
    each = tables(folders)
    each.add([row(1), row(2)])
    old = {path: path.read_bytes() for path in (folders / "keys").iterdir()}
    each.rewrite({}, frozenset({row(1).item}))
    for path, data in old.items():
        path.write_bytes(data)
    assert set(rows(folders)) == {row(2).item}
    tables(folders).mend()
    assert not any(path.exists() for path in old)


def test_one_damaged_copy_is_mended_and_two_are_named(folders):
    each = tables(folders)
    each.add([row(1)])
    (path,) = each.paths()
    good = path.read_bytes()
    path.write_bytes(good[:100])
    assert tables(folders).not_whole() == [path.name]
    assert tables(folders).damaged() == []
    tables(folders).mend()
    assert path.read_bytes() == good
    for copy in (path, twin.twin_of(path)):
        copy.write_bytes(b"")
    assert tables(folders).damaged() == [path.name]
    assert tables(folders).row(1, row(1).item) is None


def test_a_damaged_table_is_never_written_over_nor_removed(folders):
    each = tables(folders)
    each.add([row(1)])
    (path,) = each.paths()
    for copy in (path, twin.twin_of(path)):
        copy.write_bytes(b"damaged")
    again = tables(folders)
    for n in range(20):
        again.add([row(10 + n)])
    again.merge_small()
    again.mend()
    assert path.read_bytes() == twin.twin_of(path).read_bytes() == b"damaged"


def test_an_item_whose_table_is_damaged_is_not_called_forgotten(kept):
    with kept.open() as vault:
        items = vault.items()
        (tables_of_main,) = vault.epoch.compartments.values()
        paths = tables_of_main.paths()
    for path in (paths[0], twin.twin_of(paths[0])):
        path.write_bytes(random.Random(1).randbytes(300))
    with kept.open(writing=True) as vault:
        (lost,) = [item for item in items if item.table == 1]
        with pytest.raises(VaultDamaged):
            read(vault, lost)
        assert len(vault.items()) == 3
        put(vault, b"something new" * 100)
    with kept.open() as vault:
        assert len(vault.items()) == 4
        assert sum(bool(read(vault, item)) for item in vault.items() if item != lost) == 3


def test_an_item_whose_table_is_missing_is_not_called_forgotten(kept):
    with kept.open() as vault:
        (tables_of_main,) = vault.epoch.compartments.values()
        path = tables_of_main.paths()[0]
    path.unlink()
    twin.twin_of(path).unlink()
    with kept.open() as vault:
        (lost,) = [item for item in vault.items() if item.table == 1]
        with pytest.raises(VaultDamaged):
            read(vault, lost)
        with pytest.raises(ItemForgotten):
            vault.epoch.row("main", 2, "f" * 32)
