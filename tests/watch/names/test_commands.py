"""The commands as somebody types them: what they say, in words and as JSON."""

from __future__ import annotations

from stillmine.errors import NamesWait, WordsNotProven
from tests.stories.program import Program
from tests.watch.names.naming import copy_of_data

IPS = "date,ip\n2026-01-01,1.2.3.4\n"


def test_the_way_from_a_wish_to_a_search_is_told_step_by_step(tmp_path):
    program = Program(tmp_path)
    program.run("keep", "init")
    noted = program.run("watch", "name", "add", "kimq7", "--kind", "handle", "--at", "reddit")
    assert noted["shown"] is False
    assert noted["name"] in " ".join(noted["how"])
    (listed,) = program.run("watch", "name", "list")["names"]
    assert listed["way"] is None
    # One who looks for somebody else is told what is possible, and nothing is kept.
    at = ("--option", "at=http://localhost:8888", "--under-18", "no", "--yes")
    place = ("watch", "place", "add", "searxng", "Jane Doe", *at)
    name = ("watch", "name", "add", "Jane Doe", "--kind", "name")
    for typed, error in ((place, WordsNotProven), (name, NamesWait)):
        refused = program.run(*typed, code=error.exit_code)
        assert refused["code"] == error.code
        assert "page" in refused["next"]
    copy = copy_of_data(
        tmp_path, {"statistics.csv": "statistic,value\naccount name,kimq7\n", "ip_logs.csv": IPS}
    )
    shown = program.run("watch", "name", "prove", "kimq7", "--export", copy)
    assert shown["way"] == "export"
    log = program.run("watch", "name", "list", "--log")["log"]
    assert [each["what"] for each in log] == ["noted", "proven"]
