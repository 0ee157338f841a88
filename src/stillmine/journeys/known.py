"""The journeys there are: for the worst hour, for before a picture is shared, for whoever helps."""

from __future__ import annotations

from collections.abc import Mapping

from stillmine.journeys.steps import Answers, Journey, Step

UNDER_18 = "under_18"
"""The answer to the first question of every journey that looks at pictures: no, yes or unsure."""


def _may_go_on(answers: Answers) -> bool:
    """Say whether anything may be opened or kept: only after a clear no."""
    return answers.get(UNDER_18) == "no"


def _no_clear_no(answers: Answers) -> bool:
    return answers.get(UNDER_18) in ("yes", "unsure")


def _has_picture(answers: Answers) -> bool:
    return _may_go_on(answers) and answers.get("have") == "picture"


def _has_address(answers: Answers) -> bool:
    return _may_go_on(answers) and answers.get("have") != "picture"


FIRST_HOUR = Journey(
    "first-hour",
    (
        Step("under-18"),
        Step("children", _no_clear_no),
        Step("people", _may_go_on),
        Step("safe", _may_go_on),
        Step("keep", _may_go_on),  # a vault to write things down in, or without one
        Step("where", _may_go_on),
        Step("proof", _may_go_on),
        Step("hashes", _may_go_on),
        Step("ask", _may_go_on),
        Step("next", _may_go_on),
    ),
)
BEFORE_SHARING = Journey(
    "before-sharing",
    (Step("pick"), Step("cover"), Step("whom"), Step("how"), Step("check"), Step("done")),
)
FOUND_ONLINE = Journey(
    "found-online",
    (
        Step("under-18"),
        Step("children", _no_clear_no),
        Step("have", _may_go_on),
        Step("picture", _has_picture),
        Step("whose", _has_picture),
        Step("where", _has_address),
        Step("proof", _has_address),
        Step("ask", _may_go_on),
        Step("next", _may_go_on),
    ),
)
WAS_UNDER_18 = Journey("was-under-18", (Step("children"), Step("people"), Step("report")))
HELPING = Journey(
    "helping", (Step("before"), Step("consent"), Step("look"), Step("hand-over"), Step("gone"))
)
TAKING_ALONG = Journey(
    "taking-along", (Step("what"), Step("where"), Step("check"), Step("traces"), Step("gone"))
)

JOURNEYS: Mapping[str, Journey] = {
    journey.name: journey
    for journey in (
        FIRST_HOUR,
        BEFORE_SHARING,
        FOUND_ONLINE,
        WAS_UNDER_18,
        HELPING,
        TAKING_ALONG,
    )
}
