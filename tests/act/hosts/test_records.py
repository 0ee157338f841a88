"""What registries answered once is read as they meant it; what nobody could mean is passed over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillmine.act.hosts.fronts import fronts_of
from stillmine.act.hosts.record import domain_record, network_record
from stillmine.act.hosts.registries import published, registry_of_address, registry_of_domain
from stillmine.act.hosts.telling import whom_to_ask

RECORDED = Path(__file__).parent / "recorded"


def recorded(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((RECORDED / f"{name}.json").read_bytes())
    return found


def test_a_domain_is_read_with_its_registrar_and_where_to_report_abuse() -> None:
    found = domain_record("google.com", recorded("verisign-google.com"), "https://x/")
    assert found.registrar.name == "MarkMonitor Inc."
    assert found.registrar.mails == ("abusecomplaints@markmonitor.com",)
    assert found.registrar.phones == ("+1.2083895740",)
    assert found.registrar_id == "292"
    assert (found.registered, found.expires) == ("1997-09-15", "2028-09-14")
    assert "ns1.google.com" in found.nameservers
    assert "client delete prohibited" in found.status


def test_a_registry_that_names_no_abuse_contact_has_none_and_another_is_not_taken_for_it() -> None:
    found = domain_record("norway.no", recorded("norid-norway.no"), "https://x/")
    assert found.registrar.name == "Domeneshop AS"
    assert found.registrar.mails == ()
    assert not found.registrar.reachable


@pytest.mark.parametrize(
    ("file", "name", "holder", "mail", "country"),
    [
        ("ripe-130.59.31.80", "SWITCH-LAN", "SWITCH-LAN", "abuse@switch.ch", "CH"),
        ("arin-13.64.0.0", "MSFT", "Microsoft Corporation", "abuse@microsoft.com", ""),
        ("arin-2001-4860", "GOOGLE-IPV6", "Google LLC", "network-abuse@google.com", ""),
        ("apnic-1.1.1.0", "APNIC-LABS", "APNIC-LABS", "helpdesk@apnic.net", "AU"),
    ],
)
def test_a_network_is_read_with_its_holder_and_where_to_report_abuse(
    file: str, name: str, holder: str, mail: str, country: str
) -> None:
    found = network_record("192.0.2.1", recorded(file), "https://x/")
    assert (found.name, found.holder.name, found.country) == (name, holder, country)
    assert found.holder.mails[0] == mail
    assert found.first
    assert found.last


def test_what_the_holder_noted_is_told_without_its_ornaments() -> None:
    found = network_record("1.1.1.0", recorded("apnic-1.1.1.0"), "https://x/")
    assert "resolver-abuse@cloudflare.com" in found.notes
    assert not any(note.startswith("---") for note in found.notes)
    assert any("resolver-abuse@cloudflare.com" in line for line in found.lines)


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["entities", "roles", "vcardArray", "events", "name", "publicIds", "nameservers",
             "status", "ldhName", "remarks", "description", "eventDate", "startAddress", "country"]
        ),
        inner,
        max_size=6,
    ),
    max_leaves=30,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.text(max_size=10), _ANYTHING, max_size=5) | _ANYTHING)
def test_whatever_is_in_an_answer_is_read_or_passed_over(found: Any) -> None:
    answer = found if isinstance(found, dict) else {"entities": found, "events": found}
    domain_record("x.example", answer, "https://x/")
    network_record("192.0.2.1", answer, "https://x/")


def _entity(**facts: Any) -> dict[str, Any]:
    return {"objectClassName": "entity", **facts}


def _card(*properties: list[Any]) -> list[Any]:
    return ["vcard", [["version", {}, "text", "4.0"], *properties]]


def test_entities_inside_each_other_a_million_deep_are_read_as_deep_as_registries_nest() -> None:
    deep: dict[str, Any] = _entity(
        roles=["abuse"], vcardArray=_card(["email", {}, "text", "x@y.example"])
    )
    for _ in range(20_000):
        deep = _entity(entities=[deep])
    assert network_record("192.0.2.1", {"entities": [deep]}, "").holder.mails == ()


def test_ten_thousand_entities_are_not_all_looked_at() -> None:
    many = [_entity(roles=["technical"], entities=[_entity(roles=["x"])] * 1000)] * 1000
    found = {"entities": [*many, _entity(roles=["abuse"])]}
    assert domain_record("x.example", found, "").registrar.mails == ()


@pytest.mark.parametrize(
    "mail",
    [
        "a@b", "a b@c.example", "<script>@x.example", "a@x.example\nBcc: b@y.example", "@x.example",
        "a@x.example, b@y.example", "a" * 100 + "@x.example", "a@" + "x" * 300 + ".example",
        "a@x.example?subject=hello", "javascript:alert(1)", "",
    ],
)  # fmt: skip
def test_what_is_no_mail_address_is_not_told_as_one(mail: str) -> None:
    card = _card(["email", {}, "text", mail], ["tel", {}, "uri", "tel:call me"])
    found = network_record(
        "192.0.2.1", {"entities": [_entity(roles=["abuse"], vcardArray=card)]}, ""
    )
    assert found.holder.mails == ()
    assert found.holder.phones == ()


def test_a_mail_address_in_each_form_of_a_card_is_found() -> None:
    card = _card(
        ["fn", {}, "text", ""],
        ["email", {"type": "work"}, "text", "one@x.example"],
        ["EMAIL", {}, "uri", "mailto:two@x.example"],
        ["email", {}, "text", "three@x.example", "four@x.example"],
        ["email", {}, "text", ["five@x.example"]],
        ["tel", {"type": ["voice", "text"]}, "uri", "tel:+1.555.0100"],
        ["contact-uri", {}, "uri", "https://x.example/abuse"],
        ["url", {}, "uri", "http://x.example/not-encrypted"],
    )
    found = network_record(
        "192.0.2.1", {"entities": [_entity(roles=["Abuse"], vcardArray=card)]}, ""
    )
    names = ("one", "two", "three", "four", "five")
    assert found.holder.mails == tuple(f"{name}@x.example" for name in names)
    assert found.holder.phones == ("+1.555.0100",)
    assert found.holder.pages == ("https://x.example/abuse",)


def test_the_registrars_own_abuse_contact_is_preferred_to_anothers() -> None:
    def abuse(mail: str) -> dict[str, Any]:
        return _entity(roles=["abuse"], vcardArray=_card(["email", {}, "text", mail]))

    registrar = _entity(
        roles=["registrar"],
        vcardArray=_card(["fn", {}, "text", "Names"]),
        entities=[abuse("right@x.example")],
    )
    found = domain_record("x.example", {"entities": [abuse("wrong@x.example"), registrar]}, "")
    assert found.registrar.mails == ("right@x.example",)


@pytest.mark.parametrize(
    ("domain", "server"),
    [
        ("example.com", "https://rdap.verisign.com/com/v1/"),
        ("example.org", "https://rdap.publicinterestregistry.org/rdap/"),
        ("example.no", "https://rdap.norid.no/"),
        ("example.nosuchending", None),
        ("example.localhost", None),
    ],
)
def test_the_registry_of_a_domain_is_known_from_ianas_list(domain: str, server: str | None) -> None:
    assert registry_of_domain(domain) == server


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("13.64.0.0", "https://rdap.arin.net/registry/"),
        ("130.59.31.80", "https://rdap.arin.net/registry/"),
        ("193.0.6.139", "https://rdap.db.ripe.net/"),
        ("1.1.1.1", "https://rdap.apnic.net/"),
        ("2001:4860::1", "https://rdap.arin.net/registry/"),
        ("127.0.0.1", None),
    ],
)
def test_the_registry_of_an_address_is_known_from_ianas_list(
    address: str, server: str | None
) -> None:
    assert registry_of_address(address) == server


def test_the_lists_say_when_they_were_published() -> None:
    assert [published(kind) for kind in ("dns", "ipv4", "ipv6")] == [
        "2026-07-23", "2019-06-07", "2024-11-01"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "name", "networks", "front"),
    [
        ([("CF-RAY", "8a-AMS")], "", [], "Cloudflare"),
        ([("Server", "cloudflare")], "", [], "Cloudflare"),
        ([], "", ["CLOUDFLARENET", "Cloudflare, Inc."], "Cloudflare"),
        ([("X-Served-By", "cache-ams123-AMS")], "", [], "Fastly"),
        ([("X-Amz-Cf-Id", "abc")], "", [], "Amazon CloudFront"),
        ([], "d111.cloudfront.net", [], "Amazon CloudFront"),
        ([("Server", "AkamaiGHost")], "", [], "Akamai"),
        ([], "www.example.com.edgekey.net", [], "Akamai"),
        ([("Server", "BunnyCDN-DE1-755")], "", [], "bunny.net"),
        ([("X-Azure-Ref", "0z")], "", [], "Azure Front Door"),
        ([("Server", "ddos-guard")], "", [], "DDoS-Guard"),
        ([("X-Sucuri-ID", "1")], "", [], "Sucuri"),
        ([("X-CDN", "Incapsula")], "", [], "Imperva"),
    ],
)
def test_who_stands_before_a_site_is_known_by_what_it_says(
    headers: list[tuple[str, str]], name: str, networks: list[str], front: str
) -> None:
    (found,) = fronts_of(headers, name, networks)
    assert found.name == front
    assert found.by
    assert found.source.startswith("https://")


@pytest.mark.parametrize(
    ("headers", "name", "networks"),
    [
        ([("Server", "nginx"), ("X-Cache", "HIT")], "www.example.com", ["HETZNER-NBG1"]),
        ([("X-Served-By", "web-3")], "notcloudfront.net", ["MSFT", ""]),
        ([("X-CDN", "other")], "", ["Amazon Technologies Inc."]),
    ],
)
def test_an_ordinary_site_has_nobody_before_it(
    headers: list[tuple[str, str]], name: str, networks: list[str]
) -> None:
    assert fronts_of(headers, name, networks) == ()


def test_where_nobody_is_named_the_usual_mailbox_is_called_unconfirmed() -> None:
    (only,) = whom_to_ask("leak.example", None, None, ())
    assert (only.part, only.mails, only.confirmed) == ("site", ("abuse@leak.example",), False)
    assert any("Nobody confirmed" in line for line in only.lines)


def test_who_stands_before_a_site_is_not_called_its_host() -> None:
    network = network_record("192.0.2.1", recorded("arin-13.64.0.0"), "https://x/")
    fronts = fronts_of([("Server", "cloudflare")], "", [])
    first = whom_to_ask("leak.example", None, network, fronts)[0]
    assert first.part == "front"
    assert first.pages[0] == "https://abuse.cloudflare.com/"
    assert whom_to_ask("leak.example", None, network, ())[0].part == "host"
