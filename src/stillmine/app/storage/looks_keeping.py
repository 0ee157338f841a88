"""What is asked of the database of looks, and the changes that are no step of a look."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from stillmine.app.storage.database import Database
from stillmine.app.storage.looks_rows import (
    Hit,
    HostPace,
    OwnSum,
    PlaceState,
    Saw,
    Step,
    Task,
    Trouble,
    Validated,
    WantedPlace,
    apply,
)

_TASK = "place, host, sort, once, body, tries, number"
_OF_A_PLACE = ("task", "met", "existed", "problem")


def prepare(
    database: Database,
    places: Sequence[WantedPlace],
    own: Sequence[OwnSum] | None,
    told: Collection[str],
    names: Sequence[str],
) -> None:
    """Take over what the vault says, in one change; without `own` the sums stay as they are."""
    if own is None and _is_known(database, places, told, names):
        return  # a page asks for this each time: writing would make it wait for the disk
    with database.change():
        _put_places(database, places)
        if own is not None:
            database.do("DELETE FROM own")
            database.do_all("INSERT OR REPLACE INTO own VALUES (?, ?, ?, ?)", [*own])
        database.do("DELETE FROM name")
        database.do_all("INSERT OR IGNORE INTO name VALUES (?)", [(each,) for each in names])
        database.do_all("INSERT OR IGNORE INTO told VALUES (?)", [(each,) for each in told])
        database.do("DELETE FROM finding WHERE finding IN (SELECT finding FROM told)")
        for table in ("finding", "here", "hit"):
            database.do(f"DELETE FROM {table} WHERE item NOT IN (SELECT item FROM own)")  # noqa: S608 - constants


def _is_known(
    database: Database, wanted: Sequence[WantedPlace], told: Collection[str], named: Sequence[str]
) -> bool:
    known = {finding for (finding,) in database.rows("SELECT finding FROM told")}
    waits = "SELECT 1 FROM finding WHERE finding IN (SELECT finding FROM told) LIMIT 1"
    return (
        sorted(wanted, key=lambda each: each.place) == [each.place for each in places(database)]
        and known.issuperset(told)
        and names(database) == sorted(set(named))
        and not database.rows(waits)
    )


def _put_places(database: Database, wanted: Sequence[WantedPlace]) -> None:
    before = {each.place.place: each.place for each in places(database)}
    after = {each.place: each for each in wanted}
    for name, known in before.items():
        new = after.get(name)
        if new is None or _leads(new) != _leads(known):
            for table in (*_OF_A_PLACE, "place"):
                database.do(f"DELETE FROM {table} WHERE place = ?", (name,))  # noqa: S608 - constants
    for each in after.values():
        options = json.dumps(each.options)
        database.do(
            "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0)"
            " ON CONFLICT DO UPDATE SET key = excluded.key, every = excluded.every",
            (each.place, each.kind, each.target, options, each.key, each.every),
        )


def _leads(place: WantedPlace) -> tuple[object, ...]:
    return place.kind, place.target, sorted(place.options)


def places(database: Database) -> list[PlaceState]:
    """Return all places."""
    query = (
        "SELECT place, kind, target, options, key, every, began, asks, pictures FROM place"
        " ORDER BY place"
    )
    return [
        PlaceState(
            WantedPlace(
                place, kind, target, tuple((str(a), str(b)) for a, b in json.loads(options)), key,
                every,
            ),
            began, asks, pictures,
        )
        for place, kind, target, options, key, every, began, asks, pictures in database.rows(query)
    ]  # fmt: skip


def own(database: Database) -> list[OwnSum]:
    """Return the sums of the person's files."""
    query = "SELECT item, md5, sha256, size FROM own ORDER BY item"
    return [OwnSum(*row) for row in database.rows(query)]


def names(database: Database) -> list[str]:
    """Return the person's own names."""
    return [name for (name,) in database.rows("SELECT name FROM name ORDER BY name")]


def findings(database: Database) -> list[tuple[str, str]]:
    """Return what is to be handed over."""
    query = "SELECT finding, body FROM finding ORDER BY finding"
    return [(finding, body) for finding, body in database.rows(query)]


def handed_over(database: Database, finding: str) -> None:
    """Move a finding to those that are known."""
    with database.change():
        database.do("INSERT OR IGNORE INTO told VALUES (?)", (finding,))
        database.do("DELETE FROM finding WHERE finding = ?", (finding,))


def was_told(database: Database, finding: str) -> bool:
    """Say whether a finding is known or waits."""
    query = "SELECT 1 FROM told WHERE finding = ? UNION SELECT 1 FROM finding WHERE finding = ?"
    return bool(database.rows(query, (finding, finding)))


def existed(database: Database, wanted: Collection[str]) -> list[Saw]:
    """Return when archives saw pages."""
    query = "SELECT place, page, at, status, copy FROM existed WHERE place = ? ORDER BY page, at"
    return [Saw(*row) for place in sorted(wanted) for row in database.rows(query, (place,))]


def troubles(database: Database, wanted: Collection[str]) -> list[Trouble]:
    """Return what could not be looked at."""
    query = "SELECT place, host, code, times FROM problem WHERE place = ? ORDER BY host, code"
    return [Trouble(*row) for place in sorted(wanted) for row in database.rows(query, (place,))]


