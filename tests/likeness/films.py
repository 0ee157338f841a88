"""Short films made here from drawn photographs: cuts, pans and zooms, in every container."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable, Iterable, Iterator

import av
import numpy as np
from PIL import Image

from stillmine.imaging import drawn
from stillmine.imaging.likeness.arrays import Bytes

SIZE = (480, 272)
RATE = 12
SHOT_SECONDS = 3.0


@functools.cache
def photo(number: int, size: tuple[int, int] = (960, 640)) -> Bytes:
    return np.asarray(drawn.pixels(number, size))


def shots(numbers: Iterable[int], seconds: float = SHOT_SECONDS) -> Iterator[Bytes]:
    """Pan slowly over one photograph after the other."""
    for number in numbers:
        whole = photo(number)
        steps = round(seconds * RATE)
        for step in range(steps):
            left = round(step / steps * (whole.shape[1] - 720))
            part = Image.fromarray(whole[100:508, left : left + 720])
            yield np.asarray(part.resize(SIZE, Image.Resampling.BILINEAR))


def encoded(
    frames: Iterable[Bytes],
    container: str = "mp4",
    codec: str = "libx264",
    *,
    turned: int = 0,
    rate: int = RATE,
    **options: str,
) -> bytes:
    """Return a film of these frames, height x width x 3 bytes each."""
    out = io.BytesIO()
    with av.open(out, "w", format=container) as file:
        stream = file.add_stream(codec, rate=rate, options=options)
        stream.pix_fmt = "yuv420p"
        for number, frame in enumerate(frames):
            if number == 0:
                stream.height, stream.width = frame.shape[:2]
                if turned:
                    stream.set_display_rotation(turned)
            file.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
        file.mux(stream.encode())
    return out.getvalue()


def animated(kind: str, frames: Iterable[Bytes], shown_for: int = 1000 // RATE) -> bytes:
    """Return an animation of these frames in a format of Pillow's."""
    out = io.BytesIO()
    first, *others = (Image.fromarray(frame) for frame in frames)
    first.save(out, kind, save_all=True, append_images=others, duration=shown_for)
    return out.getvalue()


FILMS: dict[str, Callable[[Iterable[Bytes]], bytes]] = {
    "mp4": lambda frames: encoded(frames, crf="28"),
    "mov": lambda frames: encoded(frames, "mov", "mpeg4"),
    "webm": lambda frames: encoded(
        frames, "webm", "libvpx-vp9", deadline="realtime", **{"cpu-used": "8"}
    ),
    "mkv": lambda frames: encoded(frames, "matroska", "libx265", preset="ultrafast"),
    "gif": lambda frames: animated("GIF", frames),
    "png": lambda frames: animated("PNG", frames),
    "webp": lambda frames: animated("WEBP", frames),
    "avif": lambda frames: animated("AVIF", frames),
}
