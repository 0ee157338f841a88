"""Sum up what a picture shows: the same pixels, frames and times give the same sum."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import BinaryIO

import numpy
from PIL import Image, ImageSequence

from stillmine.errors import FileDamaged, NotUnderstood

_MOST_PIXELS = 200_000_000
_MOST_IN_ALL = 4_000_000_000
_MOST_FRAMES = 10_000
_FEWER = ("1", "L", "LA", "La", "P", "PA", "RGBa")
_TOLD = ("duration", "loop", "blend", "disposal")


def shown_by(pillow_format: str, most_frames: int = _MOST_FRAMES) -> Callable[[BinaryIO], bytes]:
    """Return a function that sums up the frames of one format, as Pillow decodes them.

    `most_frames` of 1 looks at the first alone: a second picture in a JPEG is not shown with it.
    """

    def shown(source: BinaryIO) -> bytes:
        source.seek(0)
        try:
            with Image.open(source, formats=[pillow_format]) as picture:
                return _digest(picture, most_frames)
        except (NotUnderstood, MemoryError):
            raise
        except Exception as error:
            raise FileDamaged(part="picture-data") from error

    return shown


def _digest(picture: Image.Image, most_frames: int) -> bytes:
    """Return SHA-256 over size, mode, pixels and times of each frame."""
    whole = hashlib.sha256()
    pixels = 0
    for number, frame in enumerate(ImageSequence.Iterator(picture)):
        if number == 1 == most_frames:
            break
        pixels += frame.width * frame.height
        if frame.width * frame.height > _MOST_PIXELS or pixels > _MOST_IN_ALL:
            raise NotUnderstood(part="too-large")
        if number >= most_frames:
            raise NotUnderstood(part="too-many-frames")
        if number == 0 and picture.info.get("default_image"):
            continue  # a still beside an animation: whoever plays the animation never shows it
        told = [frame.info.get(name) for name in _TOLD]
        whole.update(f"{frame.size} {told}".encode())
        whole.update(_visible(frame))
    return whole.digest()


def _visible(frame: Image.Image) -> bytes:
    """Return the pixels in full colour; those below full transparency count as black."""
    if frame.mode in _FEWER or (frame.mode == "RGB" and "transparency" in frame.info):
        frame = frame.convert("RGBA")  # grey is also how a palette of greys is read
    if frame.mode != "RGBA":
        return frame.mode.encode() + frame.tobytes()
    pixels = numpy.array(frame)
    pixels[pixels[..., 3] == 0] = 0
    return b"RGBA" + pixels.tobytes()
