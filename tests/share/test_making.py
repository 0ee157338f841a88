"""Copies for one person each: different, clean, sealed, and in the ledger before they exist."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from stillmine.app import outside
from stillmine.app.actions import Outcome
from stillmine.app.storage.opening import open_vault, unlock
from stillmine.app.storage.slots import WayIn
from stillmine.crypto import X25519Identity, decrypt
from stillmine.errors import (
    CannotMark,
    CannotWriteHere,
    InsideHome,
    NoContact,
    NoWayToSeal,
    StillmineError,
    UnknownItem,
    WeakPassphrase,
    WrongUsage,
)
from stillmine.imaging import drawn
from stillmine.share import listing, make
from stillmine.share.ledger import Entry, all_entries, handovers
from tests.share.conftest import PHRASE, Person


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("photos") / "a day at the sea.jpg"
    file.write_bytes(drawn.draw(3, size=(640, 480)))
    return file


@pytest.fixture
def item(ada: Person, picture: Path) -> str:
    return ada.keeps(picture)[0]


def makes(person: Person, *items: str, to: Path, for_: str = "Bo", **more: Any) -> make.MakeAnswer:
    return person.does(make.make, make.MakeRequest(items, for_, to, **more))


def opened(person: Person) -> Any:
    return open_vault(person.home, unlock(person.home, WayIn.by_passphrase(PHRASE, 1)))


def ledger(person: Person) -> list[Entry]:
    with opened(person) as vault:
        return all_entries(vault)


def lists(person: Person, **more: Any) -> listing.ListAnswer:
    return person.does(listing.list_, listing.ListRequest(**more))


def test_a_copy_for_a_known_person_is_sealed_to_their_key_and_opens_there(
    ada: Person, bo: Person, item: str, tmp_path: Path
) -> None:
    ada.adds("Bo", bo.key().contact)
    bo.adds("Ada", ada.key().contact)
    out = tmp_path / "out"
    answer = makes(ada, item, to=out, for_="bo", wish=("be kind",), until="2026-12-31", views=3)
    (made,) = answer.made
    assert (made.item, made.recipient, made.sealed, made.marked) == (item, "Bo", "key", True)
    assert (answer.passphrase, answer.not_compared) == (None, True)
    assert list(out.iterdir()) == [made.file]
    assert made.file.suffix == ".age"
    got = bo.opens(made.file, to=tmp_path / "got")
    assert (got.sender, got.name, got.bound) == ("not-compared", "Ada", "you")
    assert (got.wishes, got.until, got.views) == (("be kind",), "2026-12-31", 3)
    assert got.made == ada.clock
    with Image.open(got.file) as shown:
        assert shown.size == (640, 480)
    ada.compares("Bo")
    assert not makes(ada, item, to=out).not_compared


def test_the_ledger_says_who_what_when_and_how(ada: Person, item: str, tmp_path: Path) -> None:
    answer = makes(ada, item, to=tmp_path / "out", for_="Cleo", page=True, wish=("a", "b"))
    (made,) = answer.made
    (entry,) = ledger(ada)
    assert (entry.handover, entry.item, entry.recipient) == (made.handover, item, "Cleo")
    assert (entry.sealed, entry.to, entry.person) == ("page", "passphrase", None)
    assert (entry.state, entry.withdrawn, entry.marked) == ("written", None, True)
    assert entry.item_name == "a day at the sea.jpg"
    assert entry.wishes == ("a", "b")
    assert entry.file_sum == hashlib.sha256(made.file.read_bytes()).hexdigest()
    assert len(bytes.fromhex(entry.seed)) == 32
    assert entry.seed not in repr(entry)
    with opened(ada) as vault:
        (given,) = handovers(vault, item)
    assert given.seed.hex() == entry.seed
    assert given.sha256 == entry.picture_sum
    assert given.when == ada.clock


def test_each_hand_over_has_a_mark_of_its_own(ada: Person, item: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    files = [makes(ada, item, to=out, for_="Cleo", unsealed=True).made[0].file for _ in range(2)]
    assert files[0].read_bytes() != files[1].read_bytes()
    seeds = {entry.seed for entry in ledger(ada)}
    sums = {entry.picture_sum for entry in ledger(ada)}
    assert len(seeds) == 2
    assert sums == {hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_an_unsealed_copy_is_the_clean_picture_and_it_is_warned_of(
    ada: Person, item: str, tmp_path: Path
) -> None:
    request = make.MakeRequest((item,), "Cleo", tmp_path / "out", unsealed=True)
    assert make._warning(request) == "handing-unsealed"
    (made,) = ada.does(make.make, request).made
    assert made.sealed is None
    with Image.open(made.file) as shown:
        assert shown.size == (640, 480)
        assert not shown.getexif()


def test_names_of_files_say_nothing(ada: Person, item: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for way in ({"page": True}, {"unsealed": True}):
        makes(ada, item, to=out, for_="Cleo", **way)
    for file in out.iterdir():
        assert len(file.stem) == 10
        assert not {"cleo", "sea", "day", item} & {file.stem}
        assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("page", [False, True])
def test_random_words_are_made_and_shown_once(
    ada: Person, bo: Person, item: str, tmp_path: Path, page: bool
) -> None:
    more = {"page": True} if page else {"passphrase": True}
    answer = makes(ada, item, to=tmp_path / "out", **more)
    assert answer.passphrase is not None
    assert len(answer.passphrase.split()) == 6
    bo.secrets["handover-passphrase"] = answer.passphrase
    assert bo.opens(answer.made[0].file).bound == "passphrase"
    assert answer.passphrase not in str(ledger(ada)) + str(lists(ada))


def test_a_passphrase_of_ones_own_is_asked_for_and_judged(
    ada: Person, bo: Person, item: str, tmp_path: Path
) -> None:
    own = "marmalade Leuchtturm kangaroo 77 violin"
    ada.secrets["new-handover-passphrase"] = own
    answer = makes(ada, item, to=tmp_path / "out", passphrase=True, own_passphrase=True)
    assert answer.passphrase is None
    bo.secrets["handover-passphrase"] = own
    bo.opens(answer.made[0].file)
    ada.secrets["new-handover-passphrase"] = "summer2024"
    with pytest.raises(WeakPassphrase):
        makes(ada, item, to=tmp_path / "out", page=True, own_passphrase=True)
    assert len(ledger(ada)) == 1


def test_any_age_key_can_be_sealed_to(ada: Person, item: str, tmp_path: Path) -> None:
    identity = X25519Identity.generate()
    answer = makes(ada, item, to=tmp_path / "out", for_="Cleo", seal=str(identity.recipient))
    assert decrypt(answer.made[0].file.read_bytes(), [identity]).startswith(b"manifest.json\0")
    assert not answer.not_compared


def test_who_is_not_known_needs_a_way_to_be_named(ada: Person, item: str, tmp_path: Path) -> None:
    with pytest.raises(NoWayToSeal):
        makes(ada, item, to=tmp_path / "out", for_="Nobody")
    with pytest.raises(NoContact):
        makes(ada, item, to=tmp_path / "out", for_="Nobody", seal="their key")
    assert ledger(ada) == []


@pytest.mark.parametrize(
    "more",
    [
        {"page": True, "passphrase": True},
        {"unsealed": True, "seal": "age1"},
        {"own_passphrase": True},
        {"page": True, "until": "next week"},
        {"page": True, "views": -1},
        {"page": True, "wish": ("x" * 201,)},
        {"page": True, "wish": ("two\nlines",)},
        {"page": True, "wish": ("w",) * 11},
        {"page": True, "for_": "  "},
    ],
)
def test_what_does_not_fit_together_is_said_before_anything_is_made(
    ada: Person, item: str, tmp_path: Path, more: dict[str, Any]
) -> None:
    with pytest.raises(WrongUsage):
        makes(ada, item, to=tmp_path / "out", **more)
    assert ledger(ada) == []


def test_what_cannot_be_marked_is_refused_with_the_reason_and_leaves_no_line(
    ada: Person, tmp_path: Path
) -> None:
    text = tmp_path / "note.txt"
    text.write_text("no picture")
    (item,) = ada.keeps(text)
    with pytest.raises(CannotMark) as raised:
        makes(ada, item, to=tmp_path / "out", for_="Cleo", page=True)
    assert str(raised.value.facts["why"]).endswith(".")
    assert ledger(ada) == []
    assert list((tmp_path / "out").iterdir()) == []


def test_one_item_that_cannot_be_marked_does_not_stop_the_others(
    ada: Person, item: str, tmp_path: Path
) -> None:
    text = tmp_path / "note.txt"
    text.write_text("no picture")
    (other,) = ada.keeps(text)
    answer = makes(ada, other, item, item[:8], to=tmp_path / "out", for_="Cleo", page=True)
    assert [made.item for made in answer.made] == [item]
    assert [(each.item, each.code) for each in answer.skipped] == [(other, "share.cannot-mark")]
    assert answer.outcome is Outcome.GAPS


def test_an_item_that_is_not_there_stops_everything(ada: Person, item: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownItem):
        makes(ada, item, "ffffff", to=tmp_path / "out", for_="Cleo", page=True)
    assert ledger(ada) == []


def test_nothing_is_written_into_the_vault_or_where_that_is_forbidden(
    ada: Person, item: str, tmp_path: Path
) -> None:
    with pytest.raises(InsideHome):
        makes(ada, item, to=ada.folder / "out", for_="Cleo", page=True)
    taken = tmp_path / "taken"
    taken.write_text("a file")
    with pytest.raises(CannotWriteHere):
        makes(ada, item, to=taken, for_="Cleo", page=True)
    assert ledger(ada) == []


def test_a_disk_that_fills_up_leaves_neither_a_file_nor_a_line(
    ada: Person, item: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int, data: bytes) -> None:
        os.write(descriptor, data[:10])
        raise OSError(28, "no space")

    monkeypatch.setattr(outside.durable, "write_all", _only_in(tmp_path / "out", full))
    with pytest.raises(CannotWriteHere) as raised:
        makes(ada, item, to=tmp_path / "out", for_="Cleo", page=True)
    assert raised.value.facts["full"] is True
    assert ledger(ada) == []
    assert list((tmp_path / "out").iterdir()) == []


def _only_in(folder: Path, instead: Any) -> Any:
    right = outside.durable.write_all

    def write(descriptor: int, data: bytes) -> None:
        inside = Path(f"/proc/self/fd/{descriptor}").readlink().parent == folder
        (instead if inside else right)(descriptor, data)

    return write


_CUT_OFF = """
import os, sys
from pathlib import Path
from stillmine.app import unlocking
from stillmine.app import outside
from stillmine.share import make, seal
from tests.share.conftest import Person
unlocking.WORK_FACTOR, seal.WORK_FACTOR = 1, 8
home, out, item, where = sys.argv[1:]
right = {"draft": outside.write_draft, "publish": outside.Draft.publish}

