"""Read a letter as its reader would: who signed, which addresses, what is said and not denied.

Only words count, and no model of language: each language has a list of phrases (`phrases/`), and a
phrase counts where nothing denies it before it in the same part of the sentence. The rules lean to
the safe side: what is put in an odd way is called missing, and nothing is called there that is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from stillmine.act.notices.letter import Letter
from stillmine.act.notices.locating import addresses_in, without_addresses
from stillmine.act.notices.wording import Phrases, any_language, phrases, plain, statements

# A sentence ends at its stop, at an empty line, and before a point of a list.
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n\s*\n|\n(?=\s*(?:[-*\u2022\u2013]|[0-9]+[.)])\s)")
_MAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@(?:[\w-]+\.)+[^\W\d_]{2,}")
_PHONE = re.compile(r"(?<![\w./-])\+?[0-9](?:[ ()./-]{0,2}[0-9]){6,14}(?![\w/-])")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
# Mail boxes that belong to whoever is written to.
_THEIRS = re.compile(
    r"(?:abuse|legal|dsa|dmca|copyright|privacy|support|no-?reply|report\w*|takedown|contact|"
    r"compliance|trust|safety|grievance\w*|help|info|dpo|noc|hostmaster)@"
)


class Read:
    """What was read in a letter or in a plain text.

    `addresses` and `name` come from the fields of a letter where there is one.
    """

    def __init__(self, text: str, letter: Letter | None = None) -> None:
        """Read a text; with a letter, its fields count for what they are."""
        self.text = text
        self.letter = letter
        self._lines = [(line.strip(), plain(line).strip()) for line in text.splitlines()]

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """The addresses that are asked to be looked at."""
        return self.letter.addresses if self.letter else addresses_in(self.text)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The sentences in plain form; what asks a question, and a mere heading, says nothing."""
        text = plain(without_addresses(self.text))
        parts = (" ".join(part.split()) for part in _SENTENCE.split(text))
        return tuple(part for part in parts if part and not _is_heading(part))

    def says(self, statement: str) -> bool:
        """Tell whether the letter makes a statement, in any one language."""
        return any(
            all(self._says_in(each, language) for each in statements()[statement])
            for language in phrases().values()
        )

    def _says_in(self, together: list[str], language: Phrases) -> bool:
        return any(
            all(language.says(concept, sentence) for concept in together)
            for sentence in self.sentences
        )

    @property
    def by_agent(self) -> bool:
        """Whether somebody writes for the person in the pictures."""
        return self.letter.by_agent if self.letter else self.says("acts-for-another")

    @cached_property
    def signature(self) -> str:
        """The name that signs, or nothing."""
        if self.letter:
            name = self.letter.sender.name
            return name if self.letter.signature in self.text and is_name(name) else ""
        return next((name for name in self._signed() if is_name(name)), "")

    def _signed(self) -> Iterator[str]:
        after_label = any_language("labels", r"(?:%s)(?: by)?\s*[:.]?\s*")
        closing = any_language("closings", r"(?:%s)[,.!]?")
        for number, (line, flat) in enumerate(self._lines):
            label = any_language("labels", r"(?:%s)\s*:|/?s/").match(flat)
            found = after_label.match(flat) if label else None
            if found:
                yield _rest(line, flat, found.end())
            elif closing.fullmatch(flat):
                below = next((each for each, _ in self._lines[number + 1 :] if each), "")
                yield below if _looks_like_a_name(below) else ""

    @cached_property
    def name(self) -> str:
        """The name of whoever writes: the signature, or a line that names them."""
        label = any_language("names", r"(?:%s)\s*:\s*")
        named = (
            _rest(line, flat, found.end())
            for line, flat in self._lines
            if (found := label.match(flat))
        )
        return self.signature or next((each for each in named if is_name(each)), "")

    @cached_property
    def mails(self) -> tuple[str, ...]:
        """The mail addresses of whoever writes, as far as they can be told from the others."""
        if self.letter:
            return tuple(each for each in [self.letter.sender.mail] if each and each in self.text)
        to, own = any_language("recipient", r"(?:%s)\s*:"), any_language("mail", r"(?:%s)\s*:")
        found = [
            (each, bool(own.match(flat)))
            for line, flat in self._lines
            if not to.match(flat)
            for each in _MAIL.findall(line)
        ]
        return tuple(mail for mail, named in found if named or not _THEIRS.match(mail.casefold()))

    @cached_property
    def phones(self) -> tuple[str, ...]:
        """The telephone numbers."""
        without = without_addresses(self.text)
        return tuple(_PHONE.findall(_DAY.sub(" ", without)))

    @cached_property
    def postal(self) -> str:
        """A postal address on a line of its own that says so, or nothing."""
        label = any_language("postal", r"(?:%s)\s*:\s*")
        for number, (line, flat) in enumerate(self._lines):
            if found := label.match(flat):
                rest = _rest(line, flat, found.end()) or " ".join(
                    each for each, _ in self._lines[number + 1 : number + 2]
                )
                if _is_postal(rest):
                    return rest
        lines = [line for line, _ in self._lines]
        below = (pair for pair in pairwise(lines) if _is_street_and_town(*pair))
        return ", ".join(next(below, ()))

    @cached_property
    def gap(self) -> str:
        """A place that was left to fill in, such as "[your name]", or nothing."""
        inside = any_language("gaps", r"\b(?:%s)")
        for found in re.finditer(r"\[[^\]\n]{2,60}\]|<[^>\n]{2,60}>|\{[^}\n]{2,60}\}", self.text):
            if inside.search(plain(found[0])) and "://" not in found[0] and "@" not in found[0]:
                return found[0]
        blank = re.search(r"_{4,}|\.{6,}|…{2,}", self.text)
        return blank[0] if blank else ""


