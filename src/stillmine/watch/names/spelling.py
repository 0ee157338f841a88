"""Read handles, mail addresses and names strictly, so that nothing can hide in how they look."""

from __future__ import annotations

import re
import unicodedata

from stillmine.app.network.web.location import read_host
from stillmine.errors import AddressRefused, NotAWebAddress, WrongName
from stillmine.messages import translate
from stillmine.messages.names import WRONG

MOST_NAME = 60
_MOST_MAIL = 254
_MOST_WORDS = 5
_LOCAL = re.compile(r"[a-z0-9](?:[a-z0-9._+-]{0,62}[a-z0-9])?", re.IGNORECASE)
# Not to be seen, or turning what is seen: control, format, private, unassigned, and line ends.
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"})
_BETWEEN = "'\u2019.-"


def wrong(reason: str) -> WrongName:
    """Return the error that says why something cannot be an own name."""
    return WrongName(reason=reason, why=translate(WRONG[reason]))


def is_plain(text: str) -> bool:
    """Say whether a text is what it seems: nothing unseen in it, and no letter that stands in.

    Letters that Unicode itself calls another form of a letter (full-width, mathematical, ligatures)
    are no plain ones (UAX 15, NFKC).
    """
    if any(unicodedata.category(sign) in _UNSEEN for sign in text):
        return False
    return unicodedata.normalize("NFKC", text) == unicodedata.normalize("NFC", text)


def folded(text: str) -> str:
    """Return a text for comparing: composed, in small letters, with one kind of apostrophe."""
    small = unicodedata.normalize("NFC", text).casefold().replace("\u2019", "'")
    return unicodedata.normalize("NFC", small)


def read_mail(typed: str) -> str:
    """Return a mail address as it is kept, in small letters. Raises WrongName.

    Only ASCII before the `@`: other letters can look the same and be another person's.
    """
    local, at, host = typed.strip().rpartition("@")
    if not at or len(typed) > _MOST_MAIL or not local.isascii() or not typed.isascii():
        raise wrong("mail" if typed.isascii() else "mail-letters")
    if not _LOCAL.fullmatch(local) or ".." in local:
        raise wrong("mail")
    try:
        domain = read_host(host)
    except (NotAWebAddress, AddressRefused) as cause:
        raise wrong("mail") from cause
    if "." not in domain or re.fullmatch(r"[0-9.]+", domain):
        raise wrong("mail")
    return f"{local.lower()}@{domain}"


def read_name(typed: str) -> str:
    """Return a person's name as it is kept: words of letters of one script. Raises WrongName."""
    if not is_plain(typed):
        raise wrong("unseen")
    words = unicodedata.normalize("NFC", typed).split()
    line = " ".join(words)
    if not words or len(words) > _MOST_WORDS or len(line) > MOST_NAME:
        raise wrong("name")
    for word in words:
        letters = [sign for sign in word if sign not in _BETWEEN]
        if not letters or not all(unicodedata.category(sign)[0] in "LM" for sign in letters):
            raise wrong("name")
    if len({script(sign) for sign in line if sign.isalpha()}) > 1:
        raise wrong("scripts")
    return line


def script(letter: str) -> str:
    """Return which script a letter is of, by its name in Unicode; kanji and kana count as one."""
    first = unicodedata.name(letter, "?").partition(" ")[0].partition("-")[0]
    return "CJK" if first in {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "IDEOGRAPHIC"} else first
