"""Turn a picture's colours into those that every screen takes for granted."""

from __future__ import annotations

import io

from PIL import Image, ImageCms

_WITH_PROFILE = ("RGB", "RGBA", "L", "CMYK")


def in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture in sRGB, going by the colour profile that came with it, if it is whole."""
    if not profile or picture.mode not in _WITH_PROFILE:
        return picture
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        ours = ImageCms.createProfile("sRGB")
        turned = ImageCms.profileToProfile(picture, theirs, ours, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return picture
    return picture if turned is None else turned
