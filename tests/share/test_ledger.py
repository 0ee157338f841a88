"""The ledger can be read, given to a lawyer, and used to ask for a copy back."""

from __future__ import annotations

import csv
import email
import email.policy
import io
import json
from pathlib import Path
from typing import Any

import pytest

from stillmine.app.actions import Outcome
from stillmine.app.storage.opening import open_vault, unlock
from stillmine.app.storage.slots import WayIn
from stillmine.errors import InsideHome, TargetExists, UnknownHandover, WrongUsage
from stillmine.share import listing, withdraw
from stillmine.share.ledger import WRITTEN, Entry, all_entries, find_entry, handovers, keep_entry
from tests.share.conftest import PHRASE, Person

ITEM = "12" * 16


def opened(person: Person, *, writing: bool = False) -> Any:
    root = unlock(person.home, WayIn.by_passphrase(PHRASE, 1))
    return open_vault(person.home, root, writing=writing)


def entry(number: int, recipient: str = "Cleo", **more: Any) -> Entry:
    facts: dict[str, Any] = {
        "handover": f"{number:02x}" * 16,
        "item": ITEM,
        "item_name": "a day.jpg",
        "recipient": recipient,
        "person": None,
        "made": f"2026-05-{number % 28 + 1:02d}T12:00:00+00:00",
        "seed": f"{number:02x}" * 32,
        "marked": True,
        "format": "jpeg",
        "picture_sum": "aa" * 32,
        "sealed": "page",
        "to": "passphrase",
        "wishes": ("be kind", "soon"),
        "file": "/somewhere/x.html",
        "file_sum": "bb" * 32,
        "state": WRITTEN,
        **more,
    }
    return Entry(**facts)


@pytest.fixture
def keeper(ada: Person) -> Person:
    """Somebody who handed out three copies."""
    with opened(ada, writing=True) as vault:
        keep_entry(vault, entry(1))
        keep_entry(vault, entry(2, "Dan", sealed=None, marked=False))
        keep_entry(vault, entry(3, "cleo", item="34" * 16, state="begun", file="", file_sum=""))
    return ada


def lists(person: Person, **more: Any) -> listing.ListAnswer:
    return person.does(listing.list_, listing.ListRequest(**more))


def asks_back(person: Person, *numbers: str, to: Path, mail: bool = False) -> Any:
    return person.does(withdraw.withdraw, withdraw.WithdrawRequest(numbers, to, mail))


def test_lines_come_back_as_they_were_written(keeper: Person) -> None:
    with opened(keeper) as vault:
        assert find_entry(vault, "0101") == entry(1)
        assert [each.handover[:2] for each in all_entries(vault)] == ["03", "02", "01"]


def test_a_trace_is_given_the_marked_copies_of_an_item_also_one_that_was_cut_off(
    keeper: Person,
) -> None:
    with opened(keeper) as vault:
        assert [each.recipient for each in handovers(vault, ITEM)] == ["Cleo"]
        (cut_off,) = handovers(vault, "34" * 16)
    assert cut_off.seed == b"\x03" * 32
    assert "03" * 16 not in repr(cut_off).replace(cut_off.handover, "")


def test_copies_are_listed_by_item_and_by_person(keeper: Person) -> None:
    assert len(lists(keeper).handovers) == 3
    assert {each.recipient for each in lists(keeper, for_="CLEO").handovers} == {"Cleo", "cleo"}
    assert [each.handover[:2] for each in lists(keeper, item="1212").handovers] == ["02", "01"]
    assert lists(keeper, item="ffff").outcome is Outcome.NOTHING_FOUND


def test_each_copy_is_one_line_that_says_what_is_special(keeper: Person) -> None:
    cut_off, unmarked, plain = (each.line for each in lists(keeper).handovers)
    assert "Cut off" in cut_off
    assert "Not marked." in unmarked
    assert "not sealed" in unmarked
    assert plain == (
        "2026-05-02  Cleo  a day.jpg (1212121212)  a page with a passphrase  number 0101010101"
    )


def test_no_answer_and_no_list_for_others_holds_a_seed(keeper: Person, tmp_path: Path) -> None:
    shown = str(lists(keeper))
    for ending in ("csv", "json", "txt"):
        file = tmp_path / f"list.{ending}"
        assert lists(keeper, export=file).exported == file
        shown += file.read_text(encoding="utf-8")
    for number in (1, 2, 3):
        assert f"{number:02x}" * 32 not in shown


