"""Advice about ways to send has an official page and a day, or it is not shown."""

from __future__ import annotations

from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import pytest

from stillmine.errors import FactsUnreadable
from stillmine.share import channels
from tests.share.conftest import Person

OFFICIAL = {
    "core.telegram.org",
    "faq.whatsapp.com",
    "ssd.eff.org",
    "support.apple.com",
    "support.google.com",
    "support.signal.org",
}
RIGHT = """
name = "Pigeon"
[[says]]
protects = true
text = "It flies."
source = "https://example.org/"
checked = 2026-11-22
"""


def test_each_sentence_has_an_official_page_and_a_day_that_is_past(ada: Person) -> None:
    answer = ada.does(channels.channels, channels.ChannelsRequest())
    assert len({each.channel for each in answer.advice}) >= 6
    for each in answer.advice:
        assert urlsplit(each.source).hostname in OFFICIAL
        assert date(2026, 1, 1) <= each.checked <= datetime.now(tz=UTC).date()
        assert each.text.endswith(".")
        assert each.text in each.line


def test_each_way_that_protects_is_told_with_what_it_does_not(ada: Person) -> None:
    answer = ada.does(channels.channels, channels.ChannelsRequest())
    ways = {each.channel for each in answer.advice if each.protects} - {"Face to face"}
    assert ways == {each.channel for each in answer.advice if not each.protects}


def test_what_nobody_could_confirm_is_named_and_not_told(ada: Person) -> None:
    answer = ada.does(channels.channels, channels.ChannelsRequest())
    assert answer.not_confirmed
    assert not {each.channel for each in answer.advice} & {*answer.not_confirmed}


def test_it_is_told_without_a_vault(newcomer) -> None:
    assert newcomer("Dan").does(channels.channels, channels.ChannelsRequest()).advice


def test_a_right_file_is_read() -> None:
    (advice,) = channels.read_channel("pigeon.toml", RIGHT).advice
    assert (advice.channel, advice.protects, advice.text) == ("Pigeon", True, "It flies.")


@pytest.mark.parametrize(
    "text",
    [
        "",
        'name = "Pigeon"',
        RIGHT.replace("https://", "http://"),
        RIGHT.replace("2026-11-22", '"today"'),
        RIGHT.replace("checked = 2026-11-22", ""),
        RIGHT.replace("true", "1"),
        RIGHT.replace("It flies.", " "),
        RIGHT + "more = 1",
        RIGHT.replace("[[says]]", 'unverified = "all of it"\n[[says]]'),
        "name = ",
    ],
)
def test_a_file_without_a_source_a_day_or_words_is_refused(text: str) -> None:
    with pytest.raises(FactsUnreadable):
        channels.read_channel("pigeon.toml", text)
