"""What recognising costs: beside the bare decoding, and against banks of many items."""

from __future__ import annotations

import io
import multiprocessing
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import cv2
import imagehash
import numpy as np
from PIL import Image

from stillmine.imaging.likeness import form, vocabulary
from stillmine.imaging.likeness.features import ITEM, SCAN
from stillmine.imaging.likeness.fingerprints import Fingerprint, fingerprint
from stillmine.imaging.likeness.index import LikenessIndex

Rgb = np.ndarray
Row = tuple[str, ...]
TWELVE = (4000, 3000)
POOL = 300_000


def rows(pictures: list[Rgb], banks: list[int], cache: Path, processes: int) -> list[Row]:
    """Measure it all; each bank in processes of its own, so that their memory is theirs."""
    found = _decoding(pictures[:4])
    prints = [fingerprint(picture, ITEM) for picture in pictures]
    sizes = [len(print_.to_bytes()) for print_ in prints]
    found.append(
        ("fingerprint, kB", f"{np.mean(sizes) / 1000:.1f} (at most {max(sizes) / 1000:.1f})")
    )
    seen = [_web(picture) for picture in pictures]
    fresh = multiprocessing.get_context("spawn")
    # One bank after the other where there are few processors: they would slow each other down.
    with ProcessPoolExecutor(
        min(processes, len(banks)) or 1, mp_context=fresh, max_tasks_per_child=1
    ) as pool:
        made = [pool.submit(_make_bank, cache, many, prints) for many in banks]
        seconds = [future.result() for future in made]
    for many, built in zip(banks, seconds, strict=True):
        with ProcessPoolExecutor(1, mp_context=fresh) as alone:
            found += alone.submit(_against, cache, many, seen, built).result()
        _place(cache, many).unlink()
    return found


def _decoding(pictures: list[Rgb]) -> list[Row]:
    """Return the cost of looking at 12-megapixel photographs as a multiple of decoding them."""
    spent: dict[str, float] = {}
    for picture in pictures:
        data = _jpeg(cv2.resize(picture, TWELVE, interpolation=cv2.INTER_CUBIC), 90)
        works: dict[str, Callable[[], object]] = {
            "whole": lambda data=data: np.asarray(Image.open(io.BytesIO(data)).convert("RGB")),
            "scaled": lambda data=data: _decoded(data),
            "ours": lambda data=data: fingerprint(_decoded(data), SCAN),
            "pHash, whole decode": lambda data=data: imagehash.phash(Image.open(io.BytesIO(data))),
        }
        for what, work in works.items():
            spent[what] = spent.get(what, 0.0) + _seconds(work) / len(pictures)
    whole = spent["whole"]
    said = [
        (f"12 megapixels, {what}", f"{1000 * cost:.0f} ms, {cost / whole:.2f} x the whole decode")
        for what, cost in spent.items()
    ]
    return [*said]


def _make_bank(cache: Path, many: int, prints: list[Fingerprint]) -> tuple[float, float]:
    """Build an index of fingerprints of nothing and write it; return the seconds of CPU a time.

    They are those of building, and of adding a single item afterwards.
    """
    cv2.setNumThreads(1)
    chance = np.random.default_rng([3, many])
    pool = pool_of(prints, chance)
    index = LikenessIndex()
    for number in range(many):
        index.add(str(number), made_up(prints, pool, chance))
    built = _seconds(lambda: index.query(prints[0]))
    asked = _seconds(lambda: index.query(prints[0]))
    index.add("one more", made_up(prints, pool, chance))
    more = _seconds(lambda: index.query(prints[0])) - asked
    place = _place(cache, many)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(index.to_bytes())
    return built, max(0.0, more)


def _against(cache: Path, many: int, seen: list[bytes], built: tuple[float, float]) -> list[Row]:
    """Return what asking an index of so many items costs, in a process that only does that."""
    cv2.setNumThreads(1)
    data = _place(cache, many).read_bytes()
    started = time.perf_counter()
    index = LikenessIndex.from_bytes(data)
    ready = time.perf_counter() - started
    _scan(seen[0], index)
    each = _seconds(lambda: [_scan(picture, index) for picture in seen]) / len(seen)
    alone = _seconds(lambda: [fingerprint(_decoded(one), SCAN) for one in seen]) / len(seen)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    title = f"{many:,} items"
    return [
        (f"{title}: pictures a second and core", f"{1 / each:.1f}"),
        (f"{title}: ms a picture", f"{1000 * each:.0f}, {1000 * alone:.0f} without asking"),
        (f"{title}: memory at most, index file", f"{peak:.0f} MB, {len(data) / 1e6:.0f} MB"),
        (
            f"{title}: sorting all, adding one, reading",
            f"{built[0]:.1f} s, {built[1]:.2f} s, {ready:.2f} s",
        ),
    ]


def _place(cache: Path, many: int) -> Path:
    """Return where an index is kept between two processes."""
    return cache / f"bank-{many}.smli"


def _decoded(data: bytes) -> Rgb:
    """Decode as scanning does: JPEG at the smallest scale that is still large enough."""
    picture = Image.open(io.BytesIO(data))
    picture.draft("RGB", (SCAN.side, SCAN.side))
    return np.asarray(picture.convert("RGB"))


def _scan(data: bytes, index: LikenessIndex) -> None:
    """Do all that is done with one picture of a folder."""
    index.query(fingerprint(_decoded(data), SCAN))


def _web(picture: Rgb) -> bytes:
    """Return a picture of the size that is usual on the web."""
    part = 1080 / max(picture.shape[:2])
    return _jpeg(cv2.resize(picture, None, fx=part, fy=part, interpolation=cv2.INTER_AREA), 85)


def _jpeg(picture: Rgb, quality: int) -> bytes:
    """Return a JPEG."""
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "jpeg", quality=quality)
    return out.getvalue()


Features = tuple[np.ndarray, np.ndarray, np.ndarray]


def pool_of(prints: list[Fingerprint], chance: np.random.Generator) -> Features:
    """Return sizes, codes and drawers of many features: real ones, each changed a little."""
    codes = np.concatenate([print_.codes for print_ in prints])
    sizes = np.concatenate([print_.sizes for print_ in prints])
    which = chance.integers(len(codes), size=POOL)
    levels = np.stack([codes[which] >> 4, codes[which] & 15], -1).astype(np.int8)
    levels += np.round(chance.standard_normal(levels.shape, np.float32) * 2).astype(np.int8)
    levels = np.clip(levels, 0, 15).astype(np.uint8)
    changed = levels[..., 0] << 4 | levels[..., 1]
    drawers = [vocabulary.filed(changed[at : at + 10_000]) for at in range(0, POOL, 10_000)]
    return sizes[which], changed, np.concatenate(drawers).reshape(-1, form.DRAWER_BYTES)


def made_up(prints: list[Fingerprint], pool: Features, chance: np.random.Generator) -> Fingerprint:
    """Return a fingerprint of nothing: features of the pool at random places."""
    like, count = prints[int(chance.integers(len(prints)))], ITEM.features
    which = chance.integers(POOL, size=count)
    sizes, codes, drawers = (part[which] for part in pool)
    return Fingerprint(
        width=like.width, height=like.height, thumbnail=like.thumbnail,
        places=chance.integers(0, 65536, (count, 2), np.uint16),
        sizes=sizes, angles=chance.integers(0, 256, count, np.uint8),
        codes=codes, drawers=drawers,
    )  # fmt: skip


def _seconds(work: Callable[[], object]) -> float:
    """Return the CPU time of this process that some work takes."""
    started = time.process_time()
    work()
    return time.process_time() - started
