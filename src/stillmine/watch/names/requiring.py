"""Say whether words may be searched for: only what is the person's own, and a few harmless words.

What is never let through is another person's name. So every word has to be accounted for: it is
the one handle or mail address in it whose control was shown, one of the person's own names beside
that, or a word of a short fixed list. A word that is none of these stops the search, wherever it
stands: between quotation marks, behind a minus, as `site:` or as a step of a path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from stillmine.app.storage.vault import Vault
from stillmine.errors import WordsNotProven, WordsRefused
from stillmine.messages import translate
from stillmine.messages.names import TOGETHER
from stillmine.watch.names.own_name import HANDLE, MAIL, NAME, Names, OwnName, all_names
from stillmine.watch.names.spelling import folded, is_plain

HELPERS = frozenset(
    {
        "leak", "leaks", "leaked", "photo", "photos", "foto", "fotos", "picture",
        "pictures", "pic", "pics", "image", "images", "video", "videos", "clip", "clips",
        "nude", "nudes", "naked", "porn", "fake", "fakes", "deepfake", "deepfakes",
        "stolen", "private", "amateur", "selfie", "selfies", "homemade", "webcam", "voyeur",
        "revenge", "instagram", "facebook", "tiktok", "reddit", "telegram", "snapchat",
        "discord", "twitter", "youtube", "onlyfans", "fansly", "patreon", "mastodon",
        "bluesky", "tumblr", "github", "twitch",
    }
)  # fmt: skip
"""Words that are nobody's name in any language we know of, and tell what is looked for."""
MOST_HELPERS = 3
_MOST_SIGNS = 400
_QUOTES = re.compile(r'["“”„«»,]')
_JOINTS = ("", "_", "-", ".", "+")


def require_own(vault: Vault, words: Sequence[str]) -> None:
    """Raise WordsNotProven or WordsRefused unless these words may be searched for, all at once.

    `words` are what `Kind.words` says leaves this computer. Nothing at all passes: an address of a
    page, a board or an account is a place and no search. To be asked when a place is added and
    before every look: what was removed from the own names since then stops the place.
    """
    require_own_among(all_names(vault), words)


def require_own_among(names: Names, words: Sequence[str]) -> None:
    """Raise what `require_own` does, by names that were read already."""
    text = " ".join(words)
    if not text.strip():
        return
    if len(text) > _MOST_SIGNS or not is_plain(text):
        raise _refused("unseen")
    left = folded(_QUOTES.sub(" ", text)).split()
    used: list[OwnName] = []
    helpers = 0
    forms = sorted(_forms(names), key=lambda form: len(form[0]), reverse=True)
    while left:
        own = next((form for form in forms if tuple(left[: len(form[0])]) == form[0]), None)
        if own is not None:
            used.append(own[1])
            left = left[len(own[0]) :]
        elif left[0].removeprefix("#") in HELPERS and helpers < MOST_HELPERS:
            helpers += 1
            left = left[1:]
        else:
            raise WordsNotProven(words=left[0])
    _require_together(used)


def _require_together(used: Sequence[OwnName]) -> None:
    """Refuse what could spell a third person: two handles, two names, or a name alone."""
    facts = [each for each in used if each.sort != NAME]
    named = [each for each in used if each.sort == NAME]
    if len({each.name for each in facts}) > 1 or len({each.name for each in named}) > 1:
        raise _refused("several")
    if named and not any(each.firm for each in facts):
        raise _refused("name-alone")


def _refused(reason: str) -> WordsRefused:
    return WordsRefused(reason=reason, why=translate(TOGETHER[reason]))


def _forms(names: Names) -> Iterator[tuple[tuple[str, ...], OwnName]]:
    """Yield how each own name may be written in a search, as words, with whose it is."""
    for each in names.names:
        text = folded(each.text)
        if each.sort == NAME:
            words = text.split()
            yield tuple(words), each
            for joint in _JOINTS:
                yield (joint.join(words),), each
        elif each.proof is not None and each.sort == MAIL:
            yield (text,), each
        elif each.proof is not None and each.sort == HANDLE:
            yield (text,), each
            yield (f"@{text}",), each
            if "@" not in text:
                yield (f"#{text}",), each
