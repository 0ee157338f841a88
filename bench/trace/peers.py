r"""Two well-known tools that mark pictures, read blind, for the same question.

They are no dependencies of the program, and stay out of its environment:

    pip install --no-deps --target PEERS \
        invisible-watermark==0.2.0 blind-watermark==0.4.4 PyWavelets
    PYTHONPATH=src:PEERS python -m bench.trace …

Each recipient gets 64 random bits. A copy is identified if its recipient has the most bits in
common with what was read, and so many that a stranger would have them with a chance of at most the
same bound as ours (binomial, Bonferroni over the recipients).
"""

from __future__ import annotations

import importlib
import math
import sys
import types
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np

Rgb = np.ndarray
Bits = np.ndarray
BITS = 64
NAMES = ("dwtDctSvd", "blind_watermark")


class Peer:
    """One of the tools: puts bits in, reads bits."""

    def __init__(self, name: str, embed: Callable[..., Rgb], read: Callable[..., Bits]) -> None:
        """Keep how it is called."""
        self.name, self.embed, self.read = name, embed, read


def installed() -> list[Peer]:
    """Return the tools that can be imported here."""
    found = []
    for name, build in (("dwtDctSvd", _invisible), ("blind_watermark", _blind)):
        try:
            found.append(Peer(name, *build()))
        except ImportError:
            continue
    return found


def bits_of(count: int, number: int) -> Bits:
    """Return the bits of `count` recipients of a photograph, count x 64."""
    return np.random.default_rng([number, BITS]).integers(0, 2, (count, BITS))


def identified(read: Bits, recipients: Bits, right: int, bound: float) -> bool:
    """Say whether the right recipient, and nobody else, is named."""
    agree = (recipients == read[None]).sum(1)
    named = [
        place for place, count in enumerate(agree) if _tail(int(count)) * len(recipients) <= bound
    ]
    return named == [right]


def _tail(count: int) -> float:
    """Return the chance that 64 coins agree in at least so many places."""
    return sum(math.comb(BITS, k) for k in range(count, BITS + 1)) / 2**BITS


def _invisible() -> tuple[Callable[..., Rgb], Callable[..., Bits]]:
    # Its neural method needs torch, which the package imports for all methods; it is not measured.
    stub: Any = types.ModuleType("imwatermark.rivaGan")
    stub.RivaWatermark = None
    sys.modules.setdefault("imwatermark.rivaGan", stub)
    tool = importlib.import_module("imwatermark")

    def embed(rgb: Rgb, bits: Bits) -> Rgb:
        encoder = tool.WatermarkEncoder()
        encoder.set_watermark("bits", [int(bit) for bit in bits])
        return _rgb(encoder.encode(_bgr(rgb), "dwtDctSvd"))

    def read(rgb: Rgb) -> Bits:
        if min(rgb.shape[:2]) * max(rgb.shape[:2]) < 256 * 256:  # it refuses smaller ones
            return np.full(BITS, 2)
        return np.asarray(tool.WatermarkDecoder("bits", BITS).decode(_bgr(rgb), "dwtDctSvd"))

    return embed, read


def _blind() -> tuple[Callable[..., Rgb], Callable[..., Bits]]:
    tool = importlib.import_module("blind_watermark")
    tool.bw_notes.close()

    def embed(rgb: Rgb, bits: Bits) -> Rgb:
        marker = tool.WaterMark(password_img=1, password_wm=1)
        marker.read_img(img=_bgr(rgb))
        marker.read_wm(bits.astype(bool).copy(), mode="bit")
        return _rgb(np.clip(marker.embed(), 0, 255).astype(np.uint8))

    def read(rgb: Rgb) -> Bits:
        try:
            marker = tool.WaterMark(password_img=1, password_wm=1)
            found = marker.extract(embed_img=_bgr(rgb), wm_shape=BITS, mode="bit")
        except (AssertionError, IndexError, ValueError, cv2.error):
            return np.full(BITS, 2)  # too small for it: it agrees with nobody
        return np.asarray(found > 0.5).astype(int)

    return embed, read


def _bgr(rgb: Rgb) -> Rgb:
    return np.ascontiguousarray(rgb[..., ::-1])


_rgb = _bgr
