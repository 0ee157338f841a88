"""Changes to the place of a picture: cut, turned, framed, covered, among others, photographed."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from bench.recognise.alterations import pixelated, resized

Rgb = np.ndarray
Random = np.random.Generator


def crop(rgb: Rgb, share: float, at: tuple[float, float]) -> Rgb:
    """Keep `share` of the area; `at` is 0..1 from left and top."""
    height, width = rgb.shape[:2]
    high, wide = round(height * share**0.5), round(width * share**0.5)
    top, left = round((height - high) * at[1]), round((width - wide) * at[0])
    return np.ascontiguousarray(rgb[top : top + high, left : left + wide])


def turned(rgb: Rgb, degrees: float, *, inside: bool = False) -> Rgb:
    """Turn; either with black corners, or cut so that none is seen."""
    height, width = rgb.shape[:2]
    turn = np.radians(abs(degrees))
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    sin, cos = np.sin(turn), np.cos(turn)
    wide, high = width * cos + height * sin, width * sin + height * cos
    if inside:
        part = min(width / wide, height / high)
        wide, high = width * part, height * part
    matrix[:, 2] += (wide - width) / 2, (high - height) / 2
    return cv2.warpAffine(rgb, matrix, (round(wide), round(high)), flags=cv2.INTER_LINEAR)


def stretched(rgb: Rgb, wide: float, high: float) -> Rgb:
    """Change the shape."""
    return cv2.resize(rgb, None, fx=wide, fy=high, interpolation=cv2.INTER_AREA)


def framed(rgb: Rgb, top: float, side: float, colour: tuple[int, int, int]) -> Rgb:
    """Put bars or a frame around it; widths as shares of the picture's height and width."""
    height, width = rgb.shape[:2]
    tall, broad = round(height * top), round(width * side)
    return cv2.copyMakeBorder(rgb, tall, tall, broad, broad, cv2.BORDER_CONSTANT, value=colour)


def written(rgb: Rgb, words: str, size: float, at: tuple[float, float], fill: str = "white") -> Rgb:
    """Write words onto it; `size` as a share of the height, `at` the middle of the text."""
    picture = Image.fromarray(rgb)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(max(8, round(size * rgb.shape[0])))
    place = (at[0] * rgb.shape[1], at[1] * rgb.shape[0])
    draw.text(place, words, fill, font, anchor="mm", stroke_width=2, stroke_fill="black")
    return np.asarray(picture)


