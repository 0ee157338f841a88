"""A letter that asks for removal: its blocks, its addresses, and the plain text that is sent.

A letter is plain data. What a person filled in is made to stand on its line first (`one_line`), so
that no name and no address can add a line, a heading or a reading direction to it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from stillmine.act.case.model import AGENT, Sender

# Signs that break a line or turn the direction of what follows. The joiners that Persian, Hindi and
# emoji are written with are of the same class, and stay.
_JOINERS = frozenset("\u200c\u200d")
_OUT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def one_line(text: str) -> str:
    """Return a text on one line: no control signs, none that turn directions, single blanks."""
    return as_written(unicodedata.normalize("NFC", text))


def as_written(address: str) -> str:
    """Return an address on one line as `one_line` does, with each of its signs as it was typed."""
    return " ".join("".join(sign if _stays(sign) else " " for sign in address).split())


def _stays(sign: str) -> bool:
    return sign in _JOINERS or unicodedata.category(sign) not in _OUT


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a letter: its heading, its paragraphs, and the legal elements that it is for.

    `block` is its name in the files of letters, such as `good-faith`; `items` are addresses, one a
    line, that stand after the paragraphs.
    """

    block: str
    title: str
    paragraphs: tuple[str, ...]
    elements: tuple[str, ...] = ()
    items: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The block as plain text: heading, paragraphs, addresses."""
        parts = [self.title, *self.paragraphs]
        if self.items:
            parts.append(
                "\n".join(f"{number}. {each}" for number, each in enumerate(self.items, 1))
            )
        return "\n\n".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter. `to` is a name, `mail` where it goes by e-mail or empty, `written` an ISO day.

    `regimes` are the names of the regimes that it is made for, `language` an ISO 639 code,
    `signed` the word before the name of `sender`, `dated` the line with the day.
    """

    to: str
    subject: str
    written: str
    dated: str
    greeting: str
    blocks: tuple[Block, ...]
    signed: str
    sender: Sender
    addresses: tuple[str, ...]
    regimes: tuple[str, ...]
    language: str = "en"
    mail: str = ""

    @property
    def signature(self) -> str:
        """The line that signs: typed, which the laws with a signature take as one."""
        return f"{self.signed} {self.sender.name}".strip()

    @property
    def text(self) -> str:
        """The letter as it is mailed: greeting, blocks, signature, day."""
        blocks = (each.text for each in self.blocks)
        return "\n\n".join((self.greeting, *blocks, f"{self.signature}\n{self.dated}")) + "\n"

    @property
    def whole(self) -> str:
        """The letter with whom it is for and what it is about: what a case keeps of it."""
        return f"{self.to}\n\n{self.subject}\n\n{self.text}"

    @property
    def by_agent(self) -> bool:
        """Whether somebody signs for the person in the pictures."""
        return self.sender.role == AGENT
