"""A place is looked at within its bounds: its section, its board, its pages, its depth."""

from __future__ import annotations

import json

import pytest

from stillmine.watch.places.boards import PAUSE_OF_THREADS, md5_of
from stillmine.watch.places.feed import unwrapped
from stillmine.watch.places.kind import Ask, Place, Problem, Reply
from stillmine.watch.places.kinds import KINDS, first, read
from stillmine.watch.places.site import in_section
from tests.watch.places.cases import CASES, PLACES, RECORDED

GALLERY = "https://board.example/gallery/one.html"


@pytest.mark.parametrize(
    ("url", "inside"),
    [
        ("https://board.example/gallery/", True),
        ("https://board.example/gallery/a/b?c=d", True),
        ("http://board.example/gallery/a", True),
        ("https://www.board.example/gallery/a", True),
        ("https://board.example/gallery%2Fa", False),
        ("https://board.example/gallery", False),
        ("https://board.example/gallery-two/", False),
        ("https://board.example/", False),
        ("https://board.example:8443/gallery/", False),
        ("https://other.example/gallery/", False),
        ("https://board.example.evil.example/gallery/", False),
        ("https://board.example/gallery/../secret", False),
        ("https://board.example/gallery/%2e%2e/secret", False),
        ("https://board.example/gallery/..%2fsecret", False),
    ],
)
def test_a_section_is_its_host_and_its_folder(url, inside):
    assert in_section(GALLERY, url) is inside


def page(url, note, body=None, kind="site", options=None):
    place = Place("1", kind, GALLERY, options or {})
    ask = Ask(GALLERY, note=note)
    content = (RECORDED / "page.html").read_bytes() if body is None else body
    return read(place, Reply(ask, url, 200, "text/html", content))


def test_a_site_is_followed_to_its_depth_and_not_deeper():
    assert [ask.note for ask in page(GALLERY, "0").more if ask.role.value == "list"] == ["1", "1"]
    assert not [ask for ask in page(GALLERY, "3").more if ask.role.value == "list"]
    assert not [ask for ask in page(GALLERY, "0", options={"depth": "1"}).more if ask.note == "2"]
    assert not [ask for ask in page(GALLERY, "surprise").more if ask.role.value == "list"]


def test_where_a_site_sends_us_away_the_page_is_seen_and_nothing_there_followed():
    body = b'<img src="/1.jpg"><a href="/gallery/two.html">x</a><a href="three.html">y</a>'
    found = page("https://elsewhere.example/gallery/", "0", body)
    assert [each.picture for each in found.shown] == ["https://elsewhere.example/1.jpg"]
    assert not found.more


def test_a_calendar_without_end_is_bounded_by_pages_and_depth():
    body = b"".join(b'<a href="/gallery/day?n=%d">x</a>' % number for number in range(5000))
    found = page(GALLERY, "0", body)
    assert len(found.more) == 200
    assert found.cut
    kind = KINDS["site"]
    assert kind.most_asks(Place("1", "site", GALLERY)) == 200
    assert kind.most_asks(Place("1", "site", GALLERY, {"pages": "7"})) == 7


def test_a_frame_in_a_frame_is_not_looked_into():
    ask = first(PLACES["page"])[0]._replace(note="frame")
    reply = Reply(ask, ask.url, 200, "text/html", b'<iframe src="/deeper"></iframe>')
    assert not read(PLACES["page"], reply).more


def test_a_picture_in_place_of_a_page_is_what_the_place_shows():
    (ask,) = first(PLACES["page"])
    found = read(PLACES["page"], Reply(ask, ask.url, 200, "image/jpeg", b"\xff\xd8\xff"))
    assert [each.picture for each in found.shown] == [ask.url]


def test_a_picture_that_is_written_into_a_page_is_kept_with_its_page():
    written = page(GALLERY, "0").written
    assert [(each.data[:15], each.page) for each in written] == [("data:image/gif;", GALLERY)]


@pytest.mark.parametrize(
    "file",
    [
        {"tim": "../../../etc/passwd", "ext": ".jpg"},
        {"tim": "a/b", "ext": ".jpg"},
        {"tim": "a%2fb", "ext": ".jpg"},
        {"tim": "..", "ext": ".jpg"},
        {"tim": 1, "ext": "/../../x.jpg"},
        {"tim": 1, "ext": ".jpg?x=1"},
        {"tim": 1, "ext": ".jpg/../.."},
        {"tim": 1, "ext": ".html"},
        {"tim": 1, "ext": ""},
        {"tim": True, "ext": ".jpg"},
        {"tim": None, "ext": ".jpg"},
        {"tim": 1, "ext": ".jpg", "filedeleted": 1},
        {"tim": "", "ext": "deleted"},
        {"tim": [1], "ext": {".jpg": 1}},
        {"tim": "https://evil.example/1", "ext": ".jpg"},
    ],
)
@pytest.mark.parametrize("kind", ["fourchan", "vichan"])
def test_a_file_never_leads_out_of_the_folder_of_its_board(kind, file):
    for post in ({"no": 7, **file}, {"no": 7, "extra_files": [file]}):
        ask = Ask("https://a.example/x.json", note="thread 7")
        body = json.dumps({"posts": [post]}).encode()
        assert not read(PLACES[kind], Reply(ask, ask.url, 200, "application/json", body)).shown


