"""Addresses are taken apart and put together without changing what they mean."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stillmine.app.network.web.queries import (
    asking,
    escaped_name,
    origin_of,
    plain_path,
    query_of,
)
from stillmine.app.network.web.references import whole_address

WORDS = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1)


@given(WORDS)
def test_what_is_asked_comes_back_as_it_was(words):
    url = asking("https://a.example/x", q=words, empty="", number=3)
    assert query_of(url) == {"q": words, "number": "3"}


@given(WORDS)
def test_a_name_is_one_step_of_a_path_whatever_is_in_it(name):
    assert "/" not in escaped_name(name)
    assert plain_path(f"https://a.example/{escaped_name(name)}") == f"/{name}"


def test_an_address_that_asks_something_already_asks_more():
    assert asking("https://a.example/?a=1", b="x y") == "https://a.example/?a=1&b=x+y"
    assert asking("https://a.example/") == "https://a.example/"


def test_of_one_name_the_first_value_counts():
    assert query_of("https://a.example/?a=1&a=2&b") == {"a": "1"}


def test_an_origin_has_the_port_that_is_not_usual():
    assert origin_of("https://a.example:8443/x?y") == "https://a.example:8443"
    assert origin_of(whole_address("", "http://a.example:80/x") or "") == "http://a.example"