def test_the_list_as_a_table_is_read_by_a_table_program(keeper: Person, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    lists(keeper, export=file)
    rows = [*csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")))]
    assert [row["recipient"] for row in rows] == ["cleo", "Dan", "Cleo"]
    assert rows[2]["wishes"] == "be kind; soon"
    assert rows[2]["file_sha256"] == "bb" * 32


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_of_the_table_is_run_as_a_formula(ada: Person, tmp_path: Path, start: str) -> None:
    with opened(ada, writing=True) as vault:
        keep_entry(vault, entry(1, f"{start}cmd()"))
    file = tmp_path / "list.csv"
    lists(ada, export=file)
    (row,) = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")))
    assert row["recipient"] == f"'{start}cmd()"


@pytest.mark.parametrize("ending", ["csv", "json", "txt"])
def test_bytes_that_are_no_text_spoil_no_list(ada: Person, tmp_path: Path, ending: str) -> None:
    with opened(ada, writing=True) as vault:
        keep_entry(vault, entry(1, wishes=("\udcff",), file="/somewhere/\udcff.age"))
    file = tmp_path / f"list.{ending}"
    lists(ada, export=file)
    assert "/somewhere/?.age" in file.read_text(encoding="utf-8-sig")


def test_the_list_as_data_holds_the_same(keeper: Person, tmp_path: Path) -> None:
    file = tmp_path / "list.json"
    lists(keeper, export=file)
    facts = json.loads(file.read_text(encoding="utf-8"))
    assert facts["written"] == keeper.clock.isoformat()
    assert [each["recipient"] for each in facts["handovers"]] == ["cleo", "Dan", "Cleo"]


def test_the_list_as_a_text_says_what_it_does_not_prove(keeper: Person, tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    lists(keeper, export=file)
    text = file.read_text(encoding="utf-8")
    assert "does not prove" in text
    assert "Made for: Dan" in text
    assert "Carries a hidden mark: no" in text


def test_no_list_takes_the_place_of_a_file_or_lands_in_the_vault(
    keeper: Person, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text("mine")
    with pytest.raises(TargetExists):
        lists(keeper, export=file)
    with pytest.raises(InsideHome):
        lists(keeper, export=keeper.folder / "list.csv")
    with pytest.raises(WrongUsage):
        lists(keeper, export=tmp_path / "list.pdf")
    assert file.read_text() == "mine"


def test_asking_for_a_copy_back_writes_a_letter_and_notes_it(
    keeper: Person, tmp_path: Path
) -> None:
    (letter,) = asks_back(keeper, "0101", to=tmp_path / "out").letters
    text = letter.file.read_text(encoding="utf-8")
    assert text.startswith("Hello Cleo,")
    assert "what I sent on 2026-05-02 (my number for it: 0101010101)" in text
    assert "a day" not in text
    assert "01" * 32 not in text
    noted = {each.recipient: each.withdrawn for each in lists(keeper).handovers}
    assert noted == {"Cleo": keeper.clock, "Dan": None, "cleo": None}
    assert "Asked to delete it on 2026-05-01." in lists(keeper, for_="Cleo").handovers[1].line


def test_one_letter_goes_to_each_person(keeper: Person, tmp_path: Path) -> None:
    with pytest.raises(UnknownHandover):
        asks_back(keeper, "0101", "01", to=tmp_path / "out")
    letters = asks_back(keeper, "0101", "0202", "010101", to=tmp_path / "out").letters
    assert [(each.recipient, each.copies) for each in letters] == [("Cleo", 1), ("Dan", 1)]


def test_a_letter_can_be_a_mail_that_a_mail_program_opens_as_a_draft(
    ada: Person, tmp_path: Path
) -> None:
    with opened(ada, writing=True) as vault:
        keep_entry(vault, entry(1, "Zoë 陳"))
    (letter,) = asks_back(ada, "0101", to=tmp_path / "out", mail=True).letters
    mail = email.message_from_bytes(letter.file.read_bytes(), policy=email.policy.default)
    assert mail["X-Unsent"] == "1"
    assert mail["To"] is None
    assert mail.get_content().startswith("Hello Zoë 陳,")


@pytest.mark.parametrize("number", ["", "01", "zzzz", "ffff"])
def test_a_number_that_fits_none_or_is_too_short_is_said_to(
    keeper: Person, tmp_path: Path, number: str
) -> None:
    with pytest.raises(UnknownHandover):
        asks_back(keeper, number, to=tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_what_a_newer_program_keeps_beside_a_line_is_let_be(ada: Person) -> None:
    with opened(ada, writing=True) as vault:
        keep_entry(vault, entry(1))
        kept = vault.records.get("handover", "01" * 16)
        vault.records.put("handover", "01" * 16, {**kept, "later": [1, 2]})
        assert all_entries(vault) == [entry(1)]
