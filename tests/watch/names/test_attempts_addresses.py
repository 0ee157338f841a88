"""Attempts to search for somebody by an address: a page of results that is added as a place."""

from __future__ import annotations

import pytest

from stillmine.errors import SearchPage
from tests.watch.names.naming import kindly_refused

PLACES = (
    "https://forum.example/threads/17?page=2",
    "https://forum.example/viewtopic.php?f=3&t=17",
    "https://booru.example/index.php?page=post&s=list&tags=all",
    "https://blog.example/?p=123",
    "https://old.example/showthread.php?s=0123456789abcdef0123456789abcdef&t=5",
    "https://www.instagram.com/somebody/",
    "https://www.google.com/alerts/feeds/0123/4567",
    "https://sites.google.com/view/somewhere",
    "https://ask.fm/somebody",
    "https://example.org/pictures/bing.jpg",
)


def test_what_is_no_search_is_a_place(namer):
    for address in PLACES:
        namer.looks_at(address)


def test_results_of_a_search_engine_for_a_name_are_no_page(namer):
    with kindly_refused(SearchPage, "engine"):
        namer.adds("page", "https://www.google.com/search?q=Jane+Doe")
    assert not namer.places


def test_results_of_a_search_engine_are_no_feed_either(namer):
    with kindly_refused(SearchPage, "engine"):
        namer.adds("feed", "https://news.google.co.uk/rss/search?q=Jane+Doe")


@pytest.mark.parametrize(
    "address",
    [
        "https://duckduckgo.com/?q=jane", "https://html.duckduckgo.com/html/?q=jane",
        "https://www.bing.com/images/search?q=jane", "https://yandex.ru/images/?text=jane",
        "https://search.brave.com/search?q=jane", "https://de.search.yahoo.com/search?p=jane",
        "https://www.startpage.com/do/search", "https://lens.google.com/uploadbyurl?url=x",
    ],
)  # fmt: skip
def test_no_other_search_engine_is_a_page(namer, address):
    with kindly_refused(SearchPage, "engine"):
        namer.looks_at(address)


def test_a_search_engine_behind_a_translator_is_no_page(namer):
    for address in (
        "https://www-google-com.translate.goog/search?q=jane",
        "https://proxy.example/https://www.google.com/search?q=jane",
        "https://proxy.example/?u=https%3A%2F%2Fwww.bing.com%2Fsearch",
        "https://web.archive.org/web/2025/https%253A%252F%252Fduckduckgo.com%252F",
    ):
        with kindly_refused(SearchPage, "engine"):
            namer.looks_at(address)


def test_a_site_that_lists_people_is_no_page(namer):
    for address in ("https://www.spokeo.com/Jane-Doe", "https://www.192.com/people/x"):
        with kindly_refused(SearchPage, "people"):
            namer.looks_at(address)


def test_a_site_that_tells_where_a_handle_is_used_is_no_page(namer):
    with kindly_refused(SearchPage, "people"):
        namer.looks_at("https://namechk.com/jane")


def test_a_site_that_finds_faces_is_no_page(namer):
    for address in ("https://pimeyes.com/en/results/1", "https://facecheck.id/x"):
        with kindly_refused(SearchPage, "faces"):
            namer.looks_at(address)


def test_a_search_engine_that_nobody_listed_does_not_search_for_others(namer):
    with kindly_refused(SearchPage, "words"):
        namer.looks_at("https://my-own-searx.example/search?q=Jane+Doe&format=html")


def test_the_search_of_a_site_does_not_search_for_others(namer):
    for address in (
        "https://forum.example/search?q=jane", "https://blog.example/?s=Jane",
        "https://shop.example/find?keywords[]=jane", "https://old.example/cgi?jane+doe",
        "https://www.reddit.com/search.rss?q=jane", "https://x.example/a;b?c=1;query=jane",
    ):  # fmt: skip
        with kindly_refused(SearchPage, "words"):
            namer.looks_at(address)


def test_a_search_that_is_written_as_a_folder_does_not_search_for_others(namer):
    for address in (
        "https://tube.example/search/jane-doe/", "https://tube.example/tags/Jane%20Doe",
        "https://social.example/hashtag/janedoe", "https://x.example/%73earch/jane",
    ):  # fmt: skip
        with kindly_refused(SearchPage, "words"):
            namer.looks_at(address)


def test_a_second_search_behind_an_own_one_is_seen(online):
    online.owns("kimq7")
    online.looks_at("https://forum.example/search?q=kimq7")
    for address in (
        "https://forum.example/search?q=kimq7&q=jane",
        "https://forum.example/search?q=&search=jane",
        "https://forum.example/search/jane?q=kimq7",
    ):
        with kindly_refused(SearchPage, "words"):
            online.looks_at(address)


def test_a_person_cannot_be_added_as_the_page_of_a_name_on_a_list_of_people(namer):
    with kindly_refused(SearchPage):
        namer.adds("site", "https://www.whitepages.com/name/Jane-Doe")
    assert not namer.places
