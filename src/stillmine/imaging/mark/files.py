"""Mark and read whole files, once their heads were read. Runs in the child."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from stillmine.imaging.colours import in_srgb
from stillmine.imaging.flat import eight_bits, on_white, upright
from stillmine.imaging.mark import evidence as reading
from stillmine.imaging.mark import place
from stillmine.imaging.mark.marking import mark_in_place
from stillmine.imaging.mark.pixels import Rgb
from stillmine.imaging.mark.reading import Evidence
from stillmine.imaging.sight import Opened

_WHOLE = 1 << 30  # no side is so long: decode all of it
_FEW_COLOURS, _FEW_GREYS = 2048, 64
_SAMPLED = 1 << 18
# A leaked picture is not needed finer than this; the grid of the original is 1,024 at most.
_MOST_LEAKED = 4096


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture as it is meant to be seen: upright, sRGB, eight bits.

    `rgb` is height x width x 3, `alpha` height x width or None, `drawn` whether it has so few
    colours that JPEG would harm it.
    """

    rgb: Rgb
    alpha: NDArray[np.uint8] | None
    drawn: bool


def prepare() -> None:
    """Mark and read once, so that all that is loaded late is loaded before the locks."""
    grain = np.random.default_rng(0).integers(0, 255, (64, 64, 3), np.uint8)
    place.prepare(grain)
    reading.evidence(grain, grain, ((0, 0), (64, 0), (64, 64), (0, 64)))
    ImageCms.createProfile("sRGB")


def decoded(opened: Opened) -> Decoded:
    """Decode all of a picture."""
    loaded = opened.decode(_WHOLE)
    picture = in_srgb(upright(eight_bits(loaded), like=loaded), loaded.info.get("icc_profile"))
    alpha = None
    if picture.mode == "RGBA":
        alpha = np.asarray(picture.getchannel("A"))
        alpha = None if alpha.min() == 255 else alpha
        # Under full transparency may lie what was meant to be gone; it is white from here on.
    flat = on_white(picture) if alpha is None else _opaque(picture)
    del picture, loaded
    rgb = np.array(flat)
    return Decoded(rgb, alpha, alpha is not None or _few_colours(rgb))


def marked(picture: Decoded, seed: bytes) -> tuple[NDArray[np.uint8], float]:
    """Return the marked pixels (height, width, 3 or 4) and the mean square of the change."""
    change = mark_in_place(picture.rgb, seed)
    if picture.alpha is None:
        return picture.rgb, change
    return np.dstack([picture.rgb, picture.alpha]), change


def read(
    original: Opened, leaked: Opened, quad: tuple[tuple[float, float], ...] | None
) -> Evidence | None:
    """Return what a leaked picture says about marks of the original, or None if nothing."""
    theirs = leaked.decode(_MOST_LEAKED)
    flat = in_srgb(upright(eight_bits(theirs), like=theirs), theirs.info.get("icc_profile"))
    full = flat.size
    if max(full) > _MOST_LEAKED:
        flat.thumbnail((_MOST_LEAKED, _MOST_LEAKED), Image.Resampling.BOX)
    seen = np.asarray(on_white(flat))
    del theirs, flat
    if quad is not None:
        ratio = seen.shape[1] / full[0], seen.shape[0] / full[1]
        quad = tuple((x * ratio[0], y * ratio[1]) for x, y in quad)
    return reading.evidence(decoded(original).rgb, seen, quad)


def _opaque(picture: Image.Image) -> Image.Image:
    """Return the colours, white where nothing of them can be seen."""
    colours = picture.convert("RGB")
    hidden = picture.getchannel("A").point(lambda value: 255 if value == 0 else 0)
    colours.paste("white", mask=hidden)
    return colours


def _few_colours(rgb: Rgb) -> bool:
    """Say whether it is drawn: few colours, as in a screenshot of text or a diagram."""
    flat = rgb.reshape(-1, 3)
    some = flat[:: max(1, len(flat) // _SAMPLED)].astype(np.uint32)
    codes = (some[:, 0] << 16) | (some[:, 1] << 8) | some[:, 2]
    grey = bool((some[:, 0] == some[:, 1]).all() and (some[:, 1] == some[:, 2]).all())
    few = _FEW_GREYS if grey else _FEW_COLOURS
    return len(np.unique(codes)) < min(few, len(codes) // 16)
