"""How fast a vault is backed up, verified and restored, beside restic and borg, and its size.

    python bench/backup.py [--objects 150] [--megabytes 2] [--rounds 3] [--unchanged 10000]
    python bench/backup.py --objects 1000 --unchanged 100000

All three back up the same vault to a folder on the same disk, with the settings they come with:
a first run, a second run in which nothing is new, reading everything back to verify it, and
restoring all of it. Before each step what it will read is dropped from the cache. Ours waits for
the disk after each file and reads back what it restored; the others do not. Needs restic and borg
(apt-get install restic borgbackup); one that is missing is left out.

The last figure is a run in which nothing is new, for a vault of very many objects; those at
the place are empty files, because such a run looks at their names alone.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from catalogue import fill
from measuring import (
    Spent,
    in_rounds,
    is_there,
    machine,
    new_vault,
    print_table,
    random_files,
    ratios,
    run,
    size_of,
    timed,
    verdict,
)

from stillmine.app.context import Context
from stillmine.app.unlocking import unlocked
from stillmine.keep.add import AddRequest, keep_files
from stillmine.keep.backup import choosing, restore
from stillmine.keep.backup import run as backup
from stillmine.keep.backup.verify import VerifyRequest, verify

AIMS = {"first run": 1.5, "verify": 5.0, "restore": 1.3}
LARGEST, LONGEST_UNCHANGED = 1.005, 1.0
STEPS = ("first run", "second run", "verify", "restore")


@dataclass(frozen=True)
class Program:
    """A way to back up: what to prepare, and the steps; a restore goes into the second folder."""

    prepare: Callable[[Path], object]
    steps: dict[str, Callable[[Path, Path], object]]
    kept_in: Callable[[Path], Path] = lambda place: place


def ours(context: Context) -> Program:
    """Back up with our own actions, as the command line calls them."""

    def prepare(place: Path) -> None:
        place.mkdir()
        choosing.add(context, choosing.AddRequest(place.name, str(place)))

    def run_(place: Path, _out: Path) -> None:
        require(backup.run(context, backup.RunRequest((place.name,))).skipped == ())

    def verify_(place: Path, _out: Path) -> None:
        (checked,) = verify(context, VerifyRequest((place.name,))).places
        require(not checked.code and not checked.damaged and checked.files == checked.read_back)

    def restore_(place: Path, out: Path) -> None:
        elsewhere = replace(context, home=out)
        require(not restore.restore(elsewhere, restore.RestoreRequest(str(place))).damaged)

    steps: dict[str, Callable[[Path, Path], object]] = dict(
        zip(STEPS, (run_, run_, verify_, restore_), strict=True)
    )
    return Program(prepare, steps)


def require(good: bool) -> None:
    """End the measurement where a step did not do what it is measured for."""
    if not good:
        raise SystemExit("a step of ours did not end well")


def restic(vault: Path, folder: Path) -> Program:
    """Back up with restic, as it comes; its cache lies in the same folder."""
    password = {"RESTIC_PASSWORD": "measured", "RESTIC_CACHE_DIR": str(folder / "restic-cache")}

    def call(place: Path, *words: str | Path) -> None:
        run("restic", "--repo", place, *words, variables=password)

    steps: dict[str, Callable[[Path, Path], object]] = {
        "first run": lambda place, _: call(place, "backup", vault),
        "second run": lambda place, _: call(place, "backup", vault),
        "verify": lambda place, _: call(place, "check", "--read-data"),
        "restore": lambda place, out: call(place, "restore", "latest", "--target", out),
    }
    return Program(lambda place: call(place, "init"), steps)


def borg(vault: Path, folder: Path) -> Program:
    """Back up with borg, as it comes, with the key in the repository; verified with its keys."""
    settings = {"BORG_PASSPHRASE": "measured", "BORG_BASE_DIR": str(folder / "borg-base")}

    def call(*words: str | Path, inside: Path | None = None) -> None:
        run("borg", *words, folder=inside, variables=settings)

    def extract(place: Path, out: Path) -> None:
        out.mkdir()
        call("extract", f"{place}::first", inside=out)

    steps: dict[str, Callable[[Path, Path], object]] = {
        "first run": lambda place, _: call("create", f"{place}::first", vault),
        "second run": lambda place, _: call("create", f"{place}::second", vault),
        "verify": lambda place, _: call("check", "--verify-data", place),
        "restore": extract,
    }
    return Program(lambda place: call("init", "--encryption=repokey", place), steps)


def forget_cached(*folders: Path) -> None:
    """Drop what lies in these folders from the cache, so that the disk must be read."""
    os.sync()
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        descriptor = os.open(path, os.O_RDONLY)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(descriptor)


def measure(
    programs: dict[str, Program], vault: Path, folder: Path, rounds: int
) -> tuple[dict[str, dict[str, list[Spent]]], dict[str, int]]:
    """Let each program take all steps in each round; return what they cost, and the sizes."""
    found: dict[str, dict[str, list[Spent]]] = {n: {s: [] for s in STEPS} for n in programs}
    sizes: dict[str, int] = {}

    def once(name: str) -> Spent:
        place = folder / f"{name}-{len(found[name]['restore'])}"
        out = folder / "restored"
        programs[name].prepare(place)
        for step, work in programs[name].steps.items():
            forget_cached(vault, place)
            found[name][step].append(timed(lambda w=work: w(place, out)))  # type: ignore[misc]  # mypy cannot tell the type of a lambda with a default
            if step == "first run":
                sizes[name] = size_of(place)
        for gone in (place, out):
            shutil.rmtree(gone)
        return found[name]["restore"][-1]

    in_rounds({name: lambda n=name: once(n) for name in programs}, rounds)  # type: ignore[misc]  # the same
    return found, sizes


def report(
    found: dict[str, dict[str, list[Spent]]], sizes: dict[str, int], vault_size: int
) -> None:
    """Print medians, and how many times faster we are than the better one in the same rounds."""
    rounds = len(found["stillmine"]["verify"])
    print(f"a vault of {vault_size / 1e6:.0f} MB: wall seconds (CPU seconds), medians of {rounds}")
    rows = [
        (
            name,
            *(
                f"{statistics.median(s.wall for s in steps[step]):.2f} "
                f"({statistics.median(s.cpu for s in steps[step]):.2f})"
                for step in STEPS
            ),
            f"{sizes[name] / vault_size:.4f}",
        )
        for name, steps in found.items()
    ]
    print_table(("", *STEPS, "size / vault"), rows)
    for step, aim in AIMS.items() if len(found) > 1 else ():
        mine = [spent.wall for spent in found["stillmine"][step]]
        others = [n for n in found if n != "stillmine"]
        best = [min(found[n][step][at].wall for n in others) for at in range(rounds)]
        middle, least, most = ratios(best, mine)
        line = verdict(f"{step}, times faster than the better one", middle, aim)
        print(f"{line} (from {least:.2f} to {most:.2f})")
    print(verdict("size / vault", sizes["stillmine"] / vault_size, LARGEST, at_most=True))


def unchanged(folder: Path, count: int) -> None:
    """Print how long a run takes in which nothing is new, for very many objects."""
    context, _root = new_vault(folder / "many")
    fill(context, count, stored=0)
    place = folder / "many-place"
    with unlocked(context) as vault:
        names = [item.item for item in vault.items()]
    for name in names:
        # As after a first run, which is measured above; a hundred thousand of them would take long.
        path = place / "objects" / name[:2] / f"{name}.age"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    choosing.add(context, choosing.AddRequest("many", str(place)))
    first = timed(lambda: backup.run(context, backup.RunRequest()))
    spent = []
    for _ in range(3):
        spent.append(timed(lambda: require(_is_unchanged(context))))
    middle = statistics.median(each.wall for each in spent)
    print(f"{count} objects that are there already, list made and signed: {first.wall:.2f} s")
    print(
        verdict(
            f"run with nothing new, {count} objects, s", middle, LONGEST_UNCHANGED, at_most=True
        )
    )


def _is_unchanged(context: Context) -> bool:
    return all(each.unchanged for each in backup.run(context, backup.RunRequest()).runs)


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--objects", type=int, default=150)
    parser.add_argument("--megabytes", type=float, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--unchanged", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, help="on the disk that is to be measured")
    given = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        files = random_files(folder / "files", given.objects, int(given.megabytes * 1e6))
        context, _root = new_vault(folder / "home")
        with unlocked(context, writing=True) as vault:
            keep_files(vault, None, AddRequest(tuple(files)), list(files), context.job)
        shutil.rmtree(folder / "files")
        programs = {"stillmine": ours(context)}
        for other, make in (("restic", restic), ("borg", borg)):
            if is_there(other):
                programs[other] = make(context.home, folder)
        vault_size = size_of(context.home)
        report(*measure(programs, context.home, folder, given.rounds), vault_size)
        shutil.rmtree(context.home)
        unchanged(folder, given.unchanged)


if __name__ == "__main__":
    main()
