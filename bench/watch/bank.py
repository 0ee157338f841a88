"""The pictures of the web of leaks: own ones, copies of them, and strangers' without number.

Each comes from its number, so that nothing is kept but the photographs they are made from.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from bench.recognise import alterations as alter
from bench.recognise import placing as place
from bench.recognise import screens
from bench.recognise.photos import Photo, split
from bench.recognise.transformations import CHANGES, Chance, Change
from bench.recognise_video.films import RATE, encoded
from stillmine.imaging import drawn
from tests.servers.leak_web.world import HIDDEN

Rgb = np.ndarray
COPIES: dict[str, Change | None] = {
    "exact": None,
    "saved again": lambda rgb, _: alter.saved(rgb, 35),
    "smaller": lambda rgb, _: alter.longest(rgb, 400),
    "cropped to 30 %": lambda rgb, chance: place.crop(
        rgb, 0.3, tuple(chance.random.uniform(0, 1, 2))
    ),
    "mirrored": lambda rgb, _: np.ascontiguousarray(rgb[:, ::-1]),
    "filter": lambda rgb, _: alter.warm(rgb),
    "text and emoji": lambda rgb, chance: place.face(
        CHANGES["text_over"](rgb, chance), 0.5, 0.4, 0.4
    ),
    "screenshot": lambda rgb, _: screens.phone(rgb),
    "collage": CHANGES["collage4"],
    "photo of a screen": CHANGES["screen_photo"],
    "blur and noise": lambda rgb, chance: alter.noisy(alter.blurred(rgb, 3), 12, chance.random),
    "turned a little": lambda rgb, _: place.turned(rgb, 5),
}
"""What was done to a copy, by name."""
_KEPT = 96 << 20  # bytes of files that were made and may be asked for again
_DRAWN_BASES, _DRAWN_SIZE, _OWN_SIZE = 24, (640, 480), (800, 600)


@dataclass(slots=True)
class PictureBank:
    """Pictures by number: the first `planted` and the `HIDDEN` after them are copies.

    Copy `number` is of own picture `number // 12` (and round again), changed in way `number % 12`.
    """

    own: list[bytes]
    bases: list[Rgb]
    planted: int
    _kept: OrderedDict[int, bytes] = field(default_factory=OrderedDict)
    _known: dict[int, tuple[bytes, int]] = field(default_factory=dict)
    _size: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def is_copy(self, number: int) -> bool:
        """Say whether a picture is a copy of an own one, by its number."""
        return number < self.planted + HIDDEN

    def item(self, number: int) -> int:
        """Return which of the own pictures a copy shows."""
        return number // len(COPIES) % len(self.own)

    def change(self, number: int) -> str:
        """Return what was done to a copy."""
        return list(COPIES)[number % len(COPIES)]

    def file(self, number: int) -> bytes:
        """Return picture `number` as a JPEG."""
        with self._lock:
            if number in self._kept:
                self._kept.move_to_end(number)
                return self._kept[number]
        made = self._copy(number) if self.is_copy(number) else self._stranger(number)
        with self._lock:
            self._known[number] = hashlib.md5(made, usedforsecurity=False).digest(), len(made)
            if number not in self._kept:
                self._kept[number] = made
                self._size += len(made)
            while self._size > _KEPT:
                self._size -= len(self._kept.popitem(last=False)[1])
        return made

    def small(self, number: int, side: int, ending: str) -> bytes:
        """Return a preview of it, at most `side` pixels wide or high: a `.png` or a `.jpg`."""
        rgb = decoded(self.file(number))
        small = alter.longest(rgb, side) if max(rgb.shape[:2]) > side else rgb
        return _encoded(small, ending)

    def film(self, number: int) -> bytes:
        """Return two seconds of a slow zoom into it, as an MP4."""
        rgb = place.fitted(decoded(self.file(number)), 640, 480)
        shares = np.linspace(1, 0.8, 2 * RATE)
        frames = (place.fitted(place.crop(rgb, share, (0.5, 0.5)), 640, 480) for share in shares)
        return encoded(frames)

    def md5(self, number: int) -> bytes:
        """Return the MD5 of the file."""
        return self._fact(number)[0]

    def size(self, number: int) -> int:
        """Return how many bytes the file has."""
        return self._fact(number)[1]

    def _fact(self, number: int) -> tuple[bytes, int]:
        if number not in self._known:
            self.file(number)
        return self._known[number]

    def _copy(self, number: int) -> bytes:
        own, change = self.own[self.item(number)], COPIES[self.change(number)]
        if change is None:
            return own
        chance = Chance(np.random.default_rng([7, number]), self.bases)
        return _encoded(change(_at_most(decoded(own), 1024), chance), ".jpg", 80)

    def _stranger(self, number: int) -> bytes:
        """Return a part of a photograph in other colours; now and then two, or one on a phone."""
        chance = np.random.default_rng([11, number])
        rgb = self._part(chance)
        if number % 20 == 0:
            rgb = place.collage([rgb, self._part(chance)], 2, 320, 400)
        elif number % 25 == 0:
            rgb = screens.phone(rgb)
        return _encoded(rgb, ".jpg", int(chance.integers(55, 92)))

    def _part(self, chance: np.random.Generator) -> Rgb:
        base = self.bases[int(chance.integers(len(self.bases)))]
        rgb = place.crop(base, chance.uniform(0.35, 0.95), tuple(chance.uniform(0, 1, 2)))
        rgb = rgb[:, ::-1] if chance.random() < 0.5 else rgb
        levels = (np.arange(256) / 255)[:, None] ** chance.uniform(0.75, 1.3, 3)
        tones = np.clip(255 * levels * chance.uniform(0.75, 1.15, 3), 0, 255).astype(np.uint8)
        small = alter.longest(np.ascontiguousarray(rgb), int(chance.integers(360, 800)))
        return np.stack([tones[small[..., each], each] for each in range(3)], axis=-1)


def new_bank(photos: Path | None, planted: int, *, bases: int = _DRAWN_BASES) -> PictureBank:
    """Return a bank of photographs of a folder, or of drawn ones, so many strangers' `bases`.

    Own pictures are of the split `reporting`, strangers' of `distractor`.
    """
    many = max(2, -(-planted // len(COPIES)))
    if photos is None:
        own = [drawn.draw(_drawing(number), size=_OWN_SIZE) for number in range(min(many, 40))]
        drawings = [drawn.pixels(_drawing(500 + n), _DRAWN_SIZE) for n in range(bases)]
        return PictureBank(own, drawings, planted)
    own = [_bytes(photo) for photo in split(photos, "reporting")[:many]]
    theirs = [_at_most(photo.rgb(), 800) for photo in split(photos, "distractor")]
    return PictureBank(own, theirs, planted)


def _drawing(number: int) -> int:
    """Return a number to draw; two bowls of fruit (scene 1) are more alike than photographs are."""
    sixes, scene = divmod(number, 5)
    return 6 * sixes + scene + (scene > 0)


def _bytes(photo: Photo) -> bytes:
    assert photo.path is not None
    return photo.path.read_bytes()


def _at_most(rgb: Rgb, side: int) -> Rgb:
    return alter.longest(rgb, side) if max(rgb.shape[:2]) > side else rgb


def decoded(data: bytes) -> Rgb:
    """Return the pixels of a file."""
    bgr = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    return cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)


def _encoded(rgb: Rgb, ending: str, quality: int = 80) -> bytes:
    told = [cv2.IMWRITE_JPEG_QUALITY, quality] if ending == ".jpg" else []
    done, packed = cv2.imencode(ending, cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), told)
    assert done
    return packed.tobytes()