def watermarked(rgb: Rgb) -> Rgb:
    """Write a pale name all over it, slanted."""
    height, width = rgb.shape[:2]
    sheet = Image.new("L", (width * 2, height * 2), 0)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(max(10, height // 14))
    for y in range(0, height * 2, height // 5):
        for x in range(0, width * 2, width // 3):
            draw.text((x, y), "@leaks.example", 255, font)
    pale = np.asarray(sheet.rotate(30))[height // 2 :, width // 2 :][:height, :width, None] / 255
    return (rgb * (1 - 0.4 * pale) + 255 * 0.4 * pale).astype(np.uint8)


def face(rgb: Rgb, x: float, y: float, size: float) -> Rgb:
    """Put a yellow smiling face on it; size as a share of the shorter side."""
    picture = Image.fromarray(rgb)
    draw = ImageDraw.Draw(picture)
    r = size * min(rgb.shape[:2]) / 2
    cx, cy = x * rgb.shape[1], y * rgb.shape[0]
    draw.ellipse((cx - r, cy - r, cx + r, cy + r), "#ffcc33", "#cc8800", 3)
    for side in (-1, 1):
        eye = cx + side * r * 0.35
        draw.ellipse((eye - r / 8, cy - r / 2, eye + r / 8, cy - r / 8), "#553300")
    draw.arc(
        (cx - r / 2, cy - r / 4, cx + r / 2, cy + r / 1.6),
        20,
        160,
        "#553300",
        max(2, round(r / 10)),
    )
    return np.asarray(picture)


def stickers(rgb: Rgb, random: Random) -> Rgb:
    """Put a dozen of them anywhere."""
    for x, y, size in random.uniform((0.05, 0.05, 0.12), (0.95, 0.95, 0.3), (12, 3)):
        rgb = face(rgb, x, y, size)
    return rgb


def veiled(rgb: Rgb) -> Rgb:
    """Pixelate the middle, where a face would be."""
    out = rgb.copy()
    height, width = rgb.shape[:2]
    box = np.s_[height // 5 : height * 3 // 5, width * 3 // 10 : width * 7 // 10]
    out[box] = pixelated(rgb[box], max(4, height // 25))
    return out


def censored(rgb: Rgb) -> Rgb:
    """Lay two black bars over it."""
    out = rgb.copy()
    height, width = rgb.shape[:2]
    out[height // 4 : height * 2 // 5, width // 6 : width * 5 // 6] = 0
    out[height * 3 // 5 : height * 3 // 4, width // 4 : width * 3 // 4] = 0
    return out


def fitted(rgb: Rgb, wide: int, high: int) -> Rgb:
    """Scale and cut to fill a box."""
    part = max(wide / rgb.shape[1], high / rgb.shape[0])
    size = (max(wide, round(rgb.shape[1] * part)), max(high, round(rgb.shape[0] * part)))
    full = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA if part < 1 else cv2.INTER_LINEAR)
    top, left = (full.shape[0] - high) // 2, (full.shape[1] - wide) // 2
    return full[top : top + high, left : left + wide]


def pasted(ground: Rgb, rgb: Rgb, share: float, x: float, y: float) -> Rgb:
    """Paste the picture onto a ground so that it covers `share` of it, its middle at x, y."""
    high, wide = ground.shape[:2]
    part = (share * high * wide / (rgb.shape[0] * rgb.shape[1])) ** 0.5
    part = min(part, 0.98 * wide / rgb.shape[1], 0.98 * high / rgb.shape[0])
    small = resized(rgb, part)
    top = round(np.clip(y * high - small.shape[0] / 2, 0, high - small.shape[0]))
    left = round(np.clip(x * wide - small.shape[1] / 2, 0, wide - small.shape[1]))
    out = ground.copy()
    out[top : top + small.shape[0], left : left + small.shape[1]] = small
    return out


def collage(parts: list[Rgb], columns: int, wide: int, high: int) -> Rgb:
    """Fill a grid of boxes with a thin white gap."""
    rows = [
        np.hstack([cv2.copyMakeBorder(fitted(part, wide, high), 4, 4, 4, 4, 0, value=(255,) * 3)
                   for part in parts[start : start + columns]])
        for start in range(0, len(parts), columns)
    ]  # fmt: skip
    return np.vstack(rows)


def screen(rgb: Rgb, random: Random, *, moire: float = 14) -> Rgb:
    """Photograph it off a screen: slanted, dull, with moiré, glare and noise."""
    shown = framed(
        fitted(rgb, 1200, round(1200 * rgb.shape[0] / rgb.shape[1])), 0.06, 0.05, (12, 12, 14)
    )
    high, wide = shown.shape[:2]
    y, x = np.mgrid[0:high, 0:wide]
    waves = np.sin(x / 2.3 + y / 31) * np.sin(y / 2.6 - x / 27)
    lit = np.clip(shown * 0.82 + 18 + moire * waves[..., None], 0, 255).astype(np.uint8)
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    away = random.uniform(-0.09, 0.09, (4, 2)) * (wide, high)
    target = (corners * 0.84 + (wide * 0.08, high * 0.08) + away).astype(np.float32)
    seen = cv2.warpPerspective(
        lit, cv2.getPerspectiveTransform(corners, target), (wide, high), borderValue=(52, 47, 43)
    )
    glare = 60 * np.exp(
        -(((x - wide * 0.7) / (0.18 * wide)) ** 2 + ((y - high * 0.25) / (0.2 * high)) ** 2)
    )
    grain = random.normal(0, 5, seen.shape)
    return np.clip(cv2.GaussianBlur(seen, (0, 0), 0.9) + glare[..., None] + grain, 0, 255).astype(
        np.uint8
    )
