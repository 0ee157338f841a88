"""The page in the vault is enough: its lines, typed as they stand, bring everything back.

Only age, tar, sqlite3 and a shell are in reach of what runs here; Python and the program are not.
"""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from stillmine.app.home import Home
from stillmine.app.storage import durable, rekeying
from stillmine.app.storage.item import Item
from stillmine.app.storage.opening import open_vault, unlock
from stillmine.app.storage.vault import Vault
from stillmine.keep.backup import choosing
from stillmine.keep.backup.run import RunRequest, run
from tests.counterparts import need, run_at_terminal
from tests.formats import golden

TOOLS = ("age", "tar", "sqlite3", "sh", "sed", "ls", "tail", "sort", "mkdir", "basename", "cp",
         "grep", "sha256sum")  # fmt: skip
HARMLESS = "Ignoring unknown extended header keyword 'hdrcharset'"
"""GNU tar, of a name that is not UTF-8; it unpacks the name all the same, as the page says."""
WAYS = {"passphrase": golden.PASSPHRASE, "words": " ".join(golden.WORDS)}
SLOT_OF = {"passphrase": "$slots/1.age", "words": "$slots/2.age"}
AWKWARD = (
    b"-rf.jpg",
    b"two\nlines $(exit) 'and' \"quotes\" *.jpg",
    b"caf\xe9 not UTF-8.jpg",
    b"n" * 240 + b".jpg",
    b"back\\slash:colon?.jpg",
)


