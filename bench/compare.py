"""How fast a folder of web-size pictures is compared with a vault, beside the bare decode.

    bench/compare.py [--items N] [--drawn N] [--pictures N] [--side PIXELS] [--copies N]

Prints pictures a second and core for the whole of `stillmine watch compare` (reading, the limited
child, fingerprints, matching, the answer), for looking at them only, and for decoding them only;
the most memory of the program and of one child; recall and false matches, since a fast answer that
is wrong is worth nothing. Every picture is drawn by the program, so that anyone can run this.

Items beyond `--drawn` have made-up fingerprints: features taken at random from those of the drawn
pictures, moved about and with a part of their bits flipped. They fill the index as real ones do,
are no picture's, and save hours of drawing.
"""

from __future__ import annotations

import argparse
import io
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from measuring import Spent, cpu_seconds, machine, new_vault, print_table, verdict
from PIL import Image

from stillmine.app.context import Context
from stillmine.app.unlocking import unlocked
from stillmine.imaging import Decoder, drawn
from stillmine.imaging.likeness import Fingerprint, Sample
from stillmine.keep.add import AddRequest, add
from stillmine.watch.compare import CompareAnswer, CompareRequest, compare

_FLIPPED = 0.15
_STRANGERS_FROM = 100_000
_AIM_SPEED, _AIM_MEGABYTES = 5.0, 1000.0
_WORKERS = 2


