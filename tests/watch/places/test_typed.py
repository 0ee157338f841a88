"""What a person types about a place is read kindly where it is clear, and refused in words."""

from __future__ import annotations

import pytest

from stillmine.errors import UnknownPlaceKind, WrongPlace
from stillmine.messages import say
from stillmine.watch.places.kind import KeyGoes, Place
from stillmine.watch.places.kinds import KINDS, checked, first, kind_of
from stillmine.watch.places.typed import with_key
from tests.watch.places.cases import PLACES

UNDERSTOOD = [
    ("page", "board.example/thread/7", "https://board.example/thread/7"),
    ("page", " http://board.example/a b#c ", "http://board.example/a%20b"),
    ("site", "https://board.example/gallery/", "https://board.example/gallery/"),
    ("fourchan", "/po/", "po"),
    ("fourchan", "https://boards.4chan.org/po/catalog", "po"),
    ("fourchan", "boards.4channel.org/po/", "po"),
    ("vichan", "chan.example/b", "https://chan.example/b/"),
    ("vichan", "https://chan.example/b/index.html", "https://chan.example/b/"),
    ("vichan", "https://chan.example/x/b/threads.json?a=1", "https://chan.example/x/b/"),
    ("danbooru", "danbooru.donmai.us", "https://danbooru.donmai.us/"),
    ("mastodon", "https://mastodon.social/@somebody/", "https://mastodon.social/@somebody/"),
    ("mastodon", "mastodon.social/tags/words?x=1", "https://mastodon.social/tags/words"),
    ("mastodon", "https://a.example/tags/größe", "https://a.example/tags/gr%C3%B6%C3%9Fe"),
    ("telegram", "@somechannel", "somechannel"),
    ("telegram", "https://t.me/somechannel", "somechannel"),
    ("telegram", "t.me/s/somechannel/42", "somechannel"),
    ("reddit", "r/pictures", "pictures"),
    ("reddit", "https://old.reddit.com/r/pictures/new/", "pictures"),
    ("searxng", "  two   words ", "two words"),
]
REFUSED = [
    ("page", "", "address"),
    ("page", "javascript:alert(1)", "address"),
    ("page", "file:///etc/passwd", "address"),
    ("page", "https://name:word@board.example/", "address"),
    ("fourchan", "../po", "board"),
    ("fourchan", "po/thread/7", "board"),
    ("vichan", "https://chan.example/", "board-address"),
    ("mastodon", "https://mastodon.social/", "fediverse"),
    ("mastodon", "https://mastodon.social/@somebody/7", "fediverse"),
    ("telegram", "+AbCdEf", "channel"),
    ("telegram", "https://t.me/+AbCdEf", "channel"),
    ("telegram", "a", "channel"),
    ("reddit", "r/a/../b", "community"),
    ("searxng", " ", "words"),
    ("searxng", "x" * 300, "words"),
    ("folder", "", "path"),
    ("folder", "https://a.example/", "path"),
]


@pytest.mark.parametrize(("kind", "typed", "kept"), UNDERSTOOD)
def test_what_is_clear_is_kept_in_one_way(kind, typed, kept):
    example = PLACES[kind]
    place = Place("1", kind, typed, example.options, example.key)
    assert checked(place).target == kept
    assert checked(checked(place)) == checked(place)


@pytest.mark.parametrize(("kind", "typed", "reason"), REFUSED)
def test_what_is_no_place_is_refused_with_its_reason(kind, typed, reason):
    example = PLACES[kind]
    with pytest.raises(WrongPlace) as refused:
        checked(Place("1", kind, typed, example.options, example.key))
    assert refused.value.facts["reason"] == reason
    happened, following = say(refused.value.code, refused.value.facts)
    assert "…" not in happened.replace("…/", "").replace("=…", "")
    assert following


def test_a_kind_that_nobody_knows_is_told_with_those_that_are_known():
    with pytest.raises(UnknownPlaceKind) as refused:
        kind_of("faces")
    assert "mastodon" in str(refused.value.facts["kinds"])


@pytest.mark.parametrize(
    ("kind", "options", "key", "reason"),
    [
        ("site", {"depth": "99"}, "", "option"),
        ("site", {"pages": "0"}, "", "option"),
        ("site", {"pages": "many"}, "", "option"),
        ("site", {"surprise": "1"}, "", "option"),
        ("vichan", {"previews": "../../x"}, "", "option"),
        ("searxng", {}, "", "own-searxng"),
        ("searxng", {"at": "ftp://a.example"}, "", "address"),
        ("brave", {}, "", "no-key"),
        ("brave", {}, "a key\r\nX-Other: 1", "key"),
        ("gelbooru", {}, "a&b#c", "key-pairs"),
        ("gelbooru", {}, "api_key=1&page=dapi/../x", "key-pairs"),
    ],
)
def test_options_and_keys_that_do_not_fit_are_refused(kind, options, key, reason):
    with pytest.raises(WrongPlace) as refused:
        checked(Place("1", kind, PLACES[kind].target, options, key))
    assert refused.value.facts["reason"] == reason


@pytest.mark.parametrize("kind", ["brave", "mojeek", "marginalia"])
def test_a_key_is_put_in_only_when_something_is_sent_and_never_shown(kind):
    place = PLACES[kind]
    (ask,) = first(place)
    assert "secret-key" not in repr(place)
    assert "secret-key" not in repr(ask)
    url, headers = with_key(place, ask)
    if ask.key_goes is KeyGoes.HEADER:
        assert (ask.key_name, "secret-key") in headers
        assert "secret-key" not in url
    else:
        assert url.endswith("&api_key=secret-key")


def test_a_key_that_is_a_piece_of_a_query_is_added_as_it_is():
    place = Place("1", "gelbooru", "https://gelbooru.com/", {}, "&api_key=abc&user_id=7")
    (ask,) = first(checked(place))
    assert with_key(place, ask)[0] == f"{ask.url}&api_key=abc&user_id=7"
    without = Place("1", "gelbooru", "https://gelbooru.com/")
    assert with_key(without, ask)[0] == ask.url


def test_the_sum_of_a_picture_is_told_to_a_site_only_where_that_was_chosen():
    md5 = "0" * 31 + "1"
    for name in ("danbooru", "gelbooru", "moebooru"):
        kind, silent = KINDS[name], PLACES[name]
        assert kind.asks_for_copies(silent, md5) == ()
        telling = Place("1", name, silent.target, {"tell-md5": "yes"})
        (ask,) = kind.asks_for_copies(telling, md5)
        assert f"tags=md5%3A{md5}" in ask.url
        assert kind.asks_for_copies(telling, "../x") == ()
    others = set(KINDS) - {"danbooru", "gelbooru", "moebooru"}
    assert all(KINDS[name].asks_for_copies(PLACES[name], md5) == () for name in others)


def test_only_the_persons_own_searxng_may_be_on_this_computer():
    for name, place in PLACES.items():
        at_home = [ask.at_home for ask in first(place)]
        assert at_home == [name == "searxng"] * len(at_home)


@pytest.mark.parametrize(
    ("at", "begins"),
    [
        ("localhost:8888", "http://localhost:8888/search?"),
        ("127.0.0.1:8888/s/", "http://127.0.0.1:8888/s/search?"),
        ("search.example", "https://search.example/search?"),
        ("localhost.example", "https://localhost.example/search?"),
    ],
)
def test_an_own_searxng_is_found_as_it_is_typed(at, begins):
    asks = first(checked(Place("1", "searxng", "word", {"at": at})))
    assert all(ask.url.startswith(begins) for ask in asks)
    assert [ask.note for ask in asks] == ["images 1", "general 1"]
