"""Law, platforms and lines as a person sees them: sources with everything, nothing unconfirmed."""

import re
import tomllib
from collections import defaultdict
from datetime import UTC, datetime
from importlib.resources import files

import pytest

from stillmine.act import authorities, law, lines, platforms
from stillmine.app.actions import Outcome
from stillmine.app.context import Context
from stillmine.cli.plain_data import one_line
from stillmine.cli.rendering import answer_lines
from stillmine.errors import UnknownCountry, UnknownPlatform
from stillmine.facts import Kind, facts_of
from stillmine.facts.places import places

_LISTS = {
    authorities.AuthoritiesAnswer: "authorities",
    law.LawAnswer: "laws",
    lines.LinesAnswer: "people",
    platforms.PlatformsAnswer: "platforms",
}


def context(tmp_path, day=datetime(2026, 11, 22, tzinfo=UTC)):
    return Context(tmp_path, keys=None, now=lambda: day)


def everything(tmp_path):
    """Yield the name and the answer of every question about facts that can be asked."""
    here = context(tmp_path)
    yield "act.platforms", platforms.platforms(here, platforms.PlatformsRequest())
    for code in places():
        yield "act.law", law.law(here, law.LawRequest(code))
        yield "act.lines", lines.lines(here, lines.LinesRequest(code))
        asked = authorities.AuthoritiesRequest(code)
        yield "act.authorities", authorities.authorities(here, asked)


def held(fact):
    """Return what the file of a fact holds that nobody confirmed."""
    text = (files("stillmine.facts") / f"{fact.fact}.toml").read_text("utf-8")
    every = [str(each.get("held", "")) for each in tomllib.loads(text).get("unverified", [])]
    # Short words (a year, "24/7", "en") stand in other sentences too.
    return [each for each in every if len(each) > 7]


def test_nothing_that_is_not_confirmed_is_ever_said(tmp_path):
    said, tried = defaultdict(list), 0
    for _name, answer in everything(tmp_path):
        for part in (*getattr(answer, _LISTS[type(answer)]), *answer.not_confirmed):
            said[part.fact].append(one_line(part) + "\n".join(getattr(part, "lines", ())))
    for kind in Kind:
        for fact in facts_of(kind):
            shown = "\n".join(said[fact.fact])
            for each in held(fact):
                tried += 1
                assert each not in shown, f"{fact.fact} says {each}"
    assert tried > 500, "there was little to look for"


def test_no_number_that_is_not_confirmed_is_said_anywhere(tmp_path):
    numbers = {
        re.sub("[^0-9]", "", number)
        for fact in facts_of(Kind.LINE)
        for each in held(fact)
        for number in re.findall(r"[0-9][0-9 ()-]{6,}[0-9]", each)
    }
    assert len(numbers) > 5, "there was little to look for"
    for name, answer in everything(tmp_path):
        text = re.sub("[^0-9a-z]", "", "\n".join(answer_lines(name, answer)))
        assert not [number for number in numbers if number in text]


def test_a_value_is_said_with_its_source_and_day(tmp_path):
    answer = lines.lines(context(tmp_path), lines.LinesRequest("GB"))
    shown = "\n".join(answer_lines("act.lines", answer))
    assert "+443456000459" in shown
    assert "Read at https://swgfl.org.uk/helplines/revenge-porn-helpline/ on 2026-11-22." in shown


def test_an_old_value_is_said_to_be_old(tmp_path):
    later = datetime(2028, 1, 1, tzinfo=UTC)
    answer = lines.lines(context(tmp_path, later), lines.LinesRequest("GB"))
    assert all(told.old for person in answer.people for told in person.values.values())
    assert "Look at the source before you rely on it" in "\n".join(
        answer_lines("act.lines", answer)
    )


def test_a_value_from_a_copy_is_said_to_be_from_a_copy(tmp_path):
    answer = platforms.platforms(context(tmp_path), platforms.PlatformsRequest("reddit"))
    shown = "\n".join(answer_lines("act.platforms", answer))
    assert "Read in a copy of https://www.reddit.com/policies/privacy-policy, as it was on" in shown
    answer = law.law(context(tmp_path), law.LawRequest("EU"))
    assert "that is kept elsewhere" in "\n".join(answer_lines("act.law", answer))


def test_every_line_that_is_told_can_be_reached(tmp_path):
    for code in places():
        answer = lines.lines(context(tmp_path), lines.LinesRequest(code))
        for person in answer.people:
            assert person.values.keys() & {"phone", "short_number", "mail", "url"}
        assert answer.people, f"nobody for {code}: those for everywhere are missing"


def test_every_authority_that_is_told_can_be_reached(tmp_path):
    for code in places():
        asked = authorities.AuthoritiesRequest(code)
        for each in authorities.authorities(context(tmp_path), asked).authorities:
            assert each.values.keys() & {"complaint_url", "url", "mail", "phone", "post"}
            assert "role" in each.values


def test_the_nearest_law_comes_first_and_the_union_is_asked_too(tmp_path):
    answer = law.law(context(tmp_path), law.LawRequest("Germany"))
    assert "Digital Services Act" in [each.values["name"].said for each in answer.laws]
    assert all(each.place in {"DE", "EU", "INT"} for each in answer.laws)


def test_where_no_law_is_confirmed_that_is_said_and_is_no_mistake(tmp_path):
    answer = law.law(context(tmp_path), law.LawRequest("Vatican City"))
    assert answer.outcome is Outcome.NOTHING_FOUND
    assert "does not mean there is none" in "\n".join(answer_lines("act.law", answer))


def test_an_unknown_place_is_named(tmp_path):
    with pytest.raises(UnknownCountry):
        law.law(context(tmp_path), law.LawRequest("Atlantis"))


def test_a_platform_is_found_by_a_part_of_its_name(tmp_path):
    answer = platforms.platforms(context(tmp_path), platforms.PlatformsRequest("discord"))
    assert [each.fact for each in answer.platforms] == ["platforms/discord"]


def test_an_unknown_platform_is_named(tmp_path):
    with pytest.raises(UnknownPlatform):
        platforms.platforms(context(tmp_path), platforms.PlatformsRequest("no such platform"))
