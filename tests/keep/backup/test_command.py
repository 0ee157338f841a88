"""Backups through the real program, as another program or a scheduler runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.keep.backup import shelf as lying
from tests.keep.backup.person import PHRASE, Person, pictures, sum_of
from tests.servers.cutting import Cable
from tests.servers.places import Place


@dataclass(frozen=True)
class Done:
    code: int
    answer: dict[str, Any]
    said: str


@dataclass
class Program:
    """The program in a home, with its secrets in files."""

    home: Path
    folder: Path

    def __call__(self, *typed: str, **secrets: str) -> Done:
        variables = {}
        for name, text in {"passphrase": PHRASE, **secrets}.items():
            path = self.folder / f"secret-{name}"
            path.write_text(text)
            path.chmod(0o600)
            variables[f"STILLMINE_{name.upper()}_FILE"] = str(path)
        done = subprocess.run(
            [sys.executable, "-m", "stillmine", "--home", str(self.home), "--json", *typed],
            env={**os.environ, **variables},
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        said = done.stdout.decode() + done.stderr.decode()
        assert "Traceback" not in said
        answer = json.loads(done.stdout)
        return Done(done.returncode, answer.get("answer", answer), said)


@pytest.fixture
def program(keeper: Person, tmp_path: Path) -> Program:
    return Program(keeper.home, tmp_path)


def test_the_whole_way_at_full_price(tmp_path: Path, new_place: Callable[[str], Place]) -> None:
    place = new_place("folder")
    program = Program(tmp_path / "home", tmp_path)
    program("keep", "init", new_passphrase=PHRASE)
    (picture,) = pictures(tmp_path / "files", [3])
    program("keep", "add", str(picture))
    added = program("keep", "backup", "add", "shelf", place.url)
    assert (added.code, added.answer["name"]) == (0, "shelf")
    made = program("keep", "backup", "run")
    assert (made.code, made.answer["runs"][0]["unchanged"]) == (0, False)
    back = Program(tmp_path / "back", tmp_path)
    assert back("keep", "backup", "restore", place.url).code == 0
    (tmp_path / "out").mkdir()
    exported = back("keep", "export", "--to", str(tmp_path / "out"))
    (each,) = exported.answer["exported"]
    assert sum_of(Path(each["file"])) == sum_of(picture)


def test_inspecting_needs_neither_vault_nor_passphrase(
    keeper: Person, shelf: Place, tmp_path: Path
) -> None:
    keeper.backs_up_to(shelf)
    nobody = Program(tmp_path / "no-home", tmp_path)
    whole = nobody("keep", "backup", "inspect", shelf.url, passphrase="")
    assert (whole.code, whole.answer["damaged"]) == (0, [])
    assert whole.answer["read_back"] == whole.answer["files"] > 3
    name = lying.names(shelf, "objects/")[0]
    lying.flip(shelf, name)
    bad = nobody("keep", "backup", "inspect", shelf.url, passphrase="")
    assert bad.code == 3
    assert [(each["name"], each["what"]) for each in bad.answer["damaged"]] == [(name, "damaged")]
    assert not (tmp_path / "no-home").exists()


def test_a_remote_place_without_a_yes_is_not_called(
    program: Program, new_place: Callable[[str], Place], request: pytest.FixtureRequest
) -> None:
    direct = new_place("webdav")
    cable = Cable(direct.port or 0)
    request.addfinalizer(cable.close)
    place = direct.by_way_of(cable.port)
    secret = place.secret or ""
    refused = program("keep", "backup", "add", "shelf", place.url, target_secret=secret)
    assert (refused.code, refused.answer["code"]) == (60, "network.nothing-may-leave")
    assert "they_learn" in refused.said
    assert (cable.calls, cable.passed) == (0, 0)
    added = program("keep", "backup", "add", "shelf", place.url, "--yes", target_secret=secret)
    listed = program("keep", "backup", "list")
    made = program("keep", "backup", "run")
    assert (added.code, listed.code, made.code) == (0, 0, 0)
    assert listed.answer["places"][0]["url"] == place.url
    hidden = secret.partition(":")[2]
    assert not any(hidden in done.said for done in (added, listed, made))
    assert not any(json.dumps(hidden)[1:-1] in done.said for done in (added, listed, made))


@pytest.mark.parametrize("url", ["dav://anna:hush-hush@127.0.0.1:9/x", "s3://k:hush-hush@b/x"])
@pytest.mark.parametrize("yes", [(), ("--yes",)])
def test_an_address_with_a_password_is_refused_and_never_shown(
    url: str, yes: tuple[str, ...], program: Program
) -> None:
    done = program("keep", "backup", "add", "shelf", url, *yes)
    assert done.answer["code"] == "backup.secret-in-url"
    assert "hush" not in done.said


def test_a_drill_by_command_reads_the_words_from_a_file(
    keeper: Person, program: Program, shelf: Place
) -> None:
    keeper.backs_up_to(shelf)
    drilled = program("keep", "backup", "drill", "shelf", recovery_words=keeper.words)
    assert (drilled.code, drilled.answer["passed"]) == (0, True)
    assert keeper.words not in drilled.said


def test_with_one_place_of_two_away_the_program_ends_with_3(
    keeper: Person, program: Program, new_place: Callable[[str], Place]
) -> None:
    stick, shelf = new_place("folder"), new_place("folder")
    keeper.adds_place(stick, "stick")
    keeper.adds_place(shelf, "shelf")
    Path(stick.url).rename(f"{stick.url}-pulled")
    done = program("keep", "backup", "run")
    assert done.code == 3
    assert [each["place"] for each in done.answer["runs"]] == ["shelf"]
    assert done.answer["skipped"] == [{"place": "stick", "code": "backup.target-away"}]
    alone = program("keep", "backup", "run", "stick")
    assert (alone.code, alone.answer["code"]) == (67, "backup.target-away")
