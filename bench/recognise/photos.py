"""Photographs to measure with: those of a folder that is given, or drawn ones."""

from __future__ import annotations

import csv
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from stillmine.imaging import drawn

Rgb = np.ndarray
LONGEST = 1024
DRAWN = (800, 600)


@dataclass(frozen=True)
class Photo:
    """A photograph by name; `number` seeds what chance decides about it."""

    name: str
    path: Path | None = None

    @property
    def number(self) -> int:
        """Return a number that stays the same for this photograph."""
        return zlib.crc32(self.name.encode())

    def rgb(self) -> Rgb:
        """Decode it, at most 1,024 pixels wide or high."""
        if self.path is None:
            return drawn.pixels(int(self.name.split("-")[1]), DRAWN)
        with Image.open(self.path) as picture:
            picture.thumbnail((LONGEST, LONGEST))
            return np.asarray(picture.convert("RGB"))


def split(folder: Path | None, name: str) -> list[Photo]:
    """Return the photographs of a split: `tuning`, `reporting` or `distractor`.

    The folder holds `SOURCES.tsv` with the columns file and split. Without a folder they are drawn.
    """
    if folder is None:
        start = {"tuning": 0, "reporting": 1000, "distractor": 2000}[name]
        return [Photo(f"drawn-{number}") for number in range(start, start + 60)]
    with (folder / "SOURCES.tsv").open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if row["split"] == name]
    return [Photo(row["file"], folder / row["file"]) for row in rows]


def pictures_of(folder: Path | None) -> list[Photo]:
    """Return all pictures of a folder of strangers' photographs, below it too; none without one."""
    if folder is None:
        return []
    kinds = (".jpg", ".jpeg", ".png", ".webp")
    files = (file for file in folder.rglob("*") if file.suffix.lower() in kinds)
    return [Photo(f"strangers-{file.relative_to(folder)}", file) for file in sorted(files)]
