"""Which laws a letter leans on, and who gets it: each place, each kind of recipient."""

import re

import pytest

from stillmine.act.case.model import AGENT, Case, Sender
from stillmine.act.notices import asked_for, choose, goes_to, platform_of, regimes
from stillmine.act.notices.recipients import _table
from stillmine.errors import (
    CopyrightAlone,
    NotAMailAddress,
    TakesNoLetter,
    UnknownRecipient,
    UnknownRegime,
)
from stillmine.facts import Kind, facts_of, place_of
from stillmine.facts.places import places


def case(country, **sender):
    return Case("c0ffee00", "2026-11-22T12:00:00+00:00", country, sender=Sender(**sender))


def chosen(country, to):
    return [each.regime for each in choose(case(country), goes_to(to))]


@pytest.mark.parametrize(
    ("country", "to", "regimes"),
    [
        ("US", "instagram", ["us-tida"]),
        ("US-CA", "instagram", ["us-tida"]),
        ("DE", "instagram", ["eu-dsa", "eu-gdpr", "us-tida"]),
        ("GB", "instagram", ["gb-gdpr", "gb-osa", "us-tida"]),
        ("GB-SCT", "instagram", ["gb-gdpr", "gb-osa", "us-tida"]),
        ("IN", "instagram", ["in-it-rules", "us-tida"]),
        ("BR", "instagram", ["br-mci", "us-tida"]),
        ("KE", "instagram", ["us-tida"]),
        ("FR", "google search", ["eu-gdpr", "search"]),
        ("GB", "google search", ["gb-gdpr", "search"]),
        ("US", "google search", ["search"]),
        ("FR", "cloudflare", ["eu-dsa", "eu-gdpr", "host"]),
        ("US", "cloudflare", ["host"]),
        ("BR", "hetzner", ["br-mci", "host"]),
        ("AU", "esafety", ["au-esafety"]),
        ("NZ", "esafety", ["au-esafety"]),
        ("CA-BC", "crt", ["ca-bc"]),
    ],
)
def test_the_laws_of_the_persons_own_place_come_first(country, to, regimes):
    assert chosen(country, to) == regimes


def test_a_copyright_letter_is_never_chosen_by_itself():
    names = ["instagram", "google search", "cloudflare", "esafety"]
    for code in places():
        for name in names:
            assert "dmca" not in chosen(code, name)


def test_somebody_gets_a_letter_wherever_they_live():
    for code in places():
        for name in ("instagram", "google search", "cloudflare"):
            assert chosen(code, name), f"no law and no practice for {code} and {name}"


def test_each_choice_says_why_and_what_it_reveals_without_a_gap():
    for code in ("US", "DE", "GB", "IN", "BR", "AU", "CA-BC", "KE"):
        for to in ("instagram", "google search", "cloudflare", "esafety", "crt"):
            for each in choose(case(code), goes_to(to)):
                for text in (each.why, *each.reveals):
                    assert "…" not in text
                    assert "{" not in text
                assert each.why.startswith("Because")
                assert each.reveals


def test_a_copyright_letter_says_who_will_see_it():
    (only,) = asked_for(("dmca",), case("US"), goes_to("instagram"))
    said = " ".join(only.reveals)
    assert "Lumen" in said
    assert "person who put the picture online" in said


def test_a_copyright_letter_goes_alone():
    with pytest.raises(CopyrightAlone):
        asked_for(("us-tida", "dmca"), case("US"), goes_to("instagram"))


def test_superset_is_all_that_fits_and_a_name_that_nobody_knows_is_refused():
    here = case("DE")
    assert asked_for(("superset",), here, goes_to("x")) == choose(here, goes_to("x"))
    with pytest.raises(UnknownRegime):
        asked_for(("xx-none",), here, goes_to("x"))


def test_who_signs_for_another_is_told_that_their_name_stands_there():
    by_helper = choose(case("DE", role=AGENT), goes_to("x"))
    assert any("Your own name" in text for each in by_helper for text in each.reveals)


