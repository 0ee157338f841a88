"""Search a million PDQ fingerprints within 31 bits, beside faiss, and check that none is missed.

    python bench/pdq_index.py [--rows 1000000] [--queries 512] [--photos FOLDER]

The peers are `faiss.IndexBinaryFlat` (a scan of all rows in C++; once asked for all answers in the
radius, once for the nearest only) and `IndexBinaryMultiHash` with the same 16 words of 16 bits.
Everyone has one thread. Half of the queries lie 0 to 40 bits from a row, half are new. With
`--photos`, a second bank is made like real fingerprints: bits as correlated as those of sections
cut out of the photographs. Each line is the best of three rounds, in CPU seconds. With `--photos`
also fingerprinting is measured, beside `pdqhash` and the bare decoding of the same JPEG.
"""

from __future__ import annotations

import argparse
import io
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import faiss
import numpy as np
import pdqhash
from PIL import Image

from stillmine.imaging.likeness.pdq import dihedral_pdq_of, pdq_of
from stillmine.imaging.likeness.radius_index import RadiusIndex

ROUNDS = 3
RADIUS = 31
PER_PHOTO = 10


def best(work: Callable[[], Any], rounds: int = ROUNDS) -> tuple[float, Any]:
    """Least CPU seconds of several rounds, and what the work gave."""
    seconds, answer = float("inf"), None
    for _ in range(rounds):
        began = time.process_time()
        answer = work()
        seconds = min(seconds, time.process_time() - began)
    return seconds, answer


def pictures(folder: Path) -> list[np.ndarray]:
    """All photographs of a folder."""
    return [np.asarray(Image.open(path).convert("RGB")) for path in sorted(folder.glob("*.jpg"))]


def like_real(photos: list[np.ndarray], count: int, random: np.random.Generator) -> np.ndarray:
    """Fingerprints whose bits go together as often as those of pieces of the photographs.

    A Gaussian copula: 256 correlated numbers, of which those above the median give a 1, as in PDQ.
    """
    rows = []
    for photo in photos:
        for _ in range(PER_PHOTO):
            height, width = (int(side * random.uniform(0.3, 1)) for side in photo.shape[:2])
            top = random.integers(0, photo.shape[0] - height + 1)
            left = random.integers(0, photo.shape[1] - width + 1)
            piece = Image.fromarray(photo[top : top + height, left : left + width])
            found = pdq_of(np.asarray(piece.resize((96, 96))))
            if found.usable:
                rows.append(np.frombuffer(found.hash, np.uint8))
    bits = np.unpackbits(np.array(rows), axis=1) * 2.0 - 1
    values, vectors = np.linalg.eigh(np.sin(np.pi / 2 * np.corrcoef(bits.T)))
    spread = (vectors * np.sqrt(np.maximum(values, 0))).T.astype(np.float32)
    bank = np.empty((count, 32), np.uint8)
    for first in range(0, count, 50_000):
        some = random.standard_normal((len(bank[first : first + 50_000]), 256), np.float32)
        mixed = some @ spread + bits.mean(axis=0).astype(np.float32)
        bank[first : first + 50_000] = np.packbits(
            mixed > np.median(mixed, axis=1, keepdims=True), axis=1
        )
    return bank


