"""The validator: what a letter lacks under the laws it leans on, with the words of the law.

A letter is never called ready while an element is missing, also one that nobody could confirm:
then the reason says so, and claims nothing about the law. The elements, and where each was read,
are in the facts of each law.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from stillmine.act.notices.composing import hours_of
from stillmine.act.notices.letter import Letter
from stillmine.act.notices.locating import host_of, trouble_with, within
from stillmine.act.notices.reading import Read, is_mail
from stillmine.act.notices.regime import Element, Regime, regime_of
from stillmine.facts import Kind
from stillmine.facts.checking import official_domains
from stillmine.messages import fill, translate
from stillmine.messages.notices import ASKED_BY, LACKS

_NO_LAW = ("host",)


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that a letter lacks.

    `element` is what the law asks for (`facts.schemas.ELEMENTS`), `law` the name of the fact or
    empty, `why` the sentences for a person, `quote` the words of the law where they are confirmed.
    """

    element: str
    law: str
    why: str
    regime: str
    quote: str = ""
    confirmed: bool = False

    @property
    def lines(self) -> Iterator[str]:
        """Yield what a person reads."""
        yield f"- {self.why}"


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found in a letter. `not_confirmed` names elements whose law nobody could confirm."""

    ready: bool
    missing: tuple[Missing, ...]
    not_confirmed: tuple[str, ...]


def check(letter: Letter, *, domains: Collection[str] = ()) -> Judged:
    """Judge a letter under each of its regimes, by its fields and by its words.

    `domains` are those of the platform, where the pictures have to lie on it. Raises UnknownRegime.
    """
    return _judge(Read(letter.whole, letter), letter.regimes, domains)


def check_text(text: str, regimes: Sequence[str], *, domains: Collection[str] = ()) -> Judged:
    """Judge a letter that somebody else wrote, by its words alone. Raises UnknownRegime."""
    return _judge(Read(text), regimes, domains)


def _judge(read: Read, names: Sequence[str], domains: Collection[str]) -> Judged:
    # A letter that leans on no law still has to say where, what, and who asks.
    found = [regime_of(each) for each in names or _NO_LAW]
    looked = _Looked(read, domains)
    needed = [(regime, each) for regime in found for each in regime.needed(agent=read.by_agent)]
    missing = [
        _missing(regime, each, lack)
        for regime, each in needed
        if (lack := CHECKS[each.check](looked))
    ]
    if read.gap and not any(each.element == "writing" for each in missing):
        missing.append(_gap(read.gap))
    unsure = {f"{regime.regime}.{each.element}" for regime, each in needed if _unsure(each)}
    return Judged(not missing, tuple(missing), tuple(sorted(unsure)))


def _unsure(element: Element) -> bool:
    return bool(element.law) and not element.confirmed


def _gap(gap: str) -> Missing:
    why = fill(translate(LACKS["gap"]), {"gap": gap})
    return Missing("writing", "", why, "")


def _missing(regime: Regime, element: Element, lack: str) -> Missing:
    code, _, what = lack.partition(" ")
    facts = {"what": what, "law": regime.title, "quote": element.quote, "hours": hours_of(regime)}
    says = fill(translate(ASKED_BY[_asked_by(regime, element)]), facts)
    why = f"{fill(translate(LACKS[code]), facts)} {says}"
    return Missing(
        element.element, element.law, why, regime.regime, element.quote, element.confirmed
    )


def _asked_by(regime: Regime, element: Element) -> str:
    """Return how sure it is that the law asks for it, and whether hours hang on it."""
    if not element.law:
        return "nobody"
    if not element.confirmed:
        return "unsure"
    return "clock" if hours_of(regime) else "law"


@dataclass(frozen=True, slots=True)
class _Looked:
    """A letter, and what is known of where its pictures have to be."""

    read: Read
    domains: Collection[str]


def _written(letter: _Looked) -> str:
    if not any(sign.isalpha() for sign in letter.read.text):
        return "empty"
    return f"gap {letter.read.gap}" if letter.read.gap else ""


def _signed(letter: _Looked) -> str:
    return "" if letter.read.signature else "unsigned"


def _addresses(letter: _Looked) -> str:
    """All that stand in the fields have to be exact; of a text, all but those of official pages."""
    found = [each for each in letter.read.addresses if not _is_official(each, letter)]
    if not found:
        return "no-address"
    for each in found:
        trouble = trouble_with(each, letter.domains)
        # Words behind the address of a whole site say where on it the picture is.
        if trouble and not (trouble == "whole-site" and f"{each} (" in letter.read.text):
            return f"{trouble} {each}"
    said = letter.read.text if letter.read.letter else ""
    absent = next((each for each in found if said and each not in said), "")
    return f"not-in-text {absent}" if absent else ""


def _is_official(address: str, letter: _Looked) -> bool:
    """Tell whether an address in a text is that of a law or an authority, and no picture's."""
    hosts = {each.lstrip("=") for each in official_domains(Kind.LAW, "")}
    return letter.read.letter is None and within(host_of(address), hosts)


def _contact_any(letter: _Looked) -> str:
    read = letter.read
    mails = any(is_mail(each) for each in read.mails)
    return "" if mails or read.phones or read.postal else "no-contact"


def _contact_name_mail(letter: _Looked) -> str:
    if not letter.read.name:
        return "no-name"
    return "" if any(is_mail(each) for each in letter.read.mails) else "no-mail"


def _contact_all(letter: _Looked) -> str:
    read = letter.read
    mails = any(is_mail(each) for each in read.mails)
    return "" if mails and read.phones and read.postal else "no-full-contact"


def _identity(letter: _Looked) -> str:
    if not letter.read.name:
        return "no-name"
    return _contact_any(letter) or _standing(letter)


def _standing(letter: _Looked) -> str:
    if letter.read.by_agent:
        return "" if letter.read.says("standing-agent") else "no-authority"
    return "" if letter.read.says("standing-self") else "no-standing"


def _says(statement: str, lack: str) -> Callable[[_Looked], str]:
    def look(letter: _Looked) -> str:
        return "" if letter.read.says(statement) else lack

    return look


# How each element is looked for: nothing where it is there, else the code of what is lacking.
CHECKS: Mapping[str, Callable[[_Looked], str]] = {
    "written": _written,
    "signed": _signed,
    "addresses": _addresses,
    "contact-any": _contact_any,
    "contact-name-mail": _contact_name_mail,
    "contact-all": _contact_all,
    "identity": _identity,
    "standing": _standing,
    **{
        name: _says(name, f"no-{name}")
        for name in (
            "good-faith-consent",
            "good-faith-copyright",
            "good-faith-report",
            "accurate-complete",
            "true-to-best",
            "accurate",
            "perjury",
            "work",
            "intimate-no-consent",
            "not-consensual",
            "shows",
            "explanation",
            "ground-erasure",
            "ground-australia",
        )
    },
}
