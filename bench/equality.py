"""What two vaults with the same picture have in common on disk, and what sizes still say.

    python bench/equality.py [--pictures 20] [--sizes 20000]

First: the same pictures are kept in two vaults, and in one of them forgotten and kept once more.
Of all files of the one, every 16 bytes in a row, wherever they begin, are looked up in the other.
What every age file begins with is left out, and so is README.txt: they are the same for everybody.
Second: so many sizes of photographs are drawn (log-normal, as camera folders have them) and sealed
on paper: how many sizes are left on disk, and how many bytes more that takes.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path

from measuring import machine, new_vault, print_table, verdict

from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.storage.container import Header, after_content, before_content
from stillmine.app.storage.objects import new_item
from stillmine.app.unlocking import unlocked
from stillmine.crypto import X25519Identity, encrypt, padded_size
from stillmine.imaging.drawn import draw
from stillmine.keep.add import AddRequest, keep_files
from stillmine.keep.finding import ListRequest, list_items
from stillmine.keep.forget import ForgetRequest, forget

WINDOW = 16
FIXED = (
    b"age-encryption.org/v1\n-> X25519 ",
    b"age-encryption.org/v1\n-> scrypt ",
    *(b"  %d.age\n# key-check " % number for number in (1, 2, 3)),
    b"age1pq1",
)
MOST_SIZES, MOST_OVERHEAD = 200, 1.5
_CHUNK, _TAG = 65536, 16
_MIDDLE, _SPREAD = 2_800_000, 0.55


def keep(context: Context, pictures: list[Path]) -> None:
    """Keep the pictures."""
    with unlocked(context, writing=True) as vault:
        answer = keep_files(vault, None, AddRequest(tuple(pictures)), list(pictures), context.job)
    if len(answer.added) != len(pictures):
        raise SystemExit(f"not kept: {answer}")


def everything(home: Path) -> dict[str, bytes]:
    """Return all files of a vault but the page that is the same everywhere."""
    paths = (path for path in home.rglob("*") if path.is_file() and path.name != "README.txt")
    return {str(path.relative_to(home)): path.read_bytes() for path in paths}


def windows(data: bytes) -> set[bytes]:
    """Return every 16 bytes in a row, without what stands in every such file, whoever wrote it."""
    for fixed in FIXED:
        data = data.replace(fixed, b"")
    return {data[at : at + WINDOW] for at in range(len(data) - WINDOW + 1)}


def in_common(one: dict[str, bytes], other: dict[str, bytes]) -> list[tuple[str, str]]:
    """Return the pairs of files of two vaults that share 16 bytes."""
    found = []
    theirs = {name: windows(data) for name, data in other.items()}
    for name, data in one.items():
        mine = windows(data)
        found += [(name, hers) for hers, seen in theirs.items() if not mine.isdisjoint(seen)]
    return found


def same_pictures(count: int, folder: Path) -> bool:
    """Keep the same pictures twice and again after forgetting; print what is the same on disk."""
    pictures = [folder / f"{number}.jpg" for number in range(count)]
    for number, path in enumerate(pictures):
        path.write_bytes(draw(number, size=(320, 240)))
    (one, _), (two, _) = new_vault(folder / "one"), new_vault(folder / "two")
    keep(one, pictures)
    keep(two, pictures)
    first, other = everything(one.home), everything(two.home)
    items = tuple(each.item for each in list_items(one, ListRequest()).items)
    forget(one, ForgetRequest(items))
    keep(one, pictures)
    again = everything(one.home)
    objects = [{n: d for n, d in v.items() if n.startswith("objects/")} for v in (first, again)]
    rows = [
        ("two vaults, all files", len(first), len(other), len(in_common(first, other))),
        ("kept again, objects", len(objects[0]), len(objects[1]), len(in_common(*objects))),
    ]
    print(f"{count} pictures, 16 bytes in a row that are the same")
    print_table(("", "files", "beside files", "pairs with something in common"), rows)
    return not any(row[3] for row in rows)


def sealed_size(size: int) -> int:
    """Return the size on disk of a photograph of `size` bytes, by the program's own functions."""
    header = Header(new_item(), b"IMG_20260101_120000.jpg", size, 0, 0, kind="picture")
    plain = padded_size(len(before_content(header)) + size + len(after_content(size)))
    chunks = -(-plain // _CHUNK)
    return _HEAD + plain + chunks * _TAG


_KEY = X25519Identity.generate()
_HEAD = len(encrypt(b"", [_KEY.recipient])) - _TAG


def sizes(count: int, seed: int) -> bool:
    """Print how many sizes are left of `count`, and what they cost."""
    chance = random.Random(seed)
    plain = [int(_MIDDLE * chance.lognormvariate(0, _SPREAD)) for _ in range(count)]
    sealed = [sealed_size(size) for size in plain]
    overhead = 100 * (sum(sealed) / sum(plain) - 1)
    print(f"{count} photographs, {min(plain)} to {max(plain)} bytes, {len(set(plain))} sizes")
    print(verdict("sizes on disk", len(set(sealed)), MOST_SIZES, at_most=True))
    print(verdict("more bytes, %", overhead, MOST_OVERHEAD, at_most=True))
    return len(set(sealed)) <= MOST_SIZES and overhead <= MOST_OVERHEAD


def check_on_paper(home: Home) -> None:
    """End the measurement where the sizes reckoned on paper are not those on the disk."""
    real = {path.stat().st_size for path in home.objects.glob("*/*.age")}
    if not real <= {_HEAD + p + -(-p // _CHUNK) * _TAG for p in map(padded_size, range(400_000))}:
        raise SystemExit("an object has a size that nobody reckoned with")


def main() -> int:
    """Read the arguments, measure, print; return 1 where a figure was missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pictures", type=int, default=20)
    parser.add_argument("--sizes", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as name:
        good = same_pictures(given.pictures, Path(name))
        check_on_paper(Home(Path(name) / "one"))
    good = sizes(given.sizes, given.seed) and good
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
