"""The vault in a browser: finding by words, kind, album and day; several items at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from stillmine.messages.pages_vault import ITEM, SEVERAL, VAULT
from stillmine.web.paths import address
from tests.pages.browsing import Person, judged
from tests.pages.furnishing import HOSTILE, do, handed


@pytest.fixture
def letter(resident: Person) -> str:
    """Keep a note beside the three pictures; return its number."""
    note = handed("harbour.txt", b"words about the harbour")
    do(resident.door, "keep.add", note, paths=(), label="By the lake, a note", album="Summer")
    return next(
        each.item for each in do(resident.door, "keep.list").items if each.kind == "document"
    )


def finds(person: Person, **typed: str) -> int:
    """Ask for some of the vault; return how many tiles there are."""
    person.goes_to("vault")
    for name, value in typed.items():
        if name in ("kind", "album"):
            person.page.select_option(f"#{name}", value)
        else:
            person.page.fill(f"#{name}", value)
    person.clicks(VAULT["find"])
    found = person.page.locator(".tile").count()
    if person.page.get_by_role("button", name=VAULT["show_all"]).count():
        person.clicks(VAULT["show_all"])
    return found


def test_words_kind_album_and_days_are_asked_for_together(resident, letter, full):
    today = datetime.now().astimezone().date()
    tomorrow = (today + timedelta(days=1)).isoformat()
    assert finds(resident, words="lake") == 4
    assert finds(resident, words="lake", kind="document") == 1
    assert finds(resident, words="lake", kind="video") == 0
    assert finds(resident, words="lake", album="Summer") == 1
    assert finds(resident, since=today.isoformat(), until=today.isoformat()) == 4
    assert finds(resident, since=tomorrow) == 0
    assert finds(resident, words="lake", until=(today - timedelta(days=1)).isoformat()) == 0
    resident.page.fill("#since", today.isoformat())
    resident.clicks(VAULT["find"])
    assert resident.page.url == resident.url(address("vault"))
    judged(resident, "vault-since", full=full)


def test_several_go_into_an_album_and_out_of_it(resident, letter, full):
    resident.goes_to("vault")
    resident.clicks(VAULT["several"])
    judged(resident, "several", full=full)
    resident.clicks(SEVERAL["put"])
    assert resident.page.locator("#items-wrong").inner_text() == SEVERAL["none"]
    resident.page.check("#items-1")
    resident.page.check("#items-2")
    resident.clicks(SEVERAL["put"])
    assert resident.page.locator("#album-wrong").inner_text() == SEVERAL["name_needed"]
    assert resident.page.is_checked("#items-2"), "what was chosen stays chosen"
    resident.page.fill("#album", f"Été {HOSTILE}")
    resident.clicks(SEVERAL["put"])
    judged(resident, "several-put", full=full)
    kept = do(resident.door, "keep.albums").albums
    assert sorted((each.items) for each in kept) == [1, 2]
    assert resident.page.locator("h1 img, label img").count() == 0
    resident.page.check("#items-1")
    resident.page.fill("#album", "Summer")
    resident.clicks(SEVERAL["take_out"])
    assert [each.album for each in do(resident.door, "keep.albums").albums] != ["Summer"]


def test_several_are_taken_out_after_a_tick_and_nothing_else_is(resident, letter, tmp_path, full):
    folder = tmp_path / "out"
    resident.goes_to("several")
    resident.page.get_by_text(SEVERAL["export"], exact=True).click()
    resident.page.fill("#to", str(folder))
    resident.page.check("#yes")
    resident.clicks(SEVERAL["go"])
    assert resident.page.locator("#items-wrong").count() == 1, "none is not everything"
    assert not folder.exists()
    resident.page.check(f"input[name=items][value='{letter}']")
    resident.page.check("#items-2")
    resident.page.get_by_text(SEVERAL["export"], exact=True).click()
    resident.clicks(SEVERAL["go"])
    assert resident.page.locator("#yes-wrong").inner_text() == ITEM["tick_first"]
    resident.page.fill("#to", str(folder))
    resident.page.check("#yes")
    resident.clicks(SEVERAL["go"])
    resident.page.wait_for_url(f"**{address('several.out', work='')}*")
    assert resident.heading() == SEVERAL["done"]
    judged(resident, "several-out", full=full)
    assert resident.sees(str(folder))
    assert len(list(folder.iterdir())) == 2
    assert (folder / "harbour.txt").read_bytes() == b"words about the harbour"


def test_what_can_not_be_written_is_said(resident, vault: Path, tmp_path):
    for each in vault.rglob("objects/*/*.age"):
        each.chmod(0o600)
        each.write_bytes(b"")
    resident.goes_to("several")
    resident.page.check("#items-1")
    resident.page.get_by_text(SEVERAL["export"], exact=True).click()
    resident.page.fill("#to", str(tmp_path / "out"))
    resident.page.check("#yes")
    resident.clicks(SEVERAL["go"])
    resident.page.wait_for_url(f"**{address('several.out', work='')}*")
    assert resident.heading() == SEVERAL["done_none"]
