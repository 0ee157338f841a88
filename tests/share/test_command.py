"""Handing over through the real program: as another program runs it, and as a person types it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from stillmine.imaging import drawn
from stillmine.share.seal import seal_with_passphrase
from tests.counterparts import run_at_terminal
from tests.share.conftest import PHRASE, Person, sealed

WORDS = "radar olive famous upper kitten swift"


@dataclass(frozen=True)
class Done:
    code: int
    answer: dict[str, Any]
    heard: list[dict[str, Any]]


@dataclass
class Program:
    """The program in somebody's home, with the passphrase of the vault in a file."""

    person: Person
    folder: Path

    def environment(self, **secrets: str) -> dict[str, str]:
        variables = {}
        for name, text in {"passphrase": PHRASE, **secrets}.items():
            path = self.folder / f"secret-{name}"
            path.write_text(text)
            path.chmod(0o600)
            variables[f"STILLMINE_{name.upper()}_FILE"] = str(path)
        return {**os.environ, **variables, "LC_ALL": "C.UTF-8"}

    def command(self, *typed: str | Path) -> list[str]:
        home = str(self.person.folder)
        return [sys.executable, "-m", "stillmine", "--home", home, *map(str, typed)]

    def __call__(self, *typed: str | Path, **secrets: str) -> Done:
        done = subprocess.run(
            self.command("--json", *typed),
            env=self.environment(**secrets),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        heard = [json.loads(line) for line in done.stderr.splitlines()]
        answer = json.loads(done.stdout)
        return Done(done.returncode, answer.get("answer", answer), heard)

    def types(self, *typed: str | Path, prompt: str, answers: list[str], **secrets: str) -> int:
        environment = self.environment(**secrets)
        named = [f"{name}={text}" for name, text in environment.items() if "STILLMINE" in name]
        command = ["env", *named, *self.command(*typed)]
        return run_at_terminal(command, prompt=prompt.encode(), answers=answers)


@pytest.fixture
def program(ada: Person, tmp_path: Path) -> Program:
    return Program(ada, tmp_path)


@pytest.fixture
def item(ada: Person, tmp_path: Path) -> str:
    file = tmp_path / "a.jpg"
    file.write_bytes(drawn.draw(3, size=(640, 480)))
    return ada.keeps(file)[0]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "page.html"
    file.write_bytes(sealed(seal_with_passphrase(WORDS, page=True), b"a picture"))
    return file


def test_a_program_makes_a_copy_and_reads_what_was_made(
    program: Program, item: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    done = program("share", "make", item, "--for", "Cleo", "--to", out, "--page")
    assert done.code == 0
    (made,) = done.answer["made"]
    assert {"item", "recipient", "file", "sealed"} <= made.keys()
    assert (made["item"], made["recipient"], made["sealed"]) == (item, "Cleo", "page")
    assert Path(made["file"]).is_file()
    assert len(done.answer["passphrase"].split()) == 6
    listed = program("share", "list", "--for", "Cleo")
    assert [each["handover"] for each in listed.answer["handovers"]] == [made["handover"]]


def test_a_program_that_types_unsealed_hears_the_warning_and_is_not_asked(
    program: Program, item: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    done = program("share", "make", item, "--for", "Cleo", "--to", out, "--unsealed")
    assert done.code == 0
    assert done.answer["made"][0]["sealed"] is None
    assert [each["warning"] for each in done.heard if "warning" in each] == ["handing-unsealed"]


@pytest.mark.parametrize(("answer", "code", "files"), [("", 9, 0), ("y", 0, 1)])
def test_a_person_who_types_unsealed_is_asked_first(
    program: Program, item: str, tmp_path: Path, answer: str, code: int, files: int
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    typed = ("share", "make", item, "--for", "Cleo", "--to", out, "--unsealed")
    assert program.types(*typed, prompt="Go on?", answers=[answer]) == code
    assert len(list(out.iterdir())) == files


def test_a_person_is_asked_for_the_passphrase_that_came_with_a_file(
    program: Program, page: Path, tmp_path: Path
) -> None:
    typed = ("share", "open", page, "--to", tmp_path / "out")
    assert program.types(*typed, prompt="came with the file", answers=[WORDS]) == 0
    (file,) = (tmp_path / "out").iterdir()
    assert file.read_bytes() == b"a picture"
    assert program.types(*typed, prompt="came with the file", answers=["other words"]) == 127


def test_a_program_gives_that_passphrase_in_a_file_of_its_own(program: Program, page: Path) -> None:
    done = program("share", "open", page, handover_passphrase=WORDS)
    assert (done.code, done.answer["bound"], done.answer["sender"]) == (0, "passphrase", "unknown")
    assert program("share", "open", page).answer["code"] == "app.no-passphrase"


def test_nothing_in_a_file_steers_the_terminal(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    wish = "\x1b[31m\u202eevil"
    file.write_bytes(sealed(seal_with_passphrase(WORDS, page=True), b"x", wishes=(wish,)))
    done = subprocess.run(
        program.command("share", "open", file),
        env=program.environment(handover_passphrase=WORDS),
        capture_output=True,
        check=True,
    )
    assert b"\x1b" not in done.stdout
    assert "\u202e" not in done.stdout.decode()
    assert rb"\x1b[31m\u202eevil" in done.stdout
