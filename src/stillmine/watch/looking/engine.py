"""Look at all places that are due: gently, within bounds, and so that it may stop at any moment."""

from __future__ import annotations

import queue
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from stillmine.app.jobs import Job
from stillmine.app.storage.looks import Looks, PlaceState, Task, Trouble
from stillmine.errors import Stopped, VaultDamaged, WrongPlace
from stillmine.imaging import Decoder
from stillmine.watch.looking.answering import Answers
from stillmine.watch.looking.bodies import ask_task
from stillmine.watch.looking.bounds import Asker, Bounds, Pulse, RealPulse, ask_web
from stillmine.watch.looking.crew import Crew, Done
from stillmine.watch.looking.finding import Finding
from stillmine.watch.looking.folders import look_into
from stillmine.watch.looking.hosts import Hosts
from stillmine.watch.looking.noting import Notes
from stillmine.watch.looking.rules import Rules
from stillmine.watch.looking.seeing import Eye, generation_of
from stillmine.watch.looking.sending import Sender
from stillmine.watch.looking.showing import Showing
from stillmine.watch.looking.underway import Desk, Under
from stillmine.watch.own import Own, sha256_of
from stillmine.watch.places import kinds
from stillmine.watch.places.kind import Existed, Place
from stillmine.watch.recognising import Recogniser

