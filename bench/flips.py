"""Flip bits and cut files short all over a vault and its backups, and see that each is noticed.

    python bench/flips.py [--flips 400] [--cuts 20] [--passphrases 50]
    python bench/flips.py --flips 100000 --cuts all --passphrases 1000

A small vault with two backups is damaged in one file at a time: one flipped bit, or its end cut
off. What must follow depends on the file. A damaged item is named by `keep verify`, the others
stay readable, and `keep backup repair` brings it back from a backup. Key tables, slots, the
catalogue and checkpoints are healed from what they have twice. A letter in the inbox is named.
At a backup, lists and files are named by `keep backup verify`, and files are sent anew. Each case
that ends otherwise is printed and counted as missed; with one, the exit code is 1.
At the end wrong passphrases and damaged slots are told apart, with a low scrypt work factor.
"""

from __future__ import annotations

import argparse
import collections
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from measuring import machine, new_vault, print_table
from passphrases import told_apart

from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.storage import inbox
from stillmine.app.unlocking import unlocked
from stillmine.errors import StillmineError, VaultDamaged
from stillmine.keep.add import AddRequest, keep_files
from stillmine.keep.backup import choosing, restore, run
from stillmine.keep.backup.verify import Checked
from stillmine.keep.backup.verify import VerifyRequest as BackupVerifyRequest
from stillmine.keep.backup.verify import verify as verify_backup
from stillmine.keep.verify import VerifyRequest, verify

PLACES = ("first", "second")
LETTERS = (b"a letter", b"another letter")


@dataclass(frozen=True)
class Scene:
    """A vault and its backups, as they are and as they were before anything was damaged."""

    context: Context
    folder: Path
    names: dict[str, bytes]

    @property
    def home(self) -> Home:
        """The vault."""
        return Home(self.context.home)

    def put_back(self, part: str) -> None:
        """Bring the vault or a backup back to what it was."""
        shutil.rmtree(self.folder / part)
        shutil.copytree(self.folder / "whole" / part, self.folder / part)


def build(folder: Path) -> Scene:
    """Set up a vault with items of several sizes, letters, key tables, checkpoints, backups."""
    context, _root = new_vault(folder / "home")
    chance = random.Random(7)
    files = {f"{size}.jpg": chance.randbytes(size) for size in (900, 70_000, 3)}
    for name, data in files.items():
        (folder / name).write_bytes(data)
        with unlocked(context, writing=True) as vault:
            keep_files(vault, None, AddRequest((folder / name,)), [folder / name], context.job)
            vault.write_checkpoint()
    for letter in LETTERS:
        inbox.drop(Home(context.home), letter)
    for place in PLACES:
        (folder / place).mkdir()
        choosing.add(context, choosing.AddRequest(place, str(folder / place)))
    run.run(context, run.RunRequest())
    with unlocked(context) as vault:
        names = {item.item: files[item.shown_name] for item in vault.items()}
    for part in ("home", *PLACES):
        shutil.copytree(folder / part, folder / "whole" / part)
    return Scene(context, folder, names)


def contents(scene: Scene) -> dict[str, bytes | str]:
    """Return what can be read of each item, or the code of what goes wrong."""
    found: dict[str, bytes | str] = {}
    with unlocked(scene.context) as vault:
        for item in vault.items():
            try:
                with vault.open_item(item) as (_header, content):
                    found[item.item] = content.read()
            except StillmineError as problem:
                found[item.item] = problem.code
    return found


def of_an_item(scene: Scene, path: Path) -> str:
    """Expect that this item alone is named, the others are read, and a backup brings it back."""
    named = [each.item for each in verify(scene.context, VerifyRequest()).damaged]
    if named != [path.stem]:
        return f"verify names {named}"
    read = contents(scene)
    if any(read[item] != data for item, data in scene.names.items() if item != path.stem):
        return "another item cannot be read"
    mended = restore.repair(scene.context, restore.RepairRequest())
    if mended.damaged or contents(scene) != scene.names:
        return "a backup did not bring it back"
    return ""


def with_a_twin(scene: Scene, path: Path) -> str:
    """Expect that everything can be read, and that the file is noticed and healed."""
    damaged = path.read_bytes()
    if contents(scene) != scene.names:
        return "an item cannot be read"
    return _healed(scene, path, damaged)


def of_the_catalogue(scene: Scene, path: Path) -> str:
    """Expect the same, but until it is healed reading may be refused, naming the catalogue."""
    damaged = path.read_bytes()
    try:
        if contents(scene) != scene.names:
            return "an item cannot be read"
    except VaultDamaged as problem:
        if problem.facts["what"] != path.name:
            return f"{problem.facts} is blamed"
    return _healed(scene, path, damaged)


def _healed(scene: Scene, path: Path, damaged: bytes) -> str:
    answer = verify(scene.context, VerifyRequest())
    if answer.damaged or answer.damaged_files:
        return f"not healed: {answer.damaged_files}"
    if path.exists() and path.read_bytes() == damaged:
        return "not noticed"
    again = verify(scene.context, VerifyRequest())
    if again.damaged or again.damaged_files or again.mended:
        return "the second look still finds something"
    return "" if contents(scene) == scene.names else "an item is lost"


def of_a_letter(scene: Scene, path: Path) -> str:
    """Expect that this letter is named and the other can be read."""
    with unlocked(scene.context) as vault:
        found = dict(inbox.letters(scene.home, vault.epoch))
    if found.pop(path.stem) is not None:
        return "not noticed"
    return "" if None not in found.values() else "another letter cannot be read"


