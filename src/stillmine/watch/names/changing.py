"""How many own names there may be, and how fast they may change: so that they stay one person's.

Real names cannot be shown to be somebody's, an export can be made by hand, and a handle can be had
again and again under other names. So of each sort a few may be noted at once. From then on one
other may be added in seven days, counted from the last change, whatever was removed meanwhile; and
the seven days have to have passed by a clock that is not this computer's: by a proof that is newer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from stillmine.errors import NamesWait
from stillmine.messages import fill, translate
from stillmine.messages.names import WAITS
from stillmine.watch.names.own_name import HANDLE, NAME, Line, Names, OwnName
from stillmine.watch.names.sites import SITES

COOL_DOWN = timedelta(days=7)
MOST_NAMES = 3
MOST_EXPORTS = 3
MOST_SHOWN = 10
"""Handles and addresses that may be shown to be own before one has to wait for the next."""
_SLACK = timedelta(minutes=5)


def require_clock(names: Names, now: datetime) -> None:
    """Raise NamesWait where the clock says less than when something was noted last."""
    if names.log and now < _latest(names.log) - _SLACK:
        raise _wait("clock")


def require_room_for_name(names: Names, text: str, now: datetime) -> None:
    """Raise NamesWait unless this real name may be noted now."""
    require_clock(names, now)
    if not any(each.firm for each in names.names):
        raise _wait("name-first")
    if sum(each.sort == NAME for each in names.names) >= MOST_NAMES:
        raise _wait("three")

    def is_name(line: Line) -> bool:
        return line.sort == NAME

    _require_pace(names, is_name, (text, ""), MOST_NAMES, now)


def require_room_for_proof(names: Names, name: OwnName, way: str, now: datetime) -> None:
    """Raise NamesWait unless this handle or address may be shown to be own in this way now."""
    require_clock(names, now)

    def is_export(line: Line) -> bool:
        return line.way == "export" and line.what != "noted"

    def is_shown(line: Line) -> bool:
        return line.sort != NAME and line.what != "noted" and bool(line.way)

    same = (name.text, name.at)
    if way == "export":
        _require_pace(names, is_export, same, MOST_EXPORTS, now)
    else:
        _require_pace(names, is_shown, same, MOST_SHOWN, now)


def _require_pace(
    names: Names,
    counts: Callable[[Line], bool],
    wanted: tuple[str, str],
    most: int,
    now: datetime,
) -> None:
    """Raise NamesWait where too many others were there before, and too little time has passed."""
    lines = [line for line in names.log if counts(line)]
    ever = {(line.text.casefold(), line.site) for line in lines}
    if (wanted[0].casefold(), wanted[1]) in ever or len(ever) < most:
        return
    until = _latest(lines) + COOL_DOWN
    if now < until:
        raise _wait("week", until=until.date().isoformat())
    if not any(_timed(each) >= until for each in names.names if each.proof is not None):
        raise _wait("newer-proof")


def _latest(lines: tuple[Line, ...] | list[Line]) -> datetime:
    return max(datetime.fromisoformat(line.at) for line in lines)


def _timed(name: OwnName) -> datetime:
    """Return the time of a proof, as others agreed to it; long ago where nobody else did.

    The time of a server that the person may run counts no more than their own clock.
    """
    others = name.firm and (name.sort != HANDLE or name.at in SITES)
    if name.proof is None or not others:
        return datetime.fromisoformat("0001-01-02T00:00:00+00:00")
    return datetime.fromisoformat(name.proof.at)


def _wait(reason: str, **facts: str) -> NamesWait:
    return NamesWait(reason=reason, why=fill(translate(WAITS[reason]), facts))
