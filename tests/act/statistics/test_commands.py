"""From a vault to the joined figures of many, as people do it."""

import json
from dataclasses import replace

from stillmine.act.case.store import keep_case
from stillmine.act.statistics import exporting, merging
from stillmine.act.statistics.exporting import ExportRequest
from stillmine.act.statistics.merging import MergeRequest
from stillmine.app.actions import Outcome
from tests.act.papers.cases import full_case
from tests.act.papers.conftest import person as _person

person = _person


def test_what_is_shown_is_what_is_written_and_all_of_it(person, tmp_path, monkeypatch):
    monkeypatch.setattr(exporting, "KEPT", 1.0)
    file = tmp_path / "figures.json"
    answer = person.does(exporting.export, ExportRequest(file))
    whole = json.loads(file.read_text())
    assert whole["rows"] == [row.plain for row in answer.rows]
    assert len(answer.rows) == 2, "the draft has no line"
    text = file.read_text()
    for secret in ("1a2b3c4d", "forum.example", "Zoë", "4411", "2026-11-2"):
        assert secret not in text


def test_without_a_file_nothing_is_written(person, tmp_path):
    person.does(exporting.export, ExportRequest())
    assert sorted(each.name for each in tmp_path.iterdir()) == ["home"]


def test_a_vault_without_a_sent_letter_has_no_figures(person, tmp_path):
    person.changes(lambda vault: keep_case(vault, replace(full_case(), notices=())))
    answer = person.does(exporting.export, ExportRequest(tmp_path / "figures.json"))
    assert answer.outcome is Outcome.NOTHING_FOUND
    assert not (tmp_path / "figures.json").exists()


def test_the_files_of_five_are_joined_and_of_four_are_not(person, tmp_path, monkeypatch):
    monkeypatch.setattr(exporting, "KEPT", 1.0)
    files = []
    for number in range(5):
        files.append(tmp_path / f"{number}.json")
        person.does(exporting.export, ExportRequest(files[-1]))
    four = person.does(merging.merge, MergeRequest(tuple(files[:4])))
    assert four.outcome is Outcome.NOTHING_FOUND
    five = person.does(merging.merge, MergeRequest(tuple(files)))
    assert {cell.cases for cell in five.cells} == {5}
