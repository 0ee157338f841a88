"""Decode a whole picture as it is meant to be seen: upright, in sRGB. Runs in the child."""

from __future__ import annotations

from PIL import Image

from stillmine.imaging.colours import in_srgb
from stillmine.imaging.flat import eight_bits, upright
from stillmine.imaging.sight import Opened

_WHOLE = 1 << 30  # no side is so long: decode all of it


def seen(opened: Opened) -> Image.Image:
    """Return a picture as RGB, or RGBA if some of it is see-through."""
    loaded = opened.decode(_WHOLE)
    picture = upright(eight_bits(loaded), like=loaded)
    picture = in_srgb(picture, loaded.info.get("icc_profile"))
    if picture.mode != "RGBA":
        return picture.convert("RGB")
    alpha = picture.getchannel("A")
    if alpha.getextrema() == (255, 255):
        return picture.convert("RGB")
    # Below full transparency may lie what was meant to be gone.
    hidden = alpha.point(lambda value: 255 if value == 0 else 0)
    picture.paste((255, 255, 255, 0), mask=hidden)
    return picture
