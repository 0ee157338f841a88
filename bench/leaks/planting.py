"""A planted leak: a place in a file where software hides words, and how to put one there."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageDraw

LENGTH = 24
"""Bytes in a canary."""

Make = Callable[[bytes], bytes]
"""Takes a canary of 24 bytes of ASCII, returns a file that holds it in one place."""


def _as_it_is(canary: bytes) -> list[bytes]:
    return [canary]


@dataclass(frozen=True)
class Leak:
    """One class of leaks; `forms` gives the byte strings that no cleaned copy may hold."""

    name: str
    suffix: str
    make: Make
    forms: Callable[[bytes], list[bytes]] = _as_it_is


def canary(name: str) -> bytes:
    """Return the 24 letters and digits that stand for this class and for no other."""
    return base64.b32encode(hashlib.sha256(name.encode()).digest())[:LENGTH]


def many(text: bytes, length: int) -> bytes:
    """Return a canary repeated up to a length in bytes."""
    return (text * (length // len(text) + 1))[:length]


def split(text: bytes, step: int, between: bytes) -> bytes:
    """Return a canary with some bytes after every `step` of its own."""
    return b"".join(text[at : at + step] + between for at in range(0, len(text), step))


def picture(size: tuple[int, int] = (32, 32), mode: str = "RGB", shift: int = 0) -> Image.Image:
    """Draw a small picture of a sky, a hill and a sun."""
    image = Image.new("RGB", size, (90 + shift, 150, 220))
    pen = ImageDraw.Draw(image)
    wide, high = size
    pen.ellipse((wide // 8 + shift, high // 8, wide // 3 + shift, high // 3), fill=(250, 220, 90))
    pen.polygon([(0, high), (wide // 2, high // 2), (wide, high)], fill=(40, 110, 50))
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **how: object) -> bytes:
    """Return a picture as a file of that kind."""
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()
