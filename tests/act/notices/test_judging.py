"""The validator: each thing that a law asks for is missed when it is not there, and only then."""

from dataclasses import replace

import pytest

from stillmine.act.case.model import AGENT, SUBJECT
from stillmine.act.notices import check, check_text, compose, regime_of, regimes
from stillmine.act.notices.judging import CHECKS
from tests.act.notices.letters import HELPER, PERSON, every_letter, wanted, whole, without

_WHOLE = list(every_letter())
_IDS = [f"{regime.regime}-{language}-{role}" for regime, language, role in _WHOLE]
_REMOVED = [
    (regime, element.element, language, role)
    for regime, language, role in _WHOLE
    for element in regime.needed(agent=role == AGENT)
    if element.element != "writing"
]


@pytest.mark.parametrize(("regime", "language", "role"), _WHOLE, ids=_IDS)
def test_a_letter_of_ours_with_everything_in_it_is_ready(regime, language, role):
    letter = whole(regime, language, role)
    assert check(letter).missing == ()
    assert check_text(letter.whole, (regime.regime,)).missing == ()
    assert check_text(letter.text, (regime.regime,)).ready


@pytest.mark.parametrize(
    ("regime", "element", "language", "role"),
    _REMOVED,
    ids=[f"{regime.regime}-{element}-{lang}-{role}" for regime, element, lang, role in _REMOVED],
)
def test_each_element_that_is_taken_out_is_missed_with_its_reason(regime, element, language, role):
    letter = without(regime, element, language, role)
    judgements = [check(letter)]
    if element in {each.element for each in regime.elements}:
        # That somebody signs for another cannot be seen in a text that nowhere says so.
        judgements.append(check_text(letter.whole, (regime.regime,)))
    for judged in judgements:
        assert not judged.ready
        found = {each.element: each for each in judged.missing}
        assert element in found
        needed = {each.element: each for each in regime.needed(agent=role == AGENT)}[element]
        assert found[element].law == needed.law
        assert found[element].quote == needed.quote
        assert needed.quote in found[element].why


@pytest.mark.parametrize("regime", regimes(), ids=[each.regime for each in regimes()])
@pytest.mark.parametrize("text", ["", " \n\t", "12345", "…"])
def test_a_letter_without_a_word_lacks_all_that_the_law_asks_for(regime, text):
    judged = check_text(text, (regime.regime,))
    assert {each.element for each in judged.missing} >= {
        each.element for each in regime.needed(agent=False)
    }


def test_every_element_of_every_regime_has_a_check_that_exists():
    used = {each.check for regime in regimes() for each in regime.needed(agent=True)}
    assert used <= set(CHECKS)


def test_only_what_was_taken_out_is_missed():
    tida = regime_of("us-tida")
    for element in ("signature", "locate", "good-faith", "contact"):
        missing = {each.element for each in check(without(tida, element)).missing}
        assert missing == {element}


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        "[your name]",
        "Your Name",
        "YOUR FULL NAME",
        "________",
        "Jane Doe",
        "Max Mustermann",
        "anonymous",
        "X",
        "anna@mail.test",
        "https://pictures.test/",
        "<name>",
        "Firstname [Lastname]",
        "\u202e\u202d",
        "...",
        "n/a",
        "Nombre y apellidos?",
    ],
)
def test_what_is_no_name_is_no_signature(name):
    tida = regime_of("us-tida")
    letter = replace(whole(tida), sender=replace(PERSON, name=name))
    assert "signature" in {each.element for each in check(letter).missing}
    text = f"Text.\n\nSigned: {name}\n"
    assert "signature" in {each.element for each in check_text(text, ("us-tida",)).missing}


@pytest.mark.parametrize(
    "name",
    [
        "Anna Beispiel",
        "Anne-Marie O\u2019Neill",
        "Ng",
        "王小明",
        "محمد علي",
        "Дарья Ким",
        "J. van der Meer",
    ],
)
@pytest.mark.parametrize(
    "line", ["Signed: {}", "/s/ {}", "Signature: {}", "Yours sincerely,\n\n{}", "Gezeichnet: {}"]
)
def test_a_typed_name_is_a_signature_in_any_script(name, line):
    found = check_text("Text.\n\n" + line.format(name), ("us-tida",)).missing
    assert "signature" not in {each.element for each in found}


