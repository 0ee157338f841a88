"""Make text of strangers fit for paper: what cannot be seen is written out, and cannot mislead."""

from __future__ import annotations

import re
import unicodedata

# Cc: control, Cf: format (turning the direction, zero width), Cs: lone surrogate, Co: private use,
# Cn: not assigned, Zl and Zp: line and paragraph separators.
_WRITTEN_OUT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"
_TAGS = range(0xE0020, 0xE0080)  # they spell which flag a flag is
_KEPT = "\n"
# Scripts that are written with joiners; in a Latin address a joiner only hides something.
_WITHOUT_JOINERS = ("LATIN", "GREEK", "CYRILLIC", "DIGIT", "HEBREW", "CJK", "HANGUL", "HIRAGANA")
_LONG = re.compile(r"\S{24,}")
_AFTER = re.compile(r"(?<=[/?&=._~:;,#%+-])(?![/?&=._~:;,#%+-])")
# A dozen signs of the scripts whose letters stand alone; twice as many of those that join theirs.
_SHORT = re.compile(r"[!-~\u00a1-\u02ff\u0370-\u058f\u0300-\u036f]{1,12}|[^!-~\u00a1-\u058f]{1,24}")
_JAMO = re.compile("[\u1100-\u11ff]+")
_PRESENTATION = re.compile("[\ufe00-\ufe0f]")


def written_out(sign: str) -> str:
    """Return a sign by its number, such as U+202E, between small angles."""
    return f"\u2039U+{ord(sign):04X}\u203a"


def shown(text: str) -> str:
    """Return the text with every sign written out that steers or hides; line breaks stay.

    Korean letters are put together to syllables, and signs that only choose between two looks of
    the sign before them are left out. Joiners stay where a script or an emoji needs them, that is
    after a sign that is no digit and no Latin, Greek, Cyrillic, Hebrew, Chinese, Japanese or Korean
    letter.
    """
    lines = _PRESENTATION.sub("", text.replace("\r\n", "\n").replace("\t", "    "))
    lines = _JAMO.sub(lambda run: unicodedata.normalize("NFC", run[0]), lines)
    before = ["", *lines]
    return "".join(
        sign if _plain(sign, last) else written_out(sign)
        for sign, last in zip(lines, before, strict=False)
    )


def _plain(sign: str, last: str) -> bool:
    if sign in _KEPT:
        return True
    if unicodedata.category(sign) not in _WRITTEN_OUT:
        return True
    if sign in _JOINERS:
        return _takes_joiner(last)
    return ord(sign) in _TAGS and bool(last) and (last == "🏴" or ord(last) in _TAGS)


def _takes_joiner(last: str) -> bool:
    if not last or last.isascii() or unicodedata.category(last)[0] not in "LMS":
        return False
    return not unicodedata.name(last, "LATIN").startswith(_WITHOUT_JOINERS)


def first_strong_is_right_to_left(text: str) -> bool:
    """Say whether a text begins in a script that is read from right to left (UAX 9, P2)."""
    for sign in text:
        kind = unicodedata.bidirectional(sign)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def pieces(text: str) -> list[str]:
    """Return the text in pieces between which a line may break, besides at blanks.

    Only long runs without a blank are cut, such as addresses and sums: after their punctuation, and
    every dozen signs. Put together again the pieces are the text.
    """
    found: list[str] = []
    done = 0
    for run in _LONG.finditer(text):
        found.append(text[done : run.start()])
        found.extend(_cut(run[0]))
        done = run.end()
    found.append(text[done:])
    return [piece for piece in found if piece]


def _cut(run: str) -> list[str]:
    return [piece for part in _AFTER.split(run) for piece in _SHORT.findall(part)]
