"""A letter cut into what the fields of a form ask for, in the order in which forms ask it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stillmine.act.notices.letter import Letter
from stillmine.messages import translate
from stillmine.messages.notices import FORM

# Which blocks go into which field; a form has no room for more.
_STORY = ("ask", "copyright-ask", "work", "pictures", "why", "link", "laws")
_STATED = ("good-faith", "copyright-good-faith", "accuracy", "perjury")


@dataclass(frozen=True, slots=True)
class FormField:
    """One field: what forms call it, and what to paste there."""

    field: str
    value: str

    @property
    def lines(self) -> Iterator[str]:
        """Yield the name of the field and, below it, what is pasted."""
        yield f"{self.field}:"
        yield from (f"  {line}" for line in self.value.splitlines() if line)


def form_fields(letter: Letter, *, legal_name: bool) -> tuple[FormField, ...]:
    """Return what to paste, field by field; a field without anything is left out."""
    sender = letter.sender
    fields = (
        ("legal_name" if legal_name else "name", sender.name),
        ("mail", sender.mail),
        ("phone", sender.phone if sender.phone in letter.text else ""),
        ("postal", sender.postal if sender.postal in letter.text else ""),
        ("who", _of(letter, "person")),
        ("addresses", "\n".join(letter.addresses)),
        ("subject", letter.subject),
        ("story", _of(letter, *_STORY)),
        ("stated", _of(letter, *_STATED)),
        ("signature", sender.name),
        ("day", letter.written),
    )
    return tuple(FormField(translate(FORM[name]), value) for name, value in fields if value)


def _of(letter: Letter, *names: str) -> str:
    found = (each.paragraphs for each in letter.blocks if each.block in names)
    return "\n".join(text for paragraphs in found for text in paragraphs)