def picture(number: int, side: int) -> np.ndarray:
    """Return a drawn photograph whose longer side has so many pixels.

    Of the six scenes the bowl of fruit (1) is left out: two drawings of it differ in little but
    their colours, as no two photographs do.
    """
    sixes, scene = divmod(number, 5)
    return drawn.pixels(6 * sixes + scene + (scene > 0), (side, side * 3 // 4))


def saved(pixels: np.ndarray, quality: int) -> bytes:
    """Return it as a JPEG."""
    out = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(out, "JPEG", quality=quality)
    return out.getvalue()


def changed(pixels: np.ndarray, chance: random.Random) -> np.ndarray:
    """Return a part of a picture, perhaps mirrored, smaller."""
    high, wide, _ = pixels.shape
    left, top = chance.randrange(wide // 4), chance.randrange(high // 4)
    part = pixels[top : top + high * 7 // 10, left : left + wide * 7 // 10]
    return part[:, ::-1] if chance.random() < 0.5 else part


def fill_vault(context: Context, folder: Path, items: int, drawn_items: int, side: int) -> None:
    """Keep so many pictures, and beside them small texts that get made-up fingerprints."""
    folder.mkdir()
    for number in range(drawn_items):
        (folder / f"{number}.jpg").write_bytes(saved(picture(number, side), 90))
    for number in range(drawn_items, items):
        (folder / f"{number}.txt").write_text(f"in place of picture {number}")
    add(context, AddRequest((folder,)))
    with unlocked(context, writing=True) as vault:
        pool = [Fingerprint.from_bytes(data) for _, _, data in vault.fingerprints.all()]
        random_ = np.random.default_rng(1)
        for item in vault.items():
            if item.shown_name.endswith(".txt"):
                made_up = shuffled(pool, random_).to_bytes()
                vault.fingerprints.put(item.item, [Sample(None, 0, made_up)])


def shuffled(pool: list[Fingerprint], chance: np.random.Generator) -> Fingerprint:
    """Return a fingerprint of no picture, with features such as pictures have."""
    frame = pool[chance.integers(len(pool))]
    parts = [pool[at] for at in chance.integers(len(pool), size=8)]
    chosen = [chance.integers(len(part), size=len(frame) // 8 + 1) for part in parts]
    codes = np.concatenate([part.codes[rows] for part, rows in zip(parts, chosen, strict=True)])
    bits = np.unpackbits(codes, axis=1)
    bits ^= chance.random(bits.shape) < _FLIPPED
    sizes = np.concatenate([part.sizes[rows] for part, rows in zip(parts, chosen, strict=True)])
    places = [part.drawers[rows] for part, rows in zip(parts, chosen, strict=True)]
    return replace(
        frame,
        places=chance.integers(0, 49_000, (len(codes), 2)).astype(np.uint16),
        sizes=sizes,
        angles=chance.integers(0, 256, len(codes)).astype(np.uint8),
        codes=np.packbits(bits, axis=1),
        drawers=np.concatenate(places),
    )


def measured(work: Callable[[], object]) -> tuple[object, Spent]:
    """Do it; return its answer and what it cost, children included once they ended."""
    wall, cpu = time.perf_counter(), cpu_seconds()
    answer = work()
    return answer, Spent(time.perf_counter() - wall, cpu_seconds() - cpu)


def looked_at(files: list[Path]) -> None:
    """Decode every file in the limited child, one after the other."""
    with Decoder(workers=1) as decoder:
        for file in files:
            decoder.look(file)


def decoded(files: list[Path]) -> None:
    """Decode every file here, to all its pixels: what any program that looks at it pays."""
    for file in files:
        with Image.open(file) as opened:
            opened.load()


def report(name: str, count: int, spent: Spent) -> tuple[str, str, str, str]:
    """Return a row of the table."""
    return (
        name,
        f"{count / spent.wall:.1f}",
        f"{count / spent.cpu:.1f}",
        f"{1000 * spent.cpu / count:.0f}",
    )


def quality(answer: CompareAnswer, copies: dict[str, str], names: dict[str, str]) -> str:
    """Return how many copies were found, and how many pictures were taken for what they are not."""
    told = {(match.path.name, names[match.item]) for match in answer.matches}
    right = {(file, own) for file, own in copies.items()}
    wrong = "".join(f"\n  {file} was taken for {own}" for file, own in sorted(told - right))
    found = f"copies found: {len(told & right)} of {len(right)}"
    return f"{found}; false matches: {len(told - right)}{wrong}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--items", type=int, default=1000)
    parser.add_argument("--drawn", type=int, default=100)
    parser.add_argument("--pictures", type=int, default=200)
    parser.add_argument("--copies", type=int, default=20)
    parser.add_argument("--side", type=int, default=1024)
    asked = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory(prefix="stillmine-compare-") as name:
        run(Path(name), asked)


def run(folder: Path, asked: argparse.Namespace) -> None:
    """Set up a vault and a folder, compare, and print the table."""
    chance = random.Random(1)
    context, _ = new_vault(folder / "home")
    drawn_items = min(asked.items, asked.drawn)
    fill_vault(context, folder / "own", asked.items, drawn_items, asked.side)
    found = folder / "found"
    found.mkdir()
    copies: dict[str, str] = {}
    for number in range(asked.pictures):
        file = found / f"{number}.jpg"
        if number < asked.copies:
            own = chance.randrange(drawn_items)
            copies[file.name] = f"{own}.jpg"
            file.write_bytes(saved(changed(picture(own, asked.side), chance), 70))
        else:
            file.write_bytes(saved(picture(_STRANGERS_FROM + number, asked.side), 80))
    files = sorted(found.iterdir())
    answer, whole = measured(lambda: compare(context, CompareRequest((found,))))
    if not isinstance(answer, CompareAnswer):
        raise TypeError(answer)
    _, looking = measured(lambda: looked_at(files))
    _, decoding = measured(lambda: decoded(files))
    rows = [
        report("watch compare, all of it", len(files), whole),
        report("look at them in the limited child", len(files), looking),
        report("decode them here, and nothing else", len(files), decoding),
    ]
    print(f"{asked.items} items, {len(files)} pictures, longer side {asked.side} pixels")
    print_table(("", "pictures/s", "pictures/s/core", "CPU ms a picture"), rows)
    names = {match.item: match.name for match in answer.matches}
    print(quality(answer, copies, names))
    print(verdict("pictures a second and core", len(files) / whole.cpu, _AIM_SPEED))
    ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"most memory: {ours:.0f} MB, and {child:.0f} MB in each of {_WORKERS} children")
    print(verdict("memory in MB", ours + _WORKERS * child, _AIM_MEGABYTES, at_most=True))


if __name__ == "__main__":
    sys.exit(main())
