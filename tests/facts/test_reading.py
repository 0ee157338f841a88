"""What may not be shown does not come out of a file, and a wrong file is named."""

from datetime import date

import pytest

from stillmine.errors import FactsUnreadable
from stillmine.facts import Kind, place_of, wider_places
from stillmine.facts.checking import problems
from stillmine.facts.reading import read_fact

SOURCE = """
[sources.own]
url = "https://revengepornhelpline.org.uk/contact"
kind = "official-ngo"
checked_on = 2026-11-22
"""
NAME = """
[values.name]
said = "Revenge Porn Helpline"
sources = ["own"]
"""
PHONE = """
[values.phone]
said = "+443456000459"
sources = ["own"]
"""
WHO = "lines/gb/revenge-porn-helpline"


def line(*parts):
    return read_fact(Kind.LINE, WHO, 'place = "GB"\n' + "".join(parts))


def test_a_value_comes_with_its_source_and_day():
    value = line(SOURCE, NAME, PHONE).values["phone"]
    assert value.said == "+443456000459"
    assert value.source.url == "https://revengepornhelpline.org.uk/contact"
    assert value.checked_on == date(2026, 11, 22)
    assert value.age(date(2026, 12, 2)) == 10


def test_what_is_held_but_not_confirmed_is_nowhere_in_the_fact():
    held = '[[unverified]]\nfield = "phone"\nmissing = "nobody called"\nheld = "+441234567890"\n'
    fact = line(SOURCE, NAME, held)
    assert fact.missing == {"phone": "nobody called"}
    assert "1234567890" not in repr(fact)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(PHONE.replace("+44345", "0345"), id="a number without its country"),
        pytest.param(PHONE.replace('"+443456000459"', "443456000459"), id="a number as a number"),
        pytest.param(PHONE.replace('["own"]', "[]"), id="no source"),
        pytest.param(PHONE.replace('["own"]', '["elsewhere"]'), id="an unknown source"),
        pytest.param(PHONE.replace("phone", "telephone"), id="an unknown field"),
        pytest.param('[values.url]\nsaid = "http://a.org"\nsources = ["own"]\n', id="no https"),
        pytest.param(
            '[values.url]\nsaid = "https://a.org@b.org/"\nsources = ["own"]\n', id="a hidden host"
        ),
        pytest.param("phone_unverified = 1\n", id="an unknown key"),
        pytest.param("[values", id="not TOML"),
        pytest.param(
            '[[unverified]]\nfield = "name"\nmissing = "x"\n', id="confirmed and not confirmed"
        ),
        pytest.param('[[unverified]]\nfield = "phone"\n', id="nobody says what is missing"),
    ],
)
def test_a_wrong_file_is_refused_by_name(wrong):
    with pytest.raises(FactsUnreadable) as refused:
        line(SOURCE, NAME, wrong)
    assert refused.value.facts["fact"] == WHO


def test_a_number_from_a_secondary_source_is_refused():
    with pytest.raises(FactsUnreadable):
        line(SOURCE.replace("official-ngo", "secondary"), NAME, PHONE)


def test_a_number_read_on_somebody_elses_page_is_found_by_the_checks():
    elsewhere = line(SOURCE.replace("revengepornhelpline.org.uk", "example.org"), NAME, PHONE)
    assert any("phone" in each for each in problems(Kind.LINE, elsewhere, date(2026, 11, 22)))


@pytest.mark.parametrize(
    "address", ["https://revengepornhelpline.org.uk.example.org/", "https://example.org/"]
)
def test_an_address_that_only_looks_official_is_found_by_the_checks(address):
    url = f'[values.url]\nsaid = "{address}"\nsources = ["own"]\n'
    found = list(problems(Kind.LINE, line(SOURCE, NAME, url), date(2026, 11, 22)))
    assert any("url lies on no domain" in each for each in found)


STORED = SOURCE + 'stored = 2026-02-01\nnote = "kept by an archive"\n'


def test_a_copy_is_as_old_as_the_day_on_which_it_was_made():
    value = line(STORED, NAME, PHONE).values["phone"]
    assert value.checked_on == date(2026, 2, 1)
    assert value.age(date(2026, 11, 22)) == 294


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(STORED.replace("2026-02-01", "2027-02-01"), id="later than it was read"),
        pytest.param(STORED.replace("2026-02-01", '"2026"'), id="no day"),
        pytest.param(STORED.replace('note = "kept by an archive"\n', ""), id="kept by nobody"),
    ],
)
def test_a_copy_of_no_known_day_or_place_is_refused(wrong):
    with pytest.raises(FactsUnreadable):
        line(wrong, NAME, PHONE)


def test_a_value_from_the_future_is_found_by_the_checks():
    found = list(problems(Kind.LINE, line(SOURCE, NAME, PHONE), date(2026, 11, 21)))
    assert any("future" in each for each in found)


@pytest.mark.parametrize("typed", ["DE", "de", "Germany", " germany "])
def test_a_place_is_known_by_code_and_by_name(typed):
    assert place_of(typed).code == "DE"


def test_what_holds_at_a_place_is_found_from_near_to_far():
    assert wider_places(place_of("DE")) == ("DE", "EU", "INT")
    assert wider_places(place_of("US-CA")) == ("US-CA", "US", "INT")
    assert wider_places(place_of("CH")) == ("CH", "INT")


