"""What is shown of cases and of the log: in words, in order, and without anything that steers."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from pathlib import Path

import pytest

import stillmine
from stillmine.act import safety
from stillmine.act.case.keys import case_key, forget_case_key
from stillmine.act.case.store import find_case
from stillmine.app.actions import Outcome
from stillmine.app.context import Context
from stillmine.errors import TargetExists
from stillmine.messages.timeline import EVENTS

_SOURCES = Path(stillmine.__file__).parent


def test_the_log_is_a_table_and_a_file_and_is_checked(person, desk, tmp_path):
    (desk / "a.txt").write_bytes(b"a")
    case = person.case()
    assert person.log(case).log == ()
    person.hand_in(case, desk)
    found = person.log(case, to=tmp_path / "out" / "custody.csv")
    assert found.outcome is Outcome.DONE
    assert (found.broken, found.head) == (None, found.log[-1].hash)
    with (tmp_path / "out" / "custody.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["hash"] for row in rows] == [each.hash for each in found.log]
    assert rows[0]["what"] == "kept"
    previous = "0" * 64
    for row in rows:  # as whoever has only the table checks it
        line = {n: v for n, v in row.items() if n not in ("hash", "proof", "file")}
        text = json.dumps(
            {**line, "number": int(line["number"])}, sort_keys=True, separators=(",", ":")
        )
        assert hashlib.sha256(text.encode()).hexdigest() == row["hash"]
        assert row["previous"] == previous
        previous = row["hash"]
    with pytest.raises(TargetExists):
        person.log(case, to=tmp_path / "out" / "custody.csv")


def test_a_changed_line_of_the_log_is_named_and_the_table_is_shown_all_the_same(person, desk):
    for number in range(3):
        (desk / f"{number}.txt").write_bytes(b"%d" % number)
    case = person.case()
    for path in sorted(desk.iterdir()):
        person.hand_in(case, path)

    def tamper(vault) -> None:
        (line,) = vault.catalogue.sealed("name = ?", (f"{case}/00000002",))
        value = {**json.loads(line.value), "why": "nothing"}
        vault.add_record("custody", line.name, line.revision + 1, json.dumps(value))

    person.looks(tamper, writing=True)
    found = person.log(case)
    assert found.outcome is Outcome.GAPS
    assert found.broken is not None
    assert (found.broken.line, found.broken.what) == (2, "changed")
    assert len(found.log) == 3

    (desk / "more.txt").write_bytes(b"more")
    assert len(person.hand_in(case, desk / "more.txt").added) == 1
    assert person.log(case).broken == found.broken, "what was wrong goes on showing"


def test_the_key_of_a_case_is_its_own_and_stays_until_it_is_forgotten(person):
    first, second = person.case(), person.case()

    def keys(vault) -> tuple[bytes, ...]:
        cases = (find_case(vault, first), find_case(vault, second))
        return tuple(case_key(vault, each).public for each in cases)

    made = person.looks(keys, writing=True)
    assert made[0] != made[1]
    assert person.looks(keys) == made
    person.looks(lambda vault: forget_case_key(vault, find_case(vault, first)), writing=True)
    assert person.looks(keys, writing=True)[0] != made[0]


def test_every_event_that_is_noted_has_its_words():
    """Codes in the sources, as they are written at `noted(…)` or as constants near it."""
    for path in _SOURCES.joinpath("act").rglob("*.py"):
        text = path.read_text()
        if "noted(" not in text:
            continue
        codes = re.findall(r'(?<!\w)noted\([^"]{0,80}?"([a-z.-]+)"', text, re.DOTALL)
        codes += re.findall(r'= "(clock\.[a-z-]+)"', text)
        for code in codes:
            known = code in EVENTS or any(each.startswith(code) for each in EVENTS)
            assert known, f"{path.name}: {code} has no words in messages/timeline.py"


def test_the_safety_page_works_without_a_vault_and_names_those_for_despair_first(tmp_path):
    class Nobody:
        def passphrase(self) -> str:
            pytest.fail("the passphrase was asked for")

    context = Context(tmp_path / "nowhere", Nobody())  # type: ignore[arg-type]  # only this is asked
    found = safety.safety(context, safety.SafetyRequest("GB", threats=True))
    assert [each.fact for each in found.crisis] == ["lines/gb/samaritans"]
    assert "lines/gb/revenge-porn-helpline" in [each.fact for each in found.people]
    assert any("Do not pay" in line for line in found.threats)
    calm = safety.safety(context, safety.SafetyRequest())
    assert calm.threats == ()
    assert {each.place for each in calm.people} == {"INT"}
    assert not (tmp_path / "nowhere").exists()
