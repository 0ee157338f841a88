"""Learn the words of the recogniser's index anew: python -m bench.recognise.codebook PHOTOS_FOLDER.

k-means over the features of the tuning photographs (and of drawn ones), in two halves of 32
numbers each. The outcome is `stillmine/imaging/likeness/codebook.bin`, of which no picture can be
told.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import cv2
import numpy as np

from bench.recognise.photos import split
from stillmine.imaging import drawn
from stillmine.imaging.likeness import descriptors, vocabulary
from stillmine.imaging.likeness.features import Settings, find, grey

DRAWN = 12
ROUNDS = 25


def main() -> None:
    """Learn and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photos", type=Path)
    parser.add_argument(
        "--out", type=Path, default=Path(vocabulary.__file__).with_name("codebook.bin")
    )
    asked = parser.parse_args()
    pictures = [photo.rgb() for photo in split(asked.photos, "tuning")]
    pictures += [drawn.pixels(number, (800, 600)) for number in range(DRAWN)]
    numbers = np.concatenate([_numbers(picture) for picture in pictures])
    halves = [numbers[:, half::2] for half in (0, 1)]
    words = [_kmeans(half) for half in halves]
    asked.out.write_bytes(vocabulary.pack(np.stack(words)))
    print(f"{len(numbers)} features, {vocabulary.WORDS} words a half, {asked.out}")


def _numbers(picture: np.ndarray) -> np.ndarray:
    """Return the features of a picture in the fixed handedness."""
    parts = []
    for side in (800, 400):
        codes = find(grey(picture), Settings(side=side, features=1800)).codes
        numbers = descriptors.decode(codes)
        parts.append(descriptors.change(numbers, descriptors.handedness(numbers)[0]))
    return np.concatenate(parts)


def _kmeans(points: np.ndarray) -> np.ndarray:
    """Return the middles of WORDS heaps of points."""
    cv2.setRNGSeed(1)
    stop = (cv2.TERM_CRITERIA_MAX_ITER, ROUNDS, 0.0)
    points = np.ascontiguousarray(points, np.float32)
    _, _, middles = cv2.kmeans(points, vocabulary.WORDS, None, stop, 1, cv2.KMEANS_PP_CENTERS)
    return middles


if __name__ == "__main__":
    main()
