"""The vault of version 1 opens, for ever: with our program, and with a reader that is not ours."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from stillmine.app.actions import Outcome
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.storage import inbox
from stillmine.app.storage.opening import open_vault, unlock
from stillmine.app.storage.slots import WayIn
from stillmine.errors import WrongPassphrase
from stillmine.keep.backup.restore import RestoreRequest, restore
from stillmine.keep.backup.verify import InspectRequest, inspect
from stillmine.keep.export import ExportRequest, export
from stillmine.keep.finding import ListRequest, list_items
from stillmine.keep.verify import VerifyRequest, verify
from tests.counterparts import AGE_NPM, need, run
from tests.formats.golden import VAULT_V1, context_of

EXPECTED: dict[str, Any] = json.loads((VAULT_V1 / "expected.json").read_text("utf-8"))
SECRETS = {"1.age": EXPECTED["passphrase"], "2.age": EXPECTED["words"]}


def _copied(source: Path, folder: Path) -> Path:
    """Copy as a careless tool does: without empty folders, without rights or times."""
    for path in source.rglob("*"):
        if path.is_file():
            new = folder / path.relative_to(source)
            new.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, new)
    return folder


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return context_of(Home(_copied(VAULT_V1 / "vault", tmp_path / "vault")))


def _require_all(context: Context, folder: Path) -> None:
    answer = list_items(context, ListRequest())
    assert {each.item: (each.name, each.label) for each in answer.items} == {
        item: (facts["name"], facts["label"]) for item, facts in EXPECTED["items"].items()
    }
    sums = {
        each.item: hashlib.sha256(each.file.read_bytes()).hexdigest()
        for each in export(context, ExportRequest(to=folder)).exported
    }
    assert sums == {item: facts["sha256"] for item, facts in EXPECTED["items"].items()}


def test_todays_program_opens_and_lists_it(context: Context, tmp_path: Path) -> None:
    _require_all(context, tmp_path / "out")


def test_todays_program_finds_it_whole(context: Context) -> None:
    answer = verify(context, VerifyRequest())
    assert answer.outcome is Outcome.DONE
    assert (answer.checked, answer.mended, answer.strays) == (3, (), ())


def test_it_opens_without_its_catalogue(context: Context, tmp_path: Path) -> None:
    Home(context.home).catalogue.unlink()
    _require_all(context, tmp_path / "out")


def test_it_opens_without_its_catalogue_and_its_checkpoints(
    context: Context, tmp_path: Path
) -> None:
    home = Home(context.home)
    home.catalogue.unlink()
    shutil.rmtree(home.checkpoints)
    _require_all(context, tmp_path / "out")


SMALL = sorted(
    path.relative_to(VAULT_V1 / "vault").as_posix()
    for path in (VAULT_V1 / "vault").rglob("*")
    if path.is_file() and not path.match("objects/*/*")
)


@pytest.mark.parametrize("name", SMALL)
def test_one_file_that_is_gone_loses_no_item(context: Context, tmp_path: Path, name: str) -> None:
    (context.home / name).unlink()
    _require_all(context, tmp_path / "out")


@pytest.mark.parametrize("where", [0.02, 0.5, 0.98])
@pytest.mark.parametrize("name", SMALL)
def test_one_file_with_a_flipped_bit_is_mended_and_loses_no_item(
    context: Context, tmp_path: Path, name: str, where: float
) -> None:
    data = bytearray((context.home / name).read_bytes())
    data[int(len(data) * where)] ^= 4
    (context.home / name).write_bytes(data)
    assert verify(context, VerifyRequest()).outcome is Outcome.DONE
    _require_all(context, tmp_path / "out")


def test_it_opens_with_its_words_and_the_letter_is_there(context: Context) -> None:
    home = Home(context.home)
    root = unlock(home, WayIn.by_words(EXPECTED["words"].split(), 10))
    with open_vault(home, root) as vault:
        assert [text for _name, text in inbox.letters(home, vault.epoch)] == [
            EXPECTED["letter"].encode()
        ]


def test_a_wrong_passphrase_for_it_is_not_called_damage(context: Context) -> None:
    with pytest.raises(WrongPassphrase):
        unlock(Home(context.home), WayIn.by_passphrase("another one", 10))


def test_its_backup_is_whole_and_comes_back(tmp_path: Path) -> None:
    place = _copied(VAULT_V1 / "place", tmp_path / "place")
    context = context_of(Home(tmp_path / "restored"))
    assert inspect(context, InspectRequest(str(place))).outcome is Outcome.DONE
    assert restore(context, RestoreRequest(str(place))).outcome is Outcome.DONE
    _require_all(context, tmp_path / "out")


def test_letters_can_be_sent_to_a_vault_that_was_restored(tmp_path: Path) -> None:
    place = _copied(VAULT_V1 / "place", tmp_path / "place")
    context = context_of(Home(tmp_path / "restored"))
    restore(context, RestoreRequest(str(place)))
    list_items(context, ListRequest())
    home = Home(context.home)
    inbox.drop(home, b"after the restore")
    root = unlock(home, WayIn.by_passphrase(EXPECTED["passphrase"], 10))
    with open_vault(home, root) as vault:
        assert b"after the restore" in [text for _name, text in inbox.letters(home, vault.epoch)]


@pytest.mark.parametrize("slot", SECRETS)
def test_a_reader_in_another_language_finds_the_same(slot: str) -> None:
    need("age-npm")
    said = run(
        "node", AGE_NPM / "vault.mjs", VAULT_V1 / "vault", slot, given=SECRETS[slot].encode()
    )
    found = json.loads(said)
    assert found == {"items": EXPECTED["items"], "letter": EXPECTED["letter"]}
