"""How many pictures a second and core are looked through for one's own, and what haste loses.

    python -m bench.scan_speed [PHOTOS] [--banks 100,1000,10000] [--pictures N] [--rounds N]
        [--photos N] [--changes NAME,NAME]

Prints pictures per CPU-second, the limited child that decodes them included, for what sites show:
previews (150 to 400 pixels wide), medium pictures (800 to 1,200) and large ones (1,600 to 2,000),
all JPEGs of strangers' photographs, against banks of so many items. Beside it, in the same rounds:
the same with every picture looked at as closely as one in which something stirs, and PDQ
(`pdqhash`) with `faiss`, which recognises little but is the fast standard; it decodes without a
limited child.

Then what the glance loses: of copies of `--photos` photographs of the reporting split, changed in
each way, how many are found when all are looked at closely, and how many of these when most
pictures are only glanced at. Both go all the way from the bytes of a file.

PHOTOS is a folder as `bench.recognise` takes it; without one the photographs are drawn. Items
beyond `--real` photographs are made up of features that real ones have. Reads the CPU time of
children that still run from /proc: it needs Linux.
"""

from __future__ import annotations

import argparse
import io
import os
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from bench.measuring import cpu_seconds, machine, print_table, verdict
from bench.recognise.cost import made_up, pool_of
from bench.recognise.photos import Photo, split
from bench.recognise.transformations import CHANGES, changed
from stillmine.imaging import Decoder, Role
from stillmine.imaging.likeness import Fingerprint, LikenessIndex, fingerprint, look_for

Rgb = np.ndarray
SIZES = {"preview": (150, 250, 400), "medium": (800, 1000, 1200), "large": (1600, 1800, 2000)}
GROUNDS = 12
AIM, RADIUS = 10.0, 31
OURS, CLOSELY, PEER = "stillmine", "stillmine, each closely", "PDQ and faiss, no child"


@dataclass(frozen=True)
class Scene:
    """Whose pictures are sought, among which strangers' ones, and in what strangers show."""

    own: list[Photo]
    others: list[Photo]
    grounds: list[Rgb]
    shown: list[Photo]

    @classmethod
    def of(cls, folder: Path | None, photos: int, real: int, pictures: int) -> Scene:
        """Choose photographs; nobody is in two of the groups."""
        strangers = split(folder, "distractor")
        grounds, others = strangers[:GROUNDS], strangers[GROUNDS : GROUNDS + real]
        shown = strangers[GROUNDS + real :][:pictures]
        own = split(folder, "reporting")[:photos]
        return cls(own, others, [photo.rgb() for photo in grounds], shown)


def saved(picture: Rgb, quality: int) -> bytes:
    """Return a JPEG."""
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "jpeg", quality=quality)
    return out.getvalue()


def sized(picture: Rgb, side: int) -> Rgb:
    """Return the picture with its longer side so many pixels."""
    part = side / max(picture.shape[:2])
    how = cv2.INTER_AREA if part < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, None, fx=part, fy=part, interpolation=how))


def shown_as(photos: Sequence[Photo], sides: Sequence[int]) -> list[bytes]:
    """Return photographs as a site shows them, the sides in turn."""
    return [
        saved(sized(photo.rgb(), sides[number % len(sides)]), 82)
        for number, photo in enumerate(photos)
    ]


def bank_of(scene: Scene, items: int) -> LikenessIndex:
    """Return an index of the own photographs, others, and made-up ones up to so many."""
    index = LikenessIndex()
    real = (scene.own + scene.others)[:items]
    prints = [fingerprint(photo.rgb()) for photo in real]
    for photo, print_ in zip(real, prints, strict=True):
        index.add(photo.name, print_)
    chance = np.random.default_rng([7, items])
    pool = pool_of(prints, chance)
    for number in range(items - len(real)):
        index.add(f"made up {number}", made_up(prints, pool, chance))
    index.query(prints[0])  # what is put off until the first question is done here
    return index


def cpu() -> float:
    """Return the CPU seconds of this process and of its children, those that still run too."""
    ticks = 0
    for children in Path("/proc/self/task").glob("*/children"):
        for child in children.read_text().split():
            stat = Path("/proc", child, "stat").read_text().rpartition(")")[2].split()
            ticks += int(stat[11]) + int(stat[12])
    return cpu_seconds() + ticks / os.sysconf("SC_CLK_TCK")


def peer(items: int) -> Callable[[bytes], None]:
    """Return how PDQ with faiss looks at a picture: decoded here, hashed, looked up."""
    import faiss
    import pdqhash

    faiss.omp_set_num_threads(1)
    index = faiss.IndexBinaryFlat(256)
    index.add(np.random.default_rng(items).integers(0, 256, (items, 32), np.uint8))

    def look(data: bytes) -> None:
        picture = Image.open(io.BytesIO(data))
        picture.draft("RGB", (512, 512))
        bits, _ = pdqhash.compute(np.asarray(picture.convert("RGB")))
        index.range_search(np.packbits(bits)[None], RADIUS + 1)

    return look


