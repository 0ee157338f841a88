"""Recovery words are read however they were written down, and a wrong one is named."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillmine.crypto import check_recovery_words, new_recovery_words
from stillmine.crypto.words import _bip39
from stillmine.errors import StillmineError, UnknownWord, WordsDoNotFit
from tests.crypto.conftest import cases

SHEET = "legal winner thank year wave sausage worth useful legal winner thank yellow"


@pytest.mark.parametrize("case", cases("words"), ids=lambda case: case["entropy"][:2])
def test_the_reference_words_are_accepted(case: dict[str, str]) -> None:
    assert check_recovery_words(case["words"]) == tuple(case["words"].split())
    assert _bip39().to_mnemonic(bytes.fromhex(case["entropy"])) == case["words"]


def test_new_words_are_twelve_fit_and_differ() -> None:
    sheets = {new_recovery_words() for _ in range(50)}
    assert len(sheets) == 50
    for words in sheets:
        assert len(words) == 12
        assert check_recovery_words(" ".join(words)) == words


@pytest.mark.parametrize(
    "written",
    [
        SHEET.upper(),
        "\n".join(SHEET.split()),
        " ".join(f"{n}. {word}" for n, word in enumerate(SHEET.split(), 1)),
        "\n".join(f"{n}) {word.title()}," for n, word in enumerate(SHEET.split(), 1)),
        "  ".join(f"{n}.{word}" for n, word in enumerate(SHEET.split(), 1)) + "\n",
        "\u00a0".join(SHEET.split()),
    ],
)
def test_case_spacing_and_numbering_do_not_matter(written: str) -> None:
    assert check_recovery_words(written) == tuple(SHEET.split())


def test_a_word_that_does_not_exist_is_named_by_its_place() -> None:
    with pytest.raises(UnknownWord) as caught:
        check_recovery_words(SHEET.replace("sausage", "sausgae"))
    assert caught.value.facts == {"position": 6}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (SHEET.rpartition(" ")[0], 11),
        (SHEET + " zoo", 13),
        (SHEET.replace("yellow", "zoo"), 12),
        ("legal " * 9999, 0),
        (" ".join(["abandon"] * 23 + ["art"]), 24),
    ],
)
def test_words_that_do_not_belong_together_are_refused(text: str, count: int) -> None:
    with pytest.raises(WordsDoNotFit) as caught:
        check_recovery_words(text)
    assert caught.value.facts == {"count": count}


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_no_text_ends_in_anything_but_our_errors(text: str) -> None:
    with pytest.raises(StillmineError):
        check_recovery_words(text)
