"""What leaves a vault as figures: closed words only, one line a case and place."""

import json
import random
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from stillmine.act.case.model import CLOSED, Address, Case, Event, Notice, Sender, Step
from stillmine.act.statistics import buckets
from stillmine.act.statistics.counting import rows_of
from stillmine.act.statistics.export_file import written
from stillmine.act.statistics.exporting import KEPT, by_chance
from stillmine.act.statistics.regions import REGIONS, region_of
from stillmine.act.statistics.rows import (
    CHANNELS,
    CONTENT,
    OUTCOMES,
    bases,
    platforms,
    row_of,
)
from stillmine.facts.places import places

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SENT = datetime(2026, 11, 10, 8, tzinfo=UTC)
SECRET = "Zoë-4711-secret"


def at(hours):
    return (SENT + timedelta(hours=hours)).isoformat(timespec="seconds")


def letter(*steps, name="n1", platform="platforms/facebook", **more):
    kept = tuple(Step(at(hours), state) for hours, state in ((0, "sent"), *steps))
    return Notice(
        name, "Somebody", at(-1), ("eu-dsa",), ("a1",), platform=platform, channel="form",
        steps=kept, **more,
    )  # fmt: skip


def case(*notices, **more):
    return Case("1a2b3c4d", at(-2), "DE", notices=notices, **more)


def only(*notices, **more):
    (row,) = rows_of([case(*notices, **more)], NOW)
    return row


def test_a_removed_letter_tells_its_times_in_steps():
    row = only(letter((5, "acknowledged"), (30, "removed")))
    assert (row.platform, row.channel, row.legal_basis) == ("facebook", "form", "eu-dsa")
    assert (row.outcome, row.hours_to_removal, row.hours_waited) == ("removed", "24-48", None)
    assert (row.hours_to_acknowledgement, row.week) == ("2-6", "2026-W46")
    assert row.country_group == "european-union"


def test_what_is_not_removed_is_waited_for_until_now_also_after_a_refusal():
    refused = only(letter((5, "refused")))
    assert (refused.outcome, refused.hours_to_removal, refused.hours_waited) == (
        "refused", None, "168-720",
    )  # fmt: skip
    assert only(letter()).outcome == "open"
    assert only(letter((90, "silent"))).outcome == "silence"
    assert only(letter((90, "partly"))).outcome == "partial"


def test_a_case_that_was_closed_is_waited_for_until_its_end():
    ended = Event(at(40), "case.closed")
    assert only(letter(), state=CLOSED, events=(ended,)).hours_waited == "24-48"


def test_what_came_back_was_removed_once_and_says_so():
    row = only(letter((3, "removed"), (50, "reappeared"), (60, "removed"), (70, "reappeared")))
    assert (row.outcome, row.hours_to_removal, row.reuploads) == ("reappeared", "2-6", "2-3")


def test_drafts_and_hash_services_make_no_line():
    draft = Notice("n1", "Somebody", at(0), (), ("a1",))
    hashed = replace(letter(name="n2"), channel="hash")
    assert rows_of([case(draft, hashed)], NOW) == []


def test_a_case_counts_once_for_each_place_and_way():
    many = [letter((n, "removed"), name=f"n{n}") for n in range(1, 8)]
    assert len(rows_of([case(*many)], NOW)) == 1


def test_a_site_that_nobody_knows_is_called_other():
    row = only(letter(platform="platforms/my-neighbours-blog"))
    assert row.platform == "other"
    assert only(letter(platform="")).platform == "other"


def test_every_country_is_counted_with_a_part_of_the_world():
    assert {region_of(code) for code in places()} <= set(REGIONS)
    assert region_of("US-CA") == "north-america"
    assert region_of("GB-EAW") == "europe"


words = st.text(max_size=20).map(lambda text: SECRET + text)
moments = st.integers(0, 2000).map(at)


@st.composite
def cases(draw):
    states = st.sampled_from(
        ("sent", "acknowledged", "removed", "partly", "refused", "silent", "reappeared")
    )
    times = sorted(draw(st.lists(st.integers(0, 250), min_size=1, max_size=5)))
    steps = (Step(at(times[0]), "sent", draw(words)),)
    steps += tuple(Step(at(each), draw(states), draw(words), "p1") for each in times[1:])
    notice = Notice(
        "n1",
        draw(words),
        at(0),
        tuple(draw(st.lists(st.sampled_from(("us-tida", "dmca", SECRET)), max_size=2))),
        tuple(draw(st.lists(st.sampled_from(("a1", "a2", "a3")), max_size=3))),
        draw(st.sampled_from(("platforms/facebook", "platforms/" + SECRET, SECRET, ""))),
        draw(st.sampled_from(("form", "mail", "complaint", SECRET, ""))),
        draw(words),
        {"made": draw(st.sampled_from(("real", "changed", SECRET)))},
        steps,
    )
    return Case(
        SECRET,
        at(0),
        draw(st.sampled_from(("DE", "US-CA", "GB-EAW", SECRET))),
        draw(words),
        draw(st.booleans()),
        sender=Sender(draw(words), draw(words)),
        addresses=(Address("a1", "https://" + SECRET + ".example", at(0), draw(words)),),
        notices=(notice,),
        events=(Event(at(1), draw(words), {"x": draw(words)}),),
    )


@settings(deadline=None)
@given(st.lists(cases(), max_size=4))
def test_nothing_but_closed_words_and_a_week_is_ever_written(many):
    text = written(rows_of(many, NOW)).decode()
    assert SECRET not in text
    assert "2026-11" not in text
    closed = {
        *platforms(), *bases(), *CHANNELS, *REGIONS, *CONTENT, *OUTCOMES,
        *buckets.HOURS, *buckets.COUNTS, *buckets.AGAIN,
    }  # fmt: skip
    whole = json.loads(text)
    assert re.fullmatch("[0-9a-f]{32}", whole["export"])
    for plain in whole["rows"]:
        row_of(plain)
        for name, value in plain.items():
            fits = value is None or isinstance(value, bool) or value in closed
            assert fits or (name == "week" and re.fullmatch(r"20\d\d-W\d\d", value)), (name, value)


def test_two_exports_of_the_same_cases_cannot_be_told_to_be_of_one_person_by_their_number():
    rows = rows_of([case(letter())], NOW)
    assert json.loads(written(rows))["export"] != json.loads(written(rows))["export"]


def test_each_line_is_left_out_now_and_then_by_chance():
    rows = [only(letter())] * 2000
    kept = len(by_chance(rows, random.Random(3)))
    assert 0.87 < kept / len(rows) < 0.93
    assert KEPT == 0.9


@settings(deadline=None)
@given(st.floats(0, 10_000))
def test_a_time_lies_in_its_step(hours):
    name = buckets.hours_bucket(hours)
    end = buckets.ends(name)
    assert buckets.begins(name) <= hours
    assert end is None or hours < end
