"""The pieces of the measurement: each is one photograph and one question, kept when it is done."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from bench.recognise.photos import Photo
from bench.recognise.scenes import KINDS, low_texture
from bench.trace import peers
from bench.trace.attacks import ATTACKS, CORE, attacked
from bench.trace.collusion import THEN, WAYS
from bench.trace.photos import pixels
from stillmine.imaging.likeness import ITEM, SCAN, LikenessIndex, fingerprint
from stillmine.imaging.mark.chips import chips
from stillmine.imaging.mark.evidence import evidence
from stillmine.imaging.mark.marking import mark
from stillmine.imaging.mark.pixels import luma
from stillmine.imaging.mark.place import found
from stillmine.imaging.mark.reading import Evidence
from stillmine.imaging.mark.verdict import BOUND

Rgb = np.ndarray
Facts = dict[str, Any]
MANY = 1000
FEW = 20
SENDER = 3  # the recipient whose copy leaks
NULL_ATTACKS = (
    "none",
    "jpeg50",
    "jpeg15",
    "crop50",
    "social2",
    "screen_photo",
    "noise25",
    "mirror",
)
LOW_ATTACKS = ("none", "jpeg50", "jpeg15", "resize50", "crop50", "social2", "filter_look", "mirror")


@dataclass(frozen=True)
class Piece:
    """One question about one photograph."""

    question: str
    photo: Photo
    attacks: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Return a name for the file in which its answer is kept."""
        told = json.dumps([self.question, self.photo.name, self.attacks])
        return hashlib.sha256(told.encode()).hexdigest()[:24]


def seed(photo: Photo, recipient: int) -> bytes:
    """Return the secret of one hand-over."""
    return hashlib.sha256(f"{photo.name} {recipient}".encode()).digest()


def answered(piece: Piece, work: Path) -> Facts:
    """Return the answer to a piece, from the work folder if it was found before."""
    kept = work / f"{piece.key}.json"
    if kept.exists():
        return json.loads(kept.read_text(encoding="utf-8"))
    cv2.setNumThreads(1)
    facts = QUESTIONS[piece.question](piece)
    facts |= {"question": piece.question, "photo": piece.photo.name}
    draft = kept.with_suffix(".part")
    draft.write_text(json.dumps(facts), encoding="utf-8")
    draft.replace(kept)
    return facts


@lru_cache(maxsize=1)
def _all_chips(photo: Photo, height: int, width: int, count: int) -> np.ndarray:
    rows = [chips(seed(photo, one), height, width, count) for one in range(MANY)]
    return np.stack(rows)


def _scores(read: Evidence | None, photo: Photo) -> np.ndarray:
    """Return z of every recipient; what `verdict.z` returns, for many at once."""
    if read is None:
        return np.zeros(MANY)
    matrix = _all_chips(photo, *read.grid, read.readings.shape[1])
    vectors = read.readings.T.astype(np.float32)
    parts = [matrix[at : at + 50].astype(np.float32) @ vectors for at in range(0, MANY, 50)]
    return np.concatenate(parts).max(1)


def threshold(recipients: int, readings: int = 1) -> float:
    """Return the z from which somebody is named (exp(-z^2 / 2) x tests <= bound)."""
    return float(np.sqrt(2 * np.log(recipients * readings / BOUND)))


def _named(scores: np.ndarray, recipients: int, read: Evidence | None) -> list[int]:
    readings = 1 if read is None else len(read.readings)
    least = threshold(recipients, readings)
    return [int(one) for one in np.flatnonzero(scores[:recipients] >= least)]


def _attacks(piece: Piece) -> Facts:
    """Mark for one recipient, attack, read, and see who is named."""
    original = pixels(piece.photo)
    copy = mark(original, seed(piece.photo, SENDER))
    rows = {}
    for name in piece.attacks:
        leak = attacked(copy, name, piece.photo.number)
        started = time.process_time()
        read = evidence(original, leak)
        spent = time.process_time() - started
        scores = _scores(read, piece.photo)
        others = np.delete(scores, SENDER) if read is not None else np.zeros(0)
        rows[name] = {
            "z": round(float(scores[SENDER]), 2),
            "named": [_named(scores, FEW, read), _named(scores, MANY, read)],
            "seconds": spent,
            "nulls": _tails(others),
        }
    return {"attacks": rows}


LEVELS = (1e-1, 1e-2, 1e-3, 1e-4)


def _tails(scores: np.ndarray) -> list[float]:
    """Return how many scores there are, how many pass the threshold of each level, the largest."""
    counts = [int((scores >= np.sqrt(-2 * np.log(level))).sum()) for level in LEVELS]
    return [len(scores), *counts, round(float(scores.max()), 2) if len(scores) else 0.0]


def _nulls(piece: Piece) -> Facts:
    """Read pictures that carry no mark, or the mark of somebody who is not asked about."""
    original = pixels(piece.photo)
    stranger = mark(original, hashlib.sha256(piece.photo.name.encode()).digest())
    rows = {}
    for kind, picture in (("unmarked", original), ("foreign mark", stranger)):
        tails = []
        accused = 0
        for name in NULL_ATTACKS:
            read = evidence(original, attacked(picture, name, piece.photo.number))
            if read is not None:
                scores = _scores(read, piece.photo)
                accused += len(_named(scores, MANY, read))
                tails.append(_tails(scores))
        rows[kind] = {"tails": tails, "accused": accused}
    return {"nulls": rows}


