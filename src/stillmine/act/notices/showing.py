"""Show a letter to the person who sends it: its words, the fields to paste, and where it goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from stillmine.act.notices.filling import FormField, form_fields
from stillmine.act.notices.letter import Letter
from stillmine.act.notices.recipients import Goes
from stillmine.act.notices.regime import regimes
from stillmine.app.telling.saying import ToldFact, told
from stillmine.facts import Kind, place_of, wider_places
from stillmine.messages import fill, translate
from stillmine.messages.notices import ALSO, PARTS


@dataclass(frozen=True, slots=True)
class Written:
    """One letter as it was written: its text, and what to paste into a form."""

    notice: str
    addresses: tuple[str, ...]
    regimes: tuple[str, ...]
    subject: str
    text: str
    form: tuple[FormField, ...]

    @property
    def lines(self) -> Iterator[str]:
        """Yield the letter, then the fields."""
        yield f"{self.notice}. {translate(PARTS['letter'])}"
        yield ""
        yield self.subject
        yield ""
        yield from self.text.splitlines()
        yield ""
        yield translate(PARTS["paste"])
        yield ""
        for field in self.form:
            yield from field.lines
        yield ""


@dataclass(frozen=True, slots=True)
class Where:
    """Where a letter goes, and what is confirmed of it, each value with its source.

    `form` and `mail` are empty where nothing is confirmed and nothing was typed.
    """

    to: str
    form: str
    mail: str
    mail_was_typed: bool
    one_each: bool
    told: ToldFact | None
    source: str = ""
    usual: bool = False

    @property
    def lines(self) -> Iterator[str]:
        """Yield what a person reads."""
        facts = {"to": self.to, "mail": self.mail, "form": self.form, "source": self.source}
        if self.form and not self.told:
            yield _part("form", facts)
        if self.mail:
            yield _part("mail_typed" if self.mail_was_typed else "mail_known", facts)
        if self.source:
            yield _part("usual" if self.usual else "registry", facts)
        if not (self.form or self.mail):
            yield _part("no_place", facts)
        if self.one_each:
            yield _part("one_each", facts)
        if self.told:
            yield from self.told.lines


def _part(name: str, facts: dict[str, str]) -> str:
    return fill(translate(PARTS[name]), facts)


def written(name: str, letter: Letter, recipient: Goes) -> Written:
    """Return a letter as it is shown under its name in the case."""
    return Written(
        name,
        letter.addresses,
        letter.regimes,
        letter.subject,
        letter.text,
        form_fields(letter, legal_name=recipient.legal_name),
    )


def where(recipient: Goes, today: date) -> Where:
    """Return where a letter goes, as it is shown."""
    kind = Kind.PLATFORM if recipient.platform else Kind.LAW
    return Where(
        recipient.to,
        recipient.form,
        recipient.mail,
        recipient.typed,
        recipient.one_each,
        told(recipient.told, kind, today) if recipient.told else None,
        recipient.source,
        recipient.usual,
    )


def also(country: str, recipient: Goes) -> tuple[str, ...]:
    """Return which authority where the person lives takes such letters too, at the same time."""
    place = place_of(country)
    codes = wider_places(place) if place else ()
    if recipient.kind == "authority":
        return ()
    found = (each for each in regimes() if "authority" in each.goes_to)
    return tuple(
        fill(translate(ALSO[each.regime]), {"law": each.title})
        for each in found
        if set(codes).intersection(each.lives_in)
    )