def speeds(
    index: LikenessIndex, shown: dict[str, list[bytes]], decoder: Decoder, rounds: int
) -> dict[tuple[str, str], float]:
    """Return the CPU seconds a picture, by contender and size of pictures; the least of rounds."""
    ways: dict[str, Callable[[bytes], object]] = {
        OURS: lambda data: look_for(index, io.BytesIO(data), decoder),
        CLOSELY: lambda data: look_for(index, io.BytesIO(data), decoder, closely=True),
        PEER: peer(len(index)),
    }
    found: dict[tuple[str, str], float] = {}
    for look in ways.values():
        look(next(iter(shown.values()))[0])
    for _ in range(rounds):
        for way, size in random.sample([(way, size) for way in ways for size in shown], 9):
            started = cpu()
            for data in shown[size]:
                ways[way](data)
            spent = (cpu() - started) / len(shown[size])
            found[way, size] = min(spent, found.get((way, size), spent))
    return found


def print_speeds(items: int, spent: dict[tuple[str, str], float]) -> None:
    """Print one table, and whether what was aimed at was reached."""
    print(f"bank of {items:,} items: pictures per CPU-second (ms a picture)")
    rows = []
    for way in (OURS, CLOSELY, PEER):
        each = [spent[way, size] for size in SIZES]
        every = [*each, sum(each) / len(each)]
        rows.append((way, *(f"{1 / one:.1f} ({1000 * one:.0f})" for one in every)))
    print_table(("", *SIZES, "all three"), rows)
    overall = len(SIZES) / sum(spent[OURS, size] for size in SIZES)
    print(verdict(f"{items:,} items, pictures a second and core", overall, AIM), flush=True)


def recall(
    scene: Scene, index: LikenessIndex, decoder: Decoder, names: Sequence[str]
) -> list[tuple[str, str, bool, bool]]:
    """Return photograph, change, found when looked at closely, found after a glance."""
    told = []
    for photo in scene.own:
        rgb = photo.rgb()
        for name in names:
            data = saved(changed(rgb, name, photo.number, scene.grounds), 92)
            found = [
                any(copy.item == photo.name for copy in copies)
                for closely in (True, False)
                for _, copies in [look_for(index, io.BytesIO(data), decoder, closely=closely)]
            ]
            told.append((photo.name, name, found[0], found[1]))
    return told


def print_recall(told: Sequence[tuple[str, str, bool, bool]]) -> None:
    """Print what was found in both ways, and each copy that only the closer look found."""
    closely, glanced = (100 * float(np.mean([one[at] for one in told])) for at in (2, 3))
    print(f"{len(told)} copies: found when each is looked at closely {closely:.2f} %, ", end="")
    print(f"after a glance {glanced:.2f} %")
    for photo, change, close, glance in told:
        if close and not glance:
            print(f"  lost by the glance: {change} of {photo}")
    print(verdict("points of recall lost by the glance", closely - glanced, 0.5, at_most=True))


def stirring(index: LikenessIndex, shown: dict[str, list[bytes]], decoder: Decoder) -> str:
    """Return how many strangers' pictures were taken for copies, and how many stirred."""
    pictures = [data for each in shown.values() for data in each]
    stirred = false = 0
    for data in pictures:
        (glance,) = decoder.fingerprints(io.BytesIO(data), Role.GLANCE).samples
        stirred += index.stirs(Fingerprint.from_bytes(glance.fingerprint))
        false += bool(look_for(index, io.BytesIO(data), decoder)[1])
    return (
        f"strangers' pictures: {len(pictures)}; looked at twice: {stirred}; false matches: {false}"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--banks", default="100,1000,10000")
    parser.add_argument("--pictures", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--real", type=int, default=60)
    parser.add_argument("--photos", type=int, default=6)
    parser.add_argument("--changes", default=",".join(CHANGES))
    asked = parser.parse_args(arguments)
    print(machine())
    scene = Scene.of(asked.folder, asked.photos, asked.real, asked.pictures)
    shown = {size: shown_as(scene.shown, sides) for size, sides in SIZES.items()}
    banks = [int(each) for each in asked.banks.split(",")]
    middle = banks[len(banks) // 2]
    with Decoder(workers=1) as decoder:
        for items in banks:
            index = bank_of(scene, items)
            print_speeds(items, speeds(index, shown, decoder, asked.rounds))
            print(stirring(index, shown, decoder), flush=True)
            del index
        if scene.own:
            print(f"copies of {len(scene.own)} photographs, bank of {middle:,} items")
            print_recall(recall(scene, bank_of(scene, middle), decoder, asked.changes.split(",")))


if __name__ == "__main__":
    main()
