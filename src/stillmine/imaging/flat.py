"""Turn a decoded picture the way it is meant to be seen: upright, eight bits, on white paper."""

from __future__ import annotations

import math

from PIL import Image

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ORIENTATION = 0x0112
_EIGHT_BITS = ("L", "RGB", "RGBA", "CMYK")
_WITH_ALPHA = ("LA", "La", "PA", "RGBa")
_SIXTEEN_BITS = ("I;16", "I;16L", "I;16B", "I;16N")


def upright(picture: Image.Image, *, like: Image.Image | None = None) -> Image.Image:
    """Turn a picture the way its EXIF orientation (0x0112) says it was held.

    `like` is the decoded picture that carries the EXIF data, where `picture` was made from it.
    """
    carrier = like if like is not None else picture
    turn = _TURNS.get(int(carrier.getexif().get(_ORIENTATION) or 1))
    return picture.transpose(turn) if turn is not None else picture


def eight_bits(picture: Image.Image) -> Image.Image:
    """Return the picture with eight bits a channel, in a mode that can be averaged over pixels."""
    mode = picture.mode
    if mode in _EIGHT_BITS:
        return picture
    if mode in _WITH_ALPHA or "transparency" in picture.info:
        return picture.convert("RGBA")
    if mode in _SIXTEEN_BITS or mode in ("I", "F"):
        return _from_wide(picture)
    return picture.convert("L" if mode == "1" else "RGB")


def _from_wide(picture: Image.Image) -> Image.Image:
    """Return grey of 16 or 32 bits as eight bits; what has no fixed white is stretched."""
    wide = picture.convert("I") if picture.mode in _SIXTEEN_BITS else picture
    low, high = 0.0, 65535.0
    if picture.mode not in _SIXTEEN_BITS:
        low, high = (float(each) for each in wide.getextrema())  # type: ignore[arg-type]  # one band
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        return Image.new("L", picture.size)  # one colour all over, or no numbers
    scale = 255.0 / (high - low)
    return wide.point(lambda value: value * scale - low * scale).convert("L")


def on_white(picture: Image.Image) -> Image.Image:
    """Return the picture as RGB, what is see-through on white."""
    if picture.mode == "RGB":
        return picture
    if picture.mode in ("L", "CMYK"):
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    flat = Image.new("RGB", clear.size, "white")
    flat.paste(clear, mask=clear.getchannel("A"))
    return flat
