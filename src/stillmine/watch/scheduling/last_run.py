"""How the last run went: when, and with what result. Never what was looked for or found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from stillmine.app.away import WatchKey, notes
from stillmine.app.home import Home

NAME = "last"
DONE = "done"


@dataclass(frozen=True, slots=True)
class LastRun:
    """What a run leaves for the next one.

    `began` and `ended` are those of the last look; `code` is `done`, or the code of the error.
    Where sites want us to come back later, that is at `go_on_at`.
    `finished` says when each other action was done. `news` says that there is something of which
    nobody was told yet, `told_on` the last day on which somebody was. `reminded` is the last moment
    at which something was to be looked at, and of which a run knew.
    """

    began: datetime | None = None
    ended: datetime | None = None
    code: str = ""
    go_on_at: datetime | None = None
    finished: Mapping[str, datetime] = field(default_factory=dict)
    news: bool = False
    told_on: str = ""
    reminded: datetime | None = None

    @property
    def was_cut_off(self) -> bool:
        """Say whether the last look began and never came to an end."""
        return self.began is not None and self.ended is None

    def with_finished(self, action: str, at: datetime) -> LastRun:
        """Return it with an action noted as done."""
        return replace(self, finished={**self.finished, action: at})


def read_last_run(home: Home, key: WatchKey) -> LastRun:
    """Return what the last run left; an empty one where that is lost, which only costs a look."""
    found = notes.get(home, key.key, NAME) or {}
    finished = found.get("finished")
    return LastRun(
        _time(found.get("began")),
        _time(found.get("ended")),
        str(found.get("code", "")),
        _time(found.get("go_on_at")),
        {
            str(name): at
            for name, each in (finished.items() if isinstance(finished, dict) else ())
            if (at := _time(each)) is not None
        },
        found.get("news") is True,
        str(found.get("told_on", "")),
        _time(found.get("reminded")),
    )


def write_last_run(home: Home, key: WatchKey, last: LastRun) -> None:
    """Leave it for the next run, sealed."""
    value: dict[str, Any] = {
        "began": _text(last.began),
        "ended": _text(last.ended),
        "code": last.code,
        "go_on_at": _text(last.go_on_at),
        "finished": {name: _text(at) for name, at in last.finished.items()},
        "news": last.news,
        "told_on": last.told_on,
        "reminded": _text(last.reminded),
    }
    notes.put(home, key.key, NAME, value)


def _text(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="seconds")


def _time(text: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return found if found is None or found.tzinfo is not None else None
