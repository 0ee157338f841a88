"""What is one's own is shown by the profile, by a signed mail, or by a copy of one's data."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from stillmine.app.actions import Outcome
from stillmine.errors import NothingMayLeave, NotShown, UnknownName, WordsNotProven, WrongName
from stillmine.watch.names import profile
from stillmine.watch.names.codes import new_code
from tests.watch.names.naming import copy_of_data, instagram, kindly_refused


def test_a_wish_is_not_yet_shown_and_says_how_it_can_be(namer):
    noted = namer.notes("kimq7", at="github")
    assert not noted.shown
    assert noted.code is not None
    assert any(noted.code in line for line in noted.how)
    with kindly_refused(WordsNotProven):
        namer.searches("kimq7")


def test_a_code_in_the_profile_shows_a_handle(online):
    shown = online.owns("kimq7")
    assert (shown.way, shown.text, shown.at) == ("profile", "kimq7", "github")
    online.searches("kimq7")
    online.searches('"kimq7" leaked photos')
    online.searches("#kimq7")


def test_a_profile_is_asked_for_once_after_its_robots_and_never_with_the_code(online):
    noted = online.notes("kimq7", at="github")
    online.profile_says("kimq7", noted.code)
    online.shows("kimq7")
    asked = online.sites["github"].asked
    assert [each.target for each in asked] == ["/robots.txt", "/users/kimq7"]
    assert all(noted.code.encode() not in each.wire for each in asked)
    assert all("stillmine" in each.headers["user-agent"] for each in asked)


def test_a_site_that_asks_this_program_to_stay_away_is_not_asked(online):
    noted = online.notes("kimq7", at="github")
    site = online.sites["github"]
    site.says("/robots.txt", b"User-agent: stillmine\nDisallow: /users/\n", online.date)
    with kindly_refused(NotShown, "robots"):
        online.shows(noted.name)
    assert len(site.asked) == 1


def test_rules_for_programs_that_wander_about_are_not_about_what_is_offered_to_programs(online):
    noted = online.notes("kimq7", at="github")
    online.profile_says("kimq7", noted.code)
    online.sites["github"].says("/robots.txt", b"User-agent: *\nDisallow: /\n", online.date)
    assert online.shows(noted.name).way == "profile"


def test_a_site_is_given_the_pause_that_it_asks_for_within_reason(online, monkeypatch):
    noted = online.notes("kimq7", at="github")
    online.profile_says("kimq7", noted.code)
    waited = []
    monkeypatch.setattr(profile, "_wait", lambda seconds, _check: waited.append(seconds))
    monkeypatch.setattr(profile, "_PAUSE", 2.0)
    site = online.sites["github"]
    site.says("/robots.txt", b"User-agent: *\nCrawl-delay: 7\nAllow: /\n", online.date)
    online.shows(noted.name)
    assert waited == [7.0]
    noted = online.notes("kimq7", at="github")
    site.says("/robots.txt", b"User-agent: *\nCrawl-delay: 3600\nAllow: /\n", online.date)
    with kindly_refused(NotShown, "robots"):
        online.shows(noted.name)


def test_nothing_is_asked_without_a_yes(online):
    noted = online.notes("kimq7", at="github")
    online.agrees = False
    with pytest.raises(NothingMayLeave):
        online.shows(noted.name)
    assert not online.sites["github"].asked


def test_a_handle_of_the_fediverse_is_whole_with_its_server(online):
    noted = online.notes("@kim@social.example")
    assert noted.at == "social.example"
    told = {"acct": "kim", "note": f"<p>Hi<br>{noted.code}</p>", "created_at": "2020-01-01"}
    online.sites["fediverse"].says("/lookup?acct=kim", json.dumps(told).encode(), online.date)
    online.shows(noted.name)
    online.searches("@kim@social.example")
    with kindly_refused(WordsNotProven):
        online.searches("kim")


def test_a_signed_mail_to_oneself_shows_an_address(online):
    shown = online.owns_mail("Kim@Mail.example")
    assert (shown.way, shown.text) == ("mail", "kim@mail.example")
    online.searches("kim@mail.example leak")
    (asked,) = online.provider.site.asked
    assert "kim" not in asked.target


def test_a_mail_that_was_saved_with_other_line_ends_counts_too(online):
    noted = online.notes("kim@mail.example", "mail")
    message = online.signed("kim@mail.example", noted.subject).replace(b"\r\n", b"\n")
    online.shows(noted.name, mail=online.saves(b"From kim Fri May  1\n" + message))
    online.searches("kim@mail.example")


@pytest.mark.parametrize("written", ["folded", "encoded"])
def test_a_subject_that_was_folded_or_encoded_on_its_way_is_the_same_subject(online, written):
    noted = online.notes("kim@mail.example", "mail")
    subject = {
        "folded": noted.subject.replace(" for it", "\r\n for it"),
        "encoded": f"=?utf-8?q?{noted.subject.replace(' ', '_')}?=",
    }[written]
    online.shows(noted.name, mail=online.saves(online.signed("kim@mail.example", subject)))
    online.searches("kim@mail.example")


def test_a_copy_of_own_data_shows_a_handle_where_profiles_want_a_login(namer):
    noted = namer.notes("kimq7", at="https://www.instagram.com/kimq7/")
    assert noted.code is None
    namer.agrees = False  # nothing leaves
    shown = namer.shows(noted.name, export=copy_of_data(namer.desk, instagram("kimq7")))
    assert shown.way == "export"
    namer.searches("kimq7 instagram")


def test_a_proof_that_a_site_vouches_for_is_not_lost_to_a_weaker_one(online):
    online.owns("kimq7")
    assert online.names.names[0].firm
    with kindly_refused(NotShown, "use-profile"):
        online.shows("kimq7", export=copy_of_data(online.desk, instagram("kimq7")))
    assert online.names.names[0].firm


def test_a_list_says_what_counts_and_the_log_what_was_ever_there(online):
    assert online.lists().outcome is Outcome.NOTHING_FOUND
    online.owns("kimq7")
    online.notes("Kim Example", "name")
    online.removes("Kim Example")
    answer = online.lists(log=True)
    assert [each.text for each in answer.names] == ["kimq7"]
    assert [each.what for each in answer.log] == ["noted", "proven", "noted", "removed"]
    assert all(any(each.lines) for each in (*answer.names, *answer.log))


def test_a_code_stays_the_same_while_it_holds(namer):
    first = namer.notes("kimq7", at="github")
    namer.waits(2.9)
    assert namer.notes("KIMQ7", at="github").code == first.code
    namer.waits(0.2)
    assert namer.notes("kimq7", at="github").code != first.code


def test_codes_are_never_the_same_twice(namer):
    assert len({new_code(namer.clock).code for _ in range(200)}) == 200


def test_an_own_name_is_found_by_its_number_or_as_it_is_written(namer):
    for typed in (None, "kimq7", "@KIMq7"):
        noted = namer.notes("kimq7", at="github")
        namer.removes(typed or noted.name[:4])
        assert not namer.names.names
    with kindly_refused(UnknownName):
        namer.removes("somebody")


@pytest.mark.parametrize("typed", ["", "a", "kim q7", "kim/../q7", "kim?q=1", "k" * 60, "-kim"])
def test_what_can_be_no_handle_is_refused_before_anything_is_asked(namer, typed):
    with pytest.raises(WrongName):
        namer.notes(typed, at="github")


@pytest.mark.parametrize(
    "typed", ["kim", "kim@", "@x.example", "a b@x.example", "kim@x", "a@b@c.de"]
)
def test_what_can_be_no_mail_address_is_refused(namer, typed):
    with pytest.raises(WrongName):
        namer.notes(typed, "mail")


def test_a_broken_answer_of_a_site_shows_nothing_and_breaks_nothing(online):
    noted = online.notes("kimq7", at="github")
    for body in (b"", b"null", b"[]", b"[" * 100_000, b"\xff", b'{"login": 1}', b"{}"):
        online.sites["github"].says("/users/kimq7", body, online.date)
        with pytest.raises(NotShown):
            online.shows(noted.name)


def test_what_was_shown_stays_after_the_clock_moves_on(online):
    online.owns("kimq7")
    online.clock += timedelta(days=400)
    online.searches("kimq7")
