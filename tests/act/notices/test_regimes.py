"""Regimes and the texts of letters: data that fits the law, and words that hurt nobody."""

import re
import tomllib
from dataclasses import replace
from importlib.resources import files

import pytest

from stillmine.act.notices import LANGUAGES, compose, regime_of, regimes
from stillmine.act.notices.composing import called
from stillmine.errors import UnknownRegime
from stillmine.facts import Kind, facts_of
from stillmine.facts.schemas import ELEMENTS
from tests.act.notices.letters import every_letter, wanted, whole

_LAWS = {fact.fact: fact for fact in facts_of(Kind.LAW)}
_REGIMES = regimes()
_PACKAGE = files("stillmine.act.notices")
# Words that hurt, that threaten, or that promise what nobody can promise; in every language.
_BANNED = re.compile(
    r"revenge porn|porn|victim|slut|leak|scandal|shame|child abuse|lawsuit|\bsue\b|legal action|"
    r"prosecut|damages|or else|will be removed|guarantee|immediately or|\b(?:i|we) demand|"
    r"porno|víctima|vítima|victime|opfer|venganza|vingança|vengeance|rache|demanda judicial|"
    r"tribunales|processar|poursuites|klage|anwalt|schadenersatz|exijo|exigimos|exige|fordere",
    re.IGNORECASE,
)


def texts(language):
    return tomllib.loads((_PACKAGE / "letters" / f"{language}.toml").read_text("utf-8"))


def words(value):
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value:
        if not isinstance(value, str):
            yield from words(part)


def shape(value):
    """Return what a table has, without its words."""
    if isinstance(value, dict):
        return {name: shape(part) for name, part in value.items()}
    return type(value).__name__


def places_in(text):
    return sorted(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("regime", _REGIMES, ids=[each.regime for each in _REGIMES])
def test_each_element_of_a_regime_stands_in_the_facts_of_its_law(regime):
    for element in (*regime.elements, *regime.agent):
        assert element.element in ELEMENTS
        if not element.law:
            continue
        fact = _LAWS[element.law]
        field = f"elements.{element.element}"
        if element in regime.agent:
            continue
        assert (field in fact.values) is element.confirmed
        assert element.confirmed == bool(element.quote)


@pytest.mark.parametrize("regime", _REGIMES, ids=[each.regime for each in _REGIMES])
def test_a_letter_is_never_asked_for_less_than_the_facts_of_the_law_have(regime):
    have = {each.element for each in regime.elements if each.law}
    for fact in regime.facts:
        named = {*fact.values, *fact.missing}
        assert {each.partition(".")[2] for each in named if each.startswith("elements.")} <= have


def test_every_regime_of_the_plan_is_there():
    assert {each.regime for each in _REGIMES} == {
        "us-tida", "eu-dsa", "eu-gdpr", "gb-gdpr", "gb-osa", "au-esafety", "ca-bc",
        "in-it-rules", "br-mci", "dmca", "host", "search",
    }  # fmt: skip
    assert [each.regime for each in _REGIMES if each.alone] == ["dmca"]
    assert not regime_of("dmca").lives_in


def test_an_unknown_kind_of_letter_is_named_with_those_that_are_known():
    with pytest.raises(UnknownRegime) as raised:
        regime_of("us-nothing")
    assert "us-tida" in raised.value.facts["known"]
    assert regime_of(" US-TIDA ").regime == "us-tida"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_every_text_with_the_same_places_to_fill_in(language):
    ours, english = texts(language), texts("en")
    assert shape(ours) == shape(english)
    for name, block in english["blocks"].items():
        for side in ("mine", "theirs"):
            if isinstance(block.get(side), dict):
                continue
            theirs = {place for text in block.get(side, ()) for place in places_in(text)}
            for place in theirs - {"subject"}:
                assert any(place in places_in(text) for text in ours["blocks"][name][side])
    assert {*texts(language)["laws"]} == {each.regime for each in _REGIMES if each.laws} - {
        "dmca", "au-esafety", "ca-bc",
    }  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_have_no_word_that_hurts_threatens_or_promises(language):
    for text in words(texts(language)):
        assert not _BANNED.search(text), text
    for regime, its_language, role in every_letter():
        if its_language == language:
            assert not _BANNED.search(whole(regime, language, role).whole)


def test_the_test_for_words_that_hurt_finds_them():
    for text in ("Remove this revenge porn", "I will sue you", "das Opfer", "una víctima"):
        assert _BANNED.search(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_place_to_fill_in_is_left_in_a_letter(language):
    for regime, its_language, role in every_letter():
        if its_language == language:
            text = whole(regime, language, role).whole
            assert "{" not in text
            assert "…" not in text
            assert "  " not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_letter_calls_a_law_stands_in_its_facts(language):
    """Each number in the name that is used only where the citation is confirmed is in the facts."""
    for regime in _REGIMES:
        table = texts(language)["laws"].get(regime.regime)
        if table is None:
            continue
        (fact,) = regime.facts
        if not fact.said("citation"):
            assert called(regime, language) == table["plain"]
            continue
        known = " ".join(
            [str(fact.said("citation")), str(fact.said("name"))]
            + [value.quote for value in fact.values.values()]
        )
        for number in re.findall(r"\d+\w*", table["called"]):
            assert number in known, f"{number} of {table['called']} is not in {fact.fact}"


def test_a_superset_letter_has_at_most_nine_blocks_and_each_once():
    together = ("eu-dsa", "eu-gdpr", "us-tida", "gb-osa", "in-it-rules", "br-mci")
    letter = compose(replace(wanted(regime_of("us-tida")), regimes=together))
    names = [each.block for each in letter.blocks]
    assert len(names) == len(set(names)) <= 9
    assert {"laws", "good-faith", "accuracy", "why"} <= set(names)


def test_hours_stand_in_a_letter_only_where_a_request_starts_them():
    assert "48 hours" in whole(regime_of("us-tida")).text
    for name in ("eu-dsa", "eu-gdpr", "au-esafety", "ca-bc", "host", "search"):
        assert "hours for this" not in whole(regime_of(name)).text


def test_only_a_copyright_letter_carries_where_the_sender_lives():
    for regime, language, role in every_letter():
        letter = whole(regime, language, role)
        assert (letter.sender.postal in letter.text) is (regime.regime == "dmca")
        assert (letter.sender.phone in letter.text) is (regime.regime == "dmca")


def test_a_helper_and_the_person_are_not_mixed_up():
    for regime, language, role in every_letter():
        letter = whole(regime, language, role)
        if role == "subject":
            assert "Carla" not in letter.whole
            assert "Berta" not in letter.whole
        else:
            assert "Anna" not in letter.whole.replace("anna.b@", "")
