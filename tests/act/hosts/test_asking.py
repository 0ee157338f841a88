"""A registry is asked as the RFCs want it, and believed only as far as its answer makes sense."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from stillmine.act.hosts.asking import ask_registry
from stillmine.act.hosts.record import network_record
from stillmine.app.network import Permit
from stillmine.errors import (
    AddressRefused,
    AskedTooOften,
    NotEncrypted,
    NothingMayLeave,
    NotInRegistry,
    StrangeAnswer,
)
from tests.act.hosts.test_records import RECORDED
from tests.servers.registries import Registry
from tests.servers.sites import Site


def for_page(server: str) -> Permit:
    return Permit.for_page("act.host", server)


def test_a_question_names_the_thing_and_what_form_of_answer_is_wanted(registry: Registry) -> None:
    registry.recorded("/ip/130.59.31.80", RECORDED / "ripe-130.59.31.80.json")
    found, source = ask_registry(for_page, registry.url("/"), "ip", "130.59.31.80")
    assert network_record("130.59.31.80", found, source).holder.mails == ("abuse@switch.ch",)
    assert source == registry.url("/ip/130.59.31.80")
    assert registry.asked[0].headers["accept"].startswith("application/rdap+json")
    assert registry.asked[0].method == "GET"


def test_a_registry_may_send_us_to_the_one_that_has_the_entry(
    registry: Registry, new_site: Callable[..., Site]
) -> None:
    other = new_site(kind=Registry)
    assert isinstance(other, Registry)
    other.recorded("/ip/130.59.31.80", RECORDED / "ripe-130.59.31.80.json")
    registry.leads("/ip/130.59.31.80", other.url("/ip/130.59.31.80"), 301)
    found, source = ask_registry(for_page, registry.url(), "ip", "130.59.31.80")
    assert found["name"] == "SWITCH-LAN"
    assert source == other.url("/ip/130.59.31.80")


def test_a_registry_does_not_send_us_into_a_private_network(registry: Registry) -> None:
    registry.leads("/ip/192.0.2.1", "http://192.168.1.1/ip/192.0.2.1")
    with pytest.raises(AddressRefused):
        ask_registry(for_page, registry.url(), "ip", "192.0.2.1")


def test_an_entry_that_is_not_there_is_told_from_a_registry_that_is_not_there(
    registry: Registry,
) -> None:
    with pytest.raises(NotInRegistry) as missing:
        ask_registry(for_page, registry.url(), "domain", "nobody.example")
    assert missing.value.facts["name"] == "nobody.example"


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("120", 120), ("0", 0), ("", 60), ("soon", 60), ("-5", 60), ("9" * 5000, 7 * 24 * 3600)],
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_registry_that_wants_to_be_left_alone_says_for_how_long(
    status: int, said: str, seconds: int, registry: Registry
) -> None:
    registry.says("/domain/x.example", b"", ("Retry-After", said), status=status)
    with pytest.raises(AskedTooOften) as often:
        ask_registry(for_page, registry.url(), "domain", "x.example")
    assert often.value.facts["seconds"] == seconds
    assert len(registry.asked) == 1


def test_the_time_to_be_left_alone_may_be_a_date(registry: Registry) -> None:
    until = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    registry.says("/domain/x.example", b"", ("Retry-After", until), status=429)
    with pytest.raises(AskedTooOften) as often:
        ask_registry(for_page, registry.url(), "domain", "x.example")
    assert 3000 < int(often.value.facts["seconds"]) <= 3600


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<!doctype html><title>Sorry</title>", b"null", b"[]", b"{}", b'"domain"',
        b'{"objectClassName": "ip network"}', b'{"objectClassName": ["domain"]}',
        b"\xff\xfe{}", b"[" * 100_000, b'{"a":' * 50_000, b"1" * 10_000, b'{"objectClassName":',
    ],
)  # fmt: skip
def test_what_is_no_record_of_a_registry_is_a_strange_answer(
    body: bytes, registry: Registry
) -> None:
    registry.says("/domain/x.example", body, ("Content-Type", "application/rdap+json"))
    with pytest.raises(StrangeAnswer):
        ask_registry(for_page, registry.url(), "domain", "x.example")


def test_a_record_of_many_megabytes_is_not_read(registry: Registry) -> None:
    remarks = [{"description": ["x" * 1000]}] * 3000
    registry.answers("/domain/x.example", "domain", remarks=remarks)
    with pytest.raises(StrangeAnswer):
        ask_registry(for_page, registry.url(), "domain", "x.example")


@pytest.mark.parametrize("status", [400, 401, 403, 500, 502])
def test_a_registry_that_will_not_or_cannot_is_a_strange_answer(
    status: int, registry: Registry
) -> None:
    registry.says("/domain/x.example", json.dumps({"errorCode": status}).encode(), status=status)
    with pytest.raises(StrangeAnswer):
        ask_registry(for_page, registry.url(), "domain", "x.example")


def test_a_registry_in_the_open_is_not_asked() -> None:
    with pytest.raises(NotEncrypted):
        ask_registry(for_page, "http://rdap.example/", "domain", "x.example")


def test_nothing_is_asked_without_a_yes_for_that_registry(registry: Registry) -> None:
    with pytest.raises(NothingMayLeave):
        ask_registry(
            lambda _server: Permit("act.host", "other.example"),
            registry.url(),
            "domain",
            "x.example",
        )
    assert registry.asked == []