def test_threads_are_asked_for_ten_seconds_apart_and_tell_whether_they_changed():
    case = next(case for case in CASES if case.file == "fourchan-threads.json")
    more = read(case.place, case.reply()).more
    assert {ask.pause for ask in more} == {PAUSE_OF_THREADS} == {10.0}
    assert [ask.version for ask in more] == ["1546294897", "1566438201", "1566435330"]
    assert [ask.pause for ask in first(case.place)] == [1.0]


@pytest.mark.parametrize(
    "packed",
    [
        "",
        None,
        7,
        "uZUeZeB14FVR+Mc2ScHvVA",
        "uZUeZeB14FVR+Mc2ScHvVA=",
        "uZUeZeB14FVR-Mc2ScHvVA==",
        "!ZUeZeB14FVR+Mc2ScHvVA==",
        "uZUeZeB14FVR+Mc2ScHvVAAA",
        "üZUeZeB14FVR+Mc2ScHvVA==",
    ],
)
def test_what_is_no_md5_is_none(packed):
    assert md5_of(packed) == ""


def test_the_md5_of_nothing_is_nobodys_picture():
    ask = Ask("https://yande.re/post.json", note="copies")
    nothing = {
        "id": 1,
        "md5": "d41d8cd98f00b204e9800998ecf8427e",
        "file_url": "https://a.example/1",
    }
    body = json.dumps([nothing]).encode()
    (shown,) = read(PLACES["moebooru"], Reply(ask, ask.url, 200, "", body)).shown
    assert shown.md5 == ""


@pytest.mark.parametrize(
    ("previews", "address"),
    [
        ("png", "https://chan.example/b/thumb/1.png"),
        ("jpg", "https://chan.example/b/thumb/1.jpg"),
        ("as-file", "https://chan.example/b/thumb/1.webp"),
        ("none", ""),
    ],
)
def test_the_small_pictures_of_a_vichan_are_where_the_person_says(previews, address):
    place = Place("1", "vichan", "https://chan.example/b/", {"previews": previews})
    ask = Ask("https://chan.example/b/res/7.json", note="thread 7")
    body = b'{"posts": [{"no": 7, "tim": "1", "ext": ".webp"}]}'
    (shown,) = read(place, Reply(ask, ask.url, 200, "", body)).shown
    assert shown.preview == address


@pytest.mark.parametrize(
    ("written", "leads"),
    [
        ("https://www.google.com/url?sa=t&url=https://a.example/%3Fb%3D1&ct=ga", "https://a.example/?b=1"),
        ("https://www.google.co.uk/url?q=https://a.example/", "https://a.example/"),
        ("https://www.google.com/url?url=javascript:alert(1)", ""),
        ("https://www.google.com/url", ""),
        ("https://www.google.com/search?q=x", "https://www.google.com/search?q=x"),
        ("https://google.com.evil.example/url?url=https://b.example/",
         "https://google.com.evil.example/url?url=https://b.example/"),
        ("https://evil.example/url?url=https://a.example/", "https://evil.example/url?url=https://a.example/"),
    ],
)  # fmt: skip
def test_only_links_of_google_are_unwrapped_and_only_to_the_web(written, leads):
    assert unwrapped(written) == leads


def feed(body):
    ask = Ask("https://blog.example/feed", note="1")
    return read(PLACES["feed"], Reply(ask, ask.url, 200, "text/xml", body))


def test_entities_that_unfold_without_end_unfold_nothing():
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "xxxxxxxxxx">'
        + b"".join(b'<!ENTITY b%d "&a;&a;&a;&a;&a;&a;&a;&a;">' % number for number in range(50))
        + b'<!ENTITY out SYSTEM "file:///etc/passwd">]><rss><channel><item>'
        b"<link>https://a.example/1</link><description>&b49;&out;</description></item></channel></rss>"
    )
    found = feed(bomb)
    assert [ask.url for ask in found.more] == ["https://a.example/1"]
    assert not found.shown


def test_a_feed_in_another_alphabet_or_with_a_mark_is_read():
    text = "<rss><item><link>https://a.example/ä</link></item></rss>"
    wanted = ["https://a.example/%C3%A4"]
    for body in (
        text.encode(),
        text.encode("utf-16"),
        b'<?xml version="1.0" encoding="iso-8859-1"?>' + text.encode("iso-8859-1"),
        b'<?xml version="1.0" encoding="hex"?>' + text.encode(),
    ):
        assert [ask.url for ask in feed(body).more] == wanted


