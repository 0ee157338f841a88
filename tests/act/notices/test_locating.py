"""Exact addresses: what leads to one picture, and what only looks as if it did."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillmine.act.notices.locating import addresses_in, host_of, trouble_with, within

_EXACT = [
    "https://pictures.test/view/1",
    "http://pictures.test/a.jpg",
    "https://pictures.test/?id=77",
    "https://pictures.test/#/post/9",
    "https://localhost:8443/page.html",
    "https://192.0.2.7/x",
    "https://[2001:db8::1]:8080/x",
    "https://bücher.test/ä/ö?ü=1",
    "https://xn--bcher-kva.test/x",
    "https://pictures.test/research/7",
    "https://www.pornhub.com/view_video.php?viewkey=ph5f",
    "https://x.com/someone/status/1234567890",
    "https://www.youtube.com/watch?v=abc",
    "https://pictures.test/" + "a" * 2000,
    "https://t.me/channel/12",
    "https://pictures.test/thread?page=2&p=7",
]
_NOT = {
    "": "no-address",
    "http://": "no-address",
    "https://": "no-address",
    "https:///x": "no-address",
    "https://x": "no-address",
    "https://pictures": "no-address",
    "pictures.test/view/1": "no-address",
    "ftp://pictures.test/1": "no-address",
    "javascript:alert(1)": "no-address",
    "https://pictures.test/a b": "no-address",
    "https://pictures.test/a\nBcc: x@y.test": "no-address",
    "https://user:word@pictures.test/1": "no-address",
    "https://pictures.test:99999/1": "no-address",
    "https://-pictures.test/1": "no-address",
    "https://pictures..test/1": "no-address",
    "https://1.2.3.4.5/1": "no-address",
    "https://pictures.test/" + "a" * 9000: "no-address",
    "https://pictures.test": "whole-site",
    "https://pictures.test/": "whole-site",
    "https://pictures.test/#": "whole-site",
    "https://pictures.test/?": "whole-site",
    "https://www.google.com/search?q=anna": "search-page",
    "https://www.google.co.uk/search?q=anna&tbm=isch": "search-page",
    "https://www.google.com/imgres?imgurl=x": "search-page",
    "https://www.google.com/url?q=https://pictures.test/1": "search-page",
    "https://www.bing.com/images/search?q=anna": "search-page",
    "https://duckduckgo.com/?q=anna": "search-page",
    "https://yandex.com/images/search?text=anna": "search-page",
    "https://search.yahoo.com/search?p=anna": "search-page",
    "https://www.pornhub.com/video/search?search=anna": "search-page",
    "https://www.xvideos.com/?k=anna": "search-page",
    "https://x.com/search?q=anna": "search-page",
    "https://www.youtube.com/results?search_query=anna": "search-page",
    "https://bit.ly/abc": "short-link",
    "https://t.co/abc": "short-link",
}


@pytest.mark.parametrize("url", _EXACT)
def test_an_exact_address_has_no_trouble(url):
    assert trouble_with(url) == ""


@pytest.mark.parametrize(("url", "why"), _NOT.items())
def test_what_is_not_exact_is_refused_with_why(url, why):
    assert trouble_with(url) == why


def test_a_look_alike_domain_is_not_the_platform():
    for url in ("https://x.com.evil.test/1", "https://notx.com/1", "https://evil.test/x.com/1"):
        assert trouble_with(url, ("x.com",)) == "elsewhere"
    assert trouble_with("https://mobile.x.com/a/1", ("x.com",)) == ""
    assert within("x.com", ("x.com",))


def test_addresses_are_found_in_a_text_without_what_ends_the_sentence():
    text = (
        "See https://a.test/1, (https://b.test/x_(y)) and <https://c.test/2>; "
        "“https://d.test/3”. https://a.test/1!"
    )
    assert addresses_in(text) == (
        "https://a.test/1",
        "https://b.test/x_(y)",
        "https://c.test/2",
        "https://d.test/3",
    )


@given(st.text(max_size=300))
def test_any_text_gets_an_answer_and_never_a_blank_or_a_line_break(text):
    why = trouble_with(text)
    if why == "":
        assert not any(sign.isspace() for sign in text)
        assert host_of(text)
    for each in addresses_in(text):
        assert not any(sign.isspace() for sign in each)


@given(st.text(max_size=100), st.text(max_size=100))
def test_no_ending_can_bring_an_address_to_another_host(path, query):
    url = f"https://pictures.test/{path}?{query}"
    if trouble_with(url) == "":
        assert host_of(url) == "pictures.test"
