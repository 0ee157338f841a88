"""Looks: what is learnt by looking is kept sealed, begun anew when damaged, gone when forgotten."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from dataclasses import replace

import pytest

from stillmine.app.storage import looks_rows, rekeying
from stillmine.app.storage.looks import (
    Hit,
    HostPace,
    Looks,
    OwnSum,
    Saw,
    Step,
    Task,
    Trouble,
    Validated,
    WantedPlace,
)
from stillmine.app.storage.slots import WayIn
from stillmine.crypto import derive
from stillmine.errors import VaultBusy, VaultDamaged
from tests.storage.vaults import QUICK, Made, files, put

PAGE = WantedPlace("p1", "page", "https://a.example/gallery", (("depth", "2"),), "sesame")
BOARD = WantedPlace("p2", "vichan", "https://b.example/b/")


def opened(made: Made, epoch: int = 1):
    return contextlib.closing(Looks(made.home, made.root.watch_key(epoch), epoch))


def sums(*items: str) -> list[OwnSum]:
    return [OwnSum(each, hashlib.md5(each.encode()).hexdigest(), each * 2, 7) for each in items]


def task(number: int, place: str = "p1", host: str = "a.example", sort: str = "ask", body="{}"):
    return Task(place, host, sort, bytes([number]) * 16, body)


def filled(made: Made, *items: str) -> None:
    """Let everything that there is be in it."""
    with opened(made) as looks:
        looks.prepare([PAGE, BOARD], sums(*items), ("f" * 16,), ("lila",))
        looks.use_generation("g1")
        looks.begin("p1", 100.0, [task(1), task(2, sort="picture", body=f'["{items[0]}"]')])
        looks.write(
            Step(
                hosts=[HostPace("a.example", 200.0, 1, "2026-05-01", 3)],
                robots=[("https://a.example", 100.0, "[[],0,false]")],
                pages=[Validated(b"page" * 4, 100.0, "etag", "modified", "7", b"found" * 3000)],
                seen=[Validated(b"seen" * 4, 100.0, "", "")],
                hits=[Hit(b"hits" * 4, items[0], 100.0, "{}")],
                findings=[("0" * 16, items[0], '{"page":"x"}')],
                here=[("a.example", items[0])],
                existed=[Saw("p1", "https://a.example/", "2026-01-01T00:00:00+00:00", 200, "")],
                troubles=[Trouble("p1", "a.example", "gone"), Trouble("p1", "a.example", "gone")],
            )
        )


def test_what_was_prepared_and_learnt_comes_out_again(empty):
    filled(empty, "x", "y")
    with opened(empty) as looks:
        assert [each.place for each in looks.places()] == [PAGE, BOARD]
        assert looks.places()[0][1:] == (100.0, 1, 1)
        assert looks.own() == sums("x", "y")
        assert looks.names() == ["lila"]
        assert looks.waiting() == {"a.example": 2}
        assert looks.count() == 2
        assert looks.places_waiting() == {"p1"}
        assert looks.pace("a.example") == HostPace("a.example", 200.0, 1, "2026-05-01", 3)
        assert looks.robots("https://a.example") == (100.0, "[[],0,false]")
        page = looks.page(b"page" * 4)
        assert page is not None
        assert (page.version, page.found) == ("7", b"found" * 3000)
        assert looks.seen(b"seen" * 4) is not None
        assert [each.item for each in looks.hits(b"hits" * 4)] == ["x"]
        assert looks.findings() == [("0" * 16, '{"page":"x"}')]
        assert looks.others_here("a.example", "y")
        assert not looks.others_here("a.example", "x")
        assert [each.status for each in looks.existed(["p1"])] == [200]
        assert looks.troubles(["p1", "p2"]) == [Trouble("p1", "a.example", "gone", 2)]


def test_nothing_of_it_is_readable_on_the_disk(empty):
    filled(empty, "x", "y")
    for path, data in files(empty.home).items():
        assert b"a.example" not in data, path
        assert b"sesame" not in data, path
        assert b"SQLite format" not in data, path
    plain = sqlite3.connect(empty.home.watch / "looks.db")
    with pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT * FROM task").fetchall()
    plain.close()


def test_its_key_is_neither_that_of_the_fingerprints_nor_its_own_sums(empty):
    filled(empty, "x")
    with pytest.raises(VaultDamaged):
        looks_rows.Database(
            empty.home.watch / "looks.db", empty.root.watch_key(1), what="watch/looks.db"
        )
    with opened(empty) as one, contextlib.closing(Looks(empty.home, b"o" * 32, 1)) as other:
        assert one.sum_of("a", "bc") != one.sum_of("ab", "c")
        assert one.sum_of("a") != other.sum_of("a")


def test_what_waits_waits_once_and_is_asked_for_once_in_a_look(empty):
    filled(empty, "x")
    with opened(empty) as looks:
        looks.write(Step(tasks=[task(1), task(1, host="other.example")]))
        assert looks.count() == 2
        (first,) = [each for each in looks.tasks_of("a.example") if each.sort == "ask"]
        looks.write(Step(done=[first.number], tasks=[task(1)]))
        assert looks.count() == 1
        looks.begin("p1", 300.0, [task(1)])
        assert looks.count() == 2
        assert looks.counts("p1") == (1, 1)


def test_a_step_that_fails_leaves_nothing(empty):
    filled(empty, "x")
    with opened(empty) as looks:
        before = looks.tasks_of("a.example")
        with pytest.raises(AttributeError):
            looks.write(Step(done=[before[0].number], troubles=[None]))  # type: ignore[list-item]  # fails last
    with opened(empty) as looks:
        assert looks.tasks_of("a.example") == before


def test_a_finding_that_was_handed_over_never_comes_back(empty):
    filled(empty, "x")
    with opened(empty) as looks:
        assert looks.was_told("0" * 16)
        assert looks.was_told("f" * 16)
        looks.handed_over("0" * 16)
        assert looks.findings() == []
        looks.write(Step(findings=[("0" * 16, "x", "{}"), ("f" * 16, "x", "{}")]))
        assert looks.findings() == []


def test_a_place_that_goes_away_or_leads_elsewhere_leaves_nothing(empty):
    filled(empty, "x")
    with opened(empty) as looks:
        looks.prepare([replace(PAGE, key="another", every=5.0), BOARD], sums("x"), ())
        assert looks.count() == 2
        assert looks.places()[0].place.key == "another"
        looks.prepare([replace(PAGE, target="https://c.example/")], sums("x"), ())
        assert looks.count() == 0
        assert looks.places()[0].began == 0
        assert looks.troubles(["p1"]) == []
        assert looks.existed(["p1"]) == []


def test_where_all_is_known_already_nothing_is_written_and_the_sums_stay(empty):
    filled(empty, "i1", "i2")
    with opened(empty) as looks:
        before = looks.own()
        written = (empty.home.watch / looks_rows.NAME).read_bytes()
        looks.prepare([BOARD, PAGE], None, ["f" * 16], ("lila",))
        assert (empty.home.watch / looks_rows.NAME).read_bytes() == written
        assert looks.own() == before != []


@pytest.mark.parametrize(
    ("places", "told", "names"),
    [
        ([PAGE], ["f" * 16], ("lila",)),
        ([replace(PAGE, every=5.0), BOARD], ["f" * 16], ("lila",)),
        ([replace(PAGE, key="other"), BOARD], ["f" * 16], ("lila",)),
        ([PAGE, BOARD], ["e" * 16], ("lila",)),
        ([PAGE, BOARD], ["0" * 16], ("lila",)),
        ([PAGE, BOARD], ["f" * 16], ()),
    ],
)
def test_whatever_is_new_is_taken_over_also_without_sums(empty, places, told, names):
    filled(empty, "i1", "i2")
    with opened(empty) as looks:
        before = looks.own()
        looks.prepare(places, None, told, names)
        assert [each.place for each in looks.places()] == sorted(places, key=lambda p: p.place)
        assert all(looks.was_told(each) for each in told)
        assert [each for each, _body in looks.findings() if each in told] == []
        assert looks.names() == [*names]
        assert looks.own() == before


def test_other_own_pictures_make_what_was_seen_count_no_more(empty):
    filled(empty, "x")
    with opened(empty) as looks:
        looks.use_generation("g1")
        assert looks.seen(b"seen" * 4)
        looks.use_generation("g2")
        assert looks.seen(b"seen" * 4) is None
        assert looks.page(b"page" * 4) is None
        assert looks.hits(b"hits" * 4) == []
        assert looks.count() == 2


def test_troubles_and_dates_of_one_place_are_bounded(empty):
    filled(empty, "x")
    with opened(empty) as looks:
        many = [Trouble("p1", f"{number}.example", "gone") for number in range(500)]
        looks.write(Step(troubles=many))
        assert len(looks.troubles(["p1"])) <= looks_rows.MOST_PROBLEMS + 1
        assert sum(each.times for each in looks.troubles(["p1"])) == 502


def test_what_grows_is_bounded(empty, monkeypatch):
    monkeypatch.setattr(looks_rows, "_MOST_SEEN", 3)
    with opened(empty) as looks:
        rows = [Validated(bytes([number]) * 16, float(number), "", "") for number in range(9)]
        looks.write(Step(seen=rows, robots=[("https://a.example", 1.0, "x")]))
        looks.prune(1e6)
        assert [number for number in range(9) if looks.seen(bytes([number]) * 16)] == [6, 7, 8]
        assert looks.robots("https://a.example") is None


def test_what_is_damaged_lost_or_of_another_version_is_begun_anew(empty, monkeypatch):
    path = empty.home.watch / "looks.db"
    for content in (b"no database at all" * 400, b"", bytes(9000)):
        filled(empty, "x")
        path.write_bytes(content)
        with opened(empty) as looks:
            assert looks.places() == []
            assert looks.count() == 0
            looks.prepare([PAGE], sums("x"), ())
            assert len(looks.places()) == 1
    filled(empty, "x")
    monkeypatch.setattr(looks_rows, "VERSION", looks_rows.VERSION + 1)
    with opened(empty) as looks:
        assert looks.places() == []


def test_a_forgotten_item_leaves_nothing_in_it(empty):
    with empty.open(writing=True) as vault:
        kept, other = (put(vault, name * 3000, name, kind="picture").item for name in (b"a", b"b"))
    filled(empty, kept, other)
    with empty.open(writing=True) as vault:
        vault.forget([vault.item(kept)])
    with opened(empty) as looks:
        assert [each.item for each in looks.own()] == [other]
        assert looks.findings() == []
        assert looks.hits(b"hits" * 4) == []
        assert [each.body for each in looks.tasks_of("a.example")] == ["{}"]
        assert not looks.others_here("a.example", other)


def test_who_still_has_the_old_key_opens_nothing_after_new_ones(empty):
    filled(empty, "x")
    with opened(empty) as late:
        with empty.open(writing=True) as vault:
            root = rekeying.rekey(vault, [WayIn.by_passphrase("another", QUICK)])
        late.close()
        with pytest.raises(VaultBusy):
            late.places()
    made = replace(empty, root=root)
    with opened(made, 2) as looks:
        looks.prepare([PAGE], sums("x"), ())


def test_with_new_keys_looking_goes_on_where_it_was(empty):
    filled(empty, "x")
    with opened(empty) as looks:
        looks.handed_over("f" * 16)
        looks.write(Step(hosts=[HostPace("b.example", 5.0, 1, "2026-05-01", 77)]))
        before = (looks.places(), looks.own(), looks.names(), looks.count(), looks.sum_of("a"))
    for times in range(2):
        with empty.open(writing=True) as vault:
            root = rekeying.rekey(vault, [WayIn.by_passphrase("another", QUICK)])
        old = empty.root
        empty = replace(empty, root=root)
        with opened(empty, 2 + times) as looks:
            after = (looks.places(), looks.own(), looks.names(), looks.count(), looks.sum_of("a"))
            assert after == before
            assert looks.was_told("f" * 16)
            assert looks.pace("b.example").asked == 77, "nobody is asked more often for it"
        # What the old key opened, it opens no more.
        key = derive(old.watch_key(1 + times), "looks/database")
        with pytest.raises(VaultDamaged):
            looks_rows.Database(empty.home.watch / "looks.db", key, what="looks")
        assert [each for each in files(empty.home) if "looks.db" in each] == ["watch/looks.db"]


def test_a_look_that_is_under_way_while_keys_are_renewed_is_begun_anew(empty):
    filled(empty, "x")
    with opened(empty) as busy, busy.alone(), empty.open(writing=True) as vault:
        root = rekeying.rekey(vault, [WayIn.by_passphrase("another", QUICK)])
    with opened(replace(empty, root=root), 2) as looks:
        assert looks.places() == []
        assert looks.names() == []


def test_begun_anew_it_takes_sums_of_its_own_again(empty):
    filled(empty, "x")
    with opened(empty) as looks:
        first = looks.sum_of("a")
    with empty.open(writing=True) as vault:
        root = rekeying.rekey(vault, [WayIn.by_passphrase("another", QUICK)])
    with opened(replace(empty, root=root), 2) as looks:
        assert looks.sum_of("a") == first
        looks.begin_anew()
        anew = looks.sum_of("a")
        assert anew != first
    with opened(replace(empty, root=root), 2) as looks:
        assert looks.sum_of("a") == anew


def test_one_look_at_a_time(empty):
    with (
        opened(empty) as one,
        opened(empty) as other,
        one.alone(),
        pytest.raises(VaultBusy),
        other.alone(),
    ):
        pass


def test_checkpoints_do_not_hold_it(empty):
    filled(empty, "x")
    with empty.open(writing=True) as vault:
        vault.write_checkpoint()
        tables = {name for name, _rows in vault.catalogue.dump()}
    assert not {"task", "seen", "told"} & tables
