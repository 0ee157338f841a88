"""How long it takes to open and list 100,000 items, and how much memory, beside plain sqlite3.

    python bench/catalogue.py [--items 100000] [--rounds 5]

Each figure is of a fresh process: the key is derived, the program's modules are loaded, then the
clock starts, the vault is opened and listed by the code behind `keep list`, and the clock stops.
`sqlite3` reads the same rows from the same tables in a plain file, without encryption. The last
line is the whole command, `stillmine --json keep list --newest 20`, from start to exit.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import secrets
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measuring import DeviceKey, in_rounds, machine, new_vault, print_table, timed, verdict

from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.storage.item import Item
from stillmine.app.storage.key_table import ROWS, KeyRow
from stillmine.app.storage.opening import open_vault
from stillmine.app.storage.schema import schema
from stillmine.app.unlocking import root_key
from stillmine.crypto import X25519Identity
from stillmine.keep.finding import ListRequest, list_items

MOST_MILLISECONDS, MOST_MEGABYTES = 300, 300
_ALBUMS = ("summer", "family", "letters")


def fill(context: Context, count: int, *, stored: int = 2_000_000) -> None:
    """Put so many items into the catalogue and their keys into the key tables, and no objects."""
    key = str(X25519Identity.generate())
    now = time.time_ns()
    with open_vault(Home(context.home), root_key(context), writing=True) as vault:
        for at in range(0, count, ROWS):
            rows = [row(number, key, stored) for number in range(at, min(count, at + ROWS))]
            (tables,) = vault.epoch.compartments.values()
            table = tables.add(rows)
            with vault.catalogue.change():
                vault.catalogue.put(
                    item(number, row_, table, now) for number, row_ in enumerate(rows, at)
                )


def row(number: int, key: str, stored: int) -> KeyRow:
    """Return a key row as an import makes it; one item in twenty has albums and a label."""
    special = number % 20 == 0
    return KeyRow(
        item=secrets.token_hex(16),
        key=key,
        digest=secrets.token_hex(32),
        sum=secrets.token_hex(32),
        stored=stored,
        label="at the lake" if special else "",
        albums=_ALBUMS[: 1 + number % 3] if special else (),
    )


def item(number: int, kept: KeyRow, table: int, now: int) -> Item:
    """Return the catalogue's line for a key row."""
    return Item(
        item=kept.item, name=f"IMG_{number:06d}.jpg".encode(), size=1_950_000 + number,
        modified=now - number * 60_000_000_000, added=now + number, label=kept.label,
        albums=kept.albums, kind="picture", format="jpeg", width=4032, height=3024, seconds=None,
        problem=None, digest=kept.digest, sum=kept.sum, stored=kept.stored, compartment="main",
        table=table,
    )  # fmt: skip


def copy_to_sqlite(context: Context, path: Path) -> None:
    """Write the same rows into a plain database with the same tables."""
    plain = sqlite3.connect(path)
    plain.executescript(schema())
    with open_vault(Home(context.home), root_key(context)) as vault:
        for table, rows in vault.catalogue.dump():
            if rows:
                marks = ",".join("?" * len(rows[0]))
                plain.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
    plain.commit()
    plain.close()


def in_this_process(what: str, home: Path, plain: Path) -> None:
    """Do one thing in this fresh process and print what it cost as JSON."""
    context = Context(home, DeviceKey(home.with_name(home.name + ".key")))
    root = root_key(context)
    before = peak_megabytes()
    start, cpu = time.perf_counter(), time.process_time()
    if what == "items":
        with open_vault(Home(home), root) as vault:
            count = len(vault.listed())
    elif what == "list":
        count = len(list_items(context, ListRequest()).items)
    else:
        connection = sqlite3.connect(plain)
        count = len(connection.execute("SELECT * FROM item ORDER BY added DESC").fetchall())
    spent, cpu = time.perf_counter() - start, time.process_time() - cpu
    found = {
        "ms": spent * 1e3,
        "cpu": cpu * 1e3,
        "mb": peak_megabytes(),
        "before": before,
        "n": count,
    }
    print(json.dumps(found))


def peak_megabytes() -> float:
    """Return the most memory that this program had at once.

    On Linux from the program itself: what getrusage says includes the process that started it.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def in_fresh_process(what: str, home: Path, plain: Path) -> dict[str, float]:
    """Do one thing in a fresh process and return what it cost."""
    command = [sys.executable, __file__, "--in-this-process", what, str(home), str(plain)]
    done = subprocess.run(command, check=True, capture_output=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def whole_command(home: Path) -> None:
    """Run the program as a person does."""
    key = home.with_name(home.name + ".key")
    command = [sys.executable, "-m", "stillmine", "--home", str(home), "--json", "keep", "list"]
    subprocess.run(
        [*command, "--newest", "20"],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "STILLMINE_DEVICE_KEY_FILE": str(key)},
    )


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--in-this-process", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.in_this_process:
        what, home, plain = given.in_this_process
        in_this_process(what, Path(home), Path(plain))
        return
    print(machine())
    with tempfile.TemporaryDirectory() as name:
        home, plain = Path(name) / "home", Path(name) / "plain.db"
        context, _root = new_vault(home)
        fill(context, given.items)
        copy_to_sqlite(context, plain)
        report(home, plain, given.items, given.rounds)


def report(home: Path, plain: Path, items: int, rounds: int) -> None:
    """Measure in rounds and print medians."""
    names = {"items": "open, all items", "list": "keep list", "sqlite3": "sqlite3, all rows"}
    found: dict[str, list[dict[str, float]]] = {what: [] for what in names}
    for _ in range(rounds):
        for what, each in found.items():
            each.append(in_fresh_process(what, home, plain))
    if any(one["n"] != items for each in found.values() for one in each):
        raise SystemExit("not every item was listed")
    kinds = ("ms", "cpu", "mb", "before")
    middle = {
        what: {kind: statistics.median(one[kind] for one in each) for kind in kinds}
        for what, each in found.items()
    }
    print(f"{items} items, medians of {rounds} fresh processes")
    print_table(
        ("", "ms", "CPU ms", "peak MB", "of which before"),
        [(names[w], *(f"{m[k]:.0f}" for k in kinds)) for w, m in middle.items()],
    )
    spent = in_rounds({"command": lambda: timed(lambda: whole_command(home))}, rounds)["command"]
    print(verdict("open and all items, ms", middle["items"]["ms"], MOST_MILLISECONDS, at_most=True))
    print(verdict("peak memory, MB", middle["items"]["mb"], MOST_MEGABYTES, at_most=True))
    print(verdict("keep list, ms", middle["list"]["ms"], MOST_MILLISECONDS, at_most=True))
    print(verdict("keep list, peak memory, MB", middle["list"]["mb"], MOST_MEGABYTES, at_most=True))
    print(f"the whole command, newest 20: {1e3 * statistics.median(s.wall for s in spent):.0f} ms")


if __name__ == "__main__":
    main()
