"""The list of all pages that can be gone to: whoever checks something everywhere walks along it.

A page whose address has no parts (`/n/v`) is in the list by itself, and nothing has to be done for
it. For others this is the place to say how to get there; a test fails until it is said:

- `PARTS`: what stands in an address for each part, by its name, out of the vault that
  `furnishing.py` makes. `{item}`, `{case}`, `{person}` and others are there already.
- `worked.WORKS`: for a page that shows the answer of long work, that answer, by its name.
- `FACES`: another face of a page, after something was typed or chosen there.
- `JOURNEY_ANSWERS`: what somebody answered who comes to the steps of a journey.
- `NO_PAGES`: what is no page to look at, with the reason.
- `SEEN_ELSEWHERE`: pages and steps of journeys that are there only in the middle of something,
  with the file of tests that goes there and has them judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from threading import Event
from typing import Any

from stillmine.app.jobs import Job
from stillmine.journeys.known import JOURNEYS
from stillmine.journeys.steps import Journey, Progress
from stillmine.messages import speaking
from stillmine.web.door import Door
from stillmine.web.journeying import number_of, place_of
from stillmine.web.pages import adding, journeys, places, sharing
from stillmine.web.paths import PATHS, address
from stillmine.web.routing import all_pages
from tests.pages.browsing import Person
from tests.pages.furnishing import HARD, do
from tests.pages.worked import WORKS

NO_PAGES: Mapping[str, str] = {
    "file": "gives a file",
    "file.look": "gives the bytes of a picture",
    "here": "answers a script",
    "journey": "leads to where somebody was",
    "leave": "does something",
    "letter.files": "makes files, when it is asked to",
    "lock": "does something",
    "mine.code": "gives a picture",
    "picture": "gives the bytes of a picture",
    "strength": "answers a script",
    "work.state": "answers a script",
}
"""What is no page to look at, with the reason."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One page to go to, and what has to be so before: `ready` gets the door of the person."""

    name: str
    parts: Mapping[str, object] = field(default_factory=dict)
    ready: Callable[[Door], None] = lambda _door: None
    face: str = ""

    @property
    def label(self) -> str:
        """What it is called where something is said of it, and in the names of screenshots."""
        return "-".join((self.name, *filter(None, (self.face,))))

    @property
    def path(self) -> str:
        """Its address."""
        return address(self.name, **self.parts)


# --- Parts of addresses ---------------------------------------------------------------------------

Parts = Mapping[str, str]
PARTS: Mapping[str, Callable[[Door, Parts], list[str]]] = {
    "item": lambda door, _: [item_called(door, words) for words in HARD],
    "person": lambda door, _: [sharing.number(each) for each in _known(door)],
    "finding": lambda door, _: [
        each.finding for each in do(door, "watch.found", all=True).findings
    ],
    "kind": lambda _door, _: ["1", "3", "5"],
    "number": lambda _door, _: ["1"],
    "own": lambda door, _: [each.name for each in do(door, "watch.name.list").names],
    "place": lambda door, _: [each.place for each in do(door, "watch.place.list").places],
    "case": lambda door, _: [each.case for each in do(door, "act.case.list").cases],
    "proof": lambda door, so_far: _of_case(door, so_far, "proofs", "proof"),
    "letter": lambda door, so_far: _of_case(door, so_far, "notices", "notice"),
}
"""By the name of a part: what may stand there. It is given the parts before it."""


def item_called(door: Door, label: str) -> str:
    """Return the number of the item that has this label."""
    return next(each.item for each in do(door, "keep.list").items if each.label == label)


def _known(door: Door) -> Any:
    return do(door, "share.people.list").people


def _of_case(door: Door, so_far: Parts, several: str, one: str) -> list[str]:
    shown = do(door, "act.case.show", case=so_far["case"])
    return [getattr(each, one) for each in getattr(shown, several)]


# --- Answers of long work -------------------------------------------------------------------------


PAUSE = Event()
"""Nobody sets it: to wait for it takes time, and none of the browser's."""


def over(door: Door, name: str, parts: Parts) -> str:
    """Do the work of a page now, and return the name under which the page finds its answer."""
    with speaking(door.language):
        answer = WORKS[name](door, parts)
    work = door.works.start(name, lambda _job: answer, then=name, **parts)
    while not work.is_over:
        PAUSE.wait(0.01)
    return work.name


def under_way(door: Door) -> str:
    """Return work that is at it, and will be until it is stopped."""

    def run(job: Job) -> Any:
        job.begin("keep.adding", 12, "files")
        job.advance()
        while True:
            job.check()
            PAUSE.wait(0.05)

    return door.works.start("keep.add", run, then="vault").name


# --- Journeys -------------------------------------------------------------------------------------

