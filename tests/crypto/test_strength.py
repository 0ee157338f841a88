"""The estimate of a passphrase is bounded in time, and never too kind."""

from __future__ import annotations

import subprocess
import sys

import pytest

from stillmine.crypto import passphrase_strength


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("password", "common"),
        ("qwertyuiop", "common"),
        ("aaaaaaaa", "repeats"),
        ("abcdefgh", "sequences"),
        ("12.03.1994", "dates"),
        ("asdfghjkl;'", "rows-of-keys"),
    ],
)
def test_weak_ones_get_a_low_score_and_a_reason(text: str, code: str) -> None:
    strength = passphrase_strength(text)
    assert strength.score <= 1
    assert strength.warning_code == code


def test_five_random_words_are_strong() -> None:
    strength = passphrase_strength("walnut-origami-breeze-tractor-helium")
    assert strength.score == 4
    assert strength.guesses_log10 > 15
    assert strength.warning_code is None


def test_words_tied_to_the_person_count_for_little() -> None:
    name = "Wilhelmina Brandstetter"
    assert passphrase_strength(name, [name]).score < passphrase_strength(name).score


def test_an_empty_one_is_the_weakest() -> None:
    assert passphrase_strength("").score == 0


def test_only_the_beginning_of_a_very_long_one_is_looked_at() -> None:
    assert passphrase_strength("a" * 100_000) == passphrase_strength("a" * 100)


def test_the_word_lists_are_not_loaded_before_they_are_needed() -> None:
    program = "import sys, stillmine.crypto; sys.exit('zxcvbn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
