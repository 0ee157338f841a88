"""Show recovery words once, where they leave no trace on the screen, and check two of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from stillmine.app.actions import Secret
from stillmine.cli import asking
from stillmine.messages.visible import visible, width

_COLUMNS = 3
# The other screen of a terminal: what is written there is in no scroll-back when it is left.
_OTHER_SCREEN, _BACK = "\x1b[?1049h\x1b[H", "\x1b[2J\x1b[?1049l"


def grid(words: Sequence[str]) -> list[str]:
    """Return the words with their numbers, counted downwards in three columns."""
    numbered = [f"{number:>2}. {visible(word)}" for number, word in enumerate(words, start=1)]
    rows = -(-len(numbered) // _COLUMNS)
    wide = max(width(text) for text in numbered) + 3
    return [
        "".join(text + " " * (wide - width(text)) for text in numbered[row::rows]).rstrip()
        for row in range(rows)
    ]


def shown_and_asked_back(words: Sequence[str], positions: Sequence[int]) -> tuple[Secret, ...]:
    """Show the words until the person has them, and return those typed back at the positions.

    Returns what fits the words; asks again, and shows them again if wanted, until it does.
    """
    _show(words)
    asking.tell(asking.words("words-check"))
    while True:
        typed = tuple(
            Secret(asking.shown(asking.words("words-one", number=place)).lower())
            for place in positions
        )
        if typed == tuple(words[place - 1] for place in positions):
            return typed
        asking.tell(asking.words("words-wrong"))
        if asking.yes(asking.words("words-again")):
            _show(words)


def _show(words: Sequence[str]) -> None:
    sys.stderr.write(_OTHER_SCREEN)
    try:
        asking.tell(asking.words("words-write") + "\n")
        asking.tell("\n".join(grid(words)) + "\n")
        asking.shown(asking.words("words-ready"))
    finally:
        sys.stderr.write(_BACK)
        sys.stderr.flush()