_ALL = {"under_18": "no", "keep": "vault", "have": "picture", "mine": "yes", "what": "backup"}
_SHARING = {"person": "Sam", "how": "page", "folder": "/media/stick", "look": "site"}
JOURNEY_ANSWERS: tuple[Mapping[str, str], ...] = (
    {**_ALL, **_SHARING},
    {"under_18": "unsure"},
    {"under_18": "no", "keep": "without"},
)
"""What somebody answered who comes to a step; the first that leads there is taken."""

SEEN_ELSEWHERE: Mapping[str | tuple[str, str], str] = {
    "inside.clean": "test_inspecting.py",
    "inside.told": "test_inspecting.py",
    "received": "test_sending.py",
    "restored": "test_restoring.py",
    "sealed.open": "test_opening_sealed.py",
    "sent": "test_sending.py",
    "several.out": "test_several.py",
    "whose.told": "test_whose.py",
    ("before-sharing", "done"): "test_sharing.py",
    ("found-online", "whose"): "test_journeys.py",
    ("helping", "look"): "test_helping.py",
    ("taking-along", "carry"): "test_taking.py",
}
"""Pages and steps that are there only in the middle of something, with the tests that see them."""


def _steps(door: Door) -> Iterator[Stop]:
    item, case = PARTS["item"](door, {})[0], PARTS["case"](door, {})[0]
    for journey in JOURNEYS.values():
        for step in journey.steps if journeys.has_pages(journey) else ():
            known = [each for each in JOURNEY_ANSWERS if step.name in journey.way(each)]
            if not known or (journey.name, step.name) in SEEN_ELSEWHERE:
                continue
            answers = {**known[0], "item": item, "case": case}
            yield Stop(
                "journey.step",
                place_of(journey, step.name),
                _answering(journey, step.name, answers),
                f"{number_of(journey)}-{step.name}",
            )


def _answering(journey: Journey, step: str, answers: Mapping[str, str]) -> Callable[[Door], None]:
    def ready(door: Door) -> None:
        progress = Progress(journey.name, step, answers)
        door.notes.setdefault("journeys", {})[journey.name] = progress

    return ready


# --- Other faces ----------------------------------------------------------------------------------


def _grown_up(door: Door) -> None:
    door.notes[adding._GROWN_UP] = True
    door.notes[places._GROWN_UP] = True


FACES: tuple[Stop, ...] = (
    Stop("add", {}, _grown_up, "answered"),
    Stop("people", {"at": "GB"}, face="GB"),
    Stop("law", {"at": "FR"}, face="FR"),
    Stop("found", {"all": "1"}, face="all"),
    Stop("cases", {"all": "1"}, face="all"),
)
"""Another face of a page, after something was typed or chosen there."""


# --- The list -------------------------------------------------------------------------------------


def stops(door: Door) -> Iterator[Stop]:
    """Yield all there is to go to for somebody with a furnished vault."""
    for each in sorted(all_pages(), key=lambda page: page.name):
        if each.name in {*NO_PAGES, *SEEN_ELSEWHERE, "journey.step"} or unknown(each.name):
            continue  # for one that is not known how to come to, a test of its own fails
        yield from _filled(door, each.name)
    yield from FACES
    yield from _steps(door)


def _filled(door: Door, name: str) -> Iterator[Stop]:
    names = part_names(name)
    for number, parts in enumerate(_combined(door, name, names, {}), 1):
        yield Stop(name, parts, face=str(number) if names else "")


def unknown(name: str) -> str:
    """Return what is not said here of the way to a page; nothing where all is."""
    parts = part_names(name)
    if "work" in parts and name != "work" and name not in WORKS:
        return f"worked.WORKS has no answer for the page {name}"
    missing = [part for part in parts if part != "work" and part not in PARTS]
    return f"walking.PARTS does not know {missing} of the page {name}" if missing else ""


def part_names(name: str) -> list[str]:
    """Return the names of the parts that the address of a page has."""
    return [part[1:-1] for part in PATHS[name].split("/") if part.startswith("{")]


def _combined(door: Door, name: str, names: list[str], so_far: Parts) -> Iterator[Parts]:
    if not names:
        yield so_far
        return
    part, *rest = names
    for value in _values(door, name, part, so_far):
        yield from _combined(door, name, rest, {**so_far, part: value})


def _values(door: Door, name: str, part: str, so_far: Parts) -> list[str]:
    if part != "work":
        return PARTS[part](door, so_far)
    return [under_way(door) if name == "work" else over(door, name, so_far)]


def without_parts() -> list[Stop]:
    """Return the pages whose address has no parts, for somebody whose vault has nothing to fill."""
    names = sorted(each.name for each in all_pages() if "{" not in PATHS[each.name])
    return [Stop(name) for name in names if name not in NO_PAGES]


def goes_to(person: Person, stop: Stop) -> bool:
    """Go there; say whether that page is shown, and not one that it leads to."""
    stop.ready(person.door)
    person.page.goto(person.url(stop.path))
    return person.page.url.partition("?")[0] == person.url(stop.path).partition("?")[0]
