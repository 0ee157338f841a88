"""What was found is kept once, shown with its reasons, and stays put aside once dismissed."""

from __future__ import annotations

import json
import secrets

import pytest

from stillmine.app.actions import Outcome, Secret
from stillmine.app.storage import inbox
from stillmine.app.storage.opening import open_vault
from stillmine.app.unlocking import root_key
from stillmine.cli.rendering import answer_lines
from stillmine.errors import UnknownFinding
from stillmine.keep.forget import ForgetRequest, forget
from stillmine.keep.rekey import RekeyRequest, rekey
from stillmine.watch import keeping, taking_in
from stillmine.watch.dismiss import DismissRequest, dismiss
from stillmine.watch.found import FoundRequest, found
from stillmine.watch.looking.finding import Fact, key_of, written
from stillmine.watch.preparing import looks_of, prepare_places
from tests.keep.conftest import _quick, newcomer, photos  # noqa: F401  fixtures
from tests.watch.watching import Watcher, finding


@pytest.fixture
def watcher(newcomer, photos):  # noqa: F811  the fixtures of those names
    watcher = Watcher(newcomer.folder)
    watcher.sets_up()
    watcher.added = watcher.keeps(photos, label="only mine").added
    return watcher


def shows(watcher, **how):
    return found(watcher.context, FoundRequest(**how))


def arrives(watcher, *findings):
    for each in findings:
        taking_in.drop(watcher.home, each)


def letters(watcher):
    return list((watcher.folder / "inbox").glob("*.age"))


def letter(watcher, **said):
    return inbox.drop(watcher.home, json.dumps(said).encode())


def plain(**more):
    return json.loads(written(finding(1))) | more


def test_what_arrived_while_locked_is_shown_and_becomes_a_record(watcher):
    arrives(watcher, finding(1), finding(2))
    answer = shows(watcher)
    assert (answer.outcome, answer.new) == (Outcome.DONE, 2)
    assert {each.finding for each in answer.findings} == {f"{1:016x}", f"{2:016x}"}
    assert letters(watcher) == []
    again = shows(watcher)
    assert (len(again.findings), again.new) == (2, 0)


def test_the_same_finding_twice_is_one_however_its_address_is_written(watcher):
    page = "https://board.example/thread/1"
    arrives(watcher, finding(1, page=page), finding(1, page=page))
    arrives(watcher, finding(1, finding="f" * 16, page=f"{page}?utm_source=x"))
    assert len(shows(watcher).findings) == 1
    arrives(watcher, finding(1, page=f"{page}#p7"))
    assert (len(shows(watcher).findings), letters(watcher)) == (1, [])


def test_two_files_are_two_findings_whatever_signs_are_in_their_names(watcher):
    pages = [f"/home/me/saved/a#{number}.jpg" for number in (1, 2)]
    arrives(
        watcher, *(finding(1, finding=f"{at:016x}", page=page) for at, page in enumerate(pages))
    )
    assert len(shows(watcher).findings) == 2


def test_one_page_with_two_items_is_two_findings(watcher):
    arrives(watcher, finding(1), finding(2, page=finding(1).page))
    assert len(shows(watcher).findings) == 2


