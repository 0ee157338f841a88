"""Changes to the colours, the sharpness and the bytes of a whole picture."""

from __future__ import annotations

import io

import cv2
import numpy as np
from PIL import Image, ImageEnhance

Rgb = np.ndarray


def saved(rgb: Rgb, quality: int) -> Rgb:
    """Save as JPEG and read again."""
    out = io.BytesIO()
    Image.fromarray(rgb).save(out, "jpeg", quality=quality)
    return np.asarray(Image.open(out).convert("RGB"))


def webp(rgb: Rgb, quality: int) -> Rgb:
    """Save as WebP and read again."""
    out = io.BytesIO()
    Image.fromarray(rgb).save(out, "webp", quality=quality)
    return np.asarray(Image.open(out).convert("RGB"))


def resized(rgb: Rgb, part: float) -> Rgb:
    """Scale both sides."""
    return cv2.resize(rgb, None, fx=part, fy=part, interpolation=cv2.INTER_AREA)


def longest(rgb: Rgb, side: int) -> Rgb:
    """Scale so that the longer side is `side` pixels."""
    return resized(rgb, side / max(rgb.shape[:2]))


def enlarged(rgb: Rgb) -> Rgb:
    """Shrink to a third, then blow up again as a bad upscaler does."""
    return cv2.resize(resized(rgb, 1 / 3), None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC)


def grey(rgb: Rgb) -> Rgb:
    """Take the colours away."""
    return np.asarray(Image.fromarray(rgb).convert("L").convert("RGB"))


def bright(rgb: Rgb, factor: float) -> Rgb:
    """Brighten or darken."""
    return np.asarray(ImageEnhance.Brightness(Image.fromarray(rgb)).enhance(factor))


def contrast(rgb: Rgb, factor: float) -> Rgb:
    """Raise or lower the contrast."""
    return np.asarray(ImageEnhance.Contrast(Image.fromarray(rgb)).enhance(factor))


def gamma(rgb: Rgb, power: float) -> Rgb:
    """Bend the tones."""
    return (255 * (np.arange(256) / 255) ** power).astype(np.uint8)[rgb]


def hue(rgb: Rgb, degrees: int) -> Rgb:
    """Turn the colours on the colour wheel."""
    hsv = cv2.cvtColor(rgb, cv2.COLOR_RGB2HSV)
    hsv[..., 0] = (hsv[..., 0].astype(int) + degrees // 2) % 180
    return cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)


def warm(rgb: Rgb) -> Rgb:
    """Put the warm, faded filter of photo apps on it."""
    tone = np.array([1.12, 1.0, 0.78])
    return np.clip(24 + rgb * 0.84 * tone, 0, 255).astype(np.uint8)


def vignette(rgb: Rgb) -> Rgb:
    """Sepia with dark corners."""
    mix = np.array([[0.39, 0.77, 0.19], [0.35, 0.69, 0.17], [0.27, 0.53, 0.13]])
    height, width = rgb.shape[:2]
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    dark = 1 - 0.75 * np.clip((x * x + y * y) / 2, 0, 1)
    return np.clip((rgb @ mix.T) * dark[..., None], 0, 255).astype(np.uint8)


def posterised(rgb: Rgb) -> Rgb:
    """Leave four tones a colour."""
    return (rgb // 64 * 85).astype(np.uint8)


def inverted(rgb: Rgb) -> Rgb:
    """Make a negative."""
    return 255 - rgb


def blurred(rgb: Rgb, sigma: float) -> Rgb:
    """Blur as a lens out of focus; sigma in pixels of a picture that is 1,600 wide."""
    return cv2.GaussianBlur(rgb, (0, 0), sigma * max(rgb.shape[:2]) / 1600)


def sharpened(rgb: Rgb) -> Rgb:
    """Sharpen far too much."""
    soft = cv2.GaussianBlur(rgb, (0, 0), 2)
    return cv2.addWeighted(rgb, 3.0, soft, -2.0, 0)


def noisy(rgb: Rgb, spread: float, random: np.random.Generator) -> Rgb:
    """Add grain."""
    return np.clip(rgb + random.normal(0, spread, rgb.shape), 0, 255).astype(np.uint8)


def pixelated(rgb: Rgb, cell: int) -> Rgb:
    """Make cells of one colour."""
    height, width = rgb.shape[:2]
    small = cv2.resize(
        rgb, (max(1, width // cell), max(1, height // cell)), interpolation=cv2.INTER_AREA
    )
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST)
