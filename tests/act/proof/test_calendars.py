"""OpenTimestamps: what calendars say, read and written by lines of our own, judged by theirs."""

import hashlib
import io
import os
import random

import pytest
from opentimestamps.core.notary import PendingAttestation
from opentimestamps.core.serialize import (
    BytesDeserializationContext,
    BytesSerializationContext,
)
from opentimestamps.core.timestamp import DetachedTimestampFile

from stillmine.act.proof import Trust, check_bundle
from stillmine.act.proof.adding import add_stamps, noted_in
from stillmine.act.proof.block_chain import MAGIC, Node, read_node, read_proof, write_proof
from stillmine.act.proof.calendars import POOLS, calendars_of, note_root
from stillmine.errors import BadStamp, NotAWebAddress
from tests.act.proof.conftest import KEY, bundle
from tests.servers.calendars import BLOCK, Calendar

ROOT = hashlib.sha256(b"a root").digest()


@pytest.fixture
def new_calendar(monkeypatch):
    running = []

    def start(kind="right"):
        calendar = Calendar(kind)
        running.append(calendar)
        allowed = os.environ.get("STILLMINE_ALLOW_LOOPBACK", "")
        more = ",".join(filter(None, [allowed, f"127.0.0.1:{calendar.port}"]))
        monkeypatch.setenv("STILLMINE_ALLOW_LOOPBACK", more)
        return calendar

    yield start
    for each in running:
        each.stop()


def note(kept, *calendars, root=ROOT):
    return note_root(root, kept, [each.url for each in calendars], action="act.stamp")


def theirs(content):
    return DetachedTimestampFile.deserialize(BytesDeserializationContext(content))


def test_a_calendar_gets_neither_the_root_nor_twice_the_same(new_calendar):
    calendar = new_calendar()
    note(b"", calendar)
    note(b"", calendar)
    assert len(set(calendar.given)) == 2
    assert ROOT not in calendar.given
    assert all(len(each) == 32 for each in calendar.given)


def test_their_library_reads_what_is_written_here_and_spells_it_the_same(new_calendar):
    first, second = new_calendar(), new_calendar()
    found = note(b"", first, second)
    assert (found.blocks, found.missing, found.changed) == ((), (), True)
    read = theirs(found.content)
    assert read.file_digest == ROOT
    waiting = {each for _, each in read.timestamp.all_attestations()}
    assert waiting == {PendingAttestation(first.url), PendingAttestation(second.url)}
    again = BytesSerializationContext()
    read.serialize(again)
    assert again.getbytes() == found.content


def test_a_day_later_the_block_is_named_and_the_promise_stays(new_calendar):
    calendar = new_calendar()
    waiting = note(b"", calendar)
    assert not note(waiting.content, calendar).changed
    calendar.confirmed = True
    noted = note(waiting.content, calendar)
    assert (noted.blocks, noted.changed) == ((BLOCK,), True)
    kinds = {type(each).__name__ for _, each in theirs(noted.content).timestamp.all_attestations()}
    assert kinds == {"PendingAttestation", "BitcoinBlockHeaderAttestation"}
    before = len(calendar.given)
    assert not note(noted.content, calendar).changed
    assert len(calendar.given) == before


@pytest.mark.parametrize(
    ("kind", "code"), [("garbage", "act.bad-stamp"), ("broken", "network.cannot-reach")]
)
def test_a_calendar_that_gives_nothing_is_named(new_calendar, kind, code):
    odd, right = new_calendar(kind), new_calendar()
    found = note(b"", odd, right)
    assert [each.code for each in found.missing] == [code]
    assert len(list(theirs(found.content).timestamp.all_attestations())) == 1
    assert note(b"", odd).content == b""


def test_a_calendar_that_a_proof_names_is_not_asked_unless_it_is_known(new_calendar):
    calendar = new_calendar()
    waiting = note(b"", calendar)
    calendar.confirmed = True
    assert not note_root(ROOT, waiting.content, POOLS, action="act.stamp").changed


def test_a_bundle_says_that_it_waits_and_then_which_block(new_calendar):
    calendar = new_calendar()
    content, made = bundle()
    root = bytes.fromhex(made.root)
    waiting = note(b"", calendar, root=root)
    for confirmed, code in ((False, "chain-waiting"), (True, "chain-block")):
        calendar.confirmed = confirmed
        found = note(waiting.content, calendar, root=root)
        out = io.BytesIO()
        add_stamps(out, io.BytesIO(content), (), KEY, noted=found.content)
        content = out.getvalue()
        assert noted_in(io.BytesIO(content)) == found.content
        said = check_bundle(io.BytesIO(content), trust=Trust())
        # No time follows from it without the block itself, which nobody is asked for.
        assert (said.verdict, said.root) == ("cannot-tell", made.root)
        assert [each.finding for each in said.findings] == ["whole", code, "no-stamps"]
    block = said.findings[1]
    assert str(BLOCK) in block.line
    end = [node for node in read_proof(found.content, root).all() if node.blocks]
    assert end[0].message[::-1].hex() in block.line


def test_a_note_about_another_root_holds_for_nothing():
    tree = Node(ROOT)
    tree.pending.append("https://alice.btc.calendar.opentimestamps.org")
    content = write_proof(tree)
    assert read_proof(content, ROOT).pending == tree.pending
    with pytest.raises(BadStamp):
        read_proof(content, bytes(32))


def test_no_damaged_file_makes_the_reader_fall_over(new_calendar):
    calendar = new_calendar()
    calendar.confirmed = True
    content = note(note(b"", calendar).content, calendar).content
    chance = random.Random(4)
    for _ in range(3000):
        changed = bytearray(content)
        at = chance.randrange(len(changed))
        changed[at : at + chance.randrange(6)] = chance.randbytes(chance.randrange(6))
        try:
            read_proof(bytes(changed), ROOT)
        except BadStamp:
            continue


@pytest.mark.parametrize(
    "content",
    [
        b"",
        MAGIC,
        b"\xff" * 60_000,
        b"\x08" * 60_000,
        b"\xf0\x01a" * 9_000,
        b"\x00" * 70_000,
        b"\xf0\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
        b"\x67",
    ],
)
def test_deep_long_and_strange_answers_are_refused(content):
    with pytest.raises(BadStamp):
        read_node(content, ROOT)


def test_calendars_are_chosen_by_their_addresses():
    assert calendars_of(["usual"]) == POOLS
    assert calendars_of(["https://own.example/", "usual"])[0] == "https://own.example"
    with pytest.raises(NotAWebAddress):
        calendars_of(["own"])
