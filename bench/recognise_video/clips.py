"""What is done to a video before it is reposted: each way by name."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from bench.recognise.transformations import changed
from bench.recognise_video.films import RATE, Film, encoded

Rgb = np.ndarray


@dataclass(frozen=True)
class Clip:
    """A leaked file, and where in the item its first and last moment come from.

    `start` and `end` are the item's seconds (of a still the same one twice), `speed` how fast they
    pass; `item` says what has to be named: the film, or the photograph shown in it.
    """

    data: bytes
    item: str
    start: float
    end: float
    speed: float = 1.0


Making = Callable[[Film, Film, Rgb, np.random.Generator], Clip]


def _part(film: Film, random: np.random.Generator, share: float = 0.5) -> tuple[int, int]:
    """Choose a stretch of the film."""
    length = round(len(film.frames) * share)
    start = int(random.integers(0, len(film.frames) - length + 1))
    return start, start + length


def _each(change: Callable[[Rgb], Rgb], *, crf: int = 26, step: float = 1.0) -> Making:
    """Trim the film, change every frame in the same way, and encode it again."""

    def make(film: Film, _other: Film, _photo: Rgb, random: np.random.Generator) -> Clip:
        start, end = _part(film, random)
        numbers = np.arange(start, end, step).astype(int)
        data = encoded((change(film.frames[number]) for number in numbers), crf)
        return Clip(data, film.name, start / RATE, end / RATE, step)

    return make


def _as_pictures_are(name: str) -> Making:
    """Change every frame as `bench.recognise` changes pictures, always with the same chances."""
    return lambda film, other, photo, random: _each(
        lambda frame: changed(frame, name, 7, [other.frames[0]])
    )(film, other, photo, random)


def _cropped(frame: Rgb, share: float) -> Rgb:
    high, wide = frame.shape[:2]
    part = share**0.5
    top, left = int(high * (1 - part) * 0.4), int(wide * (1 - part) * 0.7)
    return frame[top : top + int(high * part), left : left + int(wide * part)]


def _smaller(frame: Rgb, side: int) -> Rgb:
    scale = side / max(frame.shape[:2])
    return np.asarray(cv2.resize(frame, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))


def _inside(film: Film, other: Film, _photo: Rgb, random: np.random.Generator) -> Clip:
    """Show the film in a corner of another one."""
    start, end = _part(film, random)
    frames = []
    for place, number in enumerate(range(start, end)):
        ground = other.frames[place % len(other.frames)].copy()
        small = _smaller(film.frames[number], round(max(ground.shape[:2]) * 0.45))
        high = min(small.shape[0], ground.shape[0] - 30)
        ground[20 : 20 + high, 24 : 24 + small.shape[1]] = small[:high]
        frames.append(ground)
    return Clip(encoded(frames, 26), film.name, start / RATE, end / RATE)


def _between(film: Film, other: Film, _photo: Rgb, random: np.random.Generator) -> Clip:
    """Put four seconds of the film between parts of another one."""
    length = min(4 * RATE, len(film.frames))
    start = int(random.integers(0, len(film.frames) - length + 1))
    middle = film.frames[start : start + length]
    high, wide = film.frames[0].shape[:2]
    frame = [cv2.resize(f, (wide, high)) for f in other.frames[: 8 * RATE]]
    frames = [*frame[: len(frame) // 2], *middle, *frame[len(frame) // 2 :]]
    return Clip(encoded(frames, 28), film.name, start / RATE, (start + length) / RATE)


def _still(film: Film, _other: Film, _photo: Rgb, random: np.random.Generator) -> Clip:
    """Cut one picture out of the film."""
    number = int(random.integers(0, len(film.frames)))
    out = io.BytesIO()
    Image.fromarray(_cropped(film.frames[number], 0.75)).save(out, "JPEG", quality=60)
    return Clip(out.getvalue(), film.name, number / RATE, number / RATE)


def _shown(_film: Film, other: Film, photo: Rgb, random: np.random.Generator) -> Clip:
    """Show a photograph of the vault in another film for three seconds."""
    frames = [frame.copy() for frame in other.frames[: 10 * RATE]]
    start = int(random.integers(0, max(1, len(frames) - 3 * RATE)))
    for frame in frames[start : start + 3 * RATE]:
        small = _smaller(photo, round(min(frame.shape[:2]) * 0.7))
        frame[10 : 10 + small.shape[0], 10 : 10 + small.shape[1]] = small
    return Clip(encoded(frames, 26), "photo", start / RATE, (start + 3 * RATE) / RATE)


def _grey_captioned(frame: Rgb) -> Rgb:
    small = _smaller(np.ascontiguousarray(frame[:, ::-1]), 480)
    return changed(small, "text_over", 7, [frame])


CLIPS: dict[str, Making] = {
    "trimmed": _each(lambda frame: frame, crf=23),
    "crf35": _each(lambda frame: frame, crf=35),
    "small": _each(lambda frame: _smaller(frame, 426), crf=30),
    "cropped75": _each(lambda frame: _cropped(frame, 0.75)),
    "cropped50": _each(lambda frame: _cropped(frame, 0.5)),
    "mirrored": _each(lambda frame: np.ascontiguousarray(frame[:, ::-1])),
    "bars": _as_pictures_are("letterbox"),
    "story": _as_pictures_are("story"),
    "captioned": _as_pictures_are("text_over"),
    "dark": _as_pictures_are("dark45"),
    "faster": _each(lambda frame: frame, step=1.25),
    "slower": _each(lambda frame: frame, step=0.8),
    "screen": _as_pictures_are("screen_photo"),
    "inside": _inside,
    "between": _between,
    "chain": _each(_grey_captioned, crf=33, step=1.25),
    "still": _still,
    "photo shown": _shown,
}