def test_every_country_of_a_regime_is_a_place():
    for regime in regimes():
        for code in regime.lives_in:
            assert place_of(code)


def test_each_platform_of_the_facts_takes_a_letter_or_says_that_it_does_not():
    for fact in facts_of(Kind.PLATFORM):
        name = fact.fact.rpartition("/")[2]
        if fact.said("kind") in ("hash-service", "regulator"):
            with pytest.raises(TakesNoLetter):
                goes_to(name)
        else:
            assert goes_to(name).fact == fact


@pytest.mark.parametrize("name", ["", "   ", "no such place", "e", "g"])
def test_a_name_that_fits_nobody_or_several_is_not_guessed(name):
    with pytest.raises(UnknownRecipient):
        goes_to(name)


@pytest.mark.parametrize(
    "mail",
    [
        "x",
        "a@b",
        "a@b.test\nBcc: c@d.test",
        "a b@c.test",
        "<a@b.test>",
        "a@b.test, c@d.test",
        "a@b.test\u202e",
    ],
)
def test_what_is_no_mail_address_is_refused(mail):
    with pytest.raises(NotAMailAddress):
        goes_to("", mail)
    with pytest.raises(NotAMailAddress):
        goes_to("instagram", "", mail)


def test_a_typed_address_is_said_to_be_typed():
    host = goes_to("", "abuse@host.test")
    assert (host.to, host.kind, host.mail, host.typed) == (
        "host.test",
        "host",
        "abuse@host.test",
        True,
    )
    known = goes_to("instagram", "", "someone@meta.test").for_regimes(["us-tida"])
    assert (known.mail, known.typed) == ("someone@meta.test", True)


def test_mail_goes_only_where_a_confirmed_fact_says():
    for fact in facts_of(Kind.PLATFORM):
        if fact.said("kind") in ("hash-service", "regulator"):
            continue
        name = fact.fact.rpartition("/")[2]
        for asked in (["us-tida"], ["eu-dsa", "eu-gdpr"], ["dmca"], ["host"]):
            goes = goes_to(name).for_regimes(asked)
            ways = ("report", "notices", "privacy", "copyright")
            known = {str(fact.said(f"{way}_mail")) for way in ways}
            assert not goes.mail or (goes.mail in known and fact.said("name"))
            assert not goes.typed
            if goes.told:
                assert not re.search("copyright", " ".join(goes.told.values)) or asked == ["dmca"]
                assert set(goes.told.values) <= set(fact.values)


def test_a_copyright_letter_goes_to_no_other_mailbox():
    goes = goes_to("reddit").for_regimes(["dmca"])
    assert goes.mail == "copyright@reddit.com"
    assert goes.form != "https://www.reddit.com/report"
    assert goes_to("reddit").for_regimes(["us-tida"]).form == "https://www.reddit.com/report"


def test_one_report_for_each_picture_is_what_their_own_page_says():
    goes = goes_to("discord").for_regimes(["us-tida"])
    assert goes.one_each
    assert goes.legal_name
    assert "One report for each" in str(goes.fact.said("use_for"))
    assert not goes_to("discord").for_regimes(["dmca"]).one_each


@pytest.mark.parametrize("typed", ["twitter", "twitter.com", "X", "x.com", " x "])
def test_a_platform_is_found_by_its_old_name_and_by_its_domain(typed):
    assert goes_to(typed).fact.fact == "platforms/x"


def test_the_platform_of_an_address_is_found_by_its_domain():
    assert platform_of("https://www.instagram.com/p/abc/").fact == "platforms/instagram"
    assert platform_of("https://twitter.com/a/status/1").fact == "platforms/x"
    assert platform_of("https://instagram.com.evil.test/p/1") is None
    assert platform_of("nothing") is None


def test_every_domain_of_the_list_belongs_to_a_platform_of_the_facts():
    names = {fact.fact.rpartition("/")[2] for fact in facts_of(Kind.PLATFORM)}
    assert set(_table()["domains"]) <= names
    assert all(
        re.fullmatch(r"[a-z0-9.-]+\.[a-z]+", d) for row in _table()["domains"].values() for d in row
    )
