"""The judge of manners: each bad manner is seen in a log, and a good log has none."""

from dataclasses import replace

import pytest

from bench.watch.manners import Rules, judged
from tests.servers.leak_web.log import Entry

_HEADERS = {
    "host": "leak.test",
    "user-agent": "stillmine/1.0 (+https://pypi.org/project/stillmine/)",
    "accept": "*/*",
    "accept-encoding": "gzip, deflate",
    "connection": "close",
}
_ROBOTS = "User-agent: *\nDisallow: /hidden/\n"


def _entry(at: float, target: str, **more: object) -> Entry:
    whole = Entry(at, "leak.test", "GET", target, dict(_HEADERS), 200, at + 0.1, 10, True, {})
    return replace(whole, **more)


def _good() -> list[Entry]:
    return [
        _entry(0, "/robots.txt"),
        _entry(2.5, "/one", answered={"etag": '"1"'}),
        _entry(5, "/two", answered={"last-modified": "yesterday"}),
        _entry(8, "/busy", status=429, answered={"retry-after": "60"}),
        _entry(68, "/one", headers=_HEADERS | {"if-none-match": '"1"'}, status=304),
        _entry(71, "/two", headers=_HEADERS | {"if-modified-since": "yesterday"}, status=304),
    ]


def _rules(entries: list[Entry], **more: object) -> list[str]:
    rules = Rules(_ROBOTS, pauses=(("/slow.*", 10.0),))
    return [
        breach.rule for breach in judged(entries, {"leak.test": replace(rules, **more)}).breaches
    ]


def test_good_manners_are_seen_as_such() -> None:
    judgement = judged(_good(), {"leak.test": Rules(_ROBOTS)})
    assert not judgement.breaches
    assert (judgement.conditional, judgement.could_be_conditional) == (2, 2)
    assert judgement.requests == 6


@pytest.mark.parametrize(
    ("entry", "rule"),
    [
        (_entry(72, "/three"), "pause"),
        (_entry(90, "/hidden/x"), "disallowed"),
        (_entry(90, "/%68idden/x"), "disallowed"),
        (_entry(90, "/x", headers=_HEADERS | {"user-agent": "Mozilla/5.0"}), "agent"),
        (_entry(90, "/x", headers=_HEADERS | {"cookie": "session=1"}), "header"),
        (_entry(90, "/x", headers=_HEADERS | {"referer": "http://leak.test/"}), "header"),
        (_entry(90, "/x", headers=_HEADERS | {"authorization": "Basic x"}), "header"),
        (_entry(90, "/x", method="POST"), "method"),
        (_entry(90, "/one"), "not conditional"),
        (_entry(20, "/x"), "retry-after"),
    ],
)
def test_each_bad_manner_is_seen(entry: Entry, rule: str) -> None:
    assert rule in _rules([*_good(), entry])


def test_a_pause_that_the_site_asks_for_counts() -> None:
    assert _rules([*_good(), _entry(80, "/slow/1"), _entry(85, "/x")]) == ["pause"]
    assert not _rules([*_good(), _entry(80, "/slow/1"), _entry(90, "/x")])


def test_a_date_in_retry_after_counts() -> None:
    told = {"retry-after": "Thu, 01 Jan 1970 00:03:00 GMT"}
    busy = _entry(80, "/busy", status=503, answered=told)
    assert _rules([*_good(), busy, _entry(179, "/x")]) == ["retry-after"]
    assert not _rules([*_good(), busy, _entry(180, "/x")])


def test_who_does_not_ask_for_robots_first_is_seen() -> None:
    assert set(_rules(_good()[1:])) == {"robots not asked"}
    later = _entry(2 * 86400, "/x")
    assert _rules([*_good(), later]) == ["robots not asked"]


def test_nothing_may_be_asked_where_robots_is_in_trouble() -> None:
    assert _rules([_entry(0, "/robots.txt", status=500), _entry(9, "/x")], in_trouble=True) == [
        "robots in trouble"
    ]


def test_two_requests_at_once_are_seen() -> None:
    slow = _entry(80, "/long", ended=90.0)
    assert _rules([*_good(), slow, _entry(85, "/x")]) == ["two at once"]


def test_more_than_the_budget_of_a_day_is_seen() -> None:
    many = [_entry(80 + 3 * number, f"/{number}") for number in range(3010)]
    assert _rules([*_good(), *many]) == ["budget"] * 16


def test_an_answer_that_nobody_waited_for_is_no_answer() -> None:
    slow = _entry(80, "/long", ended=90.0, answered={"etag": '"1"'})
    again = _entry(86, "/long")
    assert _rules([*_good(), slow, again]) == ["two at once", "not conditional"]
    assert not _rules([*_good(), replace(slow, heard=False), again])
