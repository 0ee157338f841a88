"""Figures that are joined: nobody can be told from them, and a hostile file is refused."""

import json
import random
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillmine.act.statistics import buckets, merging
from stillmine.act.statistics.cells import FEWEST, cells_of, observed, plain
from stillmine.act.statistics.export_file import FORMAT, read, written
from stillmine.act.statistics.merging import MergeRequest
from stillmine.act.statistics.plot import plot
from stillmine.act.statistics.regions import REGIONS
from stillmine.act.statistics.rows import CHANNELS, CONTENT, GONE, OUTCOMES, Row, in_order
from stillmine.app.context import Context
from stillmine.errors import NoSuchFile, NotStatistics, WrongUsage


def a_row(**more):
    row = Row(
        "facebook", "form", "us-tida", "europe", "unknown", "2026-W20", "removed",
        "0-2", "24-48", None, True, "0", "1",
    )  # fmt: skip
    return replace(row, **more)


@st.composite
def rows(draw):
    outcome = draw(st.sampled_from(OUTCOMES))
    hours = st.sampled_from(buckets.HOURS)
    gone = outcome in GONE
    return Row(
        platform=draw(st.sampled_from(("facebook", "reddit", "other"))),
        channel=draw(st.sampled_from(CHANNELS)),
        legal_basis=draw(st.sampled_from(("us-tida", "several", "none"))),
        country_group=draw(st.sampled_from(REGIONS)),
        content_kind=draw(st.sampled_from(CONTENT)),
        week=f"2026-W{draw(st.integers(1, 53)):02}",
        outcome=outcome,
        hours_to_acknowledgement=draw(st.none() | hours),
        hours_to_removal=draw(hours) if gone else None,
        hours_waited=None if gone else draw(hours),
        within_statutory=draw(st.none() | st.booleans()),
        reuploads=draw(st.sampled_from(buckets.AGAIN)),
        urls=draw(st.sampled_from(buckets.COUNTS)),
    )


class NoKeys:
    """Nobody at the keyboard: joining needs no vault."""

    def passphrase(self):
        raise AssertionError

    def device_key(self):
        return None

    def secret(self, kind, question=""):
        raise AssertionError


@pytest.fixture
def context(tmp_path):
    return Context(tmp_path / "home", NoKeys(), now=lambda: datetime(2026, 11, 22, tzinfo=UTC))


def export(folder: Path, name: str, *these: Row) -> Path:
    file = folder / name
    file.write_bytes(written(these))
    return file


def numbers(found):
    if isinstance(found, dict):
        for name, value in found.items():
            yield from ((name, each) for _, each in numbers(value))
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                yield name, value
    elif isinstance(found, list):
        for each in found:
            yield from numbers(each)


@settings(max_examples=150, deadline=None)
@given(st.lists(rows(), max_size=60), st.integers(5, 12))
def test_no_figure_that_comes_out_stands_for_fewer_than_five(many, fewest):
    cells, held_back = cells_of(many, fewest)
    told = list(plain(cells))
    for name, value in numbers(told):
        if name in ("cases", "at_risk"):
            assert value >= max(FEWEST, fewest)
    sizes = {}
    for row in many:
        sizes[row.platform, row.channel] = sizes.get((row.platform, row.channel), 0) + 1
    assert held_back == sum(size < fewest for size in sizes.values())
    for cell in cells:
        mine = [row for row in many if (row.platform, row.channel) == (cell.platform, cell.channel)]
        back_base = sum(row.outcome in GONE for row in mine)
        time_base = sum(row.within_statutory is not None for row in mine)
        assert (cell.back is None) == (back_base < fewest)
        assert (cell.in_time is None) == (time_base < fewest)
    text = json.dumps(told) + plot(cells)
    assert "2026-W" not in text, "no week comes out"
    assert not any(f'"{region}"' in text for region in REGIONS), "nor a part of the world"


@settings(deadline=None)
@given(st.lists(rows(), max_size=40))
def test_the_picture_is_well_formed_whatever_the_cells(many):
    ElementTree.fromstring(plot(cells_of(many)[0]))


@settings(deadline=None)
@given(st.lists(rows(), max_size=30), st.randoms())
def test_what_is_written_is_read_again_and_its_order_tells_nothing(tmp_path_factory, many, chance):
    folder = tmp_path_factory.mktemp("figures")
    mixed = chance.sample(many, len(many))
    file = export(folder, "a.json", *mixed)
    _number, found = read(file)
    assert list(found) == in_order(many)


def test_four_cases_are_held_back_and_five_are_shown(context, tmp_path):
    four = [export(tmp_path, f"{number}.json", a_row()) for number in range(4)]
    answer = merging.merge(context, MergeRequest(tuple(four)))
    assert (answer.cells, answer.held_back) == ((), 1)
    five = [*four, export(tmp_path, "4.json", a_row())]
    (cell,) = merging.merge(context, MergeRequest(tuple(five))).cells
    assert (cell.cases, cell.half, cell.in_time) == (5, 48, 100)


