"""How long it takes to keep photographs durably and verified, beside age, cp and cp with fsync.

    python bench/importing.py [--files 300] [--megabytes 2] [--rounds 3] [--folder DIR]
    python bench/importing.py --files 2000
    python bench/importing.py --pictures DIR     looking at real pictures, reported apart

The first table keeps files of random bytes by the very code behind `keep add`, without looking at
them: each is sealed, fsynced, read back past the cache, compared, named and entered. `age` seals
the same files, one process a file, and waits for no disk. All work on the same disk, in rounds
whose order is drawn anew. The second table is `keep add` on pictures, drawn or given: as a whole,
with the child decoding them but taking no fingerprints, and without the child.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from measuring import (
    Spent,
    in_rounds,
    is_there,
    machine,
    new_vault,
    print_table,
    random_files,
    ratios,
    removed_after,
    run,
    timed,
    verdict,
)

from stillmine.app.context import Context
from stillmine.app.sources.finding import find_files
from stillmine.app.unlocking import unlocked
from stillmine.crypto import X25519Identity
from stillmine.imaging import Decoder, Likeness, Role
from stillmine.imaging.drawn import draw
from stillmine.imaging.source import Readable
from stillmine.keep.add import AddAnswer, AddRequest, add, keep_files

MOST_OF_AGE = 0.5
_OF = ("wall", "cpu")
Contender = Callable[[list[Path], Path], object]


def ours(files: list[Path], place: Path) -> None:
    """Keep the files without looking at them."""
    context, _root = new_vault(place)
    require_all(_keep(context, files), files)


def _keep(context: Context, files: list[Path]) -> AddAnswer:
    request = AddRequest((files[0].parent,))
    with unlocked(context, writing=True) as vault:
        found = list(find_files(request.paths, context.home))
        return keep_files(vault, None, request, found, context.job)


class OnlyLooks(Decoder):
    """Children that decode, and take no fingerprint of what they see."""

    def fingerprints(self, file: Readable, role: Role) -> Likeness:
        """Look at the file."""
        del role
        return Likeness(self.look(file))


def looking(files: list[Path], place: Path) -> None:
    """Keep the files and decode each in the child process."""
    context, _root = new_vault(place)
    with unlocked(context, writing=True) as vault, OnlyLooks(workers=2) as decoder:
        answer = keep_files(vault, decoder, AddRequest(()), list(files), context.job)
    require_all(answer, files)


def learning(files: list[Path], place: Path) -> None:
    """Keep the files as a person does: each is decoded, and how it looks is learnt."""
    context, _root = new_vault(place)
    require_all(add(context, AddRequest(tuple(files))), files)


def require_all(answer: AddAnswer, files: list[Path]) -> None:
    """End the measurement where not every file was kept."""
    if len(answer.added) != len(files):
        raise SystemExit(f"kept {len(answer.added)} of {len(files)}: {answer.skipped[:3]}")


def age(files: list[Path], place: Path) -> None:
    """Seal the files with the age program, one process a file."""
    place.mkdir()
    recipient = str(X25519Identity.generate().recipient)
    for file in files:
        run("age", "-r", recipient, "-o", place / f"{file.name}.age", file)


def age_synced(files: list[Path], place: Path) -> None:
    """Seal the files with the age program, and wait for the disk after each."""
    place.mkdir()
    recipient = str(X25519Identity.generate().recipient)
    for file in files:
        run("age", "-r", recipient, "-o", place / f"{file.name}.age", file)
        _sync(place / f"{file.name}.age")


def cp(files: list[Path], place: Path) -> None:
    """Copy the files with one run of cp."""
    run("cp", "-r", files[0].parent, place)


def cp_synced(files: list[Path], place: Path) -> None:
    """Copy the files and wait for the disk after each."""
    place.mkdir()
    for file in files:
        shutil.copyfile(file, place / file.name)
        _sync(place / file.name)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def measure(
    contenders: dict[str, Contender], files: list[Path], folder: Path, rounds: int
) -> dict[str, list[Spent]]:
    """Let each work on the files, each time into a place that is new and thrown away after."""

    def once(contender: Contender) -> Spent:
        with removed_after(folder / "place") as place:
            return timed(lambda: contender(files, place))

    return in_rounds({name: partial(once, each) for name, each in contenders.items()}, rounds)


def report(title: str, found: dict[str, list[Spent]], size: int, files: int) -> None:
    """Print the medians."""
    rounds = len(next(iter(found.values())))
    print(f"{title}: {files} files, {size / 1e6:.0f} MB; medians of {rounds}")
    rows = []
    for name, spent in found.items():
        wall = statistics.median(each.wall for each in spent)
        cpu = statistics.median(each.cpu for each in spent)
        speed, apiece = size / 1e6 / wall, 1e3 * wall / files
        rows.append((name, f"{wall:.2f}", f"{cpu:.2f}", f"{speed:.0f}", f"{apiece:.1f}"))
    print_table(("", "wall s", "CPU s", "MB/s", "ms a file"), rows)


def without_looking(given: argparse.Namespace, folder: Path) -> None:
    """Measure the part that all of them do: bytes in, sealed or copied bytes out."""
    files = random_files(folder / "files", given.files, int(given.megabytes * 1e6))
    contenders: dict[str, Contender] = {"stillmine": ours, "cp": cp, "cp, fsync a file": cp_synced}
    if is_there("age"):
        contenders |= {"age": age, "age, fsync a file": age_synced}
    found = measure(contenders, files, folder, given.rounds)
    report("keeping", found, sum(file.stat().st_size for file in files), len(files))
    shutil.rmtree(folder / "files")
    if "age" in found:
        mine, theirs = ([s.wall for s in found[name]] for name in ("stillmine", "age"))
        middle, least, most = ratios(mine, theirs)
        line = verdict("wall time, stillmine / age", middle, MOST_OF_AGE, at_most=True)
        print(f"{line} (from {least:.2f} to {most:.2f})\n")


def with_looking(given: argparse.Namespace, folder: Path) -> None:
    """Measure what looking at pictures adds."""
    if given.pictures:
        files = sorted(path for path in given.pictures.iterdir() if path.suffix.lower() == ".jpg")
        title = "pictures that were given"
    else:
        (folder / "drawn").mkdir()
        files = [folder / "drawn" / f"{number}.jpg" for number in range(given.drawn)]
        for number, file in enumerate(files):
            file.write_bytes(draw(number))
        title = "drawn pictures of 1600 x 1200"
    contenders: dict[str, Contender] = {
        "keep add": learning,
        "without fingerprints": looking,
        "without decoding": ours,
    }
    found = measure(contenders, files, folder, given.rounds)
    report(title, found, sum(file.stat().st_size for file in files), len(files))
    spent = {
        name: [1e3 * statistics.median(getattr(s, of) for s in each) / len(files) for of in _OF]
        for name, each in found.items()
    }
    for what, more, less in (
        ("decoding", "without fingerprints", "without decoding"),
        ("fingerprints", "keep add", "without fingerprints"),
    ):
        wall, cpu = (a - b for a, b in zip(spent[more], spent[less], strict=True))
        print(f"{what}: {wall:.1f} ms of time and {cpu:.1f} ms of CPU more for a picture")


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--megabytes", type=float, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--drawn", type=int, default=60, help="how many pictures to draw")
    parser.add_argument("--pictures", type=Path, help="a folder of JPEGs to look at instead")
    parser.add_argument("--folder", type=Path, help="on the disk that is to be measured")
    given = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        without_looking(given, Path(name))
        with_looking(given, Path(name))


if __name__ == "__main__":
    main()