def forget(database: Database, items: Sequence[str]) -> None:
    """Take out items. What was seen and is nobody's of ours says nothing of them."""
    known = {each.item for each in own(database)}.intersection(items)
    if not known:
        return
    with database.change():
        for item in sorted(known):
            for table in ("own", "hit", "finding", "here"):
                database.do(f"DELETE FROM {table} WHERE item = ?", (item,))  # noqa: S608 - constants
            # What waits may hold what a preview of it looked like.
            database.do("DELETE FROM task WHERE instr(body, ?) > 0", (item,))


def key_of_sums(database: Database) -> str:
    """Return the key of the sums in it (hexadecimal); nothing where it is the usual one."""
    ((kept,),) = database.rows("SELECT sums FROM state")
    return str(kept)


def use_generation(database: Database, generation: str) -> None:
    """Drop what was compared with other pictures."""
    if database.rows("SELECT generation FROM state") == [(generation,)]:
        return
    with database.change():
        for table in ("page", "seen", "hit"):
            database.do(f"DELETE FROM {table}")  # noqa: S608 - constants
        database.do("UPDATE state SET generation = ?", (generation,))


def begin(database: Database, place: str, now: float, tasks: Sequence[Task]) -> None:
    """Begin the look at a place anew. What still waits of the one before goes on beside it."""
    with database.change():
        for table in ("met", "existed", "problem"):
            database.do(f"DELETE FROM {table} WHERE place = ?", (place,))  # noqa: S608 - constants
        database.do("INSERT INTO met SELECT place, once FROM task WHERE place = ?", (place,))
        database.do(
            "UPDATE place SET began = ?,"
            " asks = (SELECT count(*) FROM task WHERE place = ? AND sort = 'ask'),"
            " pictures = (SELECT count(*) FROM task WHERE place = ? AND sort = 'picture')"
            " WHERE place = ?",
            (now, place, place, place),
        )
        apply(database, Step(tasks=list(tasks)))


def waiting(database: Database) -> dict[str, int]:
    """Return how many tasks wait for each host."""
    return dict(database.rows("SELECT host, count(*) FROM task GROUP BY host"))


def places_waiting(database: Database) -> set[str]:
    """Return the places of which something waits."""
    return {place for (place,) in database.rows("SELECT DISTINCT place FROM task")}


def next_task(database: Database, host: str, first: str, besides: Collection[int]) -> Task | None:
    """Return the oldest task for a host."""
    second = "picture" if first == "ask" else "ask"
    held = ",".join(str(int(number)) for number in besides)
    for sort in (first, second):
        query = (
            f"SELECT {_TASK} FROM task WHERE host = ? AND sort = ?"  # noqa: S608 - numbers only
            f" AND number NOT IN ({held}) ORDER BY number LIMIT 1"
        )
        found = database.rows(query, (host, sort))
        if found:
            return Task(*found[0])
    return None


def task(database: Database, once: bytes) -> Task | None:
    """Return what waits under a keyed sum."""
    found = database.rows(f"SELECT {_TASK} FROM task WHERE once = ?", (once,))  # noqa: S608 - constants
    return Task(*found[0]) if found else None


def tasks_of(database: Database, host: str) -> list[Task]:
    """Return all that waits for a host."""
    query = f"SELECT {_TASK} FROM task WHERE host = ? ORDER BY number"  # noqa: S608 - constants
    return [Task(*row) for row in database.rows(query, (host,))]


def pace(database: Database, host: str) -> HostPace | None:
    """Return what is known of a host."""
    found = database.rows("SELECT * FROM host WHERE host = ?", (host,))
    return HostPace(*found[0]) if found else None


def robots(database: Database, origin: str) -> tuple[float, str] | None:
    """Return what a site asks of programs."""
    found = database.rows("SELECT read_at, rules FROM robots WHERE origin = ?", (origin,))
    return (found[0][0], found[0][1]) if found else None


def page(database: Database, sum_: bytes) -> Validated | None:
    """Return by what a page is known to be unchanged."""
    query = "SELECT sum, at, etag, modified, version, found FROM page WHERE sum = ?"
    found = database.rows(query, (sum_,))
    return Validated(*found[0]) if found else None


def seen(database: Database, sum_: bytes) -> Validated | None:
    """Return when something was seen."""
    found = database.rows("SELECT sum, at, etag, modified FROM seen WHERE sum = ?", (sum_,))
    return Validated(*found[0]) if found else None


def hits(database: Database, sum_: bytes) -> list[Hit]:
    """Return what was recognised at an address."""
    query = "SELECT sum, item, at, body FROM hit WHERE sum = ? ORDER BY item"
    return [Hit(*row) for row in database.rows(query, (sum_,))]


def met(database: Database, place: str, sum_: bytes) -> bool:
    """Say whether something was asked for in this look."""
    return bool(database.rows("SELECT 1 FROM met WHERE place = ? AND sum = ?", (place, sum_)))


def others_here(database: Database, host: str, item: str) -> bool:
    """Say whether another item was found at a host."""
    return bool(database.rows("SELECT 1 FROM here WHERE host = ? AND item != ?", (host, item)))


def count(database: Database) -> int:
    """Return how many tasks wait."""
    return int(database.rows("SELECT count(*) FROM task")[0][0])


def counts(database: Database, place: str) -> tuple[int, int]:
    """Return how many questions and pictures were queued for a place in this look."""
    found = database.rows("SELECT asks, pictures FROM place WHERE place = ?", (place,))
    return (found[0][0], found[0][1]) if found else (0, 0)


def ended(database: Database, place: str, now: float) -> None:
    """Note that a place was looked at."""
    with database.change():
        database.do("UPDATE place SET began = ? WHERE place = ?", (now, place))
