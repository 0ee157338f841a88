"""The custody log: one chain for each case, in which nothing can be changed unseen."""

from __future__ import annotations

import hashlib
import io
import json
import shutil

import pytest

from stillmine.app.storage import custody, objects, records
from stillmine.app.storage.custody import FIRST, HEAD, LINE, Head
from stillmine.app.storage.vault import Vault
from stillmine.errors import CustodyBroken
from tests.storage.vaults import Made

CASE, OTHER = "0123abcd", "4567cdef"


@pytest.fixture
def logged(kept) -> Made:
    """Make a vault with a case of five lines, and another of one."""
    with kept.open(writing=True) as vault:
        one = vault.evidence.put(b"a.png", io.BytesIO(b"one"), case=CASE, why="import")
        two = vault.evidence.put(b"b.png", io.BytesIO(b"two"), case=CASE, why="capture")
        vault.evidence.put(b"c.png", io.BytesIO(b"three"), case=OTHER, why="import")
        for evidence in (one, two):
            with vault.evidence.open(evidence, why="report"):
                pass
        vault.evidence.forget(two)
    return kept


def broken(made: Made, case: str = CASE) -> tuple[int, str]:
    with made.open() as vault, pytest.raises(CustodyBroken) as caught:
        vault.custody.check(case)
    facts = caught.value.facts
    assert facts["case"] == case
    return int(facts["line"]), str(facts["what"])


def lines_of(made: Made, case: str = CASE):
    with made.open() as vault:
        return vault.custody.entries(case=case)


def rewrite(made: Made, number: int, **changed: object) -> None:
    """Put something else in the place of a line, as somebody with all keys could."""
    entry = lines_of(made)[number - 1]
    facts = {name: getattr(entry, name) for name in entry.__dataclass_fields__}
    put(made, LINE, f"{CASE}/{number:08d}", {**facts, **changed})


def put(made: Made, kind: str, name: str, value: object) -> None:
    with made.open(writing=True) as vault:
        vault.add_record(kind, name, 1 << 62, json.dumps(value))


def remove(made: Made, number: int) -> None:
    with made.open(writing=True) as vault:
        found = vault.catalogue.sealed("name = ?", (f"{CASE}/{number:08d}",))
        vault.forget_objects([each.item for each in found])


def signed(facts: dict[str, object]) -> dict[str, object]:
    facts = {name: value for name, value in facts.items() if name != "hash"}
    return {**facts, "hash": hashlib.sha256(custody.canonical(facts)).hexdigest()}


def test_every_access_has_its_line_in_its_order(logged):
    entries = lines_of(logged)
    assert [each.what for each in entries] == ["kept", "kept", "opened", "opened", "forgotten"]
    assert [each.number for each in entries] == [1, 2, 3, 4, 5]
    assert [each.why for each in entries] == ["import", "capture", "report", "report", "asked"]
    assert entries[0].content == hashlib.sha256(b"one").hexdigest()
    assert all(not each.content for each in entries[2:])
    assert {each.case for each in entries} == {CASE}
    assert [each.previous for each in entries] == [FIRST, *(each.hash for each in entries[:-1])]
    assert all(each.at.endswith("+00:00") and each.version for each in entries)
    with logged.open() as vault:
        assert vault.custody.check(CASE) == Head(5, entries[-1].hash) == vault.custody.head(CASE)
        assert vault.custody.cases() == [CASE, OTHER]
        assert len(vault.custody.entries()) == 6
        assert len(vault.custody.entries(evidence=entries[0].evidence)) == 2


def test_the_sum_of_a_line_can_be_made_with_nothing_of_ours(logged):
    entry = lines_of(logged)[1]
    facts = {n: getattr(entry, n) for n in entry.__dataclass_fields__ if n != "hash"}
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == entry.hash


def test_a_case_without_a_log_is_fine(kept):
    with kept.open() as vault:
        assert vault.custody.check("89abcdef") == Head(0, FIRST)
        assert vault.custody.entries(case="89abcdef") == vault.custody.entries() == []


@pytest.mark.parametrize("field", ["at", "what", "evidence", "why", "content", "version"])
def test_a_changed_line_is_named(logged, field):
    rewrite(logged, 2, **{field: "something else"})
    assert broken(logged) == (2, "changed")
    assert lines_of(logged, OTHER)


def test_a_changed_line_that_was_summed_anew_is_named_by_the_next(logged):
    entry = lines_of(logged)[2]
    facts = {n: getattr(entry, n) for n in entry.__dataclass_fields__}
    put(logged, LINE, f"{CASE}/00000003", signed({**facts, "why": "nobody"}))
    assert broken(logged) == (4, "moved")


def test_the_last_line_summed_anew_does_not_fit_the_head(logged):
    entry = lines_of(logged)[4]
    facts = {n: getattr(entry, n) for n in entry.__dataclass_fields__}
    put(logged, LINE, f"{CASE}/00000005", signed({**facts, "what": "opened"}))
    assert broken(logged) == (5, "changed")


