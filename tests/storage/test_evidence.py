"""Evidence: sealed like items, in no list of pictures, and never touched without a line."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from stillmine.app.storage import checkpoint, durable, objects, rekeying
from stillmine.app.storage.opening import open_vault, rebuild
from stillmine.app.storage.slots import WayIn
from stillmine.errors import CannotReadFile, DiskFull, ItemDamaged, UnknownEvidence
from tests.storage.vaults import QUICK, Made

CASE, OTHER = "0123abcd", "4567cdef"
CONTENT = b"what was seen there" * 5000


def keep(made: Made, content: bytes = CONTENT, name: bytes = b"page.wacz", case: str = CASE) -> str:
    with made.open(writing=True) as vault:
        return vault.evidence.put(name, io.BytesIO(content), case=case, why="import")


def read(made: Made, evidence: str) -> bytes:
    with made.open(writing=True) as vault, vault.evidence.open(evidence, why="report") as file:
        return file.read()


def lose_the_list(made: Made) -> None:
    made.home.catalogue.unlink()
    shutil.rmtree(made.home.checkpoints)


def noted(made: Made, case: str = CASE) -> list[tuple[str, str]]:
    with made.open() as vault:
        vault.custody.check(case)
        return [(each.what, each.evidence) for each in vault.custody.entries(case=case)]


def path_of(made: Made, evidence: str) -> Path:
    return objects.object_path(made.home.objects, evidence)


def test_what_is_kept_is_read_again_and_is_no_item(kept):
    one = keep(kept)
    empty = keep(kept, b"", b"\xff not utf-8", OTHER)

    assert read(kept, one) == CONTENT
    assert read(kept, empty) == b""
    with kept.open() as vault:
        assert len(vault.items()) == len(vault.listed()) == vault.catalogue.count() == 3
        (mine,) = vault.evidence.all(CASE)
        assert (mine.evidence, mine.name, mine.size) == (one, b"page.wacz", len(CONTENT))
        assert [each.name for each in vault.evidence.all()] == [b"page.wacz", b"\xff not utf-8"]
        assert vault.evidence.all("89") == []
        assert {one, empty} <= {each.item for each in vault.catalogue.kept()}
        assert vault.records.all("evidence").keys() == {one, empty}


def test_only_a_writer_can_open_it_because_a_line_is_written(kept):
    evidence = keep(kept)
    with kept.open() as vault:
        with pytest.raises(RuntimeError, match="writer"), vault.evidence.open(evidence, why="x"):
            pass
        with pytest.raises(RuntimeError, match="writer"):
            vault.evidence.put(b"a", io.BytesIO(b"a"), case=CASE, why="x")
    assert noted(kept) == [("kept", evidence)]


def test_evidence_without_a_case_is_refused(kept):
    with kept.open(writing=True) as vault, pytest.raises(ValueError, match="case"):
        vault.evidence.put(b"a", io.BytesIO(b"a"), case="", why="x")


def test_an_access_that_cannot_be_noted_does_not_happen(kept, monkeypatch):
    evidence = keep(kept)

    def full(*_given: object, **_more: object) -> None:
        raise DiskFull

    with kept.open(writing=True) as vault:
        monkeypatch.setattr(durable, "create_exclusive", full)
        for _again in range(2):
            with pytest.raises(DiskFull), vault.evidence.open(evidence, why="report"):
                pytest.fail("it was opened")
        with pytest.raises(DiskFull):
            vault.evidence.forget(evidence)
        monkeypatch.undo()
    assert read(kept, evidence) == CONTENT
    assert noted(kept) == [("kept", evidence), ("opened", evidence)]


def test_a_name_that_is_not_there_is_said_so_and_no_other_object_is_taken_for_it(kept):
    keep(kept)
    with kept.open(writing=True) as vault:
        vault.records.put("case", CASE, {})
        record = vault.catalogue.sealed("kind = 'case'")[0].item
        item = vault.items()[0].item
        for name in ("", "ff" * 16, record, item):
            with pytest.raises(UnknownEvidence), vault.evidence.open(name, why="x"):
                pass
            with pytest.raises(UnknownEvidence):
                vault.evidence.forget(name)
    assert len(noted(kept)) == 1


def test_a_source_that_breaks_off_leaves_nothing_and_no_line(kept):
    class Broken(io.BytesIO):
        def readinto(self, _room: object) -> int:
            raise OSError("gone")

    with kept.open(writing=True) as vault, pytest.raises(CannotReadFile):
        vault.evidence.put(b"a.zip", Broken(CONTENT), case=CASE, why="import")
    assert noted(kept) == []
    assert list(kept.home.unfinished.iterdir()) == []


def test_evidence_outlives_the_list_and_its_sealed_copies(kept):
    one, two = keep(kept), keep(kept, b"more", b"mail.eml", OTHER)
    lose_the_list(kept)

    with kept.open() as vault:
        assert {each.evidence: each.case for each in vault.evidence.all()} == {
            one: CASE,
            two: OTHER,
        }
        assert len(vault.items()) == 3
    assert read(kept, one) == CONTENT
    assert noted(kept) == [("kept", one), ("opened", one)]
    rebuild(kept.home, kept.root)
    assert read(kept, two) == b"more"


def test_evidence_and_its_log_are_there_after_new_keys(kept):
    one = keep(kept)
    with kept.open(writing=True) as vault:
        root = rekeying.rekey(vault, [WayIn.by_passphrase("another", QUICK)])
        with vault.evidence.open(one, why="report") as file:
            assert file.read() == CONTENT
    new = replace(kept, root=root)
    lose_the_list(new)
    assert read(new, one) == CONTENT
    assert noted(new) == [("kept", one), ("opened", one), ("opened", one)]


def test_forgetting_leaves_the_line_and_nothing_else(kept):
    one, two = keep(kept), keep(kept, b"another")
    path, before = path_of(kept, one), checkpoint.numbers(kept.home.checkpoints)
    with kept.open(writing=True) as vault:
        vault.evidence.forget(one)
    with pytest.raises(UnknownEvidence):
        read(kept, one)

    assert not path.exists()
    assert len(checkpoint.numbers(kept.home.checkpoints)) == 1
    assert checkpoint.numbers(kept.home.checkpoints)[0] > before[-1]
    assert noted(kept) == [("kept", one), ("kept", two), ("forgotten", one)]
    assert read(kept, two) == b"another"
    lose_the_list(kept)
    with kept.open() as vault:
        assert [each.evidence for each in vault.evidence.all()] == [two]


def test_damaged_evidence_is_named_when_it_is_opened_and_the_case_stays_known(kept):
    one = keep(kept)
    path = path_of(kept, one)
    good = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(good[:500] + bytes(200) + good[700:])
    lose_the_list(kept)

    with kept.open(writing=True) as vault:
        assert vault.evidence.all() == []
        assert len(vault.items()) == 3
        with pytest.raises(ItemDamaged), vault.evidence.open(one, why="report"):
            pass
    path.write_bytes(good)
    assert read(kept, one) == CONTENT
    with kept.open() as vault:
        assert [each.evidence for each in vault.evidence.all(CASE)] == [one]


def test_of_evidence_that_is_gone_from_the_disk_it_is_said_that_it_is_missing(kept):
    one = keep(kept)
    path_of(kept, one).unlink()
    with pytest.raises(ItemDamaged) as caught:
        read(kept, one)
    assert caught.value.facts["what"] == "object-missing"


def cut_off_in(monkeypatch: pytest.MonkeyPatch, place: object, name: str, after: int) -> None:
    """Let the call after so many good ones fail as if the power went."""
    whole, calls = getattr(place, name), []

    def sometimes(*given: object, **more: object) -> object:
        calls.append(given)
        if len(calls) > after:
            raise KeyboardInterrupt
        return whole(*given, **more)

    monkeypatch.setattr(place, name, sometimes)


@pytest.mark.parametrize("placed", range(3))
def test_what_was_cut_off_while_it_was_kept_is_either_there_or_said_not_to_be(
    kept, monkeypatch, placed
):
    before = keep(kept)
    cut_off_in(monkeypatch, objects, "place_objects", placed)
    with pytest.raises(KeyboardInterrupt):
        keep(kept, b"half")
    monkeypatch.undo()

    lines = noted(kept)
    assert lines[0] == ("kept", before)
    assert [what for what, _name in lines[1:]] == (["kept", "not-kept"] if placed else [])
    with kept.open() as vault:
        assert [each.evidence for each in vault.evidence.all()] == [before]
    assert keep(kept, b"again") in {name for _what, name in noted(kept)}


def test_forgetting_that_was_noted_and_cut_off_is_finished(kept, monkeypatch):
    one = keep(kept)
    with monkeypatch.context() as patch:
        from stillmine.app.storage.vault import Vault

        cut_off_in(patch, Vault, "forget_objects", 0)
        with pytest.raises(KeyboardInterrupt), kept.open(writing=True) as vault:
            vault.evidence.forget(one)
    with kept.open() as vault:
        assert vault.evidence.all() == []
    assert not path_of(kept, one).exists()
    assert noted(kept) == [("kept", one), ("forgotten", one)]


def test_a_large_file_is_kept_in_pieces(kept):
    class Long(io.RawIOBase):
        """A hundred megabytes of a pattern, made as they are read, never in one piece."""

        size, at, largest = 100 << 20, 0, 0

        def seek(self, offset: int, whence: int = 0) -> int:
            self.at = offset + (self.size if whence == 2 else 0)
            return self.at

        def readinto(self, room: object) -> int:
            view = memoryview(room)  # type: ignore[arg-type]  # whatever can be written into
            count = min(len(view), self.size - self.at)
            view[:count] = bytes(count)
            self.at += count
            self.largest = max(self.largest, count)
            return count

    source = Long()
    with kept.open(writing=True) as vault:
        one = vault.evidence.put(b"film.mp4", source, case=CASE, why="import")  # type: ignore[arg-type]  # as a file
        (mine,) = vault.evidence.all()
        with vault.evidence.open(one, why="report") as file:
            file.seek(mine.size - 3)
            assert file.read() == bytes(3)
    assert mine.size == source.size
    assert source.largest <= 8 << 20


def test_a_rolled_back_list_is_brought_up_to_what_was_kept_since(kept):
    old = kept.home.catalogue.read_bytes()
    one = keep(kept)
    kept.home.catalogue.write_bytes(old)
    (kept.home.unfinished / "a-writer-was-here").write_bytes(b"")
    assert read(kept, one) == CONTENT
    with open_vault(kept.home, kept.root) as vault:
        assert vault.custody.head(CASE).lines == 2
