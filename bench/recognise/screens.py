"""What surrounds a leaked picture on a phone or a web page: stories, posts, chats, forums."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from bench.recognise.placing import fitted, pasted, written

Rgb = np.ndarray
LINES = ("sent you a photo", "who is this??", "link in bio, more soon", "seen 14:02", "reposted by")


def _page(wide: int, high: int, colour: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """Start an empty page."""
    page = Image.new("RGB", (wide, high), colour)
    return page, ImageDraw.Draw(page)


def _put(page: Image.Image, rgb: Rgb, left: int, top: int, wide: int, most: int) -> int:
    """Put the picture `wide` pixels wide, at most `most` high, and return where it ends."""
    high = min(most, round(wide * rgb.shape[0] / rgb.shape[1]))
    page.paste(Image.fromarray(fitted(rgb, wide, high)), (left, top))
    return top + high


def phone(rgb: Rgb) -> Rgb:
    """Show it in a photo app: status bar, name, hearts, comments."""
    page, draw = _page(720, 1480, "#ffffff")
    font, big = ImageFont.load_default(24), ImageFont.load_default(30)
    draw.text((30, 14), "14:02", "black", font)
    draw.text((600, 14), "5G 81%", "black", font)
    draw.ellipse((24, 74, 84, 134), "#99aacc")
    draw.text((100, 90), "someone_else", "black", big)
    end = _put(page, rgb, 0, 160, 720, 1000)
    for x in (36, 110, 184):
        draw.ellipse((x, end + 22, x + 40, end + 62), None, "black", 4)
    for row, line in enumerate(LINES):
        draw.text((30, end + 90 + 40 * row), line, "black", font)
    return np.asarray(page)


def chat(rgb: Rgb) -> Rgb:
    """Show it as a message in a dark chat."""
    page, draw = _page(720, 1280, "#0b141a")
    font = ImageFont.load_default(26)
    draw.rectangle((0, 0, 720, 110), "#1f2c34")
    draw.text((110, 40), "unknown number", "white", font)
    draw.rounded_rectangle((30, 150, 460, 220), 18, "#1f2c34")
    draw.text((50, 170), LINES[1], "white", font)
    end = _put(page, rgb, 190, 250, 500, 640)
    for row, line in enumerate(LINES[2:]):
        top = end + 30 + 90 * row
        draw.rounded_rectangle((240, top, 690, top + 70), 18, "#005c4b")
        draw.text((260, top + 20), line, "white", font)
    return np.asarray(page)


def web(rgb: Rgb) -> Rgb:
    """Show it on a web page with a menu and text."""
    page, draw = _page(1280, 900, "#f4f4f6")
    font, big = ImageFont.load_default(18), ImageFont.load_default(34)
    draw.rectangle((0, 0, 1280, 70), "#223")
    draw.text((30, 18), "imageboard", "white", big)
    for column in range(6):
        draw.text((420 + 130 * column, 26), f"section {column}", "#ccd", font)
    _put(page, rgb, 60, 120, 620, 720)
    for row in range(22):
        draw.text(
            (730, 130 + 32 * row), LINES[row % 5] + ", " + LINES[(row * 3 + 1) % 5], "#333", font
        )
    return np.asarray(page)


def forum(rgb: Rgb, other: Rgb) -> Rgb:
    """Show it as one small picture of a forum thread, with another one below."""
    page, draw = _page(1000, 1100, "#eef2ff")
    font = ImageFont.load_default(18)
    top = 30
    for picture in (rgb, other):
        draw.rectangle((20, top, 980, top + 500), "#d6daf0")
        _put(page, picture, 40, top + 40, 420, 440)
        for row in range(12):
            draw.text(
                (490, top + 50 + 34 * row), LINES[(row * 2) % 5] + " >>10382", "#117743", font
            )
        top += 530
    return np.asarray(page)


def story(rgb: Rgb, *, over: Rgb | None = None) -> Rgb:
    """Put it upright on a blurred ground with a line of text."""
    ground = fitted(rgb if over is None else over, 720, 1280)
    soft = cv2.GaussianBlur(ground, (0, 0), 28)
    page = pasted(soft, rgb, 0.36, 0.5, 0.46)
    return written(page, "guess who", 0.04, (0.5, 0.83))


def meme(rgb: Rgb) -> Rgb:
    """Put a white bar with text above it."""
    height, width = rgb.shape[:2]
    bar = np.full((height // 4, width, 3), 255, np.uint8)
    return written(
        np.vstack([bar, rgb]), "when she thinks nobody knows", 0.055, (0.5, 0.1), "black"
    )
