"""The letter to a representative: from confirmed facts alone, and true for every place."""

import pytest

from stillmine.act.papers import advocating, comparison
from stillmine.act.papers.advocating import AdvocacyRequest, letter_for
from stillmine.act.papers.document import Quote, Table
from stillmine.act.papers.plain import plain_text
from stillmine.act.papers.typesetting import typeset
from stillmine.errors import UnknownCountry
from stillmine.facts import OFFICIAL, all_laws, place_of
from stillmine.facts.places import places


def said(code):
    return " ".join(plain_text(letter_for(place_of(code))).split())


@pytest.mark.parametrize(
    "code", sorted({*(each.place for each in all_laws().values()), "FR", "NG"})
)
def test_each_place_has_a_letter_in_which_every_law_is_in_force_and_read_on_an_official_page(code):
    if code == "INT":
        return
    place = place_of(code)
    document = letter_for(place)
    for times in comparison.compare(place):
        for term in filter(None, (times.here, times.best)):
            law = all_laws()[term.law]
            assert law.said("status") == "in-force"
            kinds = {s.url: s.kind for v in law.values.values() for s in v.sources}
            assert kinds[term.source] in OFFICIAL
    for quote in (block for block in document.blocks if isinstance(block, Quote)):
        assert "no official page" not in quote.source


def test_a_place_without_a_time_is_shown_the_shortest_one_and_asks_for_it():
    shortest = min(
        comparison.hours(each.best)
        for each in comparison.compare(place_of("FR"))
        if each.trigger == "valid-request"
    )
    text = said("FR")
    assert f"gives each platform {shortest} hours from the moment a person asks" in text
    assert "No set time was found. Digital Services Act" in text


def test_the_place_with_the_best_law_asks_for_it_to_be_kept():
    text = said("US-CA")
    assert "See to it that the set time of 48 hours is kept" in text
    assert "Work for a law that gives each platform" not in text


def test_the_shortest_time_is_the_shortest_there_is():
    for place in (place_of("DE"), place_of("JP")):
        for times in comparison.compare(place):
            every = [
                comparison.hours(term)
                for code in places()
                for each in comparison.compare(place_of(code))
                if each.trigger == times.trigger and (term := each.here)
            ]
            if times.best:
                assert comparison.hours(times.best) == min(every)


def test_it_says_nothing_of_the_person_and_has_no_empty_cell():
    document = letter_for(place_of("FR"))
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert all(cell for row in table.rows for cell in row)
    assert typeset(document).not_drawn == ()


def test_an_unknown_country_is_told(person, tmp_path):
    with pytest.raises(UnknownCountry):
        person.does(advocating.advocate, AdvocacyRequest("Atlantis", tmp_path / "a.pdf"))
    answer = person.does(advocating.advocate, AdvocacyRequest("Germany", tmp_path / "a.pdf"))
    assert answer.file.read_bytes().startswith(b"%PDF")