@dataclass(frozen=True)
class Kept:
    """A vault, its backup, and what was put into it."""

    home: Home
    place: Path
    contents: dict[str, bytes]
    items: list[Item]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Make a vault with a past, in a folder with a difficult name, and a backup of it."""
    for tool in TOOLS:
        need(tool)
    folder = tmp_path_factory.mktemp('on a stick: it\'s "mine"')
    home, place = Home(folder / "the vault"), folder / "the backup"
    place.mkdir()
    golden.live(home)
    contents = {content_sum: data for content_sum, data in _golden_contents()}
    root = unlock(home, golden.ways_in()[0])
    with open_vault(home, root, writing=True) as vault:
        for number, name in enumerate(AWKWARD, start=10):
            data = b"" if number == 10 else os.urandom(number * 7000)
            golden.add(vault, number, os.fsdecode(name), data, "label | with a bar")
            contents[hashlib.sha256(data).hexdigest()] = data
        vault.change(_relabelled(vault))
        items = vault.items()
    context = golden.context_of(home)
    choosing.add(context, choosing.AddRequest("stick", str(place)))
    run(context, RunRequest())
    # What a crash between any two steps may leave behind must not mislead anybody.
    durable.make_folder(home.keys / "epoch-0003.new")
    (home.unfinished / ("0" * 32 + ".tmp")).write_bytes(b"half a file")
    return Kept(home, place, contents, items)


def _golden_contents() -> Iterator[tuple[str, bytes]]:
    for _name, data, _label in golden.FILES:
        yield hashlib.sha256(data).hexdigest(), data


def _relabelled(vault: Vault) -> list[Item]:
    return [item._replace(label=f"{item.label} (seen)") for item in vault.items()[:2]]


def commands_on(page: str, way: str) -> list[str]:
    """Return the lines to type: those that begin with eight spaces, and one of the two ways in."""
    lines = [line[8:] for line in page.splitlines() if line.startswith(" " * 8)]
    others = [slot for other, slot in SLOT_OF.items() if other != way]
    return [line for line in lines if not any(slot in line for slot in others)]


def type_in(folder: Path, commands: list[str], tmp_path: Path, *secrets: str) -> tuple[Path, bytes]:
    """Type the lines at a terminal in a folder; return the new personal folder and what came."""
    tools, person = tmp_path / "tools", tmp_path / "the person's own folder"
    for new in (tools, person):
        new.mkdir()
    for tool in TOOLS:
        (tools / tool).symlink_to(shutil.which(tool) or "")
    said, complained = tmp_path / "said", tmp_path / "complained"
    script = tmp_path / "typed"
    redirect = f"exec > {shlex.quote(str(said))} 2> {shlex.quote(str(complained))}"
    lines = [f"cd {shlex.quote(str(folder))}", redirect, *commands]
    script.write_text("\n".join(lines) + "\n")
    alone = ["/usr/bin/env", "-i", f"PATH={tools}", f"HOME={person}", "TERM=dumb"]
    run_at_terminal([*alone, "sh", str(script)], prompt=b"passphrase", answers=[*secrets])
    assert [line for line in complained.read_text().splitlines() if HARMLESS not in line] == []
    return person, said.read_bytes()


def require_all(kept: Kept, opened: Path, listed: bytes) -> None:
    """Every item is there bit by bit, under its name and with its time, and the list is right."""
    assert len(kept.items) == 3 + len(AWKWARD)
    for item in kept.items:
        (original,) = (opened / item.item / "original").iterdir()
        assert os.fsencode(original.name) == item.name
        assert hashlib.sha256(original.read_bytes()).hexdigest() in kept.contents
        assert original.stat().st_size == item.size
        assert original.stat().st_mtime_ns == item.modified
        assert (opened / item.item / "header.json").is_file()
    found = {hashlib.sha256(path.read_bytes()).hexdigest() for path in opened.glob("*/original/*")}
    assert found == kept.contents.keys()
    expected = b"".join(
        b"|".join((item.item.encode(), item.name, item.label.encode())) + b"\n"
        for item in sorted(kept.items, key=lambda item: item.added)
    )
    assert listed == expected


@pytest.mark.parametrize("way", WAYS)
def test_the_page_in_the_vault_brings_everything_back(kept: Kept, way: str, tmp_path: Path) -> None:
    page = kept.home.readme.read_text("ascii")
    person, said = type_in(kept.home.root, commands_on(page, way), tmp_path, WAYS[way])
    require_all(kept, person / "opened", said)


@pytest.mark.parametrize("way", WAYS)
def test_the_page_in_the_backup_brings_everything_back(
    kept: Kept, way: str, tmp_path: Path
) -> None:
    page = (kept.place / "readme.txt").read_text("ascii")
    person, said = type_in(kept.place, commands_on(page, way), tmp_path, WAYS[way])
    require_all(kept, person / "opened", said)


def test_the_page_in_the_backup_names_files_that_are_not_what_they_were(
    kept: Kept, tmp_path: Path
) -> None:
    place = tmp_path / "place"
    shutil.copytree(kept.place, place)
    victim = next(place.glob("objects/*/*.age"))
    data = bytearray(victim.read_bytes())
    data[-1] ^= 1
    victim.chmod(0o600)
    victim.write_bytes(data)
    page = (place / "readme.txt").read_text("ascii")
    copying = page.split("Then open the vault.")[0]
    with pytest.raises(AssertionError, match="did NOT match"):
        type_in(place, commands_on(copying, "words"), tmp_path)
    assert victim.name in (tmp_path / "said").read_text()
    assert (tmp_path / "said").read_text().count("\n") == 1


def test_the_page_helps_where_new_keys_were_cut_short(
    kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "vault")
    shutil.copytree(kept.home.root, home.root)
    root = unlock(home, golden.ways_in()[0])

    class PowerCutError(BaseException):
        pass

    def cut(home: Home) -> None:
        raise PowerCutError

    def begin() -> None:
        with open_vault(home, root, writing=True) as vault:
            monkeypatch.setattr(rekeying, "finish", cut)
            rekeying.rekey(vault, golden.ways_in())

    with pytest.raises(PowerCutError):
        begin()
    assert rekeying.is_pending(home)
    page = home.readme.read_text("ascii")
    lines = [line for line in commands_on(page, "words") if "list" not in line]
    person, _said = type_in(home.root, lines, tmp_path, WAYS["words"])
    found = {
        hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (person / "opened").glob("*/original/*")
    }
    assert found == kept.contents.keys()


def test_a_damaged_item_leaves_the_others_whole(kept: Kept, tmp_path: Path) -> None:
    home = Home(tmp_path / "vault")
    shutil.copytree(kept.home.root, home.root)
    victim = home.objects / "f5" / "f5201cf555e7b13e0dc1d8c025407e0d.age"
    victim.chmod(0o600)
    victim.write_bytes(victim.read_bytes()[:-1])
    page = home.readme.read_text("ascii")
    with pytest.raises(AssertionError, match="age: error"):
        type_in(home.root, commands_on(page, "passphrase"), tmp_path, WAYS["passphrase"])
    opened = tmp_path / "the person's own folder" / "opened"
    whole = {hashlib.sha256(path.read_bytes()).hexdigest() for path in opened.glob("*/original/*")}
    lost = hashlib.sha256(golden.FILES[0][1]).hexdigest()
    assert kept.contents.keys() - whole == {lost}
