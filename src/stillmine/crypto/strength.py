"""Estimate how long a passphrase would withstand guessing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_LONGEST = 100  # characters looked at: the estimate takes much more than twice as long for twice
_MOST_OWN_WORDS = 50

_WARNING_CODES = {
    "Straight rows of keys are easy to guess.": "rows-of-keys",
    "Short keyboard patterns are easy to guess.": "keyboard-pattern",
    'Repeats like "aaa" are easy to guess.': "repeats",
    'Repeats like "abcabcabc" are only slightly harder to guess than "abc".': "repeats",
    'Sequences like "abc" or "6543" are easy to guess.': "sequences",
    "Recent years are easy to guess.": "years",
    "Dates are often easy to guess.": "dates",
    "This is a top-10 common password.": "common",
    "This is a top-100 common password.": "common",
    "This is a very common password.": "common",
    "This is similar to a commonly used password.": "common",
    "A word by itself is easy to guess.": "single-word",
    "Names and surnames by themselves are easy to guess.": "names",
    "Common names and surnames are easy to guess.": "names",
}


@dataclass(frozen=True, slots=True)
class Strength:
    """An estimate: score 0 (guessed at once) to 4, guesses as a power of ten, what is weak."""

    score: int
    guesses_log10: float
    warning_code: str | None


def passphrase_strength(text: str, own_words: Sequence[str] = ()) -> Strength:
    """Estimate a passphrase with zxcvbn; `own_words` are names and words tied to the person.

    Only the first 100 characters are looked at, so a longer one is never rated too high.
    """
    if not text:
        return Strength(0, 0.0, None)
    # Imported here: the word lists behind it take a while to load, and few commands need them.
    from zxcvbn import zxcvbn  # type: ignore[import-untyped]  # it carries no types

    words = [word[:_LONGEST] for word in own_words[:_MOST_OWN_WORDS]]
    estimate = zxcvbn(text[:_LONGEST], user_inputs=words, max_length=_LONGEST)
    warning = str(estimate["feedback"]["warning"] or "")
    code = _WARNING_CODES.get(warning, "guessable") if warning else None
    return Strength(int(estimate["score"]), float(estimate["guesses_log10"]), code)
