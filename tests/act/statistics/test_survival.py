"""The estimate of how long something lasts, against published figures and against its own law."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillmine.act.statistics.survival import Observed, kaplan_meier, median

# Remission in weeks under 6-MP (Freireich et al., Blood 21, 1963, 699-716), as tabled with its
# estimate and Greenwood error in Cox and Oakes, Analysis of Survival Data (1984), and by R's
# survfit(conf.type = "log-log").
WEEKS = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PUBLISHED = [
    (6, 21, 0.857, 0.0764, 0.620, 0.952),
    (7, 17, 0.807, 0.0869, 0.563, 0.923),
    (10, 15, 0.753, 0.0963, 0.503, 0.889),
    (13, 12, 0.690, 0.1068, 0.432, 0.849),
    (16, 11, 0.627, 0.1141, 0.368, 0.805),
    (22, 7, 0.538, 0.1282, 0.268, 0.747),
    (23, 6, 0.448, 0.1346, 0.188, 0.680),
]


def read(text):
    return [Observed(float(each.rstrip("+")), not each.endswith("+")) for each in text.split()]


def test_the_published_example_comes_out_with_its_errors_and_its_band():
    steps = kaplan_meier(read(WEEKS))
    found = [
        (each.hours, each.at_risk, each.lasts, each.error, each.low, each.high) for each in steps
    ]
    assert len(found) == len(PUBLISHED)
    for have, wanted in zip(found, PUBLISHED, strict=True):
        assert have == pytest.approx(wanted, abs=6e-4)
    assert median(steps) == 23


def test_nothing_that_ended_gives_no_step_and_no_median():
    assert kaplan_meier(read("3+ 5+")) == []
    assert kaplan_meier([]) == []
    assert median([]) is None


def test_all_ended_goes_down_to_zero_with_a_band_that_stays_one():
    last = kaplan_meier(read("1 2 2 3"))[-1]
    assert (last.lasts, last.low) == (0.0, 0.0)
    assert 0 < last.high <= 1


times = st.lists(
    st.builds(Observed, st.integers(0, 30).map(float), st.booleans()), min_size=1, max_size=60
)


@settings(deadline=None)
@given(times)
def test_the_curve_only_falls_and_the_band_holds_it(observed):
    steps = kaplan_meier(observed)
    before = 1.0
    for step in steps:
        assert 0 <= step.low <= step.lasts + 1e-9
        assert step.lasts - 1e-9 <= step.high <= 1
        assert step.lasts < before
        before = step.lasts


@settings(deadline=None)
@given(st.lists(st.integers(1, 20), min_size=1, max_size=60))
def test_without_anything_open_it_is_the_share_that_is_left(hours):
    steps = kaplan_meier([Observed(float(each), True) for each in hours])
    for step in steps:
        left = sum(each > step.hours for each in hours) / len(hours)
        assert math.isclose(step.lasts, left, abs_tol=1e-9)
