"""Have the system look again and again, also while the vault is locked; end it; show it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from stillmine.app import away
from stillmine.app.actions import Answer, Outcome, Sends, action, given
from stillmine.app.away import WatchKey, key_file, key_path, name_of, notes
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.unlocking import unlocked
from stillmine.errors import (
    NotAgreed,
    NothingMayLeave,
    NotScheduled,
    OthersNotSaid,
    StillmineError,
    WatchKeyExposed,
    WatchKeyOutdated,
)
from stillmine.messages import translate
from stillmine.messages.scheduling import ADVICE
from stillmine.watch.scheduling import last_run
from stillmine.watch.scheduling.last_run import read_last_run
from stillmine.watch.scheduling.start import Piece, Start, System
from stillmine.watch.scheduling.systems import chosen_system, systems_with
from stillmine.watch.scheduling.times import EVERY, Times, kept_times, read_times

Also = Literal["act.recheck", "keep.backup.run", "keep.backup.verify", "keep.verify"]
_SCHEDULE = "schedule"


@dataclass(frozen=True, slots=True)
class OnRequest:
    """When to look, by what, and what else to do."""

    every: int = given(
        "Look every so many hours (1, 2, 3, 4, 6, 8, 12, 24). Places keep to their own hours too.",
        default=EVERY,
    )
    at: tuple[str, ...] = given(
        "Look at this time of the day instead, such as 20:30. It begins within the hour after it.",
        default=(),
    )
    with_: Literal["systemd", "launchd", "cron", "task-scheduler"] | None = given(
        "By which part of the system; else the one that this computer has.", default=None
    )
    others: Literal["yes", "no", "unsure"] | None = given(
        "Whether anybody else uses this computer.", default=None, question="others-here"
    )
    also: tuple[Also, ...] = given(
        "Do this too, when the vault happens to be unlocked at that time.", default=()
    )


@dataclass(frozen=True, slots=True)
class OnAnswer(Answer):
    """What was written, where, and when it looks next.

    `written` are the paths, or the names that the system has for them.
    """

    system: str
    times: tuple[str, ...]
    next: datetime
    also: tuple[str, ...]
    written: tuple[str, ...]


@action(
    "watch.schedule.on",
    sends=Sends(
        what="From now on, at the times you choose: questions to the places that you named. With "
        "--also act.recheck a short request for each page of your cases. With --also "
        "keep.backup.run or keep.backup.verify what a backup sends.",
        to="The sites of those places, and where they lead on to. With --also: the sites of your "
        "cases, or your backup places.",
        they_learn="That a program called stillmine asks, when, and your network address. "
        "No picture of yours is sent.",
        undo="It ends with: stillmine watch schedule off. What was asked by then stays asked.",
    ),
)
def on(context: Context, request: OnRequest) -> OnAnswer:
    """Look again and again by the system's timer, also while the vault is locked."""
    if request.others is None:
        raise OthersNotSaid
    if not context.agreed_to_send:
        raise NothingMayLeave(agreed="-", asked="watch.schedule.on")
    plan = planned(context.home, request)
    _ask(context, plan, ADVICE[request.others])
    _begin(context, {"minutes": list(plan.times.minutes), "also": list(plan.also)})
    _put(plan.system, plan.start, Home(context.home))
    now = context.now().astimezone()
    return OnAnswer(
        plan.system.name,
        plan.times.said,
        _next(plan.times, plan.start, now),
        plan.also,
        (*(piece.place for piece in plan.pieces), str(plan.key)),
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be written and when it would look: all that a person sees before they say yes."""

    start: Start
    system: System
    times: Times
    also: tuple[str, ...]
    pieces: tuple[Piece, ...]
    key: Path


def planned(folder: Path, request: OnRequest) -> Plan:
    """Return what a request would come to, and write nothing.

    Raises NoVault, WrongSetting, NoTimer, CannotSchedule.
    """
    home = Home(folder)
    home.require_vault()
    start = start_for(home)
    times = read_times(request.every, request.at, start.minute)
    system = chosen_system(request.with_)
    also = tuple(sorted(set(request.also)))
    return Plan(start, system, times, also, system.pieces(start), key_path(home))


def start_for(home: Home) -> Start:
    """Return what the system starts for this home."""
    name = name_of(home)
    command = (
        *(sys.executable, "-P", "-m", "stillmine.scheduler"),
        *("--home", str(home.root.resolve()), "--key", str(key_path(home))),
    )
    # By the name, so that homes do not all ask the same sites in the same minute.
    return Start(name, command, int(name.rpartition("-")[2], 16) % 60)


def _ask(context: Context, plan: Plan, advice: tuple[str, ...]) -> None:
    """Show the advice and all that will be written, and ask. Raise NotAgreed."""
    for line in advice:
        context.job.announce("schedule-line", line=translate(line))
    context.job.announce("schedule-writes", place=str(plan.key))
    for line in (line for piece in plan.pieces for line in piece.lines):
        context.job.announce("schedule-line", line=line)
    if context.choose("schedule-yes", ("yes", "no")) == "no":
        raise NotAgreed


def _begin(context: Context, schedule: dict[str, object]) -> None:
    with unlocked(context, writing=True) as vault:
        away.keep(vault, _SCHEDULE, schedule)
        away.hold(vault)


def _put(system: System, start: Start, home: Home) -> None:
    """Write it, and take away what another part of the system had of us."""
    before = systems_with(start.name)
    try:
        system.put(start)
    except BaseException:
        if not systems_with(start.name):
            _remove_key(home)
        raise
    for each in before:
        if each.name != system.name:
            each.remove(start.name)


def _next(times: Times, start: Start, now: datetime) -> datetime:
    """Return about when the next look begins: at the first start after its time has come."""
    comes = times.comes(now)
    late = (start.minute - comes.minute) % 60
    return datetime.fromtimestamp(comes.timestamp() + late * 60, comes.tzinfo)


@dataclass(frozen=True, slots=True)
class OffRequest:
    """Nothing is needed to end it."""


@dataclass(frozen=True, slots=True)
class OffAnswer(Answer):
    """By which parts of the system it was scheduled, and whether there was a key."""

    removed: tuple[str, ...]
    key_removed: bool

    @property
    def outcome(self) -> Outcome:
        """Return that nothing was found where nothing was there."""
        return Outcome.DONE if self.removed or self.key_removed else Outcome.NOTHING_FOUND


@action("watch.schedule.off")
def off(context: Context, request: OffRequest) -> OffAnswer:
    """End it: the timer, its files and the key are removed. The vault may stay locked."""
    del request
    home = Home(context.home)
    key_removed = _remove_key(home)  # first: without it nothing can look any more
    removed: list[str] = []
    problems: list[StillmineError] = []
    for system in systems_with(name_of(home)):
        try:
            system.remove(name_of(home))
            removed.append(system.name)
        except StillmineError as problem:
            problems.append(problem)
    if problems:
        raise problems[0]
    return OffAnswer(tuple(removed), key_removed)


def _remove_key(home: Home) -> bool:
    there = key_file.remove(key_path(home))
    if home.watch.is_dir():
        away.forget(home)
        notes.remove(home, last_run.NAME)
    return there


@dataclass(frozen=True, slots=True)
class ShowRequest:
    """Nothing is needed to show it."""


@dataclass(frozen=True, slots=True)
class LastLook:
    """When the last look began, and how it went: `done`, or the code of an error.

    The code is empty while it goes on, and where it was cut off: then the next run goes on.
    """

    began: datetime
    code: str


@dataclass(frozen=True, slots=True)
class ShowAnswer(Answer):
    """What is scheduled. `code` says why it does nothing now, where that is so."""

    systems: tuple[str, ...]
    written: tuple[str, ...]
    times: tuple[str, ...]
    next: datetime | None
    also: tuple[str, ...]
    code: str | None
    last: LastLook | None

    @property
    def outcome(self) -> Outcome:
        """Return that nothing was found where nothing is scheduled."""
        if not self.systems:
            return Outcome.NOTHING_FOUND
        return Outcome.GAPS if self.code else Outcome.DONE


@action("watch.schedule.show")
def show(context: Context, request: ShowRequest) -> ShowAnswer:
    """Show what is scheduled, how the last look went, and when the next one is."""
    del request
    home = Home(context.home)
    start = start_for(home)
    systems = systems_with(start.name)
    places = tuple(piece.place for each in systems for piece in each.pieces(start))
    names = tuple(each.name for each in systems)
    try:
        key = key_file.read(key_path(home))
        choices = away.read_choices(home, key)
    except (NotScheduled, WatchKeyExposed, WatchKeyOutdated) as problem:
        code = problem.code if names else None
        return ShowAnswer(names, places, (), None, (), code, None)
    return _shown(context, home, key, choices, (names, places))


def _shown(
    context: Context,
    home: Home,
    key: WatchKey,
    choices: away.Choices,
    found: tuple[tuple[str, ...], tuple[str, ...]],
) -> ShowAnswer:
    names, places = found
    times, last = kept_times(choices.schedule), read_last_run(home, key)
    now = context.now().astimezone()
    return ShowAnswer(
        names,
        (*places, str(key_path(home))),
        times.said if times else (),
        _next(times, start_for(home), now) if times and names else None,
        tuple(str(each) for each in choices.schedule.get("also", ())),
        None,
        LastLook(last.began, last.code) if last.began else None,
    )
