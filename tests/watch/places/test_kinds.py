"""Every kind of place reads what its service really answers, and no answer harms it."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillmine.app.network.web.references import whole_address
from stillmine.messages.places import PROBLEMS, THEY_LEARN
from stillmine.watch.places.gathering import MOST_MORE, MOST_SHOWN
from stillmine.watch.places.kind import Ask, Found, Place, Problem, Reply, Role
from stillmine.watch.places.kinds import KINDS, checked, first, kind_of, read
from tests.watch.places.cases import CASES, PLACES, RECORDED, role_of

ANSWERED = sorted({case.kind for case in CASES})
ONE_EACH = list({(case.kind, case.file): case for case in CASES}.values())


def ids(cases):
    return [f"{case.kind}-{case.file}" for case in cases]


def assert_harmless(found: Found) -> None:
    """Everything that is passed on is a whole address of the web, once, and not too much of it."""
    assert len(found.shown) <= MOST_SHOWN
    assert len(found.more) <= MOST_MORE + 1
    for shown in found.shown:
        assert shown.picture or shown.md5
        for address in filter(None, (shown.picture, shown.page, shown.preview)):
            assert whole_address("", address) == address
            assert address.startswith(("https://", "http://"))
    for ask in found.more:
        assert whole_address("", ask.url) == ask.url
    assert len({(each.picture or each.md5, each.page) for each in found.shown}) == len(found.shown)
    assert len({each.url for each in found.more}) == len(found.more)


@pytest.mark.parametrize("case", CASES, ids=ids(CASES))
def test_a_recorded_answer_gives_exactly_what_it_shows(case):
    found = read(case.place, case.reply())
    assert found.problem is Problem.NONE
    assert [(each.picture, each.page) for each in found.shown] == case.shown
    assert [each.url for each in found.more] == case.more
    by_picture = {each.picture: each for each in found.shown}
    assert {picture: by_picture[picture].md5 for picture in case.md5} == case.md5
    assert {picture: by_picture[picture].preview for picture in case.preview} == case.preview
    assert [each.at.isoformat() for each in found.existed] == case.existed
    assert_harmless(found)


def test_every_kind_has_a_recorded_answer_but_the_one_that_asks_nobody():
    assert set(ANSWERED) == {name for name, kind in KINDS.items() if not kind.local}
    assert set(PLACES) == set(KINDS)
    used = {case.file for case in CASES} | {"README.md", "mojeek-limit.json"}
    assert used == {path.name for path in RECORDED.iterdir()}


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_says_who_learns_what_and_what_is_asked_first(name):
    place = PLACES[name]
    kind = KINDS[name]
    assert THEY_LEARN[kind.they_learn]
    assert checked(place) == place, "what is kept is kept as it is"
    asks = first(place)
    assert bool(asks) != kind.local
    assert kind.most_asks(place) >= len(asks)
    for ask in asks:
        assert whole_address("", ask.url) == ask.url
        assert place.key not in ask.url or not place.key
        assert not any(place.key in value for _, value in ask.headers if place.key)


@pytest.mark.parametrize("name", KINDS)
def test_only_a_kind_that_says_so_sends_words_out(name):
    kind, place = KINDS[name], PLACES[name]
    words = kind.words(place)
    assert kind.own or not words
    for word in words:
        assert any(word.replace(" ", "+") in ask.url for ask in first(place))


def test_every_problem_has_words():
    assert {each.value for each in Problem if each.value} <= set(PROBLEMS)


@pytest.mark.parametrize("case", CASES, ids=ids(CASES))
def test_what_is_cut_off_anywhere_is_told_or_read_as_far_as_it_goes(case):
    whole = (RECORDED / case.file).read_bytes()
    for length in range(0, len(whole), max(1, len(whole) // 23)):
        found = read(case.place, case.reply(whole[:length]))
        assert_harmless(found)
        if case.file.endswith(".json") and length < len(whole.rstrip()):
            assert found.problem is Problem.NOT_UNDERSTOOD
            assert not found.shown


@pytest.mark.parametrize("case", ONE_EACH, ids=ids(ONE_EACH))
@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE html><html><body>Just a moment... <a href='/login'>x</a></body></html>",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"1" * 10_000,
        b"\xff\xfe\x00",
        b"null",
        b'"text"',
    ],
    ids=["html", "deep list", "deep record", "long number", "no text", "null", "text"],
)
def test_an_answer_of_another_kind_is_not_understood(case, body):
    found = read(case.place, case.reply(body))
    assert_harmless(found)
    if case.kind in {"page", "site"}:
        return
    assert found.problem in {Problem.NOT_UNDERSTOOD, Problem.NO_PREVIEW}
    assert not found.shown
    assert not found.more


@pytest.mark.parametrize("case", ONE_EACH, ids=ids(ONE_EACH))
@pytest.mark.parametrize("status", [401, 403, 404, 410, 429, 451, 500, 503])
def test_what_is_refused_is_not_read_and_its_reason_told(case, status):
    found = read(case.place, case.reply(status=status))
    assert not found.shown
    assert not found.more
    # For Common Crawl 404 is the answer that it never saw the page.
    if (case.kind, case.note, status) != ("commoncrawl", "index", 404):
        assert found.problem is not Problem.NONE


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=True)
    | st.text(max_size=20)
    | st.sampled_from(
        [
            "https://a.example/1.jpg",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "//b.example/2.png",
            "../../x",
            "http://127.0.0.1/",
            "https://user:pw@a.example/",
            "19970126045828",
            "\ud800",
            "https://a.example/\udfff",
            "uZUeZeB14FVR+Mc2ScHvVA==",
        ]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=4,
)


def _changed(data, value, depth=0):
    """Return an answer in which some values are of another type than they should be."""
    if depth and data.draw(st.integers(0, 7)) == 0:
        return data.draw(VALUES)
    if isinstance(value, dict):
        return {name: _changed(data, each, depth + 1) for name, each in value.items()}
    if isinstance(value, list):
        return [_changed(data, each, depth + 1) for each in value[:3]]
    return value


JSON_CASES = [case for case in ONE_EACH if case.file.endswith(".json")]


@pytest.mark.parametrize("case", JSON_CASES, ids=ids(JSON_CASES))
@settings(max_examples=25, deadline=None)
@given(st.data())
def test_wrong_types_anywhere_harm_nothing(case, data):
    answer = json.loads((RECORDED / case.file).read_bytes())
    assert_harmless(
        read(case.place, case.reply(json.dumps(_changed(data, answer)).encode("utf-8")))
    )


@pytest.mark.parametrize("case", ONE_EACH, ids=ids(ONE_EACH))
@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                b"<item>", b"<link>", b"<![CDATA[", b"]]>", b"<", b">", b"&lt;", b"&#x0;", b'"',
                b"<div data-post='a/1'>", b"<img src=", b"[", b"{", b"}", b"]", b",", b":", b"\n",
                b'"results"', b'"posts"', b'"tim":', b"https://x.example/", b"\x00", b"\xff",
            ]
        ),
        max_size=40,
    ).map(b"".join)
)  # fmt: skip
def test_any_bytes_at_all_harm_nothing(case, body):
    assert_harmless(read(case.place, case.reply(body)))


EVIL = [
    "javascript:alert(1)//a.jpg",
    "file:///etc/passwd.jpg",
    "data:text/html,x",
    "ftp://a.example/1.jpg",
    "https://name:word@a.example/1.jpg",
    "http://2130706433/1.jpg",
    "http://0x7f.1/1.jpg",
    "https://a.example:0/1.jpg",
    "http://[fe80::1%25eth0]/1.jpg",
    "gopher://a.example/1.jpg",
]


def _replaced(value, address):
    """Return an answer in which every address is another one."""
    if isinstance(value, dict):
        return {name: _replaced(each, address) for name, each in value.items()}
    if isinstance(value, list):
        return [_replaced(each, address) for each in value]
    return address if isinstance(value, str) and value.startswith(("http", "//")) else value


@pytest.mark.parametrize("case", JSON_CASES, ids=ids(JSON_CASES))
@pytest.mark.parametrize("address", EVIL)
def test_an_address_that_is_none_of_the_web_is_never_passed_on(case, address):
    answer = _replaced(json.loads((RECORDED / case.file).read_bytes()), address)
    found = read(case.place, case.reply(json.dumps(answer).encode()))
    assert_harmless(found)
    passed_on = [each.picture for each in found.shown] + [each.url for each in found.more]
    hosts = {urlsplit(each).hostname for each in passed_on if each}
    assert not hosts & {"a.example", "2130706433", "0x7f.1", "fe80::1"}


MARKUP = [case for case in ONE_EACH if case.file.endswith((".html", ".xml"))]


@pytest.mark.parametrize("case", MARKUP, ids=ids(MARKUP))
@pytest.mark.parametrize("address", EVIL)
def test_markup_leads_nowhere_but_to_the_web(case, address):
    body = (RECORDED / case.file).read_bytes().replace(b"https://", address.encode() + b"#https://")
    assert_harmless(read(case.place, case.reply(body)))


def _numbered(value, number):
    if isinstance(value, dict):
        return {name: _numbered(each, number) for name, each in value.items()}
    if isinstance(value, str) and value.startswith("http"):
        return f"{value}/{number}"
    return number + 1 if isinstance(value, int) and value > 5 else value


@pytest.mark.parametrize(
    "case",
    [case for case in JSON_CASES if case.kind in {"mojeek", "danbooru", "moebooru", "mastodon"}
     and case.file not in {"mastodon-account.json", "e621.json"}],
    ids=lambda case: case.file,
)  # fmt: skip
def test_a_huge_list_is_bounded_and_said_to_be_cut(case):
    answer = json.loads((RECORDED / case.file).read_bytes())
    if isinstance(answer, dict):
        inner = answer["response"]
        inner["results"] = [_numbered(inner["results"][1], number) for number in range(6000)]
    else:
        answer = [_numbered(answer[0], number) for number in range(6000)]
    found = read(case.place, case.reply(json.dumps(answer).encode()))
    assert_harmless(found)
    assert found.cut


def test_a_thousand_threads_are_no_more_than_so_many_questions():
    threads = [{"page": 1, "threads": [{"no": number} for number in range(1, 5000)]}]
    ask = Ask("https://a.4cdn.org/po/threads.json", note="threads")
    body = json.dumps(threads).encode()
    found = read(PLACES["fourchan"], Reply(ask, ask.url, 200, "application/json", body))
    assert len(found.more) == MOST_MORE
    assert found.cut


def test_an_answer_of_more_than_eight_megabytes_is_not_read():
    reply = Reply(
        Ask("https://yande.re/post.json", note="page 1"),
        "https://yande.re/post.json",
        200,
        "application/json",
        b"[" + b" " * (8 << 20) + b"]",
    )
    assert read(PLACES["moebooru"], reply).problem is Problem.NOT_UNDERSTOOD


@pytest.mark.parametrize("name", ANSWERED)
def test_a_page_is_read_as_a_page_whatever_the_kind(name):
    ask = Ask("https://x.example/", Role.PAGE)
    reply = Reply(ask, ask.url, 200, "text/html", b'<img src="/1.jpg">')
    assert [each.picture for each in read(PLACES[name], reply).shown] == ["https://x.example/1.jpg"]
    style = Ask("https://x.example/a.css", Role.STYLE)
    body = b".a { background: url(2.png) } @font-face { src: url(f.woff2) }"
    found = read(PLACES[name], Reply(style, style.url, 200, "text/css", body))
    assert [each.picture for each in found.shown] == ["https://x.example/2.png"]


def test_the_roles_of_the_first_questions_are_as_the_suite_takes_them():
    for name, place in PLACES.items():
        assert {ask.role for ask in first(place)} <= {role_of(name)}


def test_a_kind_is_found_by_its_name():
    assert kind_of("page") is KINDS["page"]
    assert isinstance(PLACES["page"], Place)


def test_every_kind_and_all_that_can_be_chosen_stands_in_the_page_about_it():
    page = (Path(__file__).parents[3] / "docs/watching.md").read_text(encoding="utf-8")
    part = page.partition("## Kinds of places")[2].partition("\n## ")[0]
    rows = {line.split("`")[1]: line for line in part.splitlines() if line.startswith("| `")}
    assert list(rows) == list(KINDS)
    for name, kind in KINDS.items():
        if "the same |" not in rows[name]:
            missing = [option for option in kind.options if f"`{option}`" not in rows[name]]
            assert not missing