def test_a_letter_that_was_taken_in_and_not_removed_is_not_taken_for_new(watcher, monkeypatch):
    arrives(watcher, finding(1))
    monkeypatch.setattr(inbox, "remove", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        shows(watcher)
    monkeypatch.undo()
    answer = shows(watcher)
    assert (len(answer.findings), answer.new, letters(watcher)) == (1, 0, [])


def test_letters_of_others_are_left_alone_and_damaged_ones_are_named(watcher):
    letter(watcher, stillmine_inbox=1, what="something.else", value=1)
    letter(watcher, stillmine_inbox=2, what="watch.finding")
    inbox.drop(watcher.home, b"\xff no JSON")
    inbox.drop(watcher.home, b"[" * 100_000)
    torn = watcher.folder / "inbox" / f"{secrets.token_hex(16)}.age"
    torn.write_bytes(b"age-encryption.org/v1\n torn")
    arrives(watcher, finding(1))
    answer = shows(watcher)
    assert answer.outcome is Outcome.GAPS
    assert answer.unreadable == (torn.stem,)
    assert len(answer.findings) == 1
    assert len(letters(watcher)) == 5


@pytest.mark.parametrize(
    "wrong",
    [
        {"finding": "../../../etc/passw"},
        {"finding": "F" * 16},
        {"item": "zz"},
        {"page": ""},
        {"page": "https://a.example/" + "x" * 10_000},
        {"page": ["https://a.example/"]},
        {"seen_at": "yesterday"},
        {"seen_at": "2026-05-01T10:00:00"},
        {"kind": "seen-by-a-friend"},
        {"score": float("nan")},
        {"expected_false": float("inf")},
        {"visible": "all"},
        {"mirrored": 1},
        {"width": 0},
        {"quad": [[0, 0], [1, 1]]},
        {"quad": "0000"},
        {"facts": ["because"]},
        {"facts": 7},
        {"headers": [["date", "x" * 3000]]},
        {"headers": [["a"]]},
        {"more": 1},
        {"item": None},
    ],
)
def test_a_letter_that_only_seems_a_finding_is_named_and_left_alone(watcher, wrong):
    name = letter(watcher, stillmine_inbox=1, what="watch.finding", **plain(**wrong))
    answer = shows(watcher)
    assert (answer.findings, answer.unreadable) == ((), (name,))
    assert len(letters(watcher)) == 1


def test_it_is_told_which_item_where_when_and_what_speaks_for_it(watcher):
    item = watcher.added[0].item
    place = watcher.adds("page", "https://board.example/thread/1", name="the board").place
    facts = (Fact.LOOKS_ALIKE, Fact.NAMED_HERE)
    arrives(watcher, finding(1, item=item, place=place, facts=facts))
    (shown,) = shows(watcher).findings
    assert (shown.item, shown.label, shown.place_name) == (item, "only mine", "the board")
    assert shown.sure
    text = "\n".join(answer_lines("watch.found", shows(watcher)))
    for part in (
        "https://board.example/thread/1",
        "https://board.example/src/1.jpg",
        "the board",
        "only mine",
        "a part of it",
        "A name of yours is on the page.",
        "stillmine watch take-up",
    ):
        assert part in text
    assert "Only one thing" not in text


def test_with_one_fact_it_is_a_maybe_and_stands_last(watcher):
    arrives(watcher, finding(1), finding(2, facts=(Fact.LOOKS_ALIKE,), seen_at=later(9)))
    answer = shows(watcher)
    assert [each.sure for each in answer.findings] == [True, False]
    assert answer.maybe == 1
    assert "Only one thing speaks for it." in "\n".join(answer_lines("watch.found", answer))


def later(hours):
    return f"2026-05-02T{hours:02}:00:00+00:00"


def test_the_newest_comes_first(watcher):
    arrives(watcher, *(finding(number, seen_at=later(number)) for number in (2, 9, 5)))
    hours = [each.seen_at.hour for each in shows(watcher).findings]
    assert hours == [9, 5, 2]


def test_what_strangers_wrote_cannot_steer_the_terminal(watcher):
    page = "https://board.example/\x1b[2J\u202egpj.exe"
    arrives(watcher, finding(1, page=page, picture=f"{page}\n\nAll is well."))
    text = "\n".join(answer_lines("watch.found", shows(watcher)))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\\x1b[2J" in text


def test_what_was_dismissed_stays_so_and_comes_back_when_asked(watcher):
    arrives(watcher, finding(1), finding(2))
    shows(watcher)
    answer = dismiss(watcher.context, DismissRequest((f"{1:016x}",)))
    assert answer.dismissed == (f"{1:016x}",)
    arrives(watcher, finding(1, seen_at=later(3)))
    seen = shows(watcher)
    assert ([each.finding for each in seen.findings], seen.dismissed) == ([f"{2:016x}"], 1)
    assert seen.new == 0
    everything = shows(watcher, all=True).findings
    assert {each.state for each in everything} == {"new", "dismissed"}
    dismiss(watcher.context, DismissRequest((f"{1:016x}",), undo=True))
    assert len(shows(watcher).findings) == 2


def test_a_finding_can_be_dismissed_before_anybody_looked_at_it(watcher):
    arrives(watcher, finding(1))
    dismiss(watcher.context, DismissRequest((f"{1:016x}",)))
    assert shows(watcher).outcome is Outcome.NOTHING_FOUND


@pytest.mark.parametrize("typed", ["", "0", "00", "zz", "../.."])
def test_a_finding_nobody_knows_is_never_guessed(watcher, typed):
    arrives(watcher, finding(1), finding(2))
    with pytest.raises(UnknownFinding):
        dismiss(watcher.context, DismissRequest((f"{2:016x}", typed)))
    assert shows(watcher).dismissed == 0


def test_while_another_run_writes_what_arrived_is_shown_and_waits(watcher):
    arrives(watcher, finding(1), finding(1))
    with watcher.vault(writing=True):
        answer = shows(watcher)
    assert (len(answer.findings), answer.waiting, len(letters(watcher))) == (1, 1, 2)
    after = shows(watcher)
    assert (len(after.findings), after.waiting, after.new, letters(watcher)) == (1, 0, 1, [])


def test_of_a_forgotten_item_the_address_and_the_time_stay_and_nothing_else_is_told(watcher):
    arrives(watcher, finding(1, item=watcher.added[0].item))
    shows(watcher)
    forget(watcher.context, ForgetRequest((watcher.added[0].item,)))
    (shown,) = shows(watcher).findings
    assert shown.forgotten
    assert (shown.item, shown.name, shown.label) == ("", "", "")
    text = "\n".join(shown.lines)
    assert shown.page in text
    assert "in your vault no more" in text
    assert "only mine" not in text


def told(watcher):
    with watcher.vault(writing=True) as vault:
        prepare_places(vault)
        with looks_of(vault) as looks:
            return looks.was_told(keeping_key(looks))


def keeping_key(looks):
    return key_of(looks, finding(1).item, finding(1).page)


def test_new_keys_neither_lose_a_finding_nor_have_it_reported_again(watcher):
    arrives(watcher, finding(1))
    dismiss(watcher.context, DismissRequest((f"{1:016x}",)))
    arrives(watcher, finding(2))
    assert told(watcher)
    rekey(watcher.context, RekeyRequest(Secret(watcher.phrase)))
    assert told(watcher)
    arrives(watcher, finding(1, finding="e" * 16))
    answer = shows(watcher, all=True)
    assert {each.finding: each.state for each in answer.findings} == {
        f"{1:016x}": "dismissed",
        f"{2:016x}": "new",
    }


def test_what_a_newer_version_adds_to_a_finding_does_not_hide_it(watcher):
    arrives(watcher, finding(1))
    shows(watcher)
    with open_vault(watcher.home, root_key(watcher.context), writing=True) as vault:
        kept = vault.records.get(keeping.KIND, f"{1:016x}")
        vault.records.put(keeping.KIND, f"{1:016x}", {**kept, "mood": "?", "state": "unheard of"})
    (shown,) = shows(watcher).findings
    assert shown.state == "new"


def test_many_findings_are_taken_in_at_once(watcher):
    arrives(watcher, *(finding(number) for number in range(1, 41)))
    assert len(shows(watcher).findings) == 40
