"""What facts say in our own words is translated where it is shown; names and quotes never are."""

from __future__ import annotations

import re
import runpy
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stillmine.app.telling.saying import in_words, not_confirmed, told
from stillmine.facts import Fact, Kind, facts_of
from stillmine.facts.reading import read_fact
from stillmine.facts.schemas import OUR_WORDS, SCHEMAS
from stillmine.messages.language import speaking
from stillmine.web.pages.law import shown
from stillmine.web.pages.people import person_of

TODAY = datetime.now(UTC).date()
EVERY = [(kind, fact) for kind in Kind for fact in facts_of(kind)]
SCRIPT = Path(__file__).parents[2] / "scripts" / "translate"
# None of these is a word of another language that is quoted.
ENGLISH = {
    *(
        "and",
        "any",
        "are",
        "be",
        "been",
        "by",
        "from",
        "have",
        "if",
        "it",
        "not",
        "of",
        "or",
        "our",
    ),
    *("that", "the", "their", "this", "to", "us", "when", "which", "who", "will", "with", "you"),
    *("your", "on"),
}
LONG = 16  # words, from which on a sentence has some of the small words of its language


def our_words(fact: Fact) -> set[str]:
    """Return what a fact says in words of ours."""
    values = fact.values.items()
    return {
        value.said for name, value in values if name in OUR_WORDS and isinstance(value.said, str)
    }


def marked(words: set[str]) -> dict[str, str]:
    """Return a language in which each of these has a sign before it."""
    return {each: f"¿{each}" for each in words}


def test_a_name_a_number_an_address_and_a_code_are_no_words_of_ours():
    assert {"hours", "serves", "use_for", "procedure", "offence", "elements.locate"} <= OUR_WORDS
    for fields in SCHEMAS.values():
        assert not OUR_WORDS & {name for name, field in fields.items() if field.type is int}
    assert not OUR_WORDS & {"name", "citation", "post", "url", "mail", "phone", "status", "role"}


def test_whoever_translates_is_given_all_of_our_words_and_what_is_missing_and_nothing_else():
    known = runpy.run_path(str(SCRIPT))["_of_facts"]()
    given = {said for said, _where in known}
    missing = {each for _kind, fact in EVERY for each in fact.missing.values()}
    assert given == {each for _kind, fact in EVERY for each in our_words(fact)} | missing
    assert not given & {value.quote for _kind, fact in EVERY for value in fact.values.values()}


@pytest.mark.parametrize("kind", list(Kind))
def test_a_command_says_them_in_the_persons_language_and_quotes_as_they_are(kind):
    for fact in facts_of(kind):
        with speaking("en", marked(our_words(fact))):
            lines = list(told(fact, kind, TODAY).lines) if "name" in fact.values else []
        for name, value in fact.values.items() if lines else ():
            said = f": {'¿' if name in OUR_WORDS else ''}{value.said}"
            if isinstance(value.said, str) and (name in OUR_WORDS or name in ("citation", "url")):
                assert any(line.endswith(said) for line in lines), (fact.fact, name)
            assert (
                name == "name"
                or not value.quote
                or any(f"“{value.quote}”" in line for line in lines)
            )


def test_what_is_missing_is_said_in_the_persons_language():
    fact = next(fact for _kind, fact in EVERY if fact.missing)
    with speaking("en", marked(set(fact.missing.values()))):
        assert not_confirmed(fact).missing.startswith("¿")


def test_pages_say_them_in_the_persons_language_too():
    for kind, fact in EVERY:
        if "name" not in fact.values:
            continue
        with speaking("en", marked(our_words(fact))):
            page = shown(told(fact, kind, TODAY))
            person = person_of(told(fact, kind, TODAY))
        assert {each.said for each in page.lines} >= {f"¿{each}" for each in our_words(fact)}
        assert page.name == fact.said("name") == person.name
        if kind is Kind.LINE and "serves" in fact.values:
            assert person.serves == f"¿{fact.said('serves')}"


def test_hours_are_reckoned_by_their_english_words_whatever_is_spoken():
    with speaking("es"):
        (value,) = {
            told(fact, Kind.LINE, TODAY).values["hours"].said
            for fact in facts_of(Kind.LINE)
            if fact.fact.startswith("lines/es/") and "hours" in fact.values
        }
        assert value == "Every day 8:00 to 23:00"
    assert in_words("minors", said=True) == "yes"


def test_words_that_are_quoted_are_in_the_language_that_is_said_of_them():
    """Somebody has them read aloud: in the wrong language nobody understands a word."""
    for _kind, fact in EVERY:
        for name, value in fact.values.items():
            words = re.findall(r"[^\W\d_]+", value.quote.lower())
            if len(words) < LONG or value.source.language in ("ja", "ko", "zh-Hant"):
                continue
            share = sum(word in ENGLISH for word in words) / len(words)
            is_english = value.source.language == "en"
            assert is_english == (share > 0.04), (fact.fact, name, share, value.quote)


@pytest.mark.parametrize("wrong", ["", "English", "e", "en_GB"])
def test_a_language_that_is_no_code_is_refused(wrong):
    from stillmine.errors import FactsUnreadable

    text = (
        'place = "US"\n[sources.a]\nurl = "https://a.example/"\nkind = "official"\n'
        f'checked_on = 2026-01-01\nlanguage = "{wrong}"\n'
    )
    with pytest.raises(FactsUnreadable):
        read_fact(Kind.LAW, "law/us/a", text)
