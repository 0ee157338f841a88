"""What the program notes for the person goes into backups, comes back with them, and is mended."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from stillmine.app.home import Home
from stillmine.app.unlocking import unlocked
from stillmine.keep import verify
from tests.keep.backup.person import Person
from tests.servers.places import Place

NOTE = {"to": "Ines", "key": "a mark's key"}


def notes(person: Person, *, lost_list: bool = False) -> dict[str, Any]:
    if lost_list:
        home = Home(person.home)
        for path in (home.catalogue, *home.checkpoints.iterdir()):
            path.unlink()
    with unlocked(person.context) as vault:
        return vault.records.all("handover")


def note(person: Person) -> Path:
    """Note something, and return the object that holds it."""
    with unlocked(person.context, writing=True) as vault:
        vault.records.put("handover", "one", "an earlier value")
        vault.records.put("handover", "one", NOTE)
        (item,) = {each.item for each in vault.catalogue.sealed() if each.value.startswith("{")}
    return Home(person.home).objects / item[:2] / f"{item}.age"


def test_records_come_back_with_the_vault_even_without_its_list(
    keeper: Person, shelf: Place, tmp_path: Path
) -> None:
    note(keeper)
    keeper.backs_up_to(shelf)
    back, _answer = keeper.restores(shelf, tmp_path / "back")

    assert notes(back) == {"one": NOTE}
    assert notes(back, lost_list=True) == {"one": NOTE}


def test_a_record_that_changed_is_something_new_to_send(keeper: Person, shelf: Place) -> None:
    first = keeper.backs_up_to(shelf)
    note(keeper)
    (second,) = keeper.backs_up().runs

    assert not second.unchanged
    assert second.sent >= 3  # the object, and both copies of a key table
    assert second.files > first.files


def test_a_damaged_record_is_named_and_mended_from_a_place(keeper: Person, shelf: Place) -> None:
    path = note(keeper)
    keeper.backs_up_to(shelf)
    path.unlink()
    answer = verify.verify(keeper.context, verify.VerifyRequest())
    assert [(each.item, each.what) for each in answer.damaged] == [(path.stem, "object-missing")]
    assert (answer.checked, answer.records) == (3, 1)

    assert [each.name for each in keeper.repairs().repaired] == [
        path.relative_to(keeper.home).as_posix()
    ]
    assert notes(keeper, lost_list=True) == {"one": NOTE}
