"""Asking for stamps: only a digest goes out, and whoever does not answer is named."""

import pytest
from asn1crypto import tsp

from stillmine.act.proof import Trust
from stillmine.act.proof.authorities import Authority, all_authorities, chosen, trust
from stillmine.act.proof.stamping import stamp_root
from stillmine.errors import NoSuchFile, NotACertificate, UnknownStamper
from tests.act.proof.conftest import trusting

ROOT = bytes(range(32))


def ask(stampers, **more):
    authorities = [Authority(each.kind, each.kind, each.url) for each in stampers]
    return stamp_root(ROOT, authorities, trusting(*stampers), action="act.stamp", **more)


def test_only_a_digest_and_a_number_go_out(new_stamper):
    stamper = new_stamper("right")
    found = ask([stamper])
    assert [each.authority for each in found.stamps] == ["right"]
    (body,) = stamper.asked
    question = tsp.TimeStampReq.load(body)
    assert question["message_imprint"]["hashed_message"].native == ROOT
    assert set(question.native) - {"nonce"} == {
        "version", "message_imprint", "req_policy", "cert_req", "extensions",
    }  # fmt: skip
    assert question["req_policy"].native is None
    assert question["extensions"].native is None
    assert len(body) < 80


@pytest.mark.parametrize(
    ("kind", "code", "why"),
    [
        ("nonce", "act.bad-stamp", "nonce"),
        ("imprint", "act.bad-stamp", "digest"),
        ("purpose", "act.bad-stamp", "purpose"),
        ("refused", "act.bad-stamp", "refused"),
        ("garbage", "act.bad-stamp", "garbage"),
        ("broken", "network.cannot-reach", "status 503"),
        ("redirect", "network.cannot-reach", "status 302"),
        ("huge", "network.cannot-reach", "status 200"),
    ],
)
def test_who_gives_no_stamp_is_named_and_the_others_are_asked(new_stamper, kind, code, why):
    found = ask([new_stamper(kind), new_stamper("right"), new_stamper("disordered")])
    assert [each.authority for each in found.stamps] == ["right", "disordered"]
    (missing,) = found.missing
    assert (missing.authority, missing.code, missing.why) == (kind, code, why)


def test_an_answer_that_comes_too_late_is_not_waited_for(new_stamper, monkeypatch):
    monkeypatch.setattr("stillmine.act.proof.stamping._SECONDS", 1.0)
    found = ask([new_stamper("slow"), new_stamper("right")])
    assert [each.authority for each in found.stamps] == ["right"]
    assert found.missing[0].code == "network.cannot-reach"


def test_an_address_inside_the_house_is_not_asked():
    authority = Authority("inside", "Inside", "http://127.0.0.1:9/tsr")
    found = stamp_root(ROOT, [authority], Trust(), action="act.stamp")
    assert found.missing[0].code == "network.address-refused"


def test_the_usual_authorities_are_two_and_of_different_owners():
    usual = chosen(())
    assert len(usual) >= 2
    assert len({each.url.split("/")[2].split(".", 1)[1] for each in usual}) == len(usual)


def test_every_authority_says_where_its_address_was_read():
    for each in all_authorities():
        assert each.source.startswith("https://")
        assert each.kind in ("official", "secondary")
        assert each.checked_on
        assert each.url.startswith(("http://", "https://"))
    names = [each.name for each in all_authorities()]
    assert len(set(names)) == len(names)


def test_an_authority_of_ones_own_has_an_address_and_may_have_a_name():
    (mine,) = chosen(["notary=https://tsa.notary.example/tsr"])
    assert (mine.name, mine.url) == ("notary", "https://tsa.notary.example/tsr")
    (named,) = chosen(["https://tsa.notary.example:8443/tsr"])
    assert named.name == "tsa-notary-example"
    assert chosen(["digicert", "sectigo"])[0].title == "DigiCert"


@pytest.mark.parametrize(
    "text", ["nobody", "", "ftp://example.org", "https://", "a=b=https://x.org"]
)
def test_what_is_no_authority_is_said_with_those_that_are(text):
    with pytest.raises(UnknownStamper) as found:
        chosen([text])
    assert "digicert" in found.value.facts["known"]


def test_roots_of_ones_own_count_beside_those_of_the_computer(new_stamper, tmp_path):
    stamper = new_stamper("right")
    assert trust([stamper.root_file]).roots[0] == stamper.root_der
    assert len(trust([stamper.root_file]).roots) == len(trust().roots) + 1
    (tmp_path / "empty").write_bytes(b"no certificate")
    with pytest.raises(NotACertificate):
        trust([tmp_path / "empty"])
    with pytest.raises(NoSuchFile):
        trust([tmp_path / "missing"])
