"""What recognising costs: beside the bare decoding, and against banks of many items."""

from __future__ import annotations

import io
import resource
import time
from collections.abc import Callable

import cv2
import numpy as np
from PIL import Image

from stillmine.imaging.likeness.features import ITEM, SCAN
from stillmine.imaging.likeness.fingerprints import Fingerprint, fingerprint
from stillmine.imaging.likeness.index import LikenessIndex

Rgb = np.ndarray
TWELVE = (4000, 3000)


def report(pictures: list[Rgb], banks: list[int]) -> None:
    """Print it all."""
    _decoding(pictures[:4])
    prints = [fingerprint(picture, ITEM) for picture in pictures]
    sizes = [len(print_.to_bytes()) for print_ in prints]
    print(
        f"fingerprint: {np.mean(sizes) / 1000:.1f} kB on average, {max(sizes) / 1000:.1f} at most"
    )
    index, chance = LikenessIndex(), np.random.default_rng(3)
    seen = [_web(picture) for picture in pictures]
    for many in banks:
        while len(index) < many:
            index.add(str(len(index)), _made_up(prints, chance))
        built = _seconds(lambda: index.query(prints[0]))
        each = _seconds(lambda: [_scan(data, index) for data in seen]) / len(seen)
        alone = _seconds(lambda: [fingerprint(_decoded(data), SCAN) for data in seen]) / len(seen)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{many} items: {1 / each:.1f} pictures a second and core ({1000 * each:.0f} ms, "
            f"of which decoding and fingerprint {1000 * alone:.0f}), made ready in {built:.0f} s, "
            f"{peak:.0f} MB at most"
        )


def _decoding(pictures: list[Rgb]) -> None:
    """Print the cost of looking at 12-megapixel photographs as a multiple of decoding them."""
    whole, scan = 0.0, 0.0
    for picture in pictures:
        data = _jpeg(cv2.resize(picture, TWELVE, interpolation=cv2.INTER_CUBIC), 90)
        whole += _seconds(lambda data=data: np.asarray(Image.open(io.BytesIO(data)).convert("RGB")))
        scan += _seconds(lambda data=data: fingerprint(_decoded(data), SCAN))
    print(
        f"\n12 megapixels: decoding {1000 * whole / len(pictures):.0f} ms, decoding scaled and "
        f"fingerprint {1000 * scan / len(pictures):.0f} ms: {scan / whole:.2f} times"
    )


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


def _made_up(prints: list[Fingerprint], chance: np.random.Generator) -> Fingerprint:
    """Return a fingerprint of nothing: real features, each changed, at random places."""
    like = prints[int(chance.integers(len(prints)))]
    count = ITEM.features
    which = [
        (int(a), int(b))
        for a, b in zip(
            chance.integers(len(prints), size=count),
            chance.integers(1 << 30, size=count),
            strict=True,
        )
    ]
    picked = [(prints[a], b % len(prints[a])) for a, b in which if len(prints[a])]
    codes = np.array([print_.codes[place] for print_, place in picked])
    levels = np.stack([codes >> 4, codes & 15], -1) + np.round(
        chance.normal(0, 2, (*codes.shape, 2))
    ).astype(int)
    levels = np.clip(levels, 0, 15).astype(np.uint8)
    return Fingerprint(
        width=like.width, height=like.height, thumbnail=like.thumbnail,
        places=chance.integers(0, 65536, (len(codes), 2)).astype(np.uint16),
        sizes=np.array([print_.sizes[place] for print_, place in picked]),
        angles=chance.integers(0, 256, len(codes)).astype(np.uint8),
        codes=levels[..., 0] << 4 | levels[..., 1],
    )  # fmt: skip


def _seconds(work: Callable[[], object]) -> float:
    """Return the CPU time of this process that some work takes."""
    started = time.process_time()
    work()
    return time.process_time() - started