def test_an_unknown_place_is_none():
    assert place_of("Atlantis") is None


LAW = """place = "US"

[sources.own]
url = "https://uscode.house.gov/view.xhtml"
kind = "official-text"
checked_on = 2026-11-22

[values."elements.locate"]
said = "Where it is"
sources = ["own"]
"""


def law_problems(quote):
    fact = read_fact(Kind.LAW, "law/us/some-act", LAW + quote)
    return list(problems(Kind.LAW, fact, date(2026, 11, 22)))


def test_what_a_letter_has_to_say_comes_with_the_words_of_the_law():
    assert any("not quoted" in each for each in law_problems(""))
    assert law_problems('quote = "information reasonably sufficient to locate it"\n') == []


def test_a_quote_is_no_essay():
    assert any("quotes too much" in each for each in law_problems(f'quote = "{"a" * 241}"\n'))


@pytest.mark.parametrize(
    ("address", "trusted"),
    [
        ("https://github.com/contact/report-abuse", True),
        ("https://github.com/contact", True),
        ("https://github.com/somebody/contact", False),
        ("https://github.com/contact/../somebody", False),
        ("https://github.com/contact%2f..%2fsomebody", False),
        ("https://github.com/contacts", False),
        ("https://pages.github.com/contact/x", False),
    ],
)
def test_a_page_of_anybody_does_not_speak_for_the_place_that_hosts_it(address, trusted):
    text = f"""place = "INT"

[sources.own]
url = "https://docs.github.com/en/site-policy"
kind = "official"
checked_on = 2026-11-22

[values.report_url]
said = "{address}"
sources = ["own"]
"""
    fact = read_fact(Kind.PLATFORM, "platforms/github", text)
    assert (list(problems(Kind.PLATFORM, fact, date(2026, 11, 22))) == []) is trusted


@pytest.mark.parametrize(
    ("address", "trusted"),
    [
        ("https://wordpress.com/support/report-blogs/", True),
        ("https://somebody.wordpress.com/report/", False),
    ],
)
def test_a_blog_of_anybody_does_not_speak_for_the_place_that_hosts_it(address, trusted):
    text = f"""place = "INT"

[sources.own]
url = "{address}"
kind = "official"
checked_on = 2026-11-22

[values.help_url]
said = "{address}"
sources = ["own"]
"""
    fact = read_fact(Kind.PLATFORM, "platforms/wordpress-com", text)
    assert (list(problems(Kind.PLATFORM, fact, date(2026, 11, 22))) == []) is trusted


ANSWER_TIME = """
[sources.law]
url = "https://eur-lex.europa.eu/eli/reg/2016/679/oj"
kind = "official-text"
checked_on = 2026-11-22

[values.deadline_months]
said = {said}
sources = ["law"]
quote = "within one month of receipt of the request"
"""
TRIGGER = """
[values.deadline_trigger]
said = "statutory-answer-time"
sources = ["law"]
quote = "within one month of receipt of the request"
"""


def law(*parts):
    return read_fact(Kind.LAW, "law/eu/gdpr-right-to-erasure", 'place = "EU"\n' + "".join(parts))


def test_a_time_in_months_is_no_time_in_hours():
    fact = law(ANSWER_TIME.format(said=1), TRIGGER)
    assert fact.said("deadline_months") == 1
    assert fact.said("deadline_hours") is None


def test_a_time_without_a_start_is_found_by_the_checks():
    found = list(problems(Kind.LAW, law(ANSWER_TIME.format(said=1)), date(2026, 11, 22)))
    assert any("nobody says when it starts" in each for each in found)


def test_two_times_for_one_answer_are_found_by_the_checks():
    days = '[values.deadline_days]\nsaid = 30\nsources = ["law"]\nquote = "thirty days"\n'
    found = list(
        problems(Kind.LAW, law(ANSWER_TIME.format(said=1), TRIGGER, days), date(2026, 11, 22))
    )
    assert any("several times" in each for each in found)


@pytest.mark.parametrize("said", [0, 7, '"one"'])
def test_a_strange_number_of_months_is_refused(said):
    with pytest.raises(FactsUnreadable):
        law(ANSWER_TIME.format(said=said), TRIGGER)


def copied(kind, text):
    return read_fact(kind, "law/us/some-act", text.replace("official-text", "official-copy"))


def test_the_words_of_a_law_may_be_read_in_a_copy_that_is_named():
    noted = LAW.replace("[values", 'note = "kept at example.org, of 2021"\n\n[values')
    assert copied(Kind.LAW, noted).values["elements.locate"].source.kind == "official-copy"
    with pytest.raises(FactsUnreadable):
        copied(Kind.LAW, LAW)


def test_no_number_and_no_address_is_read_in_a_copy():
    noted = LAW.replace("[values", 'note = "kept at example.org, of 2021"\n\n[values')
    with pytest.raises(FactsUnreadable):
        copied(
            Kind.LAW, noted + '\n[values.report_url]\nsaid = "https://a.gov/"\nsources = ["own"]\n'
        )
    phone = SOURCE.replace("official-ngo", "official-copy") + 'note = "kept at example.org"\n'
    with pytest.raises(FactsUnreadable):
        line(phone, NAME, PHONE)
