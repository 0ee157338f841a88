"""Words for people: on paper to get back in, as a passphrase, and to compare aloud (BIP 39)."""

from __future__ import annotations

import functools
import hashlib
import os
import re
import secrets

from mnemonic import Mnemonic

from stillmine.errors import UnknownWord, WordsDoNotFit

COUNT = 12
_ENTROPY_LENGTH = 16
_BITS = 11  # of one word: the list has 2,048
_MASK = (1 << _BITS) - 1
_FINGERPRINT = b"stillmine/v1/fingerprint/"
_LONGEST = 2000  # characters; twelve words and their numbers need 150
_NUMBERING = re.compile(r"\d+[.):]?")
_BETWEEN = re.compile(r"[\s,;]+")


def new_recovery_words() -> tuple[str, ...]:
    """Return twelve words that carry 128 random bits and a checksum."""
    return tuple(_bip39().to_mnemonic(os.urandom(_ENTROPY_LENGTH)).split())


def new_passphrase_words(count: int = 6) -> tuple[str, ...]:
    """Return random words to be used as a passphrase: eleven bits each, 66 in six of them."""
    return tuple(secrets.choice(_bip39().wordlist) for _ in range(count))


def fingerprint_words(public: bytes, count: int = 8) -> tuple[str, ...]:
    """Return words that stand for a public key: the first eleven bits each of its SHA-256.

    Eight words are 88 bits: whoever wants another key with the same words has to make 2^88 keys.
    """
    digest = hashlib.sha256(_FINGERPRINT + public).digest()
    bits = int.from_bytes(digest, "big")
    top = 8 * len(digest) - _BITS
    wordlist = _bip39().wordlist
    return tuple(wordlist[bits >> (top - _BITS * place) & _MASK] for place in range(count))


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
