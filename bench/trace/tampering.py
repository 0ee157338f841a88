"""Changes that hurt a mark: other formats, denoisers, bends, screens, pipelines, half covered."""

from __future__ import annotations

import io

import cv2
import numpy as np
from PIL import Image

from bench.recognise import alterations as alter
from bench.recognise import placing as place

Rgb = np.ndarray
Random = np.random.Generator


def avif(rgb: Rgb, quality: int) -> Rgb:
    """Save as AVIF and read again."""
    out = io.BytesIO()
    Image.fromarray(rgb).save(out, "avif", quality=quality, speed=8)
    return np.asarray(Image.open(out).convert("RGB"))


def small(rgb: Rgb, part: float) -> Rgb:
    """Shrink as phones and web sites do (Lanczos)."""
    height, width = rgb.shape[:2]
    size = (max(8, round(width * part)), max(8, round(height * part)))
    return np.asarray(Image.fromarray(rgb).resize(size, Image.Resampling.LANCZOS))


def back(rgb: Rgb, part: float) -> Rgb:
    """Shrink and blow up to the size that it had."""
    height, width = rgb.shape[:2]
    return np.asarray(Image.fromarray(small(rgb, part)).resize((width, height), 3))


def saturated(rgb: Rgb, factor: float) -> Rgb:
    """Make the colours stronger."""
    grey = rgb.mean(2, keepdims=True)
    return np.clip(grey + factor * (rgb - grey), 0, 255).astype(np.uint8)


def look(rgb: Rgb) -> Rgb:
    """Put the filter of a photo app on it: warm, contrast by an S curve, dark corners."""
    light = alter.warm(rgb) / 255
    bent = light * light * (3 - 2 * light) * 0.6 + light * 0.4
    height, width = rgb.shape[:2]
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    return np.clip(255 * bent * (1 - 0.3 * (x * x + y * y) / 2)[..., None], 0, 255).astype(np.uint8)


def blurred(rgb: Rgb, sigma: float) -> Rgb:
    """Blur; sigma in pixels of the picture as it is."""
    return cv2.GaussianBlur(rgb, (0, 0), sigma)


def sharpened(rgb: Rgb) -> Rgb:
    """Sharpen strongly."""
    return cv2.addWeighted(rgb, 2.2, cv2.GaussianBlur(rgb, (0, 0), 1.5), -1.2, 0)


def covered(rgb: Rgb, share: float, random: Random) -> Rgb:
    """Lay coloured stickers over it until they cover this share of the area."""
    out = rgb.copy()
    height, width = rgb.shape[:2]
    hidden = np.zeros((height, width), np.uint8)
    while hidden.mean() < share:
        centre = (int(random.integers(width)), int(random.integers(height)))
        radius = int(random.uniform(0.06, 0.13) * min(height, width))
        colour = tuple(int(part) for part in random.integers(0, 255, 3))
        cv2.circle(out, centre, radius, colour, -1)
        cv2.circle(out, centre, radius, (20, 20, 20), max(1, radius // 15))
        cv2.circle(hidden, centre, radius, 1, -1)
    return out


def social(rgb: Rgb, side: int, quality: int) -> Rgb:
    """Shrink, sharpen a little, save: what a platform does with an upload."""
    longer = max(rgb.shape[:2])
    sent = small(rgb, side / longer) if longer > side else rgb
    return alter.saved(cv2.addWeighted(sent, 1.25, blurred(sent, 0.8), -0.25, 0), quality)


def messenger(rgb: Rgb) -> Rgb:
    """Send it on through three messengers in a row."""
    for side, quality in ((1280, 72), (1080, 65), (1024, 68)):
        rgb = social(rgb, side, quality)
    return rgb


def perspective(rgb: Rgb, random: Random) -> Rgb:
    """See it from the side."""
    height, width = rgb.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    away = random.uniform(0, 0.12, (4, 2)) * (width, height) * [[1, 1], [-1, 1], [-1, -1], [1, -1]]
    target = (corners + away).astype(np.float32)
    return cv2.warpPerspective(rgb, cv2.getPerspectiveTransform(corners, target), (width, height))


def bent(rgb: Rgb, pixels: float, random: Random) -> Rgb:
    """Warp it smoothly, by at most about so many pixels of a picture that is 1,024 wide."""
    height, width = rgb.shape[:2]
    coarse = random.normal(0, 1, (5, 6, 2)).astype(np.float32)
    moves = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    moves *= pixels * max(height, width) / 1024 / np.abs(moves).max()
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    return cv2.remap(
        rgb, x + moves[..., 0], y + moves[..., 1], cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT
    )


def patches(rgb: Rgb, strength: float) -> Rgb:
    """Denoise by patches that look alike (non-local means)."""
    return cv2.fastNlMeansDenoisingColored(rgb, None, strength, strength, 5, 15)


def flattened(rgb: Rgb, rounds: int) -> Rgb:
    """Denoise towards even areas with edges (bilateral, again and again)."""
    for _ in range(rounds):
        rgb = cv2.bilateralFilter(rgb, 7, 30, 5)
    return rgb


def bottleneck(rgb: Rgb, times: int) -> Rgb:
    """Squeeze it through a much smaller picture and sharpen what comes back.

    It stands for repainting by a generative model, whose latent picture is that much smaller.
    """
    squeezed = back(alter.noisy(small(rgb, 1 / times), 2, np.random.default_rng(times)), 1.0)
    height, width = rgb.shape[:2]
    grown = np.asarray(Image.fromarray(squeezed).resize((width, height), Image.Resampling.BICUBIC))
    return cv2.addWeighted(grown, 1.8, blurred(grown, times / 2), -0.8, 0)


def repainted(rgb: Rgb) -> Rgb:
    """Replace all but an oval in the middle by something else."""
    height, width = rgb.shape[:2]
    y, x = np.mgrid[0:height, 0:width]
    keep = ((x - width / 2) / (0.36 * width)) ** 2 + ((y - height / 2) / (0.42 * height)) ** 2 < 1
    ground = np.stack([90 + 80 * x / width, 120 + 60 * y / height, 140 + 0 * x], -1)
    soft = cv2.GaussianBlur(keep.astype(np.float32), (0, 0), 4)[..., None]
    return (rgb * soft + ground * (1 - soft)).astype(np.uint8)


def screen_strong(rgb: Rgb, random: Random) -> Rgb:
    """Photograph it off a screen badly: more moiré, soft."""
    return cv2.GaussianBlur(place.screen(rgb, random, moire=24), (0, 0), 1.2)
