"""Draw a picture anew: nothing of its coding is left, only its pixels, upright and in sRGB."""

from __future__ import annotations

import io
from typing import BinaryIO

from PIL import Image, ImageCms

from stillmine.errors import FileDamaged, NotUnderstood
from stillmine.imaging.flat import eight_bits, upright

_MOST_PIXELS = 100_000_000
_STILLS = ("AVIF", "BMP", "GIF", "HEIF", "JPEG", "PNG", "TIFF", "WEBP")
_ROWS = 256
QUALITY = 90


def draw(source: BinaryIO) -> Image.Image:
    """Return a still as RGB or RGBA in sRGB. Raises FileDamaged, NotUnderstood.

    Colours below full transparency are made black. A file cut short is drawn as far as it goes.
    """
    source.seek(0)
    known = [name for name in _STILLS if name in Image.OPEN]
    try:
        with Image.open(source, formats=known) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise NotUnderstood(part="too-large")
            if getattr(picture, "n_frames", 1) > 1:
                raise NotUnderstood(part="more-than-one-picture")
            picture.load()
            return _only_visible(upright(_in_srgb(picture), like=picture))
    except (OSError, ValueError, SyntaxError) as error:
        raise FileDamaged(part="picture-data") from error


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Turn colours into those that every screen takes for granted."""
    flat = eight_bits(picture)
    profile = picture.info.get("icc_profile")
    if profile and flat.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            wanted = ImageCms.createProfile("sRGB")
            mode = "RGBA" if flat.mode == "RGBA" else "RGB"
            turned = ImageCms.profileToProfile(flat, given, wanted, outputMode=mode)
            flat = turned if turned is not None else flat
        except ImageCms.PyCMSError:
            pass  # a profile that nobody can use: every viewer leaves it aside too
    return flat if flat.mode in ("RGB", "RGBA") else flat.convert("RGB")


def _only_visible(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture
    alpha = picture.getchannel("A")
    shown = Image.new("RGBA", picture.size)
    shown.paste(picture, mask=alpha.point(lambda value: 255 if value else 0))
    return shown


def rows(picture: Image.Image, out: BinaryIO) -> None:
    """Write the bare pixels, some rows at a time."""
    for top in range(0, picture.height, _ROWS):
        bottom = min(picture.height, top + _ROWS)
        out.write(picture.crop((0, top, picture.width, bottom)).tobytes())


def coded(width: int, height: int, pixels: bytes) -> tuple[str, bytes]:
    """Return the format and a new file of bare pixels: PNG where some are clear, else JPEG."""
    out = io.BytesIO()
    if len(pixels) == 4 * width * height:
        Image.frombytes("RGBA", (width, height), pixels).save(out, "PNG")
        return "png", out.getvalue()
    if len(pixels) != 3 * width * height or not pixels:
        raise FileDamaged(part="picture-data")
    Image.frombytes("RGB", (width, height), pixels).save(out, "JPEG", quality=QUALITY)
    return "jpeg", out.getvalue()
