"""Films to measure with: pans, zooms and cuts over photographs, and real ones from a folder."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import cv2
import numpy as np

from bench.recognise.photos import Photo

Rgb = np.ndarray
SIZE = (640, 360)
RATE = 12
SHOTS, SHOT_SECONDS = 4, 3.5


@dataclass(frozen=True)
class Film:
    """A film by name, and all of its frames."""

    name: str
    frames: list[Rgb]

    @property
    def seconds(self) -> float:
        """Return how long it is."""
        return len(self.frames) / RATE


def from_photos(name: str, photos: Sequence[Photo], seed: int) -> Film:
    """Move a window over one photograph after the other: a pan, a zoom, or a hand that shakes."""
    random = np.random.default_rng(seed)
    frames: list[Rgb] = []
    for photo in photos:
        frames += _shot(photo.rgb(), random)
    return Film(name, frames)


def _shot(rgb: Rgb, random: np.random.Generator) -> Iterator[Rgb]:
    high, wide = rgb.shape[:2]
    start, end = random.uniform(0.55, 0.95, 2)
    (ax, ay), (bx, by) = random.uniform(0, 1, (2, 2))
    steps = round(SHOT_SECONDS * RATE)
    shake = np.cumsum(random.normal(0, 0.002, (steps, 2)), axis=0)
    for step in range(steps):
        part = step / (steps - 1)
        size = start + (end - start) * part
        w = min(wide, high * SIZE[0] / SIZE[1]) * size
        h = w * SIZE[1] / SIZE[0]
        x = np.clip((ax + (bx - ax) * part + shake[step, 0]), 0, 1) * (wide - w)
        y = np.clip((ay + (by - ay) * part + shake[step, 1]), 0, 1) * (high - h)
        scale = SIZE[0] / w
        move = np.array([[scale, 0, -x * scale], [0, scale, -y * scale]])
        yield np.asarray(cv2.warpAffine(rgb, move, SIZE, flags=cv2.INTER_AREA))


def from_file(path: Path, most_seconds: float = 20.0) -> Film:
    """Read a real film, at most so much of it, at our rate and no larger than our size."""
    frames: list[Rgb] = []
    with av.open(str(path)) as file:
        for frame in file.decode(video=0):
            at = float(frame.time or 0.0)
            if at > most_seconds:
                break
            scale = min(1.0, SIZE[0] / max(frame.width, frame.height))
            size = (round(frame.width * scale / 2) * 2, round(frame.height * scale / 2) * 2)
            while len(frames) <= at * RATE:
                frames.append(frame.to_ndarray(format="rgb24", width=size[0], height=size[1]))
    return Film(path.stem, frames)


def encoded(frames: Iterable[Rgb], crf: int = 23) -> bytes:
    """Return the frames as an MP4 file; what is odd at the edges is cut off."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as file:
        options = {"crf": str(crf), "preset": "veryfast"}
        stream = file.add_stream("libx264", rate=RATE, options=options)
        stream.pix_fmt = "yuv420p"
        for number, frame in enumerate(frames):
            even = np.ascontiguousarray(frame[: frame.shape[0] & ~1, : frame.shape[1] & ~1])
            if number == 0:
                stream.height, stream.width = even.shape[:2]
            file.mux(stream.encode(av.VideoFrame.from_ndarray(even, format="rgb24")))
        file.mux(stream.encode())
    return out.getvalue()
