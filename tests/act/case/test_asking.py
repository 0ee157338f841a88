"""At a terminal the question comes first of all, before the passphrase and before anything."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal, environment

PROGRAM = (sys.executable, "-m", "stillmine", "--home", "home")


@pytest.fixture
def at_home(tmp_path: Path):
    """Give a person at a real terminal, in a home that does not exist yet."""

    def start(*typed: str) -> Terminal:
        return Terminal([*PROGRAM, *typed], tmp_path)

    return start


def test_the_question_is_asked_before_the_passphrase(at_home, tmp_path):
    person = at_home("act", "case", "new", "--country", "GB")
    before = person.sees("was anybody in the pictures under 18")
    assert b"assphrase" not in before
    person.sees("[no/yes/unsure]")
    person.types("")
    person.sees("[no/yes/unsure]")
    person.types("perhaps")
    person.sees("[no/yes/unsure]")
    person.types("u")
    code, seen = person.leaves()
    assert code == 3
    assert b"takeitdown.ncmec.org" in seen
    assert b"assphrase" not in seen
    assert not (tmp_path / "home").exists()


def test_three_answers_that_are_none_leave_it_open_and_nothing_happens(at_home):
    person = at_home("act", "case", "new", "--country", "GB")
    for _try in range(3):
        person.sees("[no/yes/unsure]")
        person.types("maybe")
    code, seen = person.leaves()
    assert code == 196
    assert b"Nothing was opened or kept" in seen


def test_a_program_is_told_that_the_question_is_open(tmp_path):
    done = subprocess.run(
        [*PROGRAM, "act", "case", "new", "--country", "GB", "--json"],
        cwd=tmp_path,
        env=environment(tmp_path),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 196
    assert json.loads(done.stdout)["code"] == "act.age-not-said"