@pytest.mark.parametrize(
    "line",
    [
        "Signature:",
        "Signed:\n\n2026-11-22",
        "A signature is required.",
        "Please sign here",
        "Yours sincerely,",
        "Regards,\nSent from my phone",
        "Thank you,\nI look forward to your answer",
        "Thank you.\n\nplease act soon",
    ],
)
def test_a_line_for_a_signature_is_none(line):
    found = check_text("Text.\n\n" + line, ("us-tida",)).missing
    assert "signature" in {each.element for each in found}


_GOOD_FAITH = [
    "I have a good faith belief that the depiction is not consensual.",
    "I believe in good faith that this was published without my consent.",
    "In good faith, I believe these are non-consensual pictures.",
    "I declare in good faith my belief that he shared it without my knowledge or permission.",
    "- I have a good-faith belief that I did not consent to this",
    "Creo de buena fe que lo publicaron sin mi consentimiento.",
    "Creio de boa-fé que publicaram isto sem a minha autorização.",
    "Je crois de bonne foi que c\u2019est en ligne sans mon accord.",
    "Ich glaube in gutem Glauben, dass dies ohne meine Zustimmung geschah.",
]
_NO_GOOD_FAITH = [
    "I do not have a good faith belief that this is not consensual.",
    "I don\u2019t believe in good faith that it was without my consent.",
    "Do I believe in good faith that this is without my consent?",
    "It must include a statement that I have a good faith belief that it is not consensual.",
    "A brief statement of a good faith belief that the depiction is not consensual.",
    "If I had a good faith belief that it is not consensual.",
    "I believe that it was published without my consent.",
    "I have a good faith belief that it is mine.",
    "I believe in good faith that it was published with my consent.",
    "It was without a good faith belief that I say it is without my consent.",
    "No creo de buena fe que se publicara sin mi consentimiento.",
    "Não creio de boa-fé que foi publicado sem o meu consentimento.",
    "Je ne crois pas de bonne foi que c\u2019est sans mon consentement.",
    "Ich glaube nicht in gutem Glauben, dass es ohne meine Einwilligung war.",
]


@pytest.mark.parametrize("sentence", _GOOD_FAITH)
def test_good_faith_is_found_as_people_write_it(sentence):
    found = check_text(f"Hello.\n\n{sentence}\n", ("us-tida",)).missing
    assert "good-faith" not in {each.element for each in found}


@pytest.mark.parametrize("sentence", _NO_GOOD_FAITH)
def test_what_is_denied_doubted_or_only_asked_for_is_not_said(sentence):
    found = check_text(f"Hello.\n\n{sentence}\n", ("us-tida",)).missing
    assert "good-faith" in {each.element for each in found}


def test_a_sentence_broken_over_lines_is_one_sentence():
    text = "I have a good faith belief that this\nintimate picture was posted\nwithout my consent."
    assert "good-faith" not in {each.element for each in check_text(text, ("us-tida",)).missing}


def test_the_words_of_the_law_with_gaps_to_fill_in_are_no_letter():
    quotes = "\n".join(each.quote for each in regime_of("us-tida").elements)
    assert len(check_text(quotes, ("us-tida",)).missing) >= 3


@pytest.mark.parametrize(
    "gap", ["[your name]", "<date>", "{platform}", "_____", "[URL of the post]"]
)
def test_a_gap_that_was_left_makes_any_letter_unready(gap):
    for regime in regimes():
        text = whole(regime).whole + f"\nPS: {gap}\n"
        judged = check_text(text, (regime.regime,))
        assert not judged.ready
        assert any(gap in each.why for each in judged.missing)


def test_who_acts_for_another_says_that_they_were_allowed_to():
    text = "I am writing on behalf of my friend. I act for her.\n\nSigned: Carla Rossi"
    for name in ("us-tida", "eu-gdpr", "gb-osa", "br-mci"):
        missing = {each.element: each for each in check_text(text, (name,)).missing}
        assert {"standing", "identity"} & missing.keys()
    with_leave = text.replace("I act for her.", "I have her written permission to act for her.")
    found = check_text(with_leave, ("us-tida",)).missing
    assert "standing" not in {each.element for each in found}


