"""Proof that was kept without stamps gets them later, in the vault."""

import io
from dataclasses import replace

import pytest

from stillmine.act.case.keys import case_key
from stillmine.act.case.model import Case
from stillmine.act.case.store import find_case, keep_case
from stillmine.act.keeping import ToKeep, keep_proof
from stillmine.act.proof import check_bundle
from stillmine.act.proof.asking import authorities_of
from stillmine.act.stamp import StampRequest, stamp
from stillmine.app import unlocking
from stillmine.app.actions import Outcome
from stillmine.app.settings import change_setting
from stillmine.app.unlocking import unlocked
from stillmine.errors import NothingMayLeave, UnknownStamper, WrongSetting
from stillmine.keep import setup
from tests.act.proof.conftest import NOW, PIECES, trusting
from tests.keep.conftest import Person
from tests.servers.calendars import BLOCK, Calendar

CASE = "0a1b2c3d"


@pytest.fixture
def person(tmp_path, monkeypatch):
    """Give somebody who kept two proofs of a case, both without a stamp."""
    for module in (unlocking, setup):
        monkeypatch.setattr(module, "WORK_FACTOR", 1)
    found = Person(tmp_path / "home", clock=NOW)
    found.sets_up()
    with unlocked(found.context, writing=True) as vault:
        keep_case(vault, Case(CASE, NOW.isoformat(), "GB"))
        for _ in range(2):
            keep_proof(vault, CASE, ToKeep("capture", PIECES, {}), now=NOW)
    return found


def asks(person, *by, proof="", agreed=True):
    context = replace(person.context, agreed_to_send=agreed)
    return stamp(context, StampRequest(CASE[:4], proof, tuple(by)))


def by(stamper):
    return f"{stamper.kind}={stamper.url}"


def case_of(person):
    with unlocked(person.context) as vault:
        return find_case(vault, CASE)


def bundle_of(person, proof):
    with (
        unlocked(person.context, writing=True) as vault,
        vault.evidence.open(proof.evidence, why="test") as content,
    ):
        return content.read()


def test_each_proof_gets_the_stamps_that_it_lacks(person, new_stamper):
    first, second = new_stamper("right"), new_stamper("second")
    before = case_of(person)
    answer = asks(person, by(first), by(second))
    assert [(each.proof, each.stamped) for each in answer.stamped] == [
        ("p1", ("right", "second")),
        ("p2", ("right", "second")),
    ]
    assert answer.outcome is Outcome.DONE
    after = case_of(person)
    for old, new in zip(before.proofs, after.proofs, strict=True):
        assert (new.root, new.made) == (old.root, old.made)
        assert new.stamped == ("right", "second")
        found = check_bundle(io.BytesIO(bundle_of(person, new)), trust=trusting(first, second))
        assert (found.verdict, found.root) == ("unchanged", old.root)
    assert [event.what for event in after.events[-2:]] == ["proof-stamped"] * 2
    again = asks(person, by(first), by(second))
    assert (again.already, again.stamped) == (("p1", "p2"), ())
    assert len(first.asked) == 2


def test_the_old_bundle_is_forgotten_and_the_log_says_so(person, new_stamper):
    old = case_of(person).proofs[0]
    asks(person, by(new_stamper("right")), proof="p1")
    with unlocked(person.context, writing=True) as vault:
        kept = [each.evidence for each in vault.evidence.all(CASE)]
        assert old.evidence not in kept
        assert len(kept) == 2
        vault.custody.check(CASE)


def test_who_gives_none_is_named_and_nothing_else_is_lost(person, new_stamper):
    answer = asks(person, by(new_stamper("broken")), by(new_stamper("right")), proof="p2")
    assert answer.outcome is Outcome.GAPS
    assert [(each.authority, each.code) for each in answer.missing] == [
        ("broken", "network.cannot-reach")
    ]
    assert case_of(person).proofs[1].stamped == ("right",)


def test_when_nobody_answers_the_proof_stays_as_it_is(person, new_stamper):
    before = case_of(person)
    answer = asks(person, by(new_stamper("garbage")))
    assert (answer.stamped, len(answer.missing)) == ((), 2)
    assert case_of(person).proofs == before.proofs


def test_nothing_is_asked_without_a_yes(person, new_stamper):
    stamper = new_stamper("right")
    with pytest.raises(NothingMayLeave):
        asks(person, by(stamper), agreed=False)
    assert not stamper.asked


def test_a_proof_whose_root_is_not_the_one_noted_is_left_alone(person, new_stamper):
    with unlocked(person.context, writing=True) as vault:
        case = find_case(vault, CASE)
        odd = replace(case.proofs[0], root="0" * 64)
        keep_case(vault, replace(case, proofs=(odd, case.proofs[1])))
        assert case_key(vault, case).public
    answer = asks(person, by(new_stamper("right")))
    assert [(each.proof, each.code) for each in answer.skipped] == [("p1", "act.proof-changed")]
    assert [each.proof for each in answer.stamped] == ["p2"]


def test_the_authorities_can_be_chosen_once_for_all(person):
    with unlocked(person.context, writing=True) as vault:
        assert [each.name for each in authorities_of(vault)] == ["sectigo", "digicert"]
        change_setting(vault, "stamp-with", "open-tsa, mine=https://tsa.example/")
        assert [each.name for each in authorities_of(vault)] == ["open-tsa", "mine"]
        assert [each.name for each in authorities_of(vault, ["freetsa"])] == ["freetsa"]
        change_setting(vault, "stamp-with", "none")
        assert authorities_of(vault) == ()
        with pytest.raises(WrongSetting):
            change_setting(vault, "stamp-with", "two words")
        change_setting(vault, "stamp-with", "nobody-known")
        with pytest.raises(UnknownStamper):
            authorities_of(vault)


def test_calendars_are_asked_where_that_is_wished_and_again_a_day_later(person, monkeypatch):
    calendar = Calendar()
    monkeypatch.setenv("STILLMINE_ALLOW_LOOPBACK", f"127.0.0.1:{calendar.port}")
    context = replace(person.context, agreed_to_send=True)
    request = StampRequest(CASE, "p1", ("none",), (calendar.url,))
    try:
        first = stamp(context, request)
        assert [(each.proof, each.blocks) for each in first.noted] == [("p1", ())]
        calendar.confirmed = True
        second = stamp(context, request)
        assert second.noted[0].blocks == (BLOCK,)
        assert second.outcome is Outcome.DONE
        found = check_bundle(io.BytesIO(bundle_of(person, case_of(person).proofs[0])))
        assert [each.finding for each in found.findings] == ["whole", "chain-block", "no-stamps"]
    finally:
        calendar.stop()
