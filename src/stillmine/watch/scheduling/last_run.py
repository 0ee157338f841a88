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
    `finished` says when each other action was done. `news` says that there is something of which
    nobody was told yet, `told_on` the last day on which somebody was.
    """

    began: datetime | None = None
    ended: datetime | None = None
    code: str = ""
    finished: Mapping[str, datetime] = field(default_factory=dict)
    news: bool = False
    told_on: str = ""

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
        {
            str(name): at
            for name, each in (finished.items() if isinstance(finished, dict) else ())
            if (at := _time(each)) is not None
        },
        found.get("news") is True,
        str(found.get("told_on", "")),
    )


def write_last_run(home: Home, key: WatchKey, last: LastRun) -> None:
    """Leave it for the next run, sealed."""
    value: dict[str, Any] = {
        "began": _text(last.began),
        "ended": _text(last.ended),
        "code": last.code,
        "finished": {name: _text(at) for name, at in last.finished.items()},
        "news": last.news,
        "told_on": last.told_on,
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