def _is_heading(sentence: str) -> bool:
    """Tell whether a line only names what follows, or asks something, and nobody says it."""
    if sentence.endswith("?"):
        return True
    spoken = (each.concepts["speaker"] for each in phrases().values())
    ends = sentence.endswith((".", "!", ";", ":", ","))
    return not ends and not any(each.search(sentence) for each in spoken)


def _rest(line: str, flat: str, end: int) -> str:
    """Return what follows a label on its line, as it was written."""
    if len(line) == len(flat):
        return line[end:].strip()
    return flat[end:].strip()


_NO_NAMES = re.compile(
    r"(?:(?:your|my|full|legal|first|last|the|a|some|person'?s?|su|tu|seu|votre|ihr|dein|nombre|nome|"
    r"nom|completo|complet|vollstandiger|name|signature|signed|firma|assinatura|unterschrift|"
    r"anonymous|anonym|anonyme|anonimo|anonima|anonymo|unknown|none|nobody|n/?a|x+|sender|here|test|"
    r"jane|john|doe|max|erika|mustermann|musterfrau|fulano|fulana|tal|de|mengano|beltrano|dupont"
    r")[\s.,]*)+"
)
_LONGEST_NAME, _MOST_WORDS, _LONGEST_LINE = 120, 8, 60
# A post code beside the name of a town: five digits or so, or letters and digits as in Britain.
_CODE = re.compile(r"\b[0-9]{4,6}(?:-[0-9]{3,4})?\b|\b[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}\b")


def is_name(text: str) -> bool:
    """Tell whether a text can be somebody's name, and is no gap that was left to fill in."""
    flat = plain(text).strip(" .,-*")
    letters = sum(sign.isalpha() for sign in text)
    if letters < 2 or len(text) > _LONGEST_NAME or len(text.split()) > _MOST_WORDS:
        return False
    return not (re.search(r"[@\[\]<>{}_…?:]|//|sent from", flat) or _NO_NAMES.fullmatch(flat))


def _looks_like_a_name(line: str) -> bool:
    """Tell whether what stands below a closing can be a name, and no further sentence."""
    words = [each for each in line.split() if each[0].isalpha()]
    small = [each for each in words if each[0].islower()]
    return len(words) <= _MOST_WORDS and 2 * len(small) <= len(words)


_MADE_UP = frozenset({"you", "your", "name", "your.name", "me", "email", "user", "mail"})


def is_mail(text: str) -> bool:
    """Tell whether a text is a mail address that an answer could reach."""
    local, _, domain = plain(text).partition("@")
    made_up = local in _MADE_UP
    reserved = re.search(r"(?:^|\.)(?:example\.(?:com|org|net)|email\.com|domain\.com)$", domain)
    return bool(_MAIL.fullmatch(text)) and not (made_up and reserved)


def _is_street_and_town(street: str, town: str) -> bool:
    """Tell whether two lines are an address as it stands on an envelope, without any label."""
    short = len(street) <= _LONGEST_LINE and len(town) <= _LONGEST_LINE
    numbered = re.fullmatch(r"(?:[0-9]+[\w/-]*,? .*[^\W\d].*|.*[^\W\d].* [0-9]+[\w/-]*)", street)
    return bool(
        short and numbered and _is_postal(street) and _is_postal(town) and _CODE.search(town)
    )


def _is_postal(text: str) -> bool:
    letters, digits = any(each.isalpha() for each in text), any(each.isdigit() for each in text)
    return letters and digits and "://" not in text and "@" not in text and not text.startswith("[")