def at_the_draft(folder, pieces):
    made = right["draft"](folder, pieces)
    os._exit(9)

def before_the_name(self, path):
    os._exit(9)

def after_the_name(self, path):
    right["publish"](self, path)
    os._exit(9)

if where == "draft":
    outside.write_draft = at_the_draft
elif where == "before":
    outside.Draft.publish = before_the_name
else:
    outside.Draft.publish = after_the_name
person = Person(Path(home))
person.does(make.make, make.MakeRequest((item,), "Cleo", Path(out), page=True))
"""


@pytest.mark.parametrize("where", ["draft", "before", "after"])
def test_whenever_it_is_cut_off_no_copy_exists_whose_seed_is_lost(
    ada: Person, item: str, tmp_path: Path, where: str
) -> None:
    out = tmp_path / "out"
    root = Path(__file__).parents[2]
    script = [sys.executable, "-c", _CUT_OFF, str(ada.folder), str(out), item, where]
    done = subprocess.run(script, cwd=root, check=False, capture_output=True)
    assert done.returncode == 9, done.stderr.decode()
    (entry,) = ledger(ada)
    assert len(bytes.fromhex(entry.seed)) == 32
    assert [each.state for each in lists(ada).handovers] == ["cut-off"]
    assert "cut off" in lists(ada).handovers[0].line.lower()
    named = [file for file in out.iterdir() if file.suffix != ".tmp"]
    assert len(named) == (where == "after")
    for file in named:
        assert entry.file_sum == hashlib.sha256(file.read_bytes()).hexdigest()
    with opened(ada) as vault:
        assert [each.handover for each in handovers(vault, item)] == [entry.handover]


def test_drafts_of_a_crash_are_swept_and_nothing_else(
    ada: Person, item: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    old, young, theirs = (out / name for name in ("0" * 32 + ".tmp", "1" * 32 + ".tmp", "a.tmp"))
    for file in (old, young, theirs):
        file.write_bytes(b"")
    for file in (old, theirs):
        os.utime(file, (0, 0))
    makes(ada, item, to=out, for_="Cleo", unsealed=True)
    assert not old.exists()
    assert young.exists()
    assert theirs.exists()


@pytest.mark.parametrize("more", [{"page": True}, {"unsealed": True}])
def test_what_cannot_be_marked_is_handed_over_clean_where_that_is_asked_for(
    ada: Person, tmp_path: Path, more: dict[str, bool]
) -> None:
    tiny = tmp_path / "tiny.png"
    Image.new("RGB", (20, 20), "red").save(tiny, pnginfo=_text("secret", "place"))
    (item,) = ada.keeps(tiny)
    with pytest.raises(CannotMark):
        makes(ada, item, to=tmp_path / "out", for_="Cleo", **more)
    (made,) = makes(ada, item, to=tmp_path / "out", for_="Cleo", unmarked=True, **more).made
    assert not made.marked
    (entry,) = ledger(ada)
    assert not entry.marked
    with opened(ada) as vault:
        assert handovers(vault, item) == []
    if "unsealed" in more:
        assert b"secret" not in made.file.read_bytes()
        with Image.open(made.file) as shown:
            assert (shown.size, shown.format) == ((20, 20), "PNG")


def _text(key: str, value: str) -> PngInfo:
    facts = PngInfo()
    facts.add_text(key, value)
    return facts


def test_what_cannot_be_cleaned_is_not_handed_over(ada: Person, tmp_path: Path) -> None:
    text = tmp_path / "note.txt"
    text.write_text("no picture")
    (item,) = ada.keeps(text)
    with pytest.raises(StillmineError) as raised:
        makes(ada, item, to=tmp_path / "out", for_="Cleo", page=True, unmarked=True)
    assert raised.value.code == "share.no-cleaner"
    assert ledger(ada) == []


def test_a_stop_still_tells_the_words_that_open_what_was_made(
    ada: Person, item: str, picture: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.jpg"
    other.write_bytes(drawn.draw(2, size=(640, 480)))
    (second,) = ada.keeps(other)
    ada.job.listener = lambda progress: setattr(ada.job, "stop_asked", progress.done > 0)
    answer = makes(ada, item, second, to=tmp_path / "out", for_="Cleo", page=True)
    assert [made.item for made in answer.made] == [item]
    assert answer.passphrase is not None
    assert [(each.item, each.code) for each in answer.skipped] == [(second, "app.stopped")]
    assert [entry.item for entry in ledger(ada)] == [item]