def _collusion(piece: Piece) -> Facts:
    """Let recipients 0 to 4 put their copies together."""
    original = pixels(piece.photo)
    copies = [mark(original, seed(piece.photo, one)) for one in range(5)]
    rows = {}
    for name, (count, way) in WAYS.items():
        joint = way(copies[:count])
        for after, change in THEN.items():
            read = evidence(original, change(joint))
            named = _named(_scores(read, piece.photo), FEW, read)
            rows[name + after] = [
                count,
                sum(one < count for one in named),
                sum(one >= count for one in named),
            ]
    return {"collusion": rows}


def _quality(piece: Piece) -> Facts:
    """Compare marked with original pictures, and time both directions."""
    original = pixels(piece.photo)
    facts: Facts = {}
    copy = mark(original, seed(piece.photo, SENDER))
    facts["stillmine"] = [psnr(original, copy), ssim(original, copy)]
    bits = peers.bits_of(FEW, piece.photo.number)[SENDER]
    for peer in peers.installed():
        other = peer.embed(original, bits)
        facts[peer.name] = [psnr(original, other), ssim(original, other)]
    leak = attacked(copy, "social1", 1)
    quad = found(original, leak)[0]
    index = LikenessIndex()
    index.add("item", fingerprint(original, ITEM))  # a vault has it; the leak is scanned anew
    seconds = {
        "mark": _seconds(lambda: mark(original, seed(piece.photo, SENDER))),
        "extract": _seconds(lambda: fingerprint(original, ITEM)),
        "place": _seconds(lambda: index.query(fingerprint(leak, SCAN))),
        "read": _seconds(lambda: evidence(original, leak, quad)),
    }
    return {"quality": facts, "seconds": seconds}


def _peers(piece: Piece) -> Facts:
    """Let the peers mark and read the same photograph, under the same attacks."""
    original = pixels(piece.photo)
    recipients = peers.bits_of(MANY, piece.photo.number)
    rows: Facts = {}
    for peer in peers.installed():
        copy = peer.embed(original, recipients[SENDER])
        rows[peer.name] = {}
        for name in piece.attacks:
            read = peer.read(attacked(copy, name, piece.photo.number))
            rows[peer.name][name] = [
                peers.identified(read, recipients[:count], SENDER, BOUND) for count in (FEW, MANY)
            ]
    return {"peers": rows}


def _low(piece: Piece) -> Facts:
    """Do the same with pictures that have little to hold on to."""
    rows = {}
    for kind in KINDS:
        original = low_texture(pixels(piece.photo), kind, piece.photo.number)
        copy = mark(original, seed(piece.photo, SENDER))
        for name in LOW_ATTACKS:
            read = evidence(original, attacked(copy, name, piece.photo.number))
            rows[f"{kind} {name}"] = _named(_scores(read, piece.photo), FEW, read) == [SENDER]
        rows[f"{kind} psnr"] = psnr(original, copy)
    return {"low": rows}


QUESTIONS: dict[str, Callable[[Piece], Facts]] = {
    "attacks": _attacks,
    "nulls": _nulls,
    "collusion": _collusion,
    "quality": _quality,
    "peers": _peers,
    "low": _low,
}


def pieces(photos: list[Photo], questions: list[str], attacks: list[str]) -> list[Piece]:
    """Return all pieces, the most telling first; long ones are cut so that all cores end as one."""
    names = [name for name in ATTACKS if name in attacks]
    parts = [tuple(names[at : at + 14]) for at in range(0, len(names), 14)]
    core = tuple(name for name in CORE if name in attacks)
    halves = [core[: len(core) // 2], core[len(core) // 2 :]]
    found = []
    for question in questions:
        cuts = {"attacks": parts, "peers": halves if peers.installed() else []}.get(question, [()])
        found += [Piece(question, photo, cut) for photo in photos for cut in cuts]
    return found


def psnr(one: Rgb, other: Rgb) -> float:
    """Return the peak signal-to-noise ratio in decibels."""
    error = float(np.mean((one.astype(np.float32) - other) ** 2))
    return round(float(10 * np.log10(255**2 / max(error, 1e-9))), 2)


def ssim(one: Rgb, other: Rgb) -> float:
    """Return the structural similarity of the brightness (Wang, Bovik, Sheikh, Simoncelli 2004)."""

    def mean(values: np.ndarray) -> np.ndarray:
        return cv2.GaussianBlur(values, (11, 11), 1.5)

    a, b = (np.asarray(luma(picture), np.float64) for picture in (one, other))
    mean_a, mean_b = mean(a), mean(b)
    spread_a, spread_b = mean(a * a) - mean_a**2, mean(b * b) - mean_b**2
    both = mean(a * b) - mean_a * mean_b
    light = (2 * mean_a * mean_b + 6.5025) / (mean_a**2 + mean_b**2 + 6.5025)
    pattern = (2 * both + 58.5225) / (spread_a + spread_b + 58.5225)
    return round(float((light * pattern).mean()), 4)


def _seconds(work: Callable[[], object]) -> float:
    """Return the least CPU time of three tries."""
    least = float("inf")
    for _ in range(3):
        started = time.process_time()
        work()
        least = min(least, time.process_time() - started)
    return least
