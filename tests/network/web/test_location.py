"""An address is read in one way only, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stillmine.app.network.web.location import joined, read_location
from stillmine.errors import AddressRefused, NotAWebAddress


def _wide(digits: str) -> str:
    """Return digits as East Asian typography has them, which host names take for plain ones."""
    return "".join(chr(ord(digit) + 0xFEE0) for digit in digits)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://Example.ORG", "https://example.org/"),
        (" https://example.org:443/a ", "https://example.org/a"),
        ("http://example.org:80/?q=1#top", "http://example.org/?q=1"),
        ("http://example.org:8080", "http://example.org:8080/"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://bücher.de/ä?ö=ü", "https://xn--bcher-kva.de/%C3%A4?%C3%B6=%C3%BC"),
        ("https://faß.de/", "https://xn--fa-hia.de/"),
        ("https://under_score.example/", "https://under_score.example/"),
        ("https://例え。テスト/", "https://xn--r8jz45g.xn--zckzah/"),
        ("https://[2606:4700::1111]:8443/", "https://[2606:4700::1111]:8443/"),
        (f"https://{_wide('8')}.8.8.8/", "https://8.8.8.8/"),
        ("https://example.org/%7Euser/a%20b", "https://example.org/%7Euser/a%20b"),
    ],
)
def test_an_address_is_brought_into_the_form_in_which_it_is_asked_for(text: str, url: str) -> None:
    assert read_location(text).url == url


@pytest.mark.parametrize(
    "text",
    [
        "", "example.org", "//example.org/", "ftp://example.org/", "file:///etc/passwd",
        "javascript:alert(1)", "data:text/html,x", "https://", "https:///x", "http://[::1",
        "https://user@example.org/", "https://user:word@example.org/", "https://@example.org/",
        "https://example.org:99999/", "https://example.org:0/", "https://exa mple.org/",
        "https://example.org\\@evil.example/", "https://example.org/\r\nHost: evil",
        "https://example.org/\x00", "https://-example.org/", "https://a..b/",
        "https://" + "a" * 64 + ".example/", "https://example.org/" + "a" * 9000,
        "https://exam%70le.org/", "https://ex☃ample.org/", "https://[::ffff:1.2.3.4.5]/",
    ],
)  # fmt: skip
def test_what_could_be_read_in_two_ways_is_no_address(text: str) -> None:
    with pytest.raises((NotAWebAddress, AddressRefused)):
        read_location(text)


@pytest.mark.parametrize(
    "host",
    ["2130706433", "017700000001", "0x7f000001", "0x7f.1", "127.1", "127.0.1", "0177.0.0.1",
     "1.2.3.4.5", "127.0.0.1.", "256.1.1.1", "0x", "example.0x7f", "foo.127", _wide("127") + ".1",
     "[fe80::1%25eth0]", "[fe80::1%eth0]"],
)  # fmt: skip
def test_a_number_in_an_odd_form_is_refused_and_not_guessed_at(host: str) -> None:
    if host == "127.0.0.1.":  # one dot at the end is the same host; the guard refuses it later
        assert read_location(f"http://{host}/").host == "127.0.0.1"
        return
    with pytest.raises((AddressRefused, NotAWebAddress)):
        read_location(f"http://{host}/")


@pytest.mark.parametrize(
    ("reference", "url"),
    [
        ("/b", "https://example.org/b"),
        ("b?c", "https://example.org/a/b?c"),
        ("//other.example/x", "https://other.example/x"),
        ("http://other.example", "http://other.example/"),
        ("", "https://example.org/a/"),
    ],
)
def test_a_reference_is_read_from_where_it_was_found(reference: str, url: str) -> None:
    assert joined(read_location("https://example.org/a/"), reference).url == url


@given(st.text(max_size=60))
@example("[")
@example("//[")
@example("https://[v1.x]/")
def test_whatever_is_typed_is_an_address_or_refused(text: str) -> None:
    for typed in (text, f"https://{text}", f"https://example.org/{text}"):
        try:
            location = read_location(typed)
        except (NotAWebAddress, AddressRefused):
            continue
        assert location.url.isascii()
        assert not set(location.url) & set(" \r\n\t\\")
        assert read_location(location.url) == location
