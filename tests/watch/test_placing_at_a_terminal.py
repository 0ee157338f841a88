"""At a terminal a person hears first who learns what, and types a key unseen."""

from __future__ import annotations

import sys

import pytest

from tests.cli.conftest import Terminal
from tests.keep.conftest import _quick, newcomer  # noqa: F401  fixtures
from tests.watch.watching import Watcher

KEY = "api_key=very-secret&user_id=7"


@pytest.fixture
def watcher(newcomer):  # noqa: F811  the fixture of that name
    watcher = Watcher(newcomer.folder)
    watcher.sets_up()
    return watcher


@pytest.fixture
def types(watcher, tmp_path):
    phrase = tmp_path / "phrase"
    phrase.write_text(watcher.phrase)
    phrase.chmod(0o600)

    def start(*typed: str) -> Terminal:
        command = [sys.executable, "-m", "stillmine", "watch", "place", *typed]
        return Terminal(
            command,
            tmp_path,
            STILLMINE_HOME=str(watcher.folder),
            STILLMINE_PASSPHRASE_FILE=str(phrase),
        )

    return start


def test_the_question_before_all_is_asked_once_and_at_the_time(types, watcher):
    person = types("add", "page", "https://board.example/1")
    assert b"The site sees your network address" in person.sees("Send it?")
    person.types("y")
    person.sees("under 18 when they were made")
    person.types("no")
    person.sees("is noted.")
    assert person.leaves()[0] == 0
    person = types("add", "page", "https://board.example/2")
    person.sees("Send it?")
    person.types("y")
    assert b"under 18" not in person.sees("is noted.")
    assert person.leaves()[0] == 0
    assert len(watcher.places) == 2


def test_unsure_ends_it_with_whom_to_turn_to(types, watcher):
    person = types("add", "page", "https://board.example/1")
    person.sees("Send it?")
    person.types("y")
    person.sees("[no/yes/unsure]")
    person.types("unsure")
    person.sees("Nothing was kept.")
    person.sees("Take It Down")
    assert person.leaves()[0] == 3
    assert watcher.places == []


def test_a_no_keeps_nothing_and_asks_nothing_more(types, watcher):
    person = types("add", "page", "https://board.example/1")
    person.sees("Send it?")
    person.types("n")
    code, screen = person.leaves()
    assert code == 60
    assert b"under 18" not in screen
    assert watcher.places == []


def test_a_key_is_typed_unseen(types, watcher):
    person = types("add", "gelbooru", "https://booru.example/", "--key", "--under-18", "no")
    person.sees("Send it?")
    person.types("y")
    person.sees("Your own key of the service")
    person.types(KEY)
    seen = person.sees("Your key lies sealed with it")
    code, rest = person.leaves()
    assert code == 0
    assert b"very-secret" not in seen + rest
    assert watcher.places[0].place.key == KEY
    person = types("list")
    code, screen = person.leaves()
    assert code == 0
    assert b"With a key of yours." in screen
    assert b"very-secret" not in screen


def test_words_of_somebody_else_are_refused_before_any_question_about_pictures(types, watcher):
    person = types("add", "brave", "Jane Doe")
    person.sees("Send it?")
    person.types("y")
    code, screen = person.leaves()
    assert code == 229
    assert b"under 18" not in screen
    assert b"key of the service" not in screen
    assert watcher.places == []
