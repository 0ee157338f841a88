"""Look at the places that are due, and say what was found, what was not to be had, and why."""

from __future__ import annotations

import importlib.util
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from stillmine.app import keyholder
from stillmine.app.actions import Answer, Outcome, Sends, action, given
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.storage.looks import Trouble
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import unlocked
from stillmine.errors import (
    NoPassphrase,
    NoPlaces,
    NoRecogniser,
    NothingMayLeave,
    WordsNotProven,
)
from stillmine.imaging import Decoder
from stillmine.watch.existing import Existed, by_page
from stillmine.watch.found import show
from stillmine.watch.keeping import same_place
from stillmine.watch.looking.bounds import ACTION
from stillmine.watch.names.own_name import all_names
from stillmine.watch.places.kinds import kind_of
from stillmine.watch.placing.own_words import may_be_looked_at, require_may_be_looked_at
from stillmine.watch.placing.store import find_place, read_places
from stillmine.watch.preparing import prepare
from stillmine.watch.problems import why
from stillmine.watch.shown import Shown
from stillmine.watch.taking_in import TakenIn, with_findings

if TYPE_CHECKING:
    from stillmine.watch.running import Run

_LIBRARY = "cv2"


@dataclass(frozen=True, slots=True)
class LookRequest:
    """Where to look: what is due, these places, or all of them."""

    places: tuple[str, ...] = given(
        "Look at this place now: its number, how that begins, or its name.", default=()
    )
    now: bool = given("Look at all places now, also where a look is not due.", default=False)


@dataclass(frozen=True, slots=True)
class NotLookedAt:
    """What could not be looked at: the place, the host, the code, how often, and why in words."""

    place: str
    place_name: str
    host: str
    code: str
    times: int
    said: str

    @property
    def line(self) -> str:
        """Return it as one line for a person."""
        return f"{self.place_name}: {self.said}" if self.place_name else self.said


@dataclass(frozen=True, slots=True)
class LookAnswer(Answer):
    """What a look came to.

    `findings` are new: also those of looks while the vault was locked; `found` is how many there
    are. `places` were begun, so many `pages` read and `pictures` compared. `waiting` things are
    left for later, because a site wants that; a look after `go_on_at` goes on with them. Of the
    `items` in the vault those that are `unrecognised` are known bit by bit only. `existed` are
    pages that archives saw. Where the vault was locked meanwhile, or nothing could be written, so
    many findings are `not_taken_in`: they wait in the inbox.
    """

    findings: tuple[Shown, ...]
    found: int
    places: int
    pages: int
    pictures: int
    items: int
    unrecognised: int
    problems: tuple[NotLookedAt, ...]
    waiting: int
    go_on_at: datetime | None
    existed: tuple[Existed, ...]
    stopped: bool
    not_taken_in: int

    @property
    def outcome(self) -> Outcome:
        """Return gaps where something was not to be had, else whether something was found."""
        if self.problems or self.stopped or self.waiting:
            return Outcome.GAPS
        return Outcome.DONE if self.found else Outcome.NOTHING_FOUND


@action(
    ACTION,
    sends=Sends(
        what="Requests for the pages and pictures of your places, without logging in. Your words, "
        "your keys and sums of your files go only where you chose that. Never a picture of yours.",
        to="The sites of your places, and the sites that their pictures come from. To see which: "
        "stillmine watch place list.",
        they_learn="Your address on the internet, what is asked for, and that a program called "
        "stillmine asks. Not who you are, and not what you look for.",
        undo="No: what they noted stays with them.",
    ),
    repeatable=True,
)
def look(context: Context, request: LookRequest) -> LookAnswer:
    """Look for copies of your pictures at the places that are due."""
    if importlib.util.find_spec(_LIBRARY) is None:
        raise NoRecogniser
    from stillmine.watch.running import look_locked, require_nobody_looks  # they load much

    home = Home(context.home)
    was_held = keyholder.seems_held(home)
    with unlocked(context) as vault:
        only = _chosen(vault, request)
        _require_yes(context, vault, only)
        key, epoch = vault.root.watch_key(vault.epoch.number), vault.epoch.number
        require_nobody_looks(home, key, epoch)
        with Decoder() as decoder:
            prepare(vault, decoder, context.job)
    # From here on nothing in this process opens a picture of the vault.
    run = look_locked(home, key, epoch, context.job, only=only)
    if was_held and not keyholder.seems_held(home):
        return _without_vault(run)
    try:
        return with_findings(
            context, lambda vault, arrived: _answer(vault, arrived, run), writing=True
        )
    except NoPassphrase:
        return _without_vault(run)


def _chosen(vault: Vault, request: LookRequest) -> Collection[str]:
    """Return the places that were named, or all; nothing stands for those that are due.

    Raises NoPlaces, UnknownWatchPlace, and what `require_may_be_looked_at` raises.
    """
    places, names = read_places(vault), all_names(vault)
    if not places:
        raise NoPlaces
    named = [find_place(places, each) for each in request.places]
    for each in named:
        require_may_be_looked_at(names, each.place)
    return [each.place.place for each in named or (places if request.now else ())]


def _require_yes(context: Context, vault: Vault, only: Collection[str]) -> None:
    for each in read_places(vault):
        place = each.place
        asked = not only or place.place in only
        if asked and not kind_of(place.kind).local and not context.agreed_to_send:
            raise NothingMayLeave(agreed="-", asked=place.target)


def _answer(vault: Vault, arrived: TakenIn, run: Run) -> LookAnswer:
    new = {same_place(each) for each in (*arrived.new, *run.findings)}
    wanted = [
        each for each in arrived.findings if same_place(each.finding) in new and each.state == "new"
    ]
    places, names = read_places(vault), all_names(vault)
    left_out = [
        Trouble(each.place.place, "", WordsNotProven.code)
        for each in places
        if not may_be_looked_at(names, each.place)
    ]
    called = {each.place.place: each.shown for each in places}
    return replace(
        _without_vault(run),
        findings=show(vault, wanted),
        found=len(wanted),
        problems=tuple(_told(each, called) for each in (*left_out, *run.problems)),
        not_taken_in=arrived.waiting,
    )


def _without_vault(run: Run) -> LookAnswer:
    """Return what can be said while the vault is locked: the findings wait, sealed."""
    return LookAnswer(
        findings=(),
        found=len(run.findings),
        places=run.places,
        pages=run.pages,
        pictures=run.pictures,
        items=run.items,
        unrecognised=run.unrecognised,
        problems=tuple(_told(each, {}) for each in run.problems),
        waiting=run.waiting,
        go_on_at=run.go_on_at,
        existed=by_page(run.existed),
        stopped=run.stopped,
        not_taken_in=len(run.findings),
    )


def _told(trouble: Trouble, called: Mapping[str, str]) -> NotLookedAt:
    name = called.get(trouble.place, "")
    return NotLookedAt(trouble.place, name, trouble.host, trouble.code, trouble.times, why(trouble))
