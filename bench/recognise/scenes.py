"""Pictures that make it hard, made from photographs: another shot of a scene, low texture."""

from __future__ import annotations

import cv2
import numpy as np

from bench.recognise.alterations import blurred, noisy, saved

Rgb = np.ndarray
KINDS = ("smooth", "defocused", "dark")
GRADIENT_GREYS = 2.0


def burst(rgb: Rgb, number: int) -> Rgb:
    """Return the same scene a moment later, by a hand-held camera.

    Near things move more than far ones (a smooth depth is invented), the camera moves a little,
    something in the scene moved, and light and grain are new. It stands in for real bursts.
    """
    random = np.random.default_rng([number, 77])
    height, width = rgb.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    turn, zoom = random.uniform(-0.02, 0.02), 1 + random.uniform(-0.02, 0.02)
    dx, dy = x - width / 2, y - height / 2
    shift = random.uniform(-0.015, 0.015, 2) * width
    way = random.uniform(0, 2 * np.pi)
    near = _depth(rgb, random) * random.uniform(0.012, 0.025) * width
    map_x = (
        (dx * np.cos(turn) - dy * np.sin(turn)) * zoom + width / 2 + shift[0] + near * np.cos(way)
    )
    map_y = (
        (dx * np.sin(turn) + dy * np.cos(turn)) * zoom + height / 2 + shift[1] + near * np.sin(way)
    )
    moved = _something_moved(rgb, random)
    seen = cv2.remap(
        moved, map_x.astype(np.float32), map_y.astype(np.float32), cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REFLECT_101,
    )  # fmt: skip
    light = np.clip(seen * random.uniform(0.92, 1.08), 0, 255).astype(np.uint8)
    return saved(noisy(light, 4, random), 90)


def _depth(rgb: Rgb, random: np.random.Generator) -> np.ndarray:
    """Invent how near things are, 0..1: the ground is nearer, and there are some objects."""
    height, width = rgb.shape[:2]
    coarse = cv2.resize(
        random.uniform(0, 1, (6, 8)).astype(np.float32),
        (width, height),
        interpolation=cv2.INTER_CUBIC,
    )
    slope = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    edges = (
        cv2.GaussianBlur(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), (0, 0), width / 60) > 120
    ).astype(np.float32)
    return 0.35 * slope + 0.35 * coarse + 0.3 * cv2.GaussianBlur(edges, (0, 0), width / 150)


def _something_moved(rgb: Rgb, random: np.random.Generator) -> Rgb:
    """Move an oval piece of the picture by a few hundredths of its width."""
    height, width = rgb.shape[:2]
    y, x = np.mgrid[0:height, 0:width]
    middle = random.uniform(0.25, 0.75, 2) * (width, height)
    radius = random.uniform(0.12, 0.22) * min(height, width)
    soft = np.clip(3 - 3 * np.hypot(x - middle[0], y - middle[1]) / radius, 0, 1)[..., None]
    step = (random.uniform(0.03, 0.06, 2) * width * random.choice([-1, 1], 2)).astype(int)
    other = np.roll(rgb, tuple(step[::-1]), (0, 1))
    return (rgb * (1 - soft) + other * soft).astype(np.uint8)


def low_texture(rgb: Rgb, kind: str, number: int) -> Rgb:
    """Return a picture with little to hold on to, made from a photograph.

    `smooth` is its plainest part (sky, wall, sand, cloth), a sixth of the area; `defocused` the
    whole far out of focus, `dark` the whole nearly without light.
    """
    random = np.random.default_rng([number, 99])
    if kind == "defocused":
        return noisy(blurred(rgb, 14), 2, random)
    if kind == "dark":
        return noisy((rgb * 0.12).astype(np.uint8), 3, random)
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY).astype(np.float32)
    rough = np.abs(grey - cv2.GaussianBlur(grey, (0, 0), 2))
    high, wide = grey.shape[0] * 2 // 5, grey.shape[1] * 2 // 5
    busy = cv2.boxFilter(rough, -1, (wide, high))[high // 2 : -high // 2, wide // 2 : -wide // 2]
    # Not the burnt-out sky, which has nothing at all: the plainest place that has some grain.
    busy = np.where(busy < 0.6, np.inf, busy)
    top, left = np.unravel_index(int(np.argmin(busy)), busy.shape)
    return np.ascontiguousarray(rgb[top : top + high, left : left + wide])


def quarter(rgb: Rgb, number: int) -> Rgb:
    """Return one of the four quarters of a picture."""
    high, wide = rgb.shape[0] // 2, rgb.shape[1] // 2
    top, left = high * (number // 2), wide * (number % 2)
    return np.ascontiguousarray(rgb[top : top + high, left : left + wide])


def nothing_but_a_gradient(rgb: Rgb) -> bool:
    """Say whether a picture is only lighter here than there, like a clear sky, and has no content.

    That is so if a curved surface (of second order) explains its light up to two grey levels. Two
    such pictures of different skies are the same picture to anybody.
    """
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY).astype(np.float32)
    small = cv2.resize(grey, (48, 48), interpolation=cv2.INTER_AREA).astype(float)
    y, x = np.mgrid[-1:1:48j, -1:1:48j]
    surface = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y]).reshape(6, -1).T
    weights, *_ = np.linalg.lstsq(surface, small.ravel(), rcond=None)
    return bool(np.std(small.ravel() - surface @ weights) < GRADIENT_GREYS)