def test_atom_with_xhtml_and_a_base_shows_its_pictures():
    body = (
        b'<a:feed xmlns:a="http://www.w3.org/2005/Atom" xml:base="https://cdn.example/x/">'
        b'<a:link rel="next" href="https://blog.example/feed?page=2"/><a:entry>'
        b'<link href="one"/><link rel="enclosure" type="image/png" href="e.png"/>'
        b'<content type="xhtml"><div><img src="1.jpg"/></div></content></a:entry></a:feed>'
    )
    found = feed(body)
    assert [each.picture for each in found.shown] == [
        "https://cdn.example/x/e.png",
        "https://cdn.example/x/1.jpg",
    ]
    assert [ask.url for ask in found.more] == ["https://cdn.example/x/one"]
    more = read(
        Place("1", "feed", "https://blog.example/feed", {"pages": "2"}),
        Reply(
            Ask("https://blog.example/feed", note="1"), "https://blog.example/feed", 200, "", body
        ),
    ).more
    assert "https://blog.example/feed?page=2" in [ask.url for ask in more]


def test_a_limit_that_is_reached_is_told_as_one():
    body = (RECORDED / "mojeek-limit.json").read_bytes()
    ask = Ask("https://api.mojeek.com/search?q=x")
    reply = Reply(ask, ask.url, 200, "application/json", body)
    assert read(PLACES["mojeek"], reply).problem is Problem.SPENT


@pytest.mark.parametrize(
    ("kind", "status", "problem"),
    [
        ("searxng", 403, Problem.NO_JSON),
        ("brave", 422, Problem.KEY_REFUSED),
        ("brave", 429, Problem.SPENT),
        ("mojeek", 403, Problem.KEY_REFUSED),
        ("mastodon", 401, Problem.NEEDS_LOGIN),
        ("fourchan", 404, Problem.GONE),
        ("telegram", 500, Problem.REFUSED),
    ],
)
def test_each_refusal_is_told_as_what_it_is(kind, status, problem):
    (ask, *_) = first(PLACES[kind])
    assert read(PLACES[kind], Reply(ask, ask.url, status, "", b"{}")).problem is problem


def test_a_channel_without_a_preview_is_told_so():
    (ask,) = first(PLACES["telegram"])
    body = b'<html><div class="tgme_page"><a class="tgme_action_button_new">x</a></div></html>'
    found = read(PLACES["telegram"], Reply(ask, "https://t.me/somechannel", 200, "text/html", body))
    assert found.problem is Problem.NO_PREVIEW


def test_what_a_search_service_answers_never_leads_back_to_its_own_host():
    results = [
        {"url": "/config", "img_src": "/image_proxy?url=x", "thumbnail_src": "secret"},
        {"url": "https://a.example/", "img_src": "/image_proxy?url=x"},
    ]
    (ask, _) = first(PLACES["searxng"])
    reply = Reply(ask, ask.url, 200, "application/json", json.dumps({"results": results}).encode())
    found = read(PLACES["searxng"], reply)
    assert not found.shown
    assert [each.url for each in found.more] == ["https://a.example/"]
    assert not any(each.at_home for each in found.more)


def test_the_next_page_of_an_own_searxng_is_asked_at_home_and_only_there():
    place = Place("1", "searxng", "word", {"at": "http://127.0.0.1:8888", "pages": "2"})
    body = json.dumps({"results": [{"url": "https://a.example/"}]}).encode()
    found = read(place, Reply(first(place)[1], "http://127.0.0.1:8888/x", 200, "", body))
    assert [(ask.url, ask.at_home) for ask in found.more] == [
        ("https://a.example/", False),
        (
            "http://127.0.0.1:8888/search?q=word&format=json&categories=general&safesearch=0&pageno=2",
            True,
        ),
    ]


def test_the_list_of_visits_cannot_send_us_to_another_host():
    listed = [{"cdx-api": "https://evil.example/CC-MAIN-2026-08-index"}, {"cdx-api": 7}, 3]
    (ask,) = first(PLACES["commoncrawl"])
    reply = Reply(ask, ask.url, 200, "application/json", json.dumps(listed).encode())
    assert not read(PLACES["commoncrawl"], reply).more


def test_pages_end_where_the_person_said():
    for case in CASES:
        if case.kind in {"danbooru", "gelbooru", "moebooru", "telegram", "mastodon"}:
            stands = case.note.rpartition(" ")
            if stands[2] == "1":
                last = case.reply()._replace(ask=Ask(case.url, note=f"{stands[0]}{stands[1]}20"))
                assert not read(case.place, last).more
