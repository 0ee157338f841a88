"""Proof and the log of who opened it go into backups, and come back whole."""

from __future__ import annotations

import io
from pathlib import Path

from stillmine.app.home import Home
from stillmine.app.unlocking import unlocked
from stillmine.keep import verify
from tests.keep.backup.person import Person
from tests.servers.places import Place

CASE = "0123abcd"
CONTENT = b"what was seen there" * 5000


def keep(person: Person) -> str:
    with unlocked(person.context, writing=True) as vault:
        evidence = vault.evidence.put(b"p.wacz", io.BytesIO(CONTENT), case=CASE, why="import")
        with vault.evidence.open(evidence, why="report"):
            return evidence


def look(person: Person, evidence: str) -> tuple[bytes, list[str]]:
    with unlocked(person.context, writing=True) as vault:
        with vault.evidence.open(evidence, why="report") as file:
            content = file.read()
        vault.custody.check(CASE)
        return content, [each.what for each in vault.custody.entries(case=CASE)]


def test_proof_comes_back_with_its_log_even_without_the_list(
    keeper: Person, shelf: Place, tmp_path: Path
) -> None:
    evidence = keep(keeper)
    keeper.backs_up_to(shelf)
    back, _answer = keeper.restores(shelf, tmp_path / "back")

    assert look(back, evidence) == (CONTENT, ["kept", "opened", "opened"])
    home = Home(back.home)
    for path in (home.catalogue, *home.checkpoints.iterdir()):
        path.unlink()
    assert look(back, evidence) == (CONTENT, ["kept", "opened", "opened", "opened"])
    answer = verify.verify(back.context, verify.VerifyRequest())
    assert (answer.checked, answer.proofs, answer.damaged, answer.strays) == (3, 1, (), ())
    assert answer.damaged_files == ()


def test_damaged_proof_is_named_and_mended_from_a_place(keeper: Person, shelf: Place) -> None:
    evidence = keep(keeper)
    keeper.backs_up_to(shelf)
    path = Home(keeper.home).objects / evidence[:2] / f"{evidence}.age"
    path.unlink()
    answer = verify.verify(keeper.context, verify.VerifyRequest())
    assert [(each.item, each.what) for each in answer.damaged] == [(evidence, "object-missing")]

    assert len(keeper.repairs().repaired) == 1
    assert look(keeper, evidence)[0] == CONTENT


def test_a_log_in_which_a_line_was_changed_is_named(keeper: Person) -> None:
    keep(keeper)
    with unlocked(keeper.context, writing=True) as vault:
        (line,) = vault.catalogue.sealed("name = ?", (f"{CASE}/00000001",))
        vault.add_record("custody", line.name, line.revision + 1, '{"number": 1}')
    answer = verify.verify(keeper.context, verify.VerifyRequest())
    assert answer.damaged_files == (f"custody/{CASE}",)
    assert answer.damaged == ()
