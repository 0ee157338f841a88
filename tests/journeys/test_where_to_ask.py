"""Where to ask, without a case: a known site, a name, a host, and a letter that nobody signed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from stillmine.act.hosts.looking import HostAnswer
from stillmine.act.hosts.telling import Ask
from stillmine.app.actions import Answer
from stillmine.app.context import Context
from stillmine.errors import AddressRefused, NotAWebAddress
from stillmine.journeys.where_to_ask import is_known, where_to_ask, with_host
from stillmine.web.door import FormKeys

PAGE = "https://cdn.discordapp.com/attachments/1/2/leak.jpg"
ELSEWHERE = "https://board.example/thread/1"


@pytest.fixture
def context(tmp_path) -> Context:
    """Return a context whose home does not exist, on a day that does not change."""
    now = datetime(2026, 11, 23, 10, 3, tzinfo=UTC)
    return Context(tmp_path / "home", FormKeys(), now=lambda: now)


def host(*asks: Ask) -> HostAnswer:
    nobody: tuple[()] = ()
    return HostAnswer(
        "board.example", None, "board.example", "", nobody, "", "2026-11-23T10:03:00+00:00",
        nobody, nobody, nobody, asks, nobody, nobody,
    )  # fmt: skip


def test_a_page_on_a_known_site_leads_to_its_reports_and_a_letter_with_no_name(context):
    asked = where_to_ask(context, PAGE, country="GB")
    assert asked.site == "cdn.discordapp.com"
    assert asked.platform is not None
    assert asked.platform.values["report_url"].said == "https://discord.com/report"
    (letter,) = asked.letters
    assert (letter.to, letter.form) == ("Discord", "https://discord.com/report")
    assert PAGE in letter.text
    assert "Online Safety Act" in letter.text
    assert "\nSigned:\n" in letter.text
    assert not context.home.exists()


def test_a_name_leads_to_the_site_and_to_no_letter_since_no_page_is_named(context):
    asked = where_to_ask(context, " reddit ")
    assert (asked.site, asked.page, asked.letters) == ("Reddit", "", ())
    assert asked.platform is not None


def test_the_front_page_of_a_site_is_no_page_that_a_letter_could_name(context):
    assert where_to_ask(context, "https://www.reddit.com/").letters == ()
    assert where_to_ask(context, "www.reddit.com").site == "www.reddit.com"


@pytest.mark.parametrize(
    "typed", ["nonsense at all", "word", "", "ftp://a.example/", "a@b.example"]
)
def test_what_is_neither_an_address_nor_a_known_name_is_refused(context, typed):
    with pytest.raises((NotAWebAddress, AddressRefused)):
        where_to_ask(context, typed)


def test_an_unknown_site_leads_to_its_host_and_the_letter_goes_there(context):
    asked = where_to_ask(context, ELSEWHERE, country="DE", language="de")
    assert (asked.platform, asked.letters) == (None, ())
    best = Ask("host", "Space Ltd", ("abuse@space.example",), (), (), confirmed=True, source="x")
    found = with_host(context, asked, host(best), country="DE", language="de")
    (letter,) = found.letters
    assert (letter.to, letter.mail) == ("Space Ltd", "abuse@space.example")
    assert ELSEWHERE in letter.text
    assert "Unterschrift" in letter.text or "Gezeichnet" in letter.text


def test_where_nobody_was_found_there_is_no_letter(context):
    asked = where_to_ask(context, ELSEWHERE)
    assert with_host(context, asked, host()).letters == ()
    assert with_host(context, asked, Answer()) is asked


def test_a_language_that_letters_do_not_speak_gives_an_english_one(context):
    assert "Hello Discord" in where_to_ask(context, PAGE, language="ar").letters[0].text


def test_known_sites_are_told_from_others():
    assert is_known(PAGE)
    assert not is_known(ELSEWHERE)
