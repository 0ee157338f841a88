"""When we suggest to look at a service again; and what locked runs have to know of it: the times.

Nothing here is a rule of a service, but for one: where an official page says after how many days
somebody may ask again, that is said as theirs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from stillmine.app import away
from stillmine.app.storage.vault import Vault
from stillmine.app.telling.guides import GUIDES
from stillmine.messages import translate
from stillmine.messages.enrolling import REMINDERS
from stillmine.watch.enrolling.enrolment import Enrolment, all_enrolments

AWAY = "reminders"
_BEFORE_END = timedelta(days=14)
_AGAIN = "again_days"
_MOST = 100


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to look at, from a moment on (UTC).

    `what` is `finish`, `look` or `ends`, which are suggestions of ours, or `again`, which the
    service says itself (`theirs`). `due` tells that the moment has come.
    """

    what: str
    at: datetime
    due: bool
    said: str
    theirs: bool = False


def reminder_of(enrolment: Enrolment, now: datetime) -> Reminder | None:
    """Return what we suggest to do next, or None where there is nothing. `now` knows its zone."""
    found = _next(enrolment)
    if found is None:
        return None
    what, at = found
    at = at.astimezone(UTC)
    return Reminder(what, at, at <= now, translate(REMINDERS[what]), theirs=what == "again")


def tell_locked_runs(vault: Vault) -> None:
    """Let runs that happen while the vault is locked know when there is something to look at."""
    found = (_next(each) for each in all_enrolments(vault))
    times = sorted(
        at.astimezone(UTC).isoformat(timespec="seconds") for _what, at in filter(None, found)
    )
    if away.kept(vault, AWAY).get("at", []) != times[:_MOST]:
        away.keep(vault, AWAY, {"at": times[:_MOST]})


def come_since(times: object, last: datetime | None, now: datetime) -> datetime | None:
    """Return the newest of the moments that came after `last`, or None. They may be damaged."""
    read = _read(times) if isinstance(times, list) else ()
    came = [at for at in read if at <= now and (last is None or at > last)]
    return max(came, default=None)


def _read(times: Iterable[object]) -> Iterable[datetime]:
    for each in times:
        try:
            at = datetime.fromisoformat(str(each))
        except ValueError:
            continue
        if at.tzinfo is not None:
            yield at


def _next(enrolment: Enrolment) -> tuple[str, datetime] | None:
    guide = GUIDES[enrolment.service]
    if enrolment.state == "begun":
        return "finish", enrolment.noted_at + guide.pace.finish
    if enrolment.state == "done":
        return _look(enrolment)
    if enrolment.state == "refused" and (days := guide.known.said(_AGAIN)):
        return "again", enrolment.noted_at + timedelta(days=int(str(days)))
    return None


def _look(enrolment: Enrolment) -> tuple[str, datetime]:
    pace, looked = GUIDES[enrolment.service].pace, enrolment.looked_at
    at = enrolment.noted_at + pace.first if looked is None else looked + pace.later
    if enrolment.ends_on:
        ends = datetime.combine(enrolment.ends_on, time(), UTC) - _BEFORE_END
        # Who looked in that fortnight knows: then it is the day itself that is left.
        ends = ends if looked is None or looked < ends else ends + _BEFORE_END
        if ends < at:
            return "ends", ends
    return "look", at
