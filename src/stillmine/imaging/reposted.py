"""Draw what becomes of a picture that is passed on: cut, mirrored, saved badly, on a phone.

For `stillmine try` and for tests. It decodes in this process, so it is to be given only pictures
that this program wrote itself.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageOps

_SCREEN = (540, 1080)
_TOP = 150
_TALLEST = 640
_CUT = (0.12, 0.08, 0.95, 0.86)  # left, top, right, bottom, as shares of the sides
_PICTURE_QUALITY, _SCREEN_QUALITY = 30, 50
_PAPER, _INK, _PALE = (250, 250, 250), (40, 40, 44), (205, 207, 212)

Corner = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Reposted:
    """A screenshot as a JPEG, and where the corners of the whole picture would lie in it.

    They begin at the picture's own top left and go clockwise as it was, so that they run the other
    way round in the mirrored copy; they lie outside of what is seen of it.
    """

    jpeg: bytes
    corners: tuple[Corner, Corner, Corner, Corner]


def reposted(jpeg: bytes) -> Reposted:
    """Return a picture as somebody might pass it on. Raises OSError for bytes that are no JPEG."""
    with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as opened:
        whole = opened.convert("RGB")
    left, top = _CUT[0] * whole.width, _CUT[1] * whole.height
    right, bottom = _CUT[2] * whole.width, _CUT[3] * whole.height
    scale = min(_SCREEN[0] / (right - left), _TALLEST / (bottom - top))
    size = (round(scale * (right - left)), round(scale * (bottom - top)))
    part = whole.resize(size, Image.Resampling.BICUBIC, box=(left, top, right, bottom))
    at = ((_SCREEN[0] - size[0]) // 2, _TOP)
    screen = _screen(_TOP + size[1])
    screen.paste(_saved_badly(ImageOps.mirror(part)), at)

    def corner(x: float, y: float) -> Corner:
        return at[0] + size[0] - scale * (x - left), at[1] + scale * (y - top)

    wide, high = whole.size
    corners = (corner(0, 0), corner(wide, 0), corner(wide, high), corner(0, high))
    return Reposted(_as_jpeg(screen, _SCREEN_QUALITY), corners)


def _saved_badly(picture: Image.Image) -> Image.Image:
    with Image.open(io.BytesIO(_as_jpeg(picture, _PICTURE_QUALITY))) as opened:
        return opened.convert("RGB")


def _as_jpeg(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _screen(below: int) -> Image.Image:
    """Draw a phone's screen with a post on it: bars, a round face, lines of grey for words."""
    screen = Image.new("RGB", _SCREEN, _PAPER)
    pen = ImageDraw.Draw(screen)
    wide, high = _SCREEN
    pen.rectangle((0, 0, wide, 36), fill=_INK)
    for number, right in enumerate((40, 58, 76)):
        pen.rectangle((wide - right, 22 - 4 * number, wide - right + 10, 28), fill=_PAPER)
    pen.ellipse((20, 56, 84, 120), fill=_PALE)
    pen.rounded_rectangle((100, 66, 300, 84), 8, fill=_INK)
    pen.rounded_rectangle((100, 96, 220, 110), 6, fill=_PALE)
    for number in range(4):
        pen.ellipse((24 + 60 * number, below + 18, 54 + 60 * number, below + 48), outline=_INK)
    for number, length in enumerate((440, 480, 300)):
        top = below + 70 + 30 * number
        pen.rounded_rectangle((20, top, 20 + length, top + 14), 6, fill=_PALE)
    pen.rectangle((0, high - 70, wide, high - 69), fill=_PALE)
    pen.rounded_rectangle((wide // 2 - 80, high - 24, wide // 2 + 80, high - 16), 4, fill=_INK)
    return screen