DOING = "watch.looking"
BEGUN_ANEW = "begun-anew"
_USUAL_BOUNDS = Bounds()
_SLICE = 0.5
_HEARD_EVERY = 0.02
# A look that is a little early is not put off by a whole run of the timer.
_EARLY = 0.05


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of a look: answers read, pictures looked at, findings that were given on.

    `waiting` tasks are left for a later look, because a host wants us to come back later, or it was
    `stopped`. `problems` say what could not be looked at, `existed` when archives saw pages.
    """

    pages: int
    pictures: int
    findings: int
    waiting: int
    problems: tuple[Trouble, ...]
    existed: tuple[Existed, ...]
    stopped: bool


def look(
    looks: Looks,
    own: Own,
    decoder: Decoder,
    job: Job,
    *,
    hand_over: Callable[[Finding], None],
    bounds: Bounds = _USUAL_BOUNDS,
    pulse: Pulse | None = None,
    ask: Asker = ask_web,
    only: Collection[str] = (),
) -> Looked:
    """Look at what is due, or at the places `only`, whether they are due or not.

    What an earlier look left is gone on with. Each finding is given to `hand_over` once; whoever is
    killed while giving it gives it again, under the same key. What is asked to stop stops within
    seconds, and keeps what is done. Raises VaultBusy where another look is under way, ProxyTrouble
    where the way out that the person chose does not work, and what `hand_over` raises.
    """
    with looks.alone():
        run = _Run(looks, own, decoder, job, hand_over, bounds, pulse or RealPulse(), ask)
        return run.run(frozenset(only))


class _Run:
    """One look, from its beginning to its end."""

    def __init__(
        self,
        looks: Looks,
        own: Own,
        decoder: Decoder,
        job: Job,
        hand_over: Callable[[Finding], None],
        bounds: Bounds,
        pulse: Pulse,
        ask: Asker,
    ) -> None:
        sums = looks.own()
        looks.use_generation(generation_of(own, sums))
        self._recogniser = Recogniser(own, decoder, sha256_of)
        self._states = {each.place.place: each for each in looks.places()}
        places = {name: _place_of(each) for name, each in self._states.items()}
        eye, notes = Eye(self._recogniser, sums), Notes(looks, pulse.now)
        done: queue.SimpleQueue[Done[Under]] = queue.SimpleQueue()
        self._desk = Desk(
            looks=looks,
            places=places,
            names=tuple(looks.names()),
            bounds=bounds,
            pulse=pulse,
            asker=ask,
            job=job,
            eye=eye,
            notes=notes,
            showing=Showing(looks, eye, notes, bounds),
            hosts=Hosts(looks, bounds),
            rules=Rules(looks),
            hand_over=hand_over,
            done=done,
            fetchers=Crew("asking", bounds.fetches, done),
            comparers=Crew("comparing", bounds.comparing, done),
        )

    def run(self, only: frozenset[str]) -> Looked:
        """Do it."""
        desk, stopped, anew = self._desk, False, False
        chosen = [each for each in self._states.values() if self._is_due(each, only)]
        try:
            desk.job.begin(DOING, None, "pictures")
            desk.findings += desk.notes.hand_over(desk.hand_over)
            self._begin(chosen)
            self._look()
            for each in chosen:
                if kinds.kind_of(each.place.kind).local:
                    look_into(desk, self._recogniser, each.place)
            desk.looks.prune(desk.pulse.now())
        except Stopped:
            stopped = True
        except VaultDamaged:
            anew = True  # what looking learnt is learnt again
        finally:
            desk.fetchers.dismiss()
            desk.comparers.dismiss()
        return self._looked(only, stopped=stopped, anew=anew)

    def _is_due(self, state: PlaceState, only: frozenset[str]) -> bool:
        if only:
            return state.place.place in only
        now, every = self._desk.pulse.now(), state.place.every
        # A clock that was set back must not put a look off for years.
        return not state.began <= now < state.began + every * (1 - _EARLY)

    def _begin(self, chosen: list[PlaceState]) -> None:
        """Queue what each place wants first; what still waits goes on."""
        desk, now = self._desk, self._desk.pulse.now()
        waiting = desk.looks.places_waiting()
        for state in chosen:
            name = state.place.place
            place = desk.places[name]
            unfinished = name in waiting and now < state.began + state.place.every
            if kinds.kind_of(place.kind).local or unfinished:
                continue
            desk.looks.begin(name, now, self._first(place))
        for host in desk.looks.waiting():
            desk.hosts.wake(host)

    def _first(self, place: Place) -> list[Task]:
        """Return what to ask for at the beginning, the copies of own files among it if chosen."""
        kind = kinds.kind_of(place.kind)
        try:
            asks = [*kinds.first(place)]
        except WrongPlace:
            return []
        for each in self._desk.looks.own():
            asks += kind.asks_for_copies(place, each.md5)
        most = kind.most_asks(place)
        return [ask_task(self._desk.looks, place.place, ask) for ask in asks[:most]]

    def _look(self) -> None:
        """Send and take in, until nothing is left that may be asked for now."""
        desk, answers = self._desk, Answers(self._desk)
        sender = Sender(desk, answers)
        until = desk.pulse.now() + desk.bounds.whole
        while desk.pulse.now() < until:
            desk.job.check()
            sender.fill()
            if desk.asking or desk.comparing:
                self._take(answers)
                continue
            left = desk.hosts.seconds_left(desk.pulse.now())
            if left is None:
                return
            desk.pulse.wait(min(left, _SLICE))

    def _take(self, answers: Answers) -> None:
        try:
            done = self._desk.done.get(timeout=_HEARD_EVERY)
        except queue.Empty:
            return
        answers.take(done)

    def _looked(self, only: frozenset[str], *, stopped: bool, anew: bool) -> Looked:
        desk = self._desk
        places = set(only or self._states)
        waiting = desk.looks.waiting()
        problems = [*desk.looks.troubles(places), *self._why_waiting(waiting)]
        if anew or desk.looks.was_begun_anew:
            problems.append(Trouble("", "", BEGUN_ANEW))
        existed = (
            Existed(each.page, datetime.fromisoformat(each.at), each.status, each.copy)
            for each in desk.looks.existed(places)
        )
        return Looked(
            desk.pages,
            desk.pictures,
            desk.findings,
            sum(waiting.values()),
            tuple(problems),
            tuple(dict.fromkeys(existed)),
            stopped,
        )

    def _why_waiting(self, waiting: dict[str, int]) -> list[Trouble]:
        """Say which hosts are in trouble, so that what waits for them was not had."""
        desk = self._desk
        found = []
        for host in sorted(desk.hosts.later.intersection(waiting)):
            task = desk.looks.next_task(host, "ask", ())
            if task is not None:
                found.append(Trouble(task.place, host, desk.why(host), waiting[host]))
        return found[:50]


def _place_of(state: PlaceState) -> Place:
    wanted = state.place
    return Place(wanted.place, wanted.kind, wanted.target, dict(wanted.options), wanted.key)