def at_a_place(scene: Scene, path: Path) -> str:
    """Expect that this file of this place is named and sent anew, and the other place is whole."""
    wrong, seen = _looked_at(scene, path)
    if wrong or seen.code or not all(bad.mended for bad in seen.damaged):
        return wrong or "not mended"
    return "still damaged" if _looked_at(scene, path)[0] == "" else ""


def of_a_list(scene: Scene, path: Path) -> str:
    """Expect that the damage is noticed, and that another run makes the place a backup again."""
    wrong, _seen = _looked_at(scene, path)
    if wrong:
        return wrong
    run.run(scene.context, run.RunRequest())
    after = verify_backup(scene.context, BackupVerifyRequest()).places
    return "" if not any(each.code for each in after) else "no backup again after another run"


def _looked_at(scene: Scene, path: Path) -> tuple[str, Checked]:
    place = path.relative_to(scene.folder).parts[0]
    answer = verify_backup(scene.context, BackupVerifyRequest())
    found = {each.place: each for each in answer.places}
    seen = found.pop(place)
    if not (seen.code or seen.damaged):
        return "not noticed", seen
    if any(other.code or other.damaged for other in found.values()):
        return "the other place is blamed", seen
    return "", seen


Expect = Callable[[Scene, Path], str]


@dataclass(frozen=True)
class Kind:
    """A kind of file: where it lies, and what must follow from damage in it."""

    name: str
    pattern: str
    expect: Expect


KINDS = (
    Kind("item", "home/objects/*/*.age", of_an_item),
    Kind("key table", "home/keys/*/table-*", with_a_twin),
    Kind("compartments", "home/keys/*/compartments*", with_a_twin),
    Kind("inbox key", "home/keys/*/inbox*", with_a_twin),
    Kind("slot", "home/slots/*.age*", with_a_twin),
    Kind("slot checksum", "home/slots/*.check", with_a_twin),
    Kind("checkpoint", "home/checkpoints/*.age", with_a_twin),
    Kind("catalogue", "home/catalogue.db", of_the_catalogue),
    Kind("letter", "home/inbox/*.age", of_a_letter),
    Kind("backup: item", "first/objects/*/*.age", at_a_place),
    Kind("backup: key file", "first/keys/*/*", at_a_place),
    Kind("backup: slot", "first/slots/*", at_a_place),
    Kind("backup: checkpoint", "first/checkpoints/*", at_a_place),
    Kind("backup: list", "first/manifests/*", of_a_list),
)


def files_of(scene: Scene, kind: Kind) -> list[Path]:
    """Return the files of a kind, and end where there is none to look at."""
    found = sorted(scene.folder.glob(kind.pattern))
    if not found:
        raise SystemExit(f"no file like {kind.pattern}")
    return found


def damages(
    scene: Scene, kind: Kind, flips: int, cuts: int | None, chance: random.Random
) -> Iterator[tuple[Path, bytes, str]]:
    """Yield a file, its damaged bytes and what was done; cuts are of the smallest of its kind."""
    files = files_of(scene, kind)
    for _ in range(flips):
        path = chance.choice(files)
        data = bytearray(path.read_bytes())
        bit = chance.randrange(len(data) * 8)
        data[bit // 8] ^= 1 << bit % 8
        yield path, bytes(data), f"bit {bit}"
    smallest = min(files, key=lambda path: path.stat().st_size)
    size = smallest.stat().st_size
    lengths = range(size) if cuts is None or cuts >= size else chance.sample(range(size), cuts)
    for length in lengths:
        yield smallest, smallest.read_bytes()[:length], f"cut to {length} of {size}"


def one_case(scene: Scene, kind: Kind, path: Path, data: bytes) -> str:
    """Damage one file, return what was missed, and put everything back."""
    path.chmod(0o600)
    path.write_bytes(data)
    try:
        return kind.expect(scene, path)
    except StillmineError as problem:
        return f"ended with {problem.code} {problem.facts}"
    finally:
        scene.put_back(path.relative_to(scene.folder).parts[0])


def all_kinds(scene: Scene, given: argparse.Namespace) -> int:
    """Damage all kinds of files; print a table; return how many cases were missed."""
    chance, missed = random.Random(given.seed), 0
    rows: list[tuple[str | int, ...]] = []
    cuts = None if given.cuts == "all" else int(given.cuts)
    for number, kind in enumerate(KINDS):
        share = given.flips // len(KINDS) + (number < given.flips % len(KINDS))
        counted: collections.Counter[str] = collections.Counter()
        start = time.monotonic()
        for path, data, what in damages(scene, kind, share, cuts, chance):
            wrong = one_case(scene, kind, path, data)
            counted["flips" if what.startswith("bit") else "cuts"] += 1
            if wrong:
                counted["missed"] += 1
                print(f"MISSED {kind.name}, {path.name}, {what}: {wrong}", file=sys.stderr)
        missed += counted["missed"]
        seconds = f"{time.monotonic() - start:.0f}"
        rows.append((kind.name, *(counted[k] for k in ("flips", "cuts", "missed")), seconds))
    total = [sum(int(row[at]) for row in rows) for at in (1, 2, 3)]
    print_table(("file", "flips", "cuts", "missed", "seconds"), [*rows, ("all", *total, "")])
    return missed


def main() -> int:
    """Read the arguments, damage, count; return 1 where anything was missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--flips", type=int, default=400)
    parser.add_argument("--cuts", default="20", help="so many for each kind of file, or all")
    parser.add_argument("--passphrases", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print(machine())
    shared = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=shared) as name:
        missed = all_kinds(build(Path(name)), given)
        missed += told_apart(Path(name), given.passphrases, random.Random(given.seed))
    print(f"missed or confused: {missed}")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
