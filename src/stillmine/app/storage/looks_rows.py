"""What lies in the database of looks: its tables, and what is read from and written to them."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from stillmine.app.storage.database import Database

NAME = "looks.db"
WHAT = f"watch/{NAME}"
VERSION = 2
"""Of the tables; another one counts as empty."""

_NAMES = (
    "place", "own", "name", "told", "task", "met", "host", "robots", "page", "seen", "hit",
    "finding", "here", "existed", "problem", "state",
)  # fmt: skip
TABLES = (
    "".join(f"DROP TABLE IF EXISTS {name};" for name in _NAMES)
    + """
CREATE TABLE place (place TEXT PRIMARY KEY, kind TEXT NOT NULL, target TEXT NOT NULL,
  options TEXT NOT NULL, key TEXT NOT NULL, every REAL NOT NULL, began REAL NOT NULL,
  asks INTEGER NOT NULL, pictures INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE own (item TEXT PRIMARY KEY, md5 TEXT NOT NULL, sha256 TEXT NOT NULL,
  size INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE name (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE told (finding TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE task (number INTEGER PRIMARY KEY AUTOINCREMENT, place TEXT NOT NULL,
  host TEXT NOT NULL, sort TEXT NOT NULL, once BLOB NOT NULL UNIQUE, tries INTEGER NOT NULL,
  body TEXT NOT NULL);
CREATE INDEX task_host ON task (host, sort, number);
CREATE INDEX task_place ON task (place);
CREATE TABLE met (place TEXT NOT NULL, sum BLOB NOT NULL, PRIMARY KEY (place, sum)) WITHOUT ROWID;
CREATE TABLE host (host TEXT PRIMARY KEY, next_at REAL NOT NULL, failures INTEGER NOT NULL,
  day TEXT NOT NULL, asked INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE robots (origin TEXT PRIMARY KEY, read_at REAL NOT NULL, rules TEXT NOT NULL)
  WITHOUT ROWID;
CREATE TABLE page (sum BLOB PRIMARY KEY, at REAL NOT NULL, etag TEXT NOT NULL,
  modified TEXT NOT NULL, version TEXT NOT NULL, found BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE seen (sum BLOB PRIMARY KEY, at REAL NOT NULL, etag TEXT NOT NULL,
  modified TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE hit (sum BLOB NOT NULL, item TEXT NOT NULL, at REAL NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (sum, item)) WITHOUT ROWID;
CREATE TABLE finding (finding TEXT PRIMARY KEY, item TEXT NOT NULL, body TEXT NOT NULL)
  WITHOUT ROWID;
CREATE TABLE here (host TEXT NOT NULL, item TEXT NOT NULL, PRIMARY KEY (host, item)) WITHOUT ROWID;
CREATE TABLE existed (place TEXT NOT NULL, page TEXT NOT NULL, at TEXT NOT NULL,
  status INTEGER NOT NULL, copy TEXT NOT NULL, PRIMARY KEY (place, page, at)) WITHOUT ROWID;
CREATE TABLE problem (place TEXT NOT NULL, host TEXT NOT NULL, code TEXT NOT NULL,
  times INTEGER NOT NULL, PRIMARY KEY (place, host, code)) WITHOUT ROWID;
CREATE TABLE state (generation TEXT NOT NULL, sums TEXT NOT NULL);
INSERT INTO state VALUES ('', '');
"""
)
MOST_PROBLEMS = 50
"""Kinds of trouble that are kept of one place."""
MOST_EXISTED = 5000
_MOST_PAGES = 100_000
_MOST_SEEN = 2_000_000
_MOST_HOSTS = 50_000
_MOST_ROBOTS = 5_000


@dataclass(frozen=True, slots=True)
class WantedPlace:
    """A place that is looked at, as it was checked (`watch.places.kinds.checked`).

    `options` are sorted pairs. `every` is how many seconds a look at it is good for.
    """

    place: str
    kind: str
    target: str
    options: tuple[tuple[str, str], ...] = ()
    key: str = field(default="", repr=False)
    every: float = 86400.0


class OwnSum(NamedTuple):
    """The plain sums (hexadecimal) of the file of an item, and its size in bytes."""

    item: str
    md5: str
    sha256: str
    size: int


class PlaceState(NamedTuple):
    """How far the look at a place is: when it began (0: never), what was queued for it so far."""

    place: WantedPlace
    began: float
    asks: int
    pictures: int


class Task(NamedTuple):
    """One thing to ask a host for: `sort` is "ask" or "picture"; `body` is the engine's own.

    `once` is the keyed sum that is there once among all that waits. `number` is 0 until it waits.
    """

    place: str
    host: str
    sort: str
    once: bytes
    body: str
    tries: int = 0
    number: int = 0


class HostPace(NamedTuple):
    """What `watch.manners.pace.Pace` knows of a host."""

    host: str
    next_at: float
    failures: int
    day: str
    asked: int


class Validated(NamedTuple):
    """By what a site tells whether something changed, and when it was asked for.

    `sum` is a keyed sum of the address. `found` is what was read of a page, packed.
    """

    sum: bytes
    at: float
    etag: str
    modified: str
    version: str = ""
    found: bytes = b""


class Hit(NamedTuple):
    """What was recognised at an address, so that another page that shows it is known at once."""

    sum: bytes
    item: str
    at: float
    body: str


class Saw(NamedTuple):
    """An archive saw a page: `at` is ISO, UTC."""

    place: str
    page: str
    at: str
    status: int
    copy: str


class Trouble(NamedTuple):
    """What could not be looked at, by place, host and code; `times` is how often."""

    place: str
    host: str
    code: str
    times: int = 1


@dataclass(slots=True)
class Step:
    """All that one finished piece of a look changes: it becomes durable together, or not at all."""

    done: list[int] = field(default_factory=list)
    changed: list[Task] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    met: list[tuple[str, bytes]] = field(default_factory=list)
    hosts: list[HostPace] = field(default_factory=list)
    robots: list[tuple[str, float, str]] = field(default_factory=list)
    pages: list[Validated] = field(default_factory=list)
    seen: list[Validated] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    findings: list[tuple[str, str, str]] = field(default_factory=list)
    here: list[tuple[str, str]] = field(default_factory=list)
    existed: list[Saw] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)


def write(database: Database, step: Step) -> None:
    """Make the changes of one step, all in one."""
    with database.change():
        apply(database, step)


def apply(database: Database, step: Step) -> None:
    """Make the changes of one step. Call within a change."""
    for number in step.done:
        database.do("DELETE FROM task WHERE number = ?", (number,))
    for task in step.changed:
        # Where the same waits already, that one stands for both.
        database.do("DELETE FROM task WHERE once = ? AND number != ?", (task.once, task.number))
        database.do(
            "UPDATE task SET host = ?, once = ?, tries = ?, body = ? WHERE number = ?",
            (task.host, task.once, task.tries, task.body, task.number),
        )
    for task in step.tasks:
        _add_task(database, task)
    _remember(database, step)
    _report(database, step)


def _add_task(database: Database, task: Task) -> None:
    if database.rows("SELECT 1 FROM task WHERE once = ?", (task.once,)):
        return
    # `met` holds it until the look at the place is over, so that it is asked for once.
    if database.rows("SELECT 1 FROM met WHERE place = ? AND sum = ?", (task.place, task.once)):
        return
    database.do(
        "INSERT INTO task (place, host, sort, once, tries, body) VALUES (?, ?, ?, ?, ?, ?)",
        (task.place, task.host, task.sort, task.once, task.tries, task.body),
    )
    database.do("INSERT INTO met VALUES (?, ?)", (task.place, task.once))
    column = "asks" if task.sort == "ask" else "pictures"
    database.do(f"UPDATE place SET {column} = {column} + 1 WHERE place = ?", (task.place,))  # noqa: S608 - one of two constants


def _remember(database: Database, step: Step) -> None:
    database.do_all("INSERT OR IGNORE INTO met VALUES (?, ?)", [*step.met])
    database.do_all("INSERT OR REPLACE INTO host VALUES (?, ?, ?, ?, ?)", [*step.hosts])
    database.do_all("INSERT OR REPLACE INTO robots VALUES (?, ?, ?)", [*step.robots])
    database.do_all("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?)", [*step.pages])
    rows = [each[:4] for each in step.seen]
    database.do_all("INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?)", [*rows])
    database.do_all("INSERT OR REPLACE INTO hit VALUES (?, ?, ?, ?)", [*step.hits])


def _report(database: Database, step: Step) -> None:
    for finding in step.findings:
        if not database.rows("SELECT 1 FROM told WHERE finding = ?", finding[:1]):
            database.do("INSERT OR IGNORE INTO finding VALUES (?, ?, ?)", finding)
    database.do_all("INSERT OR IGNORE INTO here VALUES (?, ?)", [*step.here])
    for saw in step.existed:
        known = "SELECT count(*) FROM existed WHERE place = ?"
        if database.rows(known, (saw.place,))[0][0] < MOST_EXISTED:
            database.do("INSERT OR IGNORE INTO existed VALUES (?, ?, ?, ?, ?)", tuple(saw))
    for trouble in step.troubles:
        _count_trouble(database, trouble)


def _count_trouble(database: Database, trouble: Trouble) -> None:
    known = "SELECT count(*) FROM problem WHERE place = ?"
    if database.rows(known, (trouble.place,))[0][0] >= MOST_PROBLEMS:
        # Whose host no longer counts is counted without it: a page can name a million hosts.
        trouble = trouble._replace(host="")
    database.do(
        "INSERT INTO problem VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET times = times + excluded.times",
        tuple(trouble),
    )


def copy(database: Database, path: Path, key: bytes, sums: str) -> None:
    """Write all of it to a new file under another key, with the key of the sums in it."""
    database.copy_to(path, key)
    with contextlib.closing(Database(path, key, what=WHAT)) as new, new.change():
        new.do("UPDATE state SET sums = ?", (sums,))


def prune(database: Database, now: float) -> None:
    """Let go of the oldest of what grows from look to look, so that it does not grow for ever."""
    with database.change():
        database.do("DELETE FROM robots WHERE read_at < ?", (now - 86400,))
        for table, when, most in (
            ("page", "at", _MOST_PAGES),
            ("seen", "at", _MOST_SEEN),
            ("host", "next_at", _MOST_HOSTS),
            ("robots", "read_at", _MOST_ROBOTS),
        ):
            database.do(
                f"DELETE FROM {table} WHERE {when} < (SELECT {when} FROM {table}"  # noqa: S608 - constants
                f" ORDER BY {when} DESC LIMIT 1 OFFSET {most - 1})"
            )
