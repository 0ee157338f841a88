"""One look with the watch key alone: what is found goes to the inbox, sealed, as it is found."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime

from stillmine.app.home import Home
from stillmine.app.jobs import Job
from stillmine.app.storage.epoch import epoch_numbers
from stillmine.app.storage.fingerprints_reading import read_fingerprints
from stillmine.app.storage.looks import Looks, Saw, Trouble
from stillmine.errors import AlreadyLooking, NoPlaces, VaultBusy
from stillmine.imaging import Decoder
from stillmine.watch import taking_in
from stillmine.watch.looking.bounds import Bounds, Pulse
from stillmine.watch.looking.engine import look
from stillmine.watch.looking.finding import Finding
from stillmine.watch.own import Own, own_of

_USUAL_BOUNDS = Bounds()


@dataclass(slots=True)
class Run:
    """What came of one run. `findings` are safe in the inbox.

    `waiting` things are left for later, from `go_on_at` on; `places` is how many were looked at.
    """

    pages: int = 0
    pictures: int = 0
    waiting: int = 0
    go_on_at: datetime | None = None
    stopped: bool = False
    places: int = 0
    items: int = 0
    unrecognised: int = 0
    findings: list[Finding] = field(default_factory=list)
    problems: tuple[Trouble, ...] = ()
    existed: tuple[Saw, ...] = ()


def require_nobody_looks(home: Home, watch_key: bytes, epoch: int) -> None:
    """Raise AlreadyLooking where another run looks right now."""
    try:
        with _opened(home, watch_key, epoch) as looks, looks.alone():
            pass
    except VaultBusy as problem:
        raise AlreadyLooking from problem


def look_locked(
    home: Home,
    watch_key: bytes,
    epoch: int,
    job: Job,
    *,
    only: Collection[str] | None = None,
    bounds: Bounds = _USUAL_BOUNDS,
    pulse: Pulse | None = None,
    heard: Callable[[Finding], None] | None = None,
) -> Run:
    """Look at what is due, or at the places `only`, due or not; the vault may be locked.

    What was prepared while the vault was open last is looked for. Each finding is sealed to the
    vault's public key as it is found, and `taking_in` makes a record of it when the vault is open
    again. `heard` is told of each at once, for a run may be killed. The way out has to be in force
    (`chosen_way`). What is asked to stop stops, and keeps what is done: then `stopped` says so.

    Raises NoPlaces, NothingToCompare, AlreadyLooking, VaultBusy where the vault has other keys by
    now, ProxyTrouble, and what writing to the home raises.
    """
    with _opened(home, watch_key, epoch) as looks:
        if not looks.places():
            raise NoPlaces
        own = own_of(read_fingerprints(home, watch_key, epoch), looks.own(), job)
        run = Run(items=len(own.items), unrecognised=len(own.items) - own.recognisable)
        try:
            with Decoder(workers=_USUAL_BOUNDS.comparing) as decoder:
                _look(run, looks, own, decoder, job, only or (), bounds, pulse, heard)
        except VaultBusy as problem:
            if epoch_numbers(home.keys)[-1:] == [epoch]:
                raise AlreadyLooking from problem
            raise
    return run


def _look(
    run: Run,
    looks: Looks,
    own: Own,
    decoder: Decoder,
    job: Job,
    only: Collection[str],
    bounds: Bounds,
    pulse: Pulse | None,
    heard: Callable[[Finding], None] | None,
) -> None:
    def hand_over(finding: Finding) -> None:
        taking_in.drop(looks.home, finding)
        run.findings.append(finding)
        if heard is not None:
            heard(finding)

    began = {each.place.place: each.began for each in looks.places()}
    looked = look(
        looks,
        own,
        decoder,
        job,
        hand_over=hand_over,
        bounds=bounds,
        pulse=pulse,
        only=only,
    )
    run.pages, run.pictures, run.stopped = looked.pages, looked.pictures, looked.stopped
    run.waiting, run.problems = looked.waiting, looked.problems
    run.go_on_at = _go_on_at(looks)
    run.existed = tuple(looks.existed(only or began))
    run.places = sum(each.began != began.get(each.place.place) for each in looks.places())


def _opened(home: Home, watch_key: bytes, epoch: int) -> contextlib.closing[Looks]:
    return contextlib.closing(Looks(home, watch_key, epoch))


def _go_on_at(looks: Looks) -> datetime | None:
    """Return when the first of the hosts for which something waits may be asked again."""
    paces = [pace for host in looks.waiting() if (pace := looks.pace(host))]
    return datetime.fromtimestamp(min(each.next_at for each in paces), UTC) if paces else None
