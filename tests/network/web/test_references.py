"""Addresses are made whole as browsers do, and what is none of the web is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillmine.app.network.web.references import canonical, host_of, path_of, whole_address

HERE = "https://site.example/a/b?c#d"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("x.jpg", "https://site.example/a/x.jpg"),
        ("/x.jpg", "https://site.example/x.jpg"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("?q=1", "https://site.example/a/b?q=1"),
        ("HTTP://Other.Example:80", "http://other.example/"),
        ("https://other.example:8443/x", "https://other.example:8443/x"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        (" \n/x y\t.jpg ", "https://site.example/x%20y.jpg"),
        ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x"),
        ("https://site.example./x", "https://site.example/x"),
        ("../../../x", "https://site.example/x"),
        ("/%2e%2e/x", "https://site.example/%2e%2e/x"),
    ],
)
def test_an_address_is_made_whole(written: str, meant: str) -> None:
    assert whole_address(HERE, written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        "javascript:alert(1)",
        "mailto:a@b.example",
        "file:///etc/passwd",
        "ftp://site.example/x",
        "data:text/html,x",
        "https://user@site.example/",
        "https://user:word@site.example/",
        "https://site.example:99999/",
        "https://[::1/",
        "https://" + "a" * 70 + ".example/",
        "/" + "x" * 5000,
        "https://a\x00b.example/",
    ],
)
def test_what_is_none_of_the_web_is_refused(written: str) -> None:
    assert whole_address(HERE, written) is None


def test_an_address_without_a_page_has_to_be_whole() -> None:
    assert whole_address("", "site.example/x") is None
    assert whole_address("", "https://site.example/x") == "https://site.example/x"


@pytest.mark.parametrize(
    "other",
    [
        "https://s.example/p?a=1&b=2",
        "https://s.example/p?b=2&a=1",
        "https://s.example/p?b=2&utm_source=x&a=1&fbclid=7",
    ],
)
def test_the_same_page_is_written_in_one_way(other: str) -> None:
    assert canonical(other) == "https://s.example/p?a=1&b=2"


def test_an_empty_answer_is_an_answer() -> None:
    assert canonical("https://s.example/p?a=") == "https://s.example/p?a="


def test_host_and_path() -> None:
    assert host_of("https://s.example:8443/p/q?x") == "s.example:8443"
    assert path_of("https://s.example:8443/p/q?x") == "/p/q"


@given(st.text(max_size=300))
def test_what_was_made_whole_stays_as_it_is(written: str) -> None:
    whole = whole_address(HERE, written)
    if whole is not None:
        assert whole_address("", whole) == whole
        assert canonical(canonical(whole)) == canonical(whole)


def test_the_number_of_a_visit_does_not_make_another_page_of_it():
    one = "https://f.example/viewtopic.php?t=7&sid=" + "0a" * 16
    assert canonical(one) == "https://f.example/viewtopic.php?t=7"
    assert canonical("https://n.example/story?sid=123") == "https://n.example/story?sid=123"
