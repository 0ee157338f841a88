"""Show the places that are looked at, when they are due, and what went wrong there; remove one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.storage.looks import PlaceState, Trouble
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import unlocked
from stillmine.errors import DiskFull, HomeReadOnly, VaultBusy, WriteFailed
from stillmine.messages import fill, translate
from stillmine.messages.watching import LISTED, NOT_OWN
from stillmine.watch.names.own_name import Names, all_names
from stillmine.watch.placing.own_words import may_be_looked_at
from stillmine.watch.placing.store import (
    WatchedPlace,
    find_place,
    forget_place,
    read_places,
)
from stillmine.watch.preparing import looks_of, prepare_places
from stillmine.watch.problems import why

# Where nothing can be read or written now, the places are shown without what looks know of them.
_NOT_NOW = (DiskFull, HomeReadOnly, VaultBusy, WriteFailed)


@dataclass(frozen=True, slots=True)
class ListRequest:
    """All of them."""


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A place; when a look at it began last, when the next is due, what waits, what went wrong.

    `looked_at` is None before the first look, `due` None where it is not looked at any more.
    `waiting` says that the look goes on. `problems` are sentences.
    """

    place: str
    name: str
    kind: str
    target: str
    options: Mapping[str, str]
    every: int
    has_key: bool
    looked_at: datetime | None
    due: datetime | None
    waiting: bool
    problems: tuple[str, ...]

    @property
    def lines(self) -> Iterator[str]:
        """Yield the lines that a person reads."""
        yield f"{self.place}  {self.name or self.target}"
        chosen = (f"{name}={value}" for name, value in self.options.items())
        yield "    " + " ".join([f"{self.kind}:", self.target, *chosen])
        yield f"    {self._when()}"
        for problem in self.problems:
            yield f"    {problem}"
        yield ""

    def _when(self) -> str:
        looked = f"{self.looked_at.astimezone():%Y-%m-%d %H:%M}" if self.looked_at else ""
        said = [fill(translate(LISTED["looked" if looked else "never"]), {"at": looked})]
        if self.waiting:
            said.append(translate(LISTED["goes-on"]))
        elif self.due and self.looked_at:
            due = f"{self.due.astimezone():%Y-%m-%d %H:%M}"
            said.append(fill(translate(LISTED["due"]), {"at": due}))
        if self.has_key:
            said.append(translate(LISTED["key"]))
        return " ".join(said)


@dataclass(frozen=True, slots=True)
class ListAnswer(Answer):
    """The places, the oldest first."""

    places: tuple[ShownPlace, ...]

    @property
    def outcome(self) -> Outcome:
        """Return that nothing was found where there is no place."""
        return Outcome.DONE if self.places else Outcome.NOTHING_FOUND


@action("watch.place.list")
def list_places(context: Context, request: ListRequest) -> ListAnswer:
    """Show the places that are looked at, and when they are due."""
    with unlocked(context) as vault:
        places = read_places(vault)
        names = all_names(vault)
        states, troubles, waiting = _known(vault, places)
    shown = [
        _shown(each, states.get(each.place.place), troubles, waiting, names, context.now())
        for each in places
    ]
    return ListAnswer(tuple(shown))


_Known = tuple[dict[str, PlaceState], list[Trouble], set[str]]


def _known(vault: Vault, places: list[WatchedPlace]) -> _Known:
    with contextlib.suppress(*_NOT_NOW), looks_of(vault) as looks:
        states = {each.place.place: each for each in looks.places()}
        troubles = looks.troubles([each.place.place for each in places])
        return states, troubles, looks.places_waiting()
    return {}, [], set()


def _shown(
    watched: WatchedPlace,
    state: PlaceState | None,
    troubles: list[Trouble],
    waiting: set[str],
    names: Names,
    now: datetime,
) -> ShownPlace:
    place = watched.place
    looked = datetime.fromtimestamp(state.began, UTC) if state and state.began else None
    own = may_be_looked_at(names, watched.place)
    due = looked + timedelta(hours=watched.every) if looked else now
    said = [why(each) for each in troubles if each.place == place.place]
    return ShownPlace(
        place=place.place,
        name=watched.name,
        kind=place.kind,
        target=place.target,
        options=place.options,
        every=watched.every,
        has_key=bool(place.key),
        looked_at=looked,
        due=due if own else None,
        waiting=place.place in waiting,
        problems=tuple(said if own else [translate(NOT_OWN), *said]),
    )


@dataclass(frozen=True, slots=True)
class RemoveRequest:
    """Which place."""

    place: str = given("The place's number, how it begins, or its name.", positional=True)


@dataclass(frozen=True, slots=True)
class RemoveAnswer(Answer):
    """The place that is not looked at any more. What was found there stays."""

    place: str
    kind: str
    target: str
    name: str


@action("watch.place.remove")
def remove(context: Context, request: RemoveRequest) -> RemoveAnswer:
    """Remove a place, and the key that was kept for it. What was found there stays."""
    with unlocked(context, writing=True) as vault:
        watched = find_place(read_places(vault), request.place)
        forget_place(vault, watched)
        prepare_places(vault)
    place = watched.place
    return RemoveAnswer(place.place, place.kind, place.target, watched.name)
