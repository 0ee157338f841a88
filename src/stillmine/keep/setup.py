"""Set up a vault: choose a passphrase, and write down the words that open it without one."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from stillmine.app.actions import Answer, Secret, action, asked
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.storage.creating import create_vault
from stillmine.app.storage.opening import open_vault
from stillmine.app.storage.slots import WayIn
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import WORK_FACTOR, unlocked
from stillmine.crypto import derive, new_recovery_words, normalise_passphrase, passphrase_strength
from stillmine.errors import EmptyPassphrase, WordsDoNotMatch, WordsNeverShown

_KIND, _NAME, _CONFIRMED = "words", "to-confirm", "confirmed"
_STRONG_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class PassphraseStrength:
    """zxcvbn's estimate: a score of 0 to 4, and the guesses needed as a power of ten."""

    score: int
    guesses_log10: float
    warning: str | None
    weak: bool


@dataclass(frozen=True, slots=True)
class InitRequest:
    """What is needed to set up a vault."""

    passphrase: Secret = asked("The passphrase that will open the vault.", secret="new-passphrase")


@dataclass(frozen=True, slots=True)
class InitAnswer(Answer):
    """The vault, its recovery words, and the numbers of the two to type back."""

    home: str
    words: tuple[str, ...]
    confirm: tuple[int, int]
    strength: PassphraseStrength


@action("keep.init")
def init(context: Context, request: InitRequest) -> InitAnswer:
    """Set up a vault in the home folder, and show its recovery words once."""
    home = Home(context.home)
    passphrase = checked_passphrase(request.passphrase)
    words = new_recovery_words()
    root = create_vault(
        home,
        [
            WayIn.by_passphrase(passphrase, WORK_FACTOR),
            WayIn.by_words(words, WORK_FACTOR),
        ],
    )
    with open_vault(home, root, writing=True) as vault:
        confirm = choose_words_to_confirm(vault, words)
    return InitAnswer(str(home.root), words, confirm, strength_of(passphrase))


@dataclass(frozen=True, slots=True)
class StrengthRequest:
    """A passphrase that is thought of."""

    passphrase: Secret = asked("The passphrase that you think of.", secret="new-passphrase")


@dataclass(frozen=True, slots=True)
class StrengthAnswer(Answer):
    """How strong it would be."""

    strength: PassphraseStrength


@action("keep.strength")
def strength(context: Context, request: StrengthRequest) -> StrengthAnswer:
    """Say how strong a passphrase would be. It is looked at here, and kept nowhere."""
    del context
    return StrengthAnswer(strength_of(checked_passphrase(request.passphrase)))


def checked_passphrase(text: str) -> str:
    """Return a new passphrase in its one normal form; a weak one is allowed, an empty one not."""
    passphrase = normalise_passphrase(text)
    if not passphrase.strip():
        raise EmptyPassphrase
    return passphrase


def strength_of(passphrase: str) -> PassphraseStrength:
    """Estimate a passphrase, so that a weak one can be warned of."""
    found = passphrase_strength(passphrase)
    weak = found.score < _STRONG_ENOUGH
    return PassphraseStrength(found.score, found.guesses_log10, found.warning_code, weak)


def choose_words_to_confirm(vault: Vault, words: Sequence[str]) -> tuple[int, int]:
    """Choose two of the words to be typed back, and remember how to recognise them."""
    first, second = sorted(secrets.SystemRandom().sample(range(1, len(words) + 1), 2))
    marks = {str(place): _mark(vault, place, words[place - 1]) for place in (first, second)}
    vault.set_record(_KIND, _NAME, marks)
    vault.remove_record(_KIND, _CONFIRMED)
    return first, second


def _mark(vault: Vault, place: int, word: str) -> str:
    # Derived from the root key: whoever can test it has the whole vault already.
    return derive(vault.root.secret, f"confirm-words/{place}/{word}", 16).hex()


@dataclass(frozen=True, slots=True)
class ConfirmWordsRequest:
    """The two words that were asked for, in the order of their numbers."""

    first: Secret = asked("The first of the two words asked for.", secret="recovery-words")
    second: Secret = asked("The second of the two words asked for.", secret="recovery-words")


@dataclass(frozen=True, slots=True)
class ConfirmWordsAnswer(Answer):
    """Whether the words are known to be written down."""

    confirmed: bool


@action("keep.confirm-words")
def confirm_words(context: Context, request: ConfirmWordsRequest) -> ConfirmWordsAnswer:
    """Show that the recovery words were written down, by typing two of them back."""
    with unlocked(context, writing=True) as vault:
        marks: dict[str, str] = vault.catalogue.record(_KIND, _NAME) or {}
        places = sorted(int(place) for place in marks)
        for place, word in zip(places, _typed(request, places), strict=False):
            if _mark(vault, place, word) != marks[str(place)]:
                raise WordsDoNotMatch(place=place)
        if marks:
            vault.set_record(_KIND, _CONFIRMED, value=True)
            vault.remove_record(_KIND, _NAME)
        elif not words_are_confirmed(vault):
            # A set-up that was cut short before the words were shown: nobody can know them.
            raise WordsNeverShown
    return ConfirmWordsAnswer(confirmed=True)


def _typed(request: ConfirmWordsRequest, places: Sequence[int]) -> list[str]:
    """Return the words for the places: typed one by one, or from a file that holds them all."""
    first, second = request.first.lower().split(), request.second.lower().split()
    if len(first) == len(second) == 1:
        return [*first, *second]
    if len(first) >= max(places, default=0):
        return [first[place - 1] for place in places]
    return (first + [""] * len(places))[: len(places)]


def words_wait_for_check(vault: Vault) -> tuple[int, ...]:
    """Return the numbers of the words that were never typed back; none where they were."""
    return tuple(sorted(int(place) for place in vault.catalogue.record(_KIND, _NAME) or {}))


def words_are_confirmed(vault: Vault) -> bool:
    """Say whether the recovery words are known to be on paper."""
    return bool(vault.catalogue.record(_KIND, _CONFIRMED))
