"""Attempts to pass a profile off as one's own: with the code where others can put it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from stillmine.errors import NotShown, UnknownName, WordsNotProven, WrongName
from stillmine.watch.names.codes import MOST_TRIES
from stillmine.watch.names.profile import says
from tests.watch.names.naming import Namer, in_place_of, kindly_refused


def test_the_profile_of_an_ex_without_the_code_shows_nothing(online):
    noted = online.notes("janedoe", at="github")
    online.profile_says("janedoe", "I like cats.")
    with kindly_refused(NotShown, "no-code"):
        online.shows(noted.name)
    with kindly_refused(WordsNotProven):
        online.searches("janedoe")


def test_a_code_in_a_comment_or_a_reply_under_the_profile_of_an_ex_shows_nothing(online):
    noted = online.notes("janedoe", at="github")
    online.profile_says(
        "janedoe",
        "I like cats.",
        comments=[{"text": noted.code}],
        replies=noted.code,
        pinned={"bio": noted.code},
    )
    with kindly_refused(NotShown, "no-code"):
        online.shows(noted.name)


def test_a_code_in_the_answer_about_somebody_else_shows_nothing(online):
    noted = online.notes("janedoe", at="github")
    online.profile_says("janedoe", noted.code, login="kimq7")
    with kindly_refused(NotShown, "other-account"):
        online.shows(noted.name)


def test_a_list_of_profiles_in_place_of_one_shows_nothing(online):
    noted = online.notes("janedoe", at="github")
    listed = json.dumps([{"login": "janedoe", "bio": noted.code}]).encode()
    online.sites["github"].says("/users/janedoe", listed, online.date)
    with kindly_refused(NotShown, "no-profile"):
        online.shows(noted.name)


def test_a_page_that_repeats_what_it_was_asked_for_never_gets_to_see_the_code(online):
    noted = online.notes("janedoe", at="github")

    def echo(line, asked):
        body = json.dumps({"login": "janedoe", "bio": asked.wire.decode()}).encode()
        date = ": ".join(online.date)
        line.sendall(f"HTTP/1.1 200 OK\r\n{date}\r\nContent-Length: {len(body)}\r\n\r\n".encode())
        line.sendall(body)

    online.sites["github"].does("/users/janedoe", echo)
    with kindly_refused(NotShown, "no-code"):
        online.shows(noted.name)


def test_a_redirect_to_a_profile_of_one_s_own_shows_nothing(online):
    noted = online.notes("janedoe", at="github")
    online.profile_says("kimq7", noted.code)
    online.sites["github"].leads("/users/janedoe", "/users/kimq7", 301)
    with kindly_refused(NotShown, "refused"):
        online.shows(noted.name)
    assert not any("kimq7" in each.target for each in online.sites["github"].asked)


def test_a_redirect_to_another_host_shows_nothing_and_is_not_followed(online):
    noted = online.notes("janedoe", at="github")
    other = online.sites["codeberg"]
    body = json.dumps({"login": "janedoe", "bio": noted.code}).encode()
    online.sites["github"].leads("/users/janedoe", other.says("/x", body, online.date))
    with kindly_refused(NotShown, "refused"):
        online.shows(noted.name)
    assert not other.asked


def test_the_address_of_another_profile_is_not_noted_for_a_handle(namer):
    for at in (
        "https://github.com/kimq7",
        "https://github.com/search?q=janedoe",
        "https://github.com/kimq7?tab=janedoe",
        "https://github.com/kimq7/janedoe",
        "https://social.example/@kimq7",
        "https://social.example/search/@janedoe",
    ):
        with kindly_refused(WrongName, "other-profile"):
            namer.notes("janedoe", at=at)


def test_a_step_of_an_address_does_not_hide_in_a_handle(namer):
    for handle in ("janedoe/../kimq7", "janedoe?x=", "janedoe#", "janedoe%2Fkimq7", "janedoe\\x"):
        with kindly_refused(WrongName, "handle"):
            namer.notes(handle, at="github")


def test_a_handle_in_letters_that_look_the_same_is_not_noted(namer):
    for handle in ("j\u0430nedoe", "janedo\u0435", "jane\u200bdoe", "\uff4aanedoe"):
        with kindly_refused(WrongName, "handle"):
            namer.notes(handle, at="github")


def test_the_code_for_one_handle_shows_no_other(online):
    own = online.notes("kimq7", at="github")
    other = online.notes("janedoe", at="github")
    online.profile_says("janedoe", own.code)
    with kindly_refused(NotShown, "no-code"):
        online.shows(other.name)


def test_the_same_handle_at_another_site_is_not_shown_with_it(online):
    online.owns("kimq7", "github")
    at_other = online.notes("kimq7", at="codeberg")
    online.profile_says("kimq7", "somebody else", "codeberg")
    with kindly_refused(NotShown, "no-code"):
        online.shows(at_other.name)


def test_a_code_that_is_over_shows_nothing(online):
    noted = online.notes("kimq7", at="github")
    online.waits(3.1)
    online.profile_says("kimq7", noted.code)
    with kindly_refused(NotShown, "expired"):
        online.shows(noted.name)


def test_an_old_code_is_of_no_use_once_there_is_a_new_one(online):
    old = online.notes("kimq7", at="github").code
    online.waits(3.1)
    noted = online.notes("kimq7", at="github")
    online.profile_says("kimq7", old)
    with kindly_refused(NotShown, "no-code"):
        online.shows(noted.name)


def test_a_code_is_good_for_one_time(online):
    noted = online.notes("kimq7", at="github")
    online.profile_says("kimq7", noted.code)
    online.shows(noted.name)
    with kindly_refused(NotShown, "code-first"):
        online.shows(noted.name)


def test_a_code_is_not_tried_again_and_again_at_the_profile_of_somebody(online):
    noted = online.notes("janedoe", at="github")
    online.profile_says("janedoe", "cats")
    for _ in range(MOST_TRIES):
        with pytest.raises(NotShown):
            online.shows(noted.name)
    asked = len(online.sites["github"].asked)
    with kindly_refused(NotShown, "expired"):
        online.shows(noted.name)
    assert len(online.sites["github"].asked) == asked


def test_a_clock_that_is_set_back_makes_no_old_code_good(online):
    noted = online.notes("kimq7", at="github")
    online.waits(3.1)
    online.profile_says("kimq7", noted.code)
    online.clock -= timedelta(days=1)
    with kindly_refused(NotShown, "clock"):
        online.shows(noted.name)


def test_a_site_that_does_not_say_what_time_it_is_shows_nothing(online):
    noted = online.notes("kimq7", at="github")
    body = json.dumps({"login": "kimq7", "bio": noted.code, "created_at": "2020-01-01"}).encode()
    online.sites["github"].says("/users/kimq7", body)
    with kindly_refused(NotShown, "no-time"):
        online.shows(noted.name)


def test_a_new_account_that_is_called_like_an_ex_has_to_wait(online):
    noted = online.notes("janedoe", at="github")
    young = (online.clock - timedelta(days=29)).isoformat()
    for began in (young, "", None, True, -(1 << 80), "yesterday", online.clock.isoformat()):
        online.profile_says("janedoe", noted.code, created_at=began)
        with kindly_refused(NotShown, "young"):
            online.shows(noted.name)


def test_a_server_of_one_s_own_shows_no_handle_of_another_server(online):
    noted = online.notes("janedoe@social.example")
    told = {"acct": "janedoe@other.example", "note": noted.code, "created_at": "2020-01-01"}
    online.sites["fediverse"].says("/lookup?acct=janedoe", json.dumps(told).encode(), online.date)
    with kindly_refused(NotShown, "other-account"):
        online.shows(noted.name)


def test_a_handle_on_a_server_of_one_s_own_does_not_stand_for_the_handle_elsewhere(online):
    noted = online.notes("janedoe@my-own.example")
    told = {"acct": "janedoe", "note": noted.code, "created_at": "2020-01-01"}
    online.sites["fediverse"].says("/lookup?acct=janedoe", json.dumps(told).encode(), online.date)
    online.shows(noted.name)
    for words in ("janedoe", "@janedoe", "#janedoe"):
        with kindly_refused(WordsNotProven):
            online.searches(words)


def test_a_code_from_one_home_shows_nothing_in_another(online, tmp_path, monkeypatch):
    code = online.notes("janedoe", at="github").code
    other = Namer(tmp_path / "second", clock=online.clock, desk=online.desk)
    other.sets_up()
    in_place_of(monkeypatch, other, "github", online.sites["github"])
    with kindly_refused(UnknownName):
        other.shows("janedoe")
    noted = other.notes("janedoe", at="github")
    other.profile_says("janedoe", code)
    with kindly_refused(NotShown, "no-code"):
        other.shows(noted.name)


def test_a_piece_of_something_longer_is_no_code():
    code = "stillmine-abcde-fghjk"
    assert says(f"({code})", code)
    assert says(f"{code.upper()}!", code)
    for text in (f"{code}2", f"x{code}", f"{code}-mnopq", code[:-1], code.replace("-", "")):
        assert not says(text, code)


def test_a_profile_is_not_looked_at_for_a_name_or_an_address(online):
    online.owns("kimq7")
    for text, kind in (("Jane Doe", "name"), ("jane@mail.example", "mail")):
        noted = online.notes(text, kind)
        with kindly_refused(NotShown, "other-way"):
            online.shows(noted.name)
