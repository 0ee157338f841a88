"""What a site asks of us is understood as its makers mean it, and cannot be used against us."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from protego import Protego

from stillmine.watch.manners.robots import AGENT, MOST_ROBOTS, read_robots, robots_of

SITE = "https://site.example"


def allows(text: str, path: str) -> bool:
    return read_robots(text.encode()).allows(SITE + path)


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/x", True),
        ("User-agent: *\nDisallow: /", "/x", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: *\nDisallow:", "/x", True),
        ("User-agent: *\nDisallow: /a", "/ab", False),
        ("User-agent: *\nDisallow: /a\nAllow: /ab", "/abc", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*.php$", "/x/y.php", False),
        ("User-agent: *\nDisallow: /*.php$", "/x/y.php?a", True),
        ("User-agent: *\nDisallow: /a*b*c", "/axbxc", False),
        ("User-agent: *\nDisallow: /a*b*c", "/axcxb", True),
        ("User-agent: *\nDisallow: /a$", "/a", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: *?page=", "/x?page=2", False),
        ("User-agent: other\nDisallow: /", "/x", True),
        (f"User-agent: *\nDisallow: /\nUser-agent: {AGENT}\nDisallow: /a", "/x", True),
        (f"User-agent: {AGENT.upper()}/2.0\nDisallow: /a", "/a", False),
        (f"User-agent: other\nUser-agent: {AGENT}\nDisallow: /a", "/a", False),
        (f"User-agent: {AGENT}\nDisallow: /a\n\nUser-agent: {AGENT}\nDisallow: /b", "/b", False),
        ("User-agent: *  # all\nDisallow: /a # not this", "/a", False),
        ("User-agent: *\nDisallow: /%61", "/a", False),
        ("User-agent: *\nDisallow: /a", "/%61", False),
        ("User-agent: *\nDisallow: /a%2Fb", "/a/b", True),
        ("User-agent: *\nDisallow: /ü", "/%C3%BC", False),
        ("Disallow: /", "/x", True),
        ("\ufeffUser-agent: *\r\nDisallow: /a\r\n", "/a", False),
        ("<html>not found</html>", "/x", True),
    ],
)
def test_rules_mean_what_the_standard_says(text: str, path: str, allowed: bool) -> None:
    assert allows(text, path) is allowed


@pytest.mark.parametrize(
    ("status", "allowed"),
    [(200, False), (404, True), (403, True), (401, True), (429, False), (500, False), (503, False)],
)
def test_what_an_answer_means(status: int, allowed: bool) -> None:
    found = robots_of(status, b"User-agent: *\nDisallow: /")
    assert found.allows(SITE + "/x") is allowed


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        ("Crawl-delay: 10", 10.0),
        ("Crawl-delay: 0.5", 0.5),
        ("Crawl-delay: 999999", 3600.0),
        ("Crawl-delay: -1", 0.0),
        ("Crawl-delay: often", 0.0),
        ("Request-rate: 1/30", 30.0),
        ("Request-rate: 2/1m", 30.0),
        ("Request-rate: 0/1", 3600.0),
    ],
)
def test_the_pause_that_a_site_asks_for(line: str, seconds: float) -> None:
    assert read_robots(f"User-agent: *\n{line}\n".encode()).pause == seconds


def test_a_file_without_end_is_read_in_part() -> None:
    body = b"User-agent: *\nDisallow: /a\n" + b"#" * MOST_ROBOTS + b"\nDisallow: /b\n"
    found = read_robots(body)
    assert not found.allows(SITE + "/a")
    assert found.allows(SITE + "/b")


def test_a_rule_made_to_be_slow_is_not() -> None:
    # A regular expression would try more ways than there are atoms.
    rules = read_robots(b"User-agent: *\nDisallow: /" + b"*a" * 400 + b"*b\n")
    assert rules.allows(SITE + "/" + "a" * 4000)


_PATHS = st.text(alphabet="/ab*$.", max_size=8).map("/".__add__)


@settings(max_examples=500)
@given(
    st.lists(st.tuples(st.sampled_from(["Allow", "Disallow"]), _PATHS), max_size=5),
    st.text(alphabet="/ab.", max_size=10).map("/".__add__),
)
def test_another_reader_understands_the_same(rules: list[tuple[str, str]], path: str) -> None:
    text = "User-agent: *\n" + "".join(f"{word}: {pattern}\n" for word, pattern in rules)
    assert allows(text, path) == Protego.parse(text).can_fetch(SITE + path, AGENT)


@given(st.binary(max_size=500))
def test_whatever_the_file_is_it_is_read(body: bytes) -> None:
    found = read_robots(body)
    assert found.pause >= 0
    assert found.allows(SITE + "/robots.txt")
