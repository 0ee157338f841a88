"""A folder, an archive or a web capture (WARC) on this computer: nobody is asked for anything."""

from __future__ import annotations

from stillmine.watch.places import typed
from stillmine.watch.places.kind import Ask, Found, Kind, Place, Reply

_NAME = "folder"
_MOST_PATH = 4096


def _check(target: str) -> str:
    if not target or len(target) > _MOST_PATH or "\0" in target or "://" in target:
        raise typed.wrong(_NAME, "path")
    return target


def _first(_: Place) -> tuple[Ask, ...]:
    return ()


def _read(_: Place, __: Reply) -> Found:
    return Found()


FOLDER = Kind(_NAME, _check, _first, _read, they_learn="folder", local=True)
