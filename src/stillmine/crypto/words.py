"""Twelve words on paper that open everything again (BIP 39, English)."""

from __future__ import annotations

import functools
import os
import re

from mnemonic import Mnemonic

from stillmine.errors import UnknownWord, WordsDoNotFit

COUNT = 12
_ENTROPY_LENGTH = 16
_LONGEST = 2000  # characters; twelve words and their numbers need 150
_NUMBERING = re.compile(r"\d+[.):]?")
_BETWEEN = re.compile(r"[\s,;]+")


def new_recovery_words() -> tuple[str, ...]:
    """Return twelve words that carry 128 random bits and a checksum."""
    return tuple(_bip39().to_mnemonic(os.urandom(_ENTROPY_LENGTH)).split())


def check_recovery_words(text: str) -> tuple[str, ...]:
    """Return the twelve words in the text, whatever their case, spacing and numbering.

    Raise UnknownWord with the position (from 1) of a word that is not in the list, or
    WordsDoNotFit if their number or their checksum is wrong.
    """
    if len(text) > _LONGEST:
        raise WordsDoNotFit(count=0)
    words = _split(text)
    known = _known_words()
    for position, word in enumerate(words, start=1):
        if word not in known:
            raise UnknownWord(position=position)
    if len(words) != COUNT or not _bip39().check(" ".join(words)):
        raise WordsDoNotFit(count=len(words))
    return words


def _split(text: str) -> tuple[str, ...]:
    pieces = (_NUMBERING.sub("", piece, count=1) for piece in _BETWEEN.split(text.lower()))
    return tuple(piece for piece in pieces if piece)


@functools.cache
def _bip39() -> Mnemonic:
    return Mnemonic("english")


@functools.cache
def _known_words() -> frozenset[str]:
    return frozenset(_bip39().wordlist)