def test_swapped_lines_are_named(logged):
    two, three = lines_of(logged)[1:3]
    for number, each in ((2, three), (3, two)):
        facts = {n: getattr(each, n) for n in each.__dataclass_fields__}
        put(logged, LINE, f"{CASE}/{number:08d}", facts)
    assert broken(logged) == (2, "moved")


def test_a_line_of_another_case_does_not_fit(logged):
    (other,) = lines_of(logged, OTHER)
    facts = {n: getattr(other, n) for n in other.__dataclass_fields__}
    put(logged, LINE, f"{CASE}/00000001", facts)
    assert broken(logged) == (1, "moved")


@pytest.mark.parametrize("number", [1, 3])
def test_a_line_left_out_is_named(logged, number):
    remove(logged, number)
    assert broken(logged) == (number, "missing")


def test_lines_cut_off_are_named_and_go_on_showing_when_more_is_written(logged):
    remove(logged, 5)
    assert broken(logged) == (5, "cut")
    one = lines_of(logged)[0].evidence
    with logged.open(writing=True) as vault, vault.evidence.open(one, why="report"):
        pass
    assert broken(logged) == (5, "missing")


def test_a_whole_log_taken_away_is_named(logged):
    for number in range(5, 0, -1):
        remove(logged, number)
    assert broken(logged) == (1, "cut")


@pytest.mark.parametrize("value", [None, 7, [], {}, {"number": "x", "hash": ""}, "text"])
def test_a_line_that_is_no_line_is_named(logged, value):
    put(logged, LINE, f"{CASE}/00000004", value)
    assert broken(logged) == (4, "changed")
    assert len(lines_of(logged)) == 5


def test_the_file_of_a_line_taken_from_the_disk_shows_even_when_the_list_is_lost(logged):
    with logged.open() as vault:
        (record,) = vault.catalogue.sealed("name = ?", (f"{CASE}/00000002",))
    objects.object_path(logged.home.objects, record.item).unlink()
    logged.home.catalogue.unlink()
    shutil.rmtree(logged.home.checkpoints)
    assert broken(logged) == (2, "missing")


def test_a_head_that_a_crash_left_behind_is_fine_and_catches_up(logged, monkeypatch):
    place, placed = objects.place_objects, []

    def first_only(folder, sealed):
        if placed:
            raise KeyboardInterrupt
        placed.append(sealed)
        place(folder, sealed)

    one = lines_of(logged)[0].evidence
    monkeypatch.setattr(objects, "place_objects", first_only)
    with pytest.raises(KeyboardInterrupt), logged.open(writing=True) as vault:
        vault.custody.note("opened", one, CASE, "report")
    monkeypatch.undo()

    with logged.open() as vault:
        assert vault.custody.check(CASE).lines == 6
        assert vault.custody.head(CASE).lines == 5
    with logged.open(writing=True) as vault, vault.evidence.open(one, why="report"):
        assert vault.custody.check(CASE) == vault.custody.head(CASE)
        assert vault.custody.head(CASE).lines == 7


def test_the_log_of_a_forgotten_case_goes_with_it_and_no_other_does(logged):
    with logged.open(writing=True) as vault:
        vault.evidence.forget_case(CASE)
        vault.evidence.forget_case("89abcdef")
    with logged.open() as vault:
        assert [each.case for each in vault.evidence.all()] == [OTHER]
        assert vault.custody.cases() == [OTHER]
        assert vault.custody.check(CASE) == Head(0, FIRST)
        assert vault.custody.check(OTHER).lines == 1
        assert not vault.catalogue.sealed("kind = ? AND name = ?", (HEAD, CASE))


@pytest.mark.parametrize("calls", [0, 1])
def test_a_case_whose_forgetting_was_cut_off_is_forgotten_by_the_next(logged, monkeypatch, calls):
    forget, done = Vault.forget_objects, []

    def sometimes(vault, names):
        if len(done) == calls:
            raise KeyboardInterrupt
        done.append(names)
        forget(vault, names)

    monkeypatch.setattr(Vault, "forget_objects", sometimes)
    with pytest.raises(KeyboardInterrupt), logged.open(writing=True) as vault:
        vault.evidence.forget_case(CASE)
    monkeypatch.undo()
    with logged.open() as vault:
        assert vault.custody.cases() == [OTHER]
        assert [each.case for each in vault.evidence.all()] == [OTHER]
        assert vault.custody.entries(case=CASE) == []


def test_the_kinds_of_the_log_cannot_be_put_as_other_records(kept):
    assert {LINE, HEAD, "evidence"} == set(records._RESERVED)
    with kept.open(writing=True) as vault:
        for kind in (LINE, HEAD, "evidence"):
            with pytest.raises(ValueError, match="own"):
                vault.records.put(kind, "x", 1)


def test_many_accesses_leave_one_head(logged):
    one = lines_of(logged)[0].evidence
    with logged.open(writing=True) as vault:
        for _again in range(12):
            with vault.evidence.open(one, why="report"):
                pass
    with logged.open() as vault:
        assert vault.custody.check(CASE).lines == 17
        assert len(vault.catalogue.sealed("kind = ? AND name = ?", (HEAD, CASE))) == 1
