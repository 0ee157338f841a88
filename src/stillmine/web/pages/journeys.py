"""The pages of journeys: one question a page, Back, and go on later at the same step."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.responses import Response

from stillmine.journeys.steps import Journey
from stillmine.web.journeying import (
    Trip,
    address_of,
    end,
    journey_of,
    place_of,
    progress_on,
    step_of,
)
from stillmine.web.pages.steps_asking import asking
from stillmine.web.pages.steps_beginning import BEGINNING
from stillmine.web.pages.steps_case import OF_CASE
from stillmine.web.pages.steps_found import FOUND
from stillmine.web.pages.steps_handing import SHARING
from stillmine.web.pages.steps_handing_over import HANDING
from stillmine.web.pages.steps_helping import BEGINNING as HELPING
from stillmine.web.pages.steps_looking import LOOKING
from stillmine.web.pages.steps_taking import TAKING
from stillmine.web.routing import Needs, Page
from stillmine.web.showing import onward
from stillmine.web.visit import Visit

_SHOWN: Mapping[str, Callable[[Trip], Response]] = {
    **BEGINNING,
    **OF_CASE,
    **FOUND,
    **SHARING,
    **TAKING,
    **HELPING,
    **LOOKING,
    **HANDING,
    "ask": asking,
}
"""What shows each step, by its name; journeys show a step that they have in common alike."""


def begin(visit: Visit) -> Response:
    """Go to where somebody was on a journey, or to its first step."""
    journey = journey_of(visit.parts["way"])
    if journey is None or not has_pages(journey):
        return onward("entry")
    progress = progress_on(visit.door, journey)
    if visit.posted and visit.typed("do") == "forget":
        end(visit.door, progress)
        return onward("entry")
    return onward("journey.step", **place_of(journey, progress.at))


def step(visit: Visit) -> Response:
    """Show a step, or take what was answered there."""
    journey = journey_of(visit.parts["way"])
    name = None if journey is None else step_of(journey, visit.parts["step"])
    if journey is None or name is None or not has_pages(journey):
        return onward("entry")
    progress = progress_on(visit.door, journey)
    if name not in journey.way(progress.answers):
        # What was answered leads another way: to where that person is.
        first = journey.way(progress.answers)[0]
        there = progress.at if progress.at in journey.way(progress.answers) else first
        return onward("journey.step", **place_of(journey, there))
    visit.door.wanted = address_of(journey, name)
    return _SHOWN[name](Trip(visit, journey, name, progress))


def has_pages(journey: Journey) -> bool:
    """Say whether each step of a journey has a page. What is not built has no door."""
    return all(each.name in _SHOWN for each in journey.steps)


ROUTES = (
    Page("journey", begin, Needs.NOTHING),
    Page("journey.step", step, Needs.NOTHING, uploads=True),
)
