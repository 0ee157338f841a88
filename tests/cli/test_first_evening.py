"""A person's first evening with the real program, at a real terminal."""

import re
import subprocess
import sys

import pytest

from tests.cli.conftest import Terminal, environment


@pytest.fixture
def person(tmp_path):
    def start(*typed: str) -> Terminal:
        return Terminal([sys.executable, "-m", "stillmine", *typed], tmp_path)

    return start


def words_on(screen: bytes) -> dict[int, str]:
    return {int(n): word for n, word in re.findall(r"(\d+)\. ([a-z]+)", screen.decode())}


def test_setting_up_confirming_the_words_keeping_and_coming_back_with_the_words(person, tmp_path):
    (tmp_path / "a.txt").write_text("dear diary")
    first = person("keep", "init")
    for question in ("New passphrase: ", "once more: "):
        first.sees(question)
        first.types("four words of mine")
    first.sees("Your vault is ready")
    first.sees("\x1b[?1049h")
    first.sees("Keep the paper where only you find it.")
    page = first.sees("Press Enter")
    words = words_on(page)
    assert len(words) == 12
    first.types("")
    for _ in range(2):
        first.sees("Word number ")
        place = int(first.sees(": "))
        first.types(words[place])
    first.sees("Your recovery words are confirmed.")  # the passphrase is not asked for again
    assert first.leaves()[0] == 0

    keeping = person("keep", "add", "a.txt")
    keeping.sees("Passphrase: ")
    keeping.types("four words of mine")
    keeping.sees("1 file is safe now.")
    assert keeping.leaves()[0] == 0

    back = person("keep", "recover")
    back.sees("Your recovery words, in order: ")
    back.types(" ".join(words[place] for place in sorted(words)))
    for question in ("New passphrase: ", "once more: "):
        back.sees(question)
        back.types("another four words entirely")
    back.sees("You are back in.")
    assert back.leaves()[0] == 0


def test_a_home_without_a_vault_is_an_error_with_a_code(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "stillmine", "keep", "list", "--json"],
        capture_output=True,
        env=environment(tmp_path),
        check=False,
    )
    assert done.returncode == 10
    assert b'"code": "keep.no-vault"' in done.stdout
