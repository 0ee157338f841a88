"""Somebody on a journey, as its pages see them: which step this is, how to go on or come back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from stillmine.errors import StillmineError
from stillmine.journeys.known import JOURNEYS
from stillmine.journeys.steps import Journey, Progress
from stillmine.messages.pages_journeys import JOURNEY, STEPS
from stillmine.web.door import Door
from stillmine.web.paths import address
from stillmine.web.showing import onward, page, say_text
from stillmine.web.visit import Visit

_NOTES = "journeys"
_HELD = "journeys-hold"
WORKS = "works"
"""Under this, what a journey holds in memory has the names of its work."""
_NUMBERS = {name: str(number) for number, name in enumerate(JOURNEYS, 1)}


@dataclass(slots=True)
class Trip:
    """One request of somebody who is on a journey, at one of its steps."""

    visit: Visit
    journey: Journey
    step: str
    progress: Progress

    @property
    def answers(self) -> dict[str, str]:
        """What was answered so far."""
        return dict(self.progress.answers)

    @property
    def held(self) -> dict[str, Any]:
        """What the steps of this journey hold in memory; it is gone with the journey."""
        held: dict[str, Any] = self.visit.door.notes.setdefault(_HELD, {})
        mine: dict[str, Any] = held.setdefault(self.journey.name, {})
        return mine

    def page(self, template: str, *, status: int = 200, **facts: Any) -> Response:
        """Show the page of this step, with where it is on the way."""
        way = self.journey.way(self.answers)
        before = self.journey.before(self.step, self.answers)
        mine = {
            "journey": JOURNEY,
            "names": [say_text(STEPS[name]) for name in way],
            "at": way.index(self.step) if self.step in way else 0,
            "back": address_of(self.journey, before) if before else address("entry"),
            "is_first": before is None,
            "anew": address("journey", way=number_of(self.journey)),
            "is_kept": _can_be_kept(self.visit.door, self.progress),
        }
        return page(self.visit, template, status=status, **mine, **facts)

    def onward(self, **answers: str) -> Response:
        """Take the answers, and go to the next step; behind the last one the journey is over."""
        moved = self.progress.moved(self.step, **answers)
        after = self.journey.after(self.step, moved.answers)
        if after is None:
            end(self.visit.door, moved)
            return onward("rooms" if self.visit.door.is_unlocked() else "entry")
        remember(self.visit.door, moved.moved(after))
        return onward("journey.step", **place_of(self.journey, after))

    def to(self, step: str, **answers: str) -> Response:
        """Take the answers, and go to a step that is named."""
        remember(self.visit.door, self.progress.moved(step, **answers))
        return onward("journey.step", **place_of(self.journey, step))

    def stay(self, **answers: str) -> Response:
        """Take the answers, and show this step anew."""
        self.take(**answers)
        return onward("journey.step", **place_of(self.journey, self.step))

    def take(self, **answers: str) -> None:
        """Take the answers, and stay."""
        self.progress = self.progress.moved(self.step, **answers)
        remember(self.visit.door, self.progress)


def place_of(journey: Journey, step: str) -> dict[str, str]:
    """Return the parts of the address of a step: two numbers, which say nothing."""
    number = [each.name for each in journey.steps].index(step) + 1
    return {"way": _NUMBERS[journey.name], "step": str(number)}


def address_of(journey: Journey, step: str) -> str:
    """Return the address of a step."""
    return address("journey.step", **place_of(journey, step))


def number_of(journey: Journey) -> str:
    """Return the number that stands for a journey in addresses."""
    return _NUMBERS[journey.name]


def journey_of(way: str) -> Journey | None:
    """Return the journey with a number, or None."""
    return next((JOURNEYS[name] for name, number in _NUMBERS.items() if number == way), None)


def step_of(journey: Journey, step: str) -> str | None:
    """Return the name of the step with a number, or None."""
    names = [each.name for each in journey.steps]
    place = int(step) - 1 if step.isascii() and step.isdigit() and len(step) < 3 else -1
    return names[place] if 0 <= place < len(names) else None


def progress_on(door: Door, journey: Journey) -> Progress:
    """Return how far somebody is: in this visit, or as the vault has it, or at its beginning."""
    here: Progress | None = door.notes.get(_NOTES, {}).get(journey.name)
    if here is not None:
        return here
    kept = next((each for each in _kept(door) if each.journey == journey.name), None)
    return kept or Progress(journey.name, journey.steps[0].name)


def begun(door: Door) -> tuple[Progress, ...]:
    """Return the journeys that somebody may go on with, the last one first."""
    found = {each.journey: each for each in reversed(_kept(door))}
    found |= door.notes.get(_NOTES, {})
    return tuple(sorted(found.values(), key=lambda each: each.changed, reverse=True))


def remember(door: Door, progress: Progress) -> None:
    """Remember how far somebody is: for this visit, and in the vault where it is open for that."""
    door.notes.setdefault(_NOTES, {})[progress.journey] = progress
    if not door.is_unlocked():
        return
    # Where the vault is being written to right now, the next step keeps this one with it.
    with suppress(StillmineError):
        from stillmine.journeys import resuming  # opens vaults: the first page goes before

        if _can_be_kept(door, progress):
            resuming.keep(door.context(), progress)
        else:  # it may have been kept before what was answered now
            _forget(door, progress)


def end(door: Door, progress: Progress) -> None:
    """Forget a journey: it came to its end, or the person wants it so."""
    door.notes.get(_NOTES, {}).pop(progress.journey, None)
    let_go(door, progress.journey)
    if door.is_unlocked():
        with suppress(StillmineError):
            _forget(door, progress)


def _forget(door: Door, progress: Progress) -> None:
    """Forget what the vault has of a journey; where it has nothing, it is not written to."""
    from stillmine.journeys import resuming  # as above

    if resuming.find(door.context(), progress.progress) is not None:
        resuming.forget(door.context(), progress.progress)


def let_go(door: Door, journey: str) -> None:
    """Take out of memory what the steps of a journey held, and what their work still holds."""
    held: dict[str, Any] = door.notes.get(_HELD, {}).pop(journey, {})
    for name in held.get(WORKS, ()):
        work = door.works.find(name)
        if work is not None:
            work.stop()
            door.works.seen(work)
    if held:
        door.forget_pending()


def _kept(door: Door) -> tuple[Progress, ...]:
    if not door.is_unlocked():
        return ()
    with suppress(StillmineError):
        from stillmine.journeys import resuming  # as above

        known = resuming.kept(door.context())
        return tuple(each for each in known if _is_known(each))
    return ()


def _is_known(progress: Progress) -> bool:
    """Say whether this version has such a journey with such a step."""
    journey = JOURNEYS.get(progress.journey)
    return journey is not None and journey.knows(progress.at)


def _can_be_kept(door: Door, progress: Progress) -> bool:
    """Say whether it may be written down how far somebody is, and can be."""
    return JOURNEYS[progress.journey].may_be_kept(progress.answers) and door.is_unlocked()
