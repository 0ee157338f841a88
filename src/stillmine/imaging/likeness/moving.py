"""Go through the pictures of an animation, as `videos` does for videos. Runs in the child."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from PIL import Image

from stillmine.imaging.flat import eight_bits, on_white, upright
from stillmine.imaging.kinds import Kind, Problem
from stillmine.imaging.likeness.arrays import Bytes
from stillmine.imaging.likeness.sampling import Reel
from stillmine.imaging.pictures import Picture
from stillmine.imaging.sight import Opened
from stillmine.imaging.videos import SMALL, Video

# What browsers show a picture for that says less than 20 ms.
_LEAST_SHOWN, _USUALLY_SHOWN = 0.02, 0.1
_MOST_SECONDS = 1e7


def reel_of(opened: Opened, kind: Kind) -> Reel | None:
    """Return what moves in a file, or None where nothing does."""
    if isinstance(opened, Video):
        return opened
    if isinstance(opened, Picture) and kind is Kind.ANIMATION:
        return Animation(opened.image, opened.sight.frames or 1)
    return None


class Animation:
    """A GIF, APNG, WebP or AVIF that moves. Its pictures build on each other: all are decoded."""

    def __init__(self, image: Image.Image, count: int) -> None:
        """Keep the opened picture; its length is reckoned from how long the first is shown."""
        self._image, self._count = image, count
        self.seconds: float | None = count * min(1.0, _shown_for(image))
        self.problem: Problem | None = None

    def frames(self, pace: Callable[[float], float | None]) -> Iterator[Painted]:
        """Give the pictures in order, until one cannot be decoded; see `sampling.Reel`."""
        del pace  # none can be left out
        seconds = 0.0
        for number in range(self._count):
            try:
                self._image.seek(number)
                self._image.load()
            except MemoryError:
                self.problem = Problem.OUT_OF_MEMORY
                return
            except Exception:  # noqa: BLE001 - decoders raise anything; what came before counts
                self.problem = Problem.CANNOT_DECODE
                return
            yield Painted(self._image, number, seconds)
            seconds = min(seconds + _shown_for(self._image), _MOST_SECONDS)


class Painted:
    """One picture of an animation. Look at it before the next one is asked for."""

    def __init__(self, image: Image.Image, number: int, seconds: float) -> None:
        """Keep the picture as it is at this moment."""
        self._image, self.number, self.seconds = image, number, seconds
        self._flat: Image.Image | None = None

    def small(self) -> Bytes:
        """Return it grey, SMALL x SMALL bytes."""
        tiny = self._plain().resize((SMALL, SMALL), Image.Resampling.BOX).convert("L")
        return np.asarray(tiny)

    def rgb(self, side: int) -> Bytes:
        """Return it height x width x 3 bytes, no side above `side`."""
        plain = self._plain()
        scale = min(1.0, side / max(plain.size))
        size = (max(1, round(plain.width * scale)), max(1, round(plain.height * scale)))
        if size != plain.size:
            plain = plain.resize(size, Image.Resampling.BOX)
        return np.asarray(plain)

    def _plain(self) -> Image.Image:
        """Return it on white, and keep that: the decoder paints the next one over it."""
        if self._flat is None:
            self._flat = on_white(upright(eight_bits(self._image))).copy()
        return self._flat


def _shown_for(image: Image.Image) -> float:
    """Return for how many seconds the picture is shown."""
    told = image.info.get("duration")
    seconds = told / 1000 if isinstance(told, int | float) else 0.0
    return seconds if _LEAST_SHOWN <= seconds <= _MOST_SECONDS else _USUALLY_SHOWN