def asked(bank: np.ndarray, fresh: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Replace every other one of `fresh` by a row of `bank` with 0 to 40 bits flipped."""
    queries = fresh.copy()
    for i in range(0, len(queries), 2):
        bits = np.unpackbits(bank[random.integers(len(bank))])
        bits[random.permutation(256)[: random.integers(0, 41)]] ^= 1
        queries[i] = np.packbits(bits)
    return queries


def compare(name: str, bank: np.ndarray, queries: np.ndarray) -> None:
    """Print one table for a bank: what each index costs, and whether the answers are the same."""
    flat = faiss.IndexBinaryFlat(256)
    build_flat, _ = best(lambda: flat.add(bank), 1)
    few = queries[:96]
    # faiss takes the radius as "less than".
    peer_batch, (limits, _, labels) = best(lambda: flat.range_search(few, RADIUS + 1))
    peer_single, _ = best(lambda: [flat.range_search(one[None], RADIUS + 1) for one in few], 2)
    peer_nearest, _ = best(lambda: flat.search(few, 1))
    multi = faiss.IndexBinaryMultiHash(256, 16, 16)
    multi.nflip = 1
    build_multi, _ = best(lambda: multi.add(bank), 1)
    peer_multi, _ = best(lambda: multi.range_search(few, RADIUS + 1), 2)
    build, index = best(lambda: RadiusIndex(bank), 1)
    batch, hits = best(lambda: index.search(queries, RADIUS))
    single, _ = best(lambda: [index.search(one[None], RADIUS) for one in queries])
    lines = [
        ("faiss flat, all in radius, one by one", len(few) / peer_single, build_flat, 32),
        ("faiss flat, all in radius, batch", len(few) / peer_batch, build_flat, 32),
        ("faiss flat, nearest only, batch", len(few) / peer_nearest, build_flat, 32),
        ("faiss multi-hash 16 x 16, batch", len(few) / peer_multi, build_multi, None),
        ("stillmine, one by one", len(queries) / single, build, index.nbytes / len(bank)),
        ("stillmine, batch", len(queries) / batch, build, index.nbytes / len(bank)),
    ]
    print(f"\n{name}: {len(bank):,} fingerprints, radius {RADIUS}")
    for what, rate, seconds, size in lines:
        memory = f"{size:6.0f} bytes a row" if size else ""
        print(f"  {what:40} {rate:9,.0f} queries/CPU s   built in {seconds:6.2f} s  {memory}")
    peer = {(q, r) for q in range(len(few)) for r in labels[limits[q] : limits[q + 1]]}
    ours = {(q, r) for q, r in zip(hits.query, hits.row, strict=True) if q < len(few)}
    print(
        f"  answers of faiss found: {len(peer & ours)} of {len(peer)}; others: {len(ours - peer)}"
    )
    stored, data = best(index.to_bytes, 1)
    loaded, _ = best(lambda: RadiusIndex.from_bytes(data), 1)
    print(f"  stored in {stored:.2f} s ({len(data) / 1e6:.0f} MB), loaded in {loaded:.2f} s")


def fingerprinting(folder: Path, photos: list[np.ndarray]) -> None:
    """Print what fingerprints cost beside decoding, and how many are those of the reference."""
    print("\nFingerprinting, milliseconds of CPU a picture (decode, PDQ, all eight, pdqhash)")
    files = [path.read_bytes() for path in sorted(folder.glob("*.jpg"))]
    pixels = [photo.shape[0] * photo.shape[1] / 1e6 for photo in photos]
    for least, most in ((0.1, 0.3), (0.3, 0.8), (0.8, 2.0)):
        chosen = [i for i, size in enumerate(pixels) if least <= size < most][:12]
        sums = np.zeros(4)
        for i in chosen:
            works: list[Callable[[], Any]] = [
                lambda data=files[i]: np.asarray(Image.open(io.BytesIO(data)).convert("RGB")),
                lambda photo=photos[i]: pdq_of(photo),
                lambda photo=photos[i]: dihedral_pdq_of(photo),
                lambda photo=photos[i]: pdqhash.compute(photo),
            ]
            sums += [best(work, 5)[0] * 1e3 / len(chosen) for work in works]
        size = np.mean([pixels[i] for i in chosen]) if chosen else 0
        print(f"  {len(chosen)} of {size:4.2f} megapixels", *(f"{value:8.2f}" for value in sums))
    same = sum(like_reference(photo) for photo in photos)
    print(f"  all bits and quality as pdqhash, all turns: {same} of {len(photos)}")


def like_reference(photo: np.ndarray) -> bool:
    """Whether all bits of all nine fingerprints, and the quality, are those of the reference."""
    bits, quality = pdqhash.compute(photo)
    turns, worth = pdqhash.compute_dihedral(photo)
    wanted = [(bits, quality), *((turn, worth) for turn in turns)]
    found = (pdq_of(photo), *dihedral_pdq_of(photo))
    return all(
        (mine.hash, mine.quality) == (np.packbits(theirs).tobytes(), value)
        for mine, (theirs, value) in zip(found, wanted, strict=True)
    )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=512)
    parser.add_argument("--photos", type=Path)
    given = parser.parse_args()
    faiss.omp_set_num_threads(1)
    random = np.random.default_rng(31)
    bank = random.integers(0, 256, (given.rows, 32), dtype=np.uint8)
    fresh = random.integers(0, 256, (given.queries, 32), dtype=np.uint8)
    compare("Random bits", bank, asked(bank, fresh, random))
    if given.photos:
        photos = pictures(given.photos)
        bank = like_real(photos, given.rows + given.queries, random)
        bank, fresh = bank[: given.rows], bank[given.rows :]
        compare("Bits like those of photographs", bank, asked(bank, fresh, random))
        fingerprinting(given.photos, photos)


if __name__ == "__main__":
    main()
