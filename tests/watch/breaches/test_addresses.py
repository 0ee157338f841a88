"""In which leaks an address is: only for one that is the person's own, with their own key."""

from __future__ import annotations

import json

import pytest

from stillmine.app.actions import Outcome
from stillmine.errors import (
    AddressNotProven,
    BreachKeyRefused,
    BreachWait,
    NothingMayLeave,
    StrangeAnswer,
)
from stillmine.watch.breaches.mail import MailRequest, mail
from tests.watch.breaches.answers import ADOBE, STEALER
from tests.watch.breaches.conftest import KEY, OWN

TARGET = "/api/v3/breachedaccount/kim%40mail.example"


def asks(person, address=OWN, **more):
    return mail(person.context, MailRequest(address, **more))


def test_the_leaks_are_told_the_newest_first(asker):
    asker.site.says(TARGET, json.dumps([ADOBE, STEALER]).encode())
    found = asks(asker, " KIM@mail.example")
    assert (found.address, found.outcome, found.key_kept) == (OWN, Outcome.DONE, False)
    assert [each.title for each in found.breaches] == ["Stealer Logs", "Adobe"]
    assert found.breaches[1].leaked == tuple(ADOBE["DataClasses"])
    assert len(list(found.breaches[0].lines)) == len(list(found.breaches[1].lines)) + 2
    (asked,) = asker.site.asked
    assert asked.target == f"{TARGET}?truncateResponse=false"
    assert asked.headers["hibp-api-key"] == KEY
    assert asked.headers["user-agent"].startswith("stillmine/")


def test_not_found_is_said_as_such(asker):
    asker.site.says(TARGET, status=404)
    found = asks(asker)
    assert (found.breaches, found.outcome) == ((), Outcome.NOTHING_FOUND)
    assert found.advice


@pytest.mark.parametrize("address", ["sam@mail.example", "ex@mail.example", "kim", ""])
def test_nobody_elses_address_is_asked_about(asker, address):
    with pytest.raises(AddressNotProven):
        asks(asker, address)
    assert asker.site.asked == []
    assert "breach-key" not in asker.questions


def test_nothing_is_asked_without_a_yes(asker):
    asker.agrees = False
    with pytest.raises(NothingMayLeave):
        asks(asker)
    assert asker.site.asked == []


@pytest.mark.parametrize("key", ["short", "0" * 31 + "é", "0" * 32 + "\r\nHost: elsewhere"])
def test_what_cannot_be_a_key_is_not_sent(asker, key):
    asker.key = key
    with pytest.raises(BreachKeyRefused):
        asks(asker)
    assert asker.site.asked == []


def test_a_key_is_kept_only_when_asked_to_and_only_one_that_works(asker):
    asker.site.says(TARGET, b'{"statusCode": 401}', status=401)
    with pytest.raises(BreachKeyRefused):
        asks(asker, keep_key=True)
    asker.site.says(TARGET, status=404)
    assert not asks(asker).key_kept
    assert asks(asker, keep_key=True).key_kept
    before = asker.questions.count("breach-key")
    assert asks(asker).key_kept
    assert asker.questions.count("breach-key") == before == 3
    assert KEY not in repr(asks(asker))


def test_a_kept_key_that_is_refused_is_asked_for_anew(asker):
    asker.site.says(TARGET, status=404)
    asks(asker, keep_key=True)
    asker.site.says(TARGET, status=401)
    with pytest.raises(BreachKeyRefused):
        asks(asker)
    asker.site.says(TARGET, status=404)
    assert not asks(asker).key_kept
    assert asker.questions.count("breach-key") == 2


def test_a_new_key_takes_the_place_of_the_one_that_is_kept(asker):
    asker.site.says(TARGET, status=404)
    asks(asker, keep_key=True)
    asker.key = "f" * 32
    assert not asks(asker, new_key=True).key_kept
    assert asker.site.asked[-1].headers["hibp-api-key"] == asker.key


@pytest.mark.parametrize(("said", "seconds"), [("6", 6), ("soon", 60), ("99999999", 86400)])
def test_how_long_to_wait_is_told(asker, said, seconds):
    asker.site.says(TARGET, b"", ("Retry-After", said), status=429)
    with pytest.raises(BreachWait) as refused:
        asks(asker)
    assert refused.value.facts == {"seconds": seconds}


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 200), (b"{}", 200), (b"[1]", 200), (b"[" * 9999, 200), (b"", 500), (b"", 302)],
)
def test_a_strange_answer_is_not_taken_for_no_leak(asker, body, status):
    asker.site.says(TARGET, body, status=status)
    with pytest.raises(StrangeAnswer):
        asks(asker)


def test_values_of_wrong_types_are_left_out(asker):
    wrong = {"Title": 5, "Name": "x" * 9999, "DataClasses": [1, "Passwords"], "BreachDate": None}
    asker.site.says(TARGET, json.dumps([wrong, {"DataClasses": "all"}]).encode())
    first, _ = asks(asker).breaches
    assert (len(first.title), first.leaked, first.on) == (200, ("Passwords",), "")
    assert not first.sure
