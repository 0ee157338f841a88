"""Every way in which a page shows a picture is seen, and a hostile page harms nothing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillmine.watch.reading import read_page
from stillmine.watch.reading.choosing import best_candidate, candidates
from stillmine.watch.reading.web_page import MOST_PAGE, MOST_PICTURES, pictures_in_style

HERE = "https://board.example/thread/7?page=2"
WANTED = "https://board.example/p/1.jpg"

WAYS = {
    "img": '<img src="/p/1.jpg">',
    "relative": '<img src="../p/1.jpg">',
    "no quotes": "<IMG SRC=/p/1.jpg>",
    "other scheme left out": '<img src="//board.example/p/1.jpg">',
    "srcset": '<img srcset="/p/0.jpg 320w, /p/1.jpg 1600w, /p/2.jpg 9000w">',
    "density": '<img srcset="/p/0.jpg, /p/1.jpg 2x">',
    "picture": '<picture><source srcset="/p/1.jpg 800w"></picture>',
    "lazy": '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="/p/1.jpg">',
    "lazy original": '<img data-original="/p/1.jpg">',
    "lazy set": '<img data-lazy-srcset="/p/1.jpg 640w">',
    "lazy background": "<div data-bg=\"url('/p/1.jpg')\"></div>",
    "lazy json": '<a data-img=\'{"big":"https:\\/\\/board.example\\/p\\/1.jpg"}\'></a>',
    "noscript": '<noscript><img src="/p/1.jpg"></noscript>',
    "style attribute": '<div style="background: url(/p/1.jpg)"></div>',
    "quotes in style": '<div style="background-image:url(&quot;/p/1.jpg&quot;)"></div>',
    "style sheet": "<style>.a { background: url('/p/1.jpg') }</style>",
    "og:image": '<meta property="og:image" content="https://board.example/p/1.jpg">',
    "twitter": '<meta name="twitter:image" content="/p/1.jpg">',
    "itemprop": '<meta itemprop="image" content="/p/1.jpg">',
    "image_src": '<link rel="image_src" href="/p/1.jpg">',
    "preload": '<link rel=preload as=image imagesrcset="/p/1.jpg 900w" href="/p/0.jpg">',
    "poster": '<video poster="/p/1.jpg"></video>',
    "link to the full size": '<a href="/p/1.jpg">see</a>',
    "json state": '<script type="text/x">["https:\\/\\/board.example\\/p\\/1.jpg"]</script>',
    "json in letters": '<script>s="https:\\u002F\\u002Fboard.example\\u002Fp\\u002F1.jpg"</script>',
    "linked data": '<script type="application/ld+json">{"image":"/p/1.jpg"}</script>',
    "svg": '<svg><image href="/p/1.jpg"/></svg>',
    "old svg": '<svg><image xlink:href="/p/1.jpg"/></svg>',
    "input": '<input type=image src="/p/1.jpg">',
    "object": '<object data="/p/1.jpg"></object>',
    "embed": '<embed src="/p/1.jpg">',
    "background": '<td background="/p/1.jpg">',
    "amp": '<amp-img src="/p/1.jpg"></amp-img>',
    "srcdoc": "<iframe srcdoc=\"<img src='/p/1.jpg'>\"></iframe>",
    "base": '<base href="https://board.example/p/"><img src="1.jpg">',
    "entity": '<img src="/p&#47;1.jpg">',
    "line end in it": '<img src="/p/\n1.jpg">',
    "part behind": '<img src="/p/1.jpg#x">',
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_show_a_picture_is_seen(way: str) -> None:
    assert WANTED in read_page(WAYS[way].encode(), HERE).pictures


def test_a_picture_written_into_the_page_is_kept_apart() -> None:
    page = read_page(b'<img src="data:image/png;base64,AAAA"><img src=/p/1.jpg>', HERE)
    assert page.data == ["data:image/png;base64,AAAA"]
    assert page.pictures == [WANTED]


def test_links_frames_and_the_next_page_are_told_apart() -> None:
    page = read_page(
        b"<a href=/a>a</a><a href=mailto:x@y>b</a><a href='javascript:alert(1)'>c</a>"
        b"<iframe src=/f></iframe><link rel=next href='?page=3'><link rel=stylesheet href=/s.css>"
        b"<meta http-equiv=refresh content='0; URL=/gone'><a href='https://u:p@evil.example/'>d</a>",
        HERE,
    )
    assert page.links == ["https://board.example/a", "https://board.example/gone"]
    assert page.frames == ["https://board.example/f"]
    assert page.styles == ["https://board.example/s.css"]
    assert page.next == "https://board.example/thread/7?page=3"


def test_a_page_names_itself_only_on_its_own_host() -> None:
    ours = read_page(b"<link rel=canonical href=/thread/7>", HERE)
    assert ours.own_address == "https://board.example/thread/7"
    theirs = read_page(b"<link rel=canonical href=https://other.example/>", HERE)
    assert theirs.own_address is None


@pytest.mark.parametrize(
    ("body", "charset", "title"),
    [
        ("<title>Ánima</title>".encode(), "", "Ánima"),
        ("<title>Ánima</title>".encode("latin-1"), "iso-8859-1", "Ánima"),
        ('<meta charset="windows-1251"><title>Привет</title>'.encode("cp1251"), "", "Привет"),
        ("<title>ファイル</title>".encode("shift_jis"), "Shift_JIS", "ファイル"),
        ("\ufeff<title>x</title>".encode("utf-16-le"), "", "x"),
        (b"<title>x</title>", "no-such-charset", "x"),
        (b"<title>x</title>", "hex", "x"),
        (b"<title>\x96</title>", "", "\u2013"),
        ("<title>Ánima</title>é".encode()[:-1], "", "Ánima"),
    ],
)
def test_letters_are_read_as_they_were_written(body: bytes, charset: str, title: str) -> None:
    assert read_page(body, HERE, charset=charset).title == title


def test_the_text_of_a_page_is_what_people_see() -> None:
    page = read_page(b"<p>Two  words</p><script>not()</script><style>p{}</style> more", HERE)
    assert page.text == "Two words more"


def test_fonts_and_other_sheets_are_no_pictures() -> None:
    text = "@font-face{src:url(a.woff2)} .b{background:url('b.png')} @import url(c.css);"
    assert pictures_in_style(text, HERE) == ["https://board.example/thread/b.png"]


def test_a_page_with_more_pictures_than_are_read_is_bounded() -> None:
    body = b"".join(b'<img src="/p/%d.jpg">' % number for number in range(MOST_PICTURES + 100))
    assert len(read_page(body, HERE).pictures) == MOST_PICTURES


def test_a_page_that_never_ends_is_cut_and_says_so() -> None:
    page = read_page(b"<img src=/p/1.jpg>" + b"x" * MOST_PAGE, HERE)
    assert page.cut
    assert page.pictures == [WANTED]


@pytest.mark.parametrize(
    "body",
    [
        b"<" * 200_000,
        b"<a href='" * 50_000,
        b"<!--" * 100_000,
        b"<![CDATA[" * 50_000,
        b"&#" * 200_000,
        b"<script>" + b'"https://' * 50_000,
        b"<div style='" + b"url(" * 100_000 + b"'>",
        b"<iframe srcdoc='" * 5_000,
        b'<img srcset="' + b"a," * 200_000 + b'">',
        b"<img data-src-" + b"a-" * 100_000 + b"src=x>",
    ],
)
def test_a_page_made_to_be_slow_is_not(body: bytes) -> None:
    # No limit of seconds, which a busy machine would break: four times as much takes about four
    # times as long, where it took a hundred times as long before.
    began = time.process_time()
    read_page(body[: len(body) // 4], HERE)
    quarter = time.process_time() - began
    began = time.process_time()
    read_page(body, HERE)
    assert time.process_time() - began < 12 * quarter + 0.5


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=2000)
    | st.text(max_size=2000).map(lambda text: text.encode("utf-8", "replace"))
)
def test_whatever_a_page_is_it_is_read(body: bytes) -> None:
    page = read_page(body, HERE)
    assert all(each.startswith(("http://", "https://")) for each in page.pictures + page.links)


@given(st.text(alphabet="ab, 12wx.\t/", max_size=80))
def test_whatever_a_srcset_is_it_is_read(text: str) -> None:
    found = list(candidates(text))
    assert (best_candidate(text) is None) == (not found)


def test_a_picture_may_have_an_address_that_ends_in_a_slash():
    page = read_page(b'<img src="/attachments/img-jpg.7/"><img src="/">', "https://f.example/t/1")
    assert page.pictures == ["https://f.example/attachments/img-jpg.7/"]


def test_addresses_of_pictures_that_are_only_written_are_found():
    text = b"new: https://h.example/a.jpg, (https://h.example/b.png). https://h.example/page"
    assert read_page(text, "https://p.example/raw/1").pictures == [
        "https://h.example/a.jpg",
        "https://h.example/b.png",
    ]


def test_an_archive_that_a_page_links_is_looked_into_like_a_picture():
    page = read_page(b'<a href="set.zip">all</a><a href="x.html">y</a>', "https://f.example/")
    assert page.pictures == ["https://f.example/set.zip"]
    assert page.links == ["https://f.example/x.html"]