def test_open_cases_count_for_as_long_as_they_were_seen():
    gone = [a_row()] * 5
    waiting = a_row(outcome="silence", hours_to_removal=None, hours_waited="720+")
    (quick,), _ = cells_of(gone)
    (slow,), _ = cells_of([*gone, *[waiting] * 15])
    assert quick.half == 48
    assert slow.half is None
    assert slow.curve[-1].lasts == 0.75
    short = a_row(outcome="open", hours_to_removal=None, hours_waited="2-6")
    (young,), _ = cells_of([*gone, *[short] * 15])
    assert young.half == 48, "what was not seen long enough says nothing of 48 hours"


def test_a_step_is_taken_at_its_worse_end():
    assert observed(a_row()).hours == 48
    assert observed(a_row(hours_to_removal="720+")) == observed(
        a_row(outcome="open", hours_to_removal=None, hours_waited="720+")
    )
    waited = observed(a_row(outcome="open", hours_to_removal=None, hours_waited="24-48"))
    assert (waited.hours, waited.ended) == (24, False)


def test_the_same_file_twice_is_refused_under_any_name(context, tmp_path):
    file = export(tmp_path, "a.json", a_row())
    again = tmp_path / "b.json"
    again.write_bytes(file.read_bytes())
    with pytest.raises(NotStatistics) as refused:
        merging.merge(context, MergeRequest((file, again)))
    assert refused.value.facts["file"] == "b.json"


def spoiled():
    whole = json.loads(written([a_row()]))
    row = whole["rows"][0]

    def but(**more):
        return {**whole, "rows": [{**row, **more}]}

    yield "a list", []
    yield "another format", {**whole, "format": "stillmine-statistics-9"}
    yield "a key more", {**whole, "from": "me"}
    yield "no number", {**whole, "export": "x"}
    yield "rows that are none", {**whole, "rows": {"0": row}}
    yield "a row that is none", {**whole, "rows": [7]}
    yield "a key more in a row", but(name="Zoë")
    yield "free text", but(platform="my-neighbour.example")
    yield "a list for a word", but(channel=["form"])
    yield "true for a word", but(reuploads=True)
    yield "a number for yes or no", but(within_statutory=1)
    yield "a time", but(week="2026-05-12")
    yield "huge count", but(urls=10**400)
    yield "not a number", but(urls=float("nan"))
    yield "removed, and still waited for", but(hours_waited="0-2")
    yield "removed, nobody knows when", but(hours_to_removal=None)
    yield "open, and removed", but(outcome="open")
    yield "too many rows", {**whole, "rows": [row] * 20_001}


@pytest.mark.parametrize(
    "whole", [each for _, each in spoiled()], ids=[name for name, _ in spoiled()]
)
def test_a_file_with_anything_else_in_it_is_refused_whole(context, tmp_path, whole):
    file = tmp_path / "hostile.json"
    file.write_text(json.dumps(whole))
    with pytest.raises(NotStatistics):
        merging.merge(context, MergeRequest((file,)))


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"format": 1, "format": 2}', b"9" * 5000],
    ids=["empty", "half", "no text", "deep", "a key twice", "a huge number"],
)
def test_what_is_no_json_is_refused(context, tmp_path, content):
    file = tmp_path / "hostile.json"
    file.write_bytes(content)
    with pytest.raises(NotStatistics):
        merging.merge(context, MergeRequest((file,)))


def test_a_huge_file_is_not_read_to_its_end(context, tmp_path):
    file = tmp_path / "huge.json"
    with file.open("wb") as out:
        out.truncate(40 << 20)
    with pytest.raises(NotStatistics):
        merging.merge(context, MergeRequest((file,)))


def test_a_missing_file_and_too_small_a_group_are_refused(context, tmp_path):
    with pytest.raises(NoSuchFile):
        merging.merge(context, MergeRequest((tmp_path / "none.json",)))
    with pytest.raises(WrongUsage):
        merging.merge(context, MergeRequest((export(tmp_path, "a.json", a_row()),), at_least=4))


def test_the_table_and_the_picture_are_written(context, tmp_path):
    chance = random.Random(5)
    files = tuple(
        export(tmp_path, f"{n}.json", a_row(hours_to_removal=chance.choice(buckets.HOURS)))
        for n in range(12)
    )
    table, picture = tmp_path / "out.json", tmp_path / "out.svg"
    answer = merging.merge(context, MergeRequest(files, picture, table))
    whole = json.loads(table.read_text())
    assert whole["format"] == "stillmine-removal-times-1"
    assert [each["cases"] for each in whole["cells"]] == [12]
    root = ElementTree.fromstring(picture.read_text("utf-8"))
    assert root.tag.endswith("svg")
    assert "facebook" in answer.cells[0].line
    assert json.loads(written([a_row()]))["format"] == FORMAT