def test_the_mail_address_of_whoever_is_written_to_is_not_the_senders():
    text = "To: legal@pictures.test\n\nHello abuse@pictures.test,\n\nSigned: Anna Beispiel"
    missing = {each.element for each in check_text(text, ("eu-dsa",)).missing}
    assert "contact" in missing
    own = text + "\n\nE-mail: anna.b@mail.test"
    assert "contact" not in {each.element for each in check_text(own, ("eu-dsa",)).missing}
    helpline = text + "\n\nE-mail: help@line.test"
    assert "contact" not in {each.element for each in check_text(helpline, ("eu-dsa",)).missing}


@pytest.mark.parametrize(
    "mail", ["you@example.com", "anna@", "@mail.test", "anna@localhost", "name@email.com"]
)
def test_a_mail_address_that_reaches_nobody_is_none(mail):
    text = f"Signed: Anna Beispiel\nE-mail: {mail}\n"
    assert "contact" in {each.element for each in check_text(text, ("eu-dsa",)).missing}


@pytest.mark.parametrize("lost", ["phone", "postal", "mail"])
def test_copyright_asks_for_every_way_to_reach_the_sender(lost):
    letter = without(regime_of("dmca"), "contact")
    assert not check(letter).ready
    some = replace(PERSON, **{lost: ""})
    found = check(compose(replace(wanted(regime_of("dmca")), sender=some))).missing
    assert [each.element for each in found] == ["contact"]


def test_an_address_that_is_not_exact_is_named_with_what_is_wrong():
    tida = regime_of("us-tida")
    for url, said in {
        "http://": "exactly where",
        "pictures.test/view/1": "exactly where",
        "https://www.google.com/search?q=anna": "search results",
        "https://pictures.test/": "whole site",
        "https://bit.ly/3xYz": "short link",
    }.items():
        letter = replace(whole(tida), addresses=(url,))
        lacks = [each.why for each in check(letter).missing if each.element == "locate"]
        assert lacks
        assert said in lacks[0]


def test_one_address_that_is_not_exact_is_enough_to_say_so():
    letter = whole(regime_of("us-tida"))
    text = letter.whole.replace("81724", "81724\n3. https://www.bing.com/search?q=anna")
    assert "locate" in {each.element for each in check_text(text, ("us-tida",)).missing}


def test_an_address_on_another_site_does_not_go_to_this_platform():
    letter = whole(regime_of("us-tida"))
    assert check(letter, domains=("pictures.test",)).ready
    (missing,) = check(letter, domains=("other.test",)).missing
    assert missing.element == "locate"


def test_the_address_of_a_law_is_not_where_the_picture_is():
    text = "See https://www.ftc.gov/take-it-down and https://eur-lex.europa.eu/eli/reg/2022/2065/oj"
    assert "locate" in {each.element for each in check_text(text, ("us-tida",)).missing}


def test_an_address_in_the_fields_that_is_not_in_the_words_is_missed():
    letter = whole(regime_of("us-tida"))
    more = replace(letter, addresses=(*letter.addresses, "https://pictures.test/view/9"))
    (missing,) = check(more).missing
    assert "https://pictures.test/view/9" in missing.why


def test_a_letter_that_leans_on_no_law_is_not_ready_because_nothing_is_asked():
    assert not check_text("Please.", ()).ready
    assert check_text(whole(regime_of("host")).whole, ()).ready


def test_hours_are_only_promised_where_the_law_was_read():
    for regime in regimes():
        for each in check_text("", (regime.regime,)).missing:
            if "hours" in each.why:
                assert each.confirmed
                assert regime.regime in {"us-tida", "gb-osa"} or "hours" in each.quote


def test_what_nobody_confirmed_claims_nothing_about_the_law():
    unsure = [
        (regime, each)
        for regime in regimes()
        for each in check_text("", (regime.regime,)).missing
        if each.law and not each.confirmed
    ]
    for _regime, each in unsure:
        assert "Nobody could confirm" in each.why
        assert not each.quote
        assert "may not start" not in each.why
    named = {
        f"{regime.regime}.{each.element}"
        for regime in regimes()
        for each in regime.elements
        if each.law and not each.confirmed
    }
    told = {each for regime in regimes() for each in check_text("", (regime.regime,)).not_confirmed}
    assert told == named


def test_a_helper_signs_with_their_own_name():
    tida = regime_of("us-tida")
    letter = whole(tida, role=AGENT)
    assert letter.signature.endswith(HELPER.name)
    assert HELPER.subject in letter.text
    assert whole(tida, role=SUBJECT).signature.endswith(PERSON.name)
