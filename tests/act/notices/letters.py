"""Letters as people would send them, for the tests: whole ones, and with one thing taken out."""

from __future__ import annotations

from dataclasses import replace

from stillmine.act.case.model import AGENT, SUBJECT, Sender
from stillmine.act.notices import LANGUAGES, Letter, Regime, Wanted, compose, regimes

URLS = ("https://pictures.test/view/81723", "https://pictures.test/view/81724")
PERSON = Sender(
    "Anna Beispiel", "anna.b@mail.test", "+49 30 1234567", "Lange Gasse 5, 10115 Berlin"
)
HELPER = replace(PERSON, name="Carla Rossi", role=AGENT, subject="Berta Blum")
FILLED = {"work": "the photograph of 3 May 2026 with the blue lamp", "link": "lives"}
# What is taken out so that an element is not there any more.
BLOCKS = {
    "good-faith": {"good-faith", "copyright-good-faith"},
    "accuracy": {"accuracy", "perjury"},
    "perjury": {"perjury"},
    "work": {"work"},
    "standing": {"person", "pictures"},
    "identity": {"person", "pictures"},
    "ground": {"laws", "link"},
    "explanation": {"pictures", "why", "laws"},
    "not-consensual": {"pictures", "good-faith"},
}
SENDER = {
    "signature": {"name": ""},
    "contact": {"mail": "", "phone": "", "postal": ""},
}


def wanted(regime: Regime, language: str = "en", role: str = SUBJECT) -> Wanted:
    return Wanted(
        to="Pictures",
        kind=regime.goes_to[0],
        sender=HELPER if role == AGENT else PERSON,
        addresses=URLS,
        regimes=(regime.regime,),
        written="2026-11-22",
        country="DE",
        language=language,
        filled=FILLED,
    )


def whole(regime: Regime, language: str = "en", role: str = SUBJECT) -> Letter:
    return compose(wanted(regime, language, role))


def without(regime: Regime, element: str, language: str = "en", role: str = SUBJECT) -> Letter:
    """Return the letter of a regime with one element taken out."""
    asked = wanted(regime, language, role)
    if element in SENDER:
        return compose(replace(asked, sender=replace(asked.sender, **SENDER[element])))
    if element == "locate":
        return compose(replace(asked, addresses=()))
    letter = compose(asked)
    kept = tuple(each for each in letter.blocks if each.block not in BLOCKS[element])
    return replace(letter, blocks=kept)


def every_letter():
    """Yield each regime with each language and each who may sign."""
    for regime in regimes():
        for language in LANGUAGES:
            for role in (SUBJECT, AGENT):
                yield regime, language, role
