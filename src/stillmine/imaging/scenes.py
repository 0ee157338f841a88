"""Six ordinary scenes: hills, a bowl of fruit, a street at night, the sea, a forest, dunes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from stillmine.imaging.canvas import Canvas, Light, between, edge, glow, plain
from stillmine.imaging.scenery import (
    ball,
    beach,
    bowl,
    clouds,
    houses,
    lamps,
    oval,
    perspective_waves,
    sky,
    sunlight,
    trunk,
    wall,
)

_HAZE = (0.72, 0.80, 0.88)


def hills(canvas: Canvas) -> Light:
    """Draw ranges of hills under a sky with clouds and a low sun."""
    sun = (canvas.chance(0.15, 0.85), canvas.chance(0.16, 0.34))
    light = sky(canvas, (0.24, 0.46, 0.80), (0.90, 0.82, 0.72), 0.62)
    light = clouds(canvas, light, canvas.chance(-0.05, 0.2))
    light = sunlight(canvas, light, sun, (1.0, 0.92, 0.74))
    green = (canvas.chance(0.16, 0.30), canvas.chance(0.34, 0.42), 0.16)
    ranges = 5
    for place in range(ranges):
        near = place / (ranges - 1)
        top = 0.42 + 0.42 * near + canvas.line(2 + 2 * near) * (0.05 + 0.03 * near)
        texture = canvas.noise(6 + 30 * near, 7, stretch=2.5, falloff=0.62)
        slope = canvas.noise(3, 3)
        ground = plain(canvas, green) * (1 + 0.5 * texture + 0.35 * slope)[..., None]
        ground = between(ground, _HAZE, np.full_like(canvas.x, 0.78 * (1 - near) ** 1.4))
        light = between(light, ground, edge(top - canvas.y, 0.004))
    flowers = edge(0.33 - canvas.noise(240, 2), 0.1) * edge(0.84 - canvas.y, 0.2)
    return between(light, (0.86, 0.70, 0.24), flowers * 0.7)


def fruit(canvas: Canvas) -> Light:
    """Draw a bowl of fruit on a wooden table by a window."""
    light = wall(canvas)
    table = 0.60
    grain = np.sin((canvas.y * 60 + canvas.noise(3, 5, stretch=9) * 5) * 2.2)
    depth = (canvas.y - table) / (1 - table)
    wood = plain(canvas, (0.46, 0.29, 0.17))
    wood = (
        wood
        * (0.75 + 0.1 * grain + 0.22 * canvas.noise(60, 3, stretch=14) + 0.4 * depth)[..., None]
    )
    light = between(light, wood, edge(table - canvas.y, 0.006))
    light = light * (1 - 0.55 * glow(oval(canvas, 0.54, 0.86, 0.36, 0.05), 0.9))[..., None]
    colours = [(0.80, 0.16, 0.10), (0.94, 0.54, 0.10), (0.62, 0.72, 0.18), (0.90, 0.76, 0.20)]
    places = [(0.40, 0.53), (0.60, 0.52), (0.50, 0.45), (0.33, 0.59), (0.67, 0.59), (0.50, 0.60)]
    first = int(canvas.random.integers(4))
    for place, (x, y) in enumerate(places):
        colour = colours[(place + first) % 4]
        spot = (x + canvas.chance(-0.02, 0.02), y + canvas.chance(-0.015, 0.015))
        light = ball(canvas, light, spot, canvas.chance(0.105, 0.13), colour)
    return bowl(canvas, light)


def street(canvas: Canvas) -> Light:
    """Draw a wet street at night, with lit windows, lamps and their reflections."""
    horizon = 0.58
    light = sky(canvas, (0.015, 0.02, 0.06), (0.13, 0.10, 0.16), horizon)
    light = light * (1 + 0.3 * canvas.noise(3, 5))[..., None]
    for row in range(2):
        light = houses(canvas, light, horizon, row)
    light = lamps(canvas, light, horizon)
    ground = canvas.y > horizon
    mirrored = 2 * horizon - canvas.y + canvas.noise(40, 4, stretch=5) * (canvas.y - horizon) * 0.25
    rows = np.clip(mirrored * canvas.height, 0, canvas.height - 1).astype(np.int32)
    shift = canvas.noise(60, 3, stretch=4) * 12 * (canvas.y - horizon)
    columns = np.clip(canvas.x * canvas.width + shift * 8, 0, canvas.width - 1).astype(np.int32)
    wet = light[rows, columns] * 0.55
    asphalt = plain(canvas, (0.055, 0.055, 0.065)) * (1 + 0.6 * canvas.noise(120, 3))[..., None]
    puddles = np.clip(0.55 + 0.7 * canvas.noise(5, 4, stretch=4), 0.15, 1)
    below: Light = asphalt + wet * puddles[..., None]
    return np.where(ground[..., None], below, light).astype(np.float32)


def sea(canvas: Canvas) -> Light:
    """Draw the sea at evening: swell, glitter under the sun, a beach in front."""
    horizon = canvas.chance(0.40, 0.48)
    sun = (canvas.chance(0.25, 0.75), horizon - canvas.chance(0.06, 0.14))
    light = sky(canvas, (0.22, 0.32, 0.58), (0.98, 0.66, 0.42), horizon)
    light = clouds(canvas, light, 0.1, tint=(0.98, 0.78, 0.66))
    light = sunlight(canvas, light, sun, (1.0, 0.80, 0.50))
    far = np.clip((canvas.y - horizon) / (1 - horizon), 1e-3, 1)
    swell = perspective_waves(canvas, far)
    water = between((0.42, 0.40, 0.46), (0.05, 0.20, 0.28), far**0.5)
    water = water * (1 + 0.55 * swell)[..., None]
    path = np.exp(-(((canvas.x - sun[0]) / (0.03 + 0.22 * far)) ** 2))
    glitter = np.clip(swell * 2.4 - 0.35, 0, 1) * path * (1.1 - 0.6 * far)
    water = water + glitter[..., None] * np.asarray((1.0, 0.72, 0.42), np.float32)
    light = between(light, water, edge(horizon - canvas.y, 0.002))
    return beach(canvas, light)


def forest(canvas: Canvas) -> Light:
    """Draw tree trunks in morning mist, light between them, ferns below."""
    light = between((0.74, 0.80, 0.62), (0.36, 0.46, 0.26), canvas.y)
    light = light * (1 + 0.35 * canvas.noise(5, 6))[..., None]
    light = sunlight(canvas, light, (canvas.chance(0.3, 0.7), 0.1), (0.98, 0.95, 0.70))
    for layer in range(4):
        near = (layer + 1) / 4
        for _ in range(14 - 3 * layer):
            light = trunk(canvas, light, near)
        leaves = edge(0.16 - canvas.noise(7 + 9 * near, 6, falloff=0.72) + canvas.y * 0.55, 0.12)
        shade = between((0.50, 0.60, 0.32), (0.09, 0.19, 0.06), np.full_like(canvas.x, near))
        light = between(light, shade * (1 + 0.9 * canvas.noise(80, 3))[..., None], leaves * 0.8)
    floor = 0.80 + canvas.line(5) * 0.03
    ferns = (
        plain(canvas, (0.17, 0.26, 0.09)) * (1 + 0.9 * canvas.noise(50, 5, falloff=0.75))[..., None]
    )
    light = between(light, ferns, edge(floor - canvas.y, 0.08))
    rays = np.clip(canvas.noise(7, 2, stretch=0.08), 0, 1) * (1 - canvas.y)
    return light + 0.22 * rays[..., None] * np.asarray((1, 0.95, 0.7), np.float32)


def desert(canvas: Canvas) -> Light:
    """Draw dunes with rippled sand, sharp crests and long shadows."""
    light = sky(canvas, (0.20, 0.42, 0.74), (0.86, 0.84, 0.80), 0.5)
    light = clouds(canvas, light, -0.28)
    for place in range(4):
        near = place / 3
        crest = 0.44 + 0.36 * near + canvas.line(1.5 + place * 0.4, 3, 0.35) * (0.07 + 0.06 * near)
        below = canvas.y - crest
        bend = canvas.noise(2, 3) * 0.7
        lit = np.tanh((canvas.noise(1.6, 2) + bend * 0.5) * 6) * 0.5 + 0.5
        ripples = np.sin(below * (260 - 130 * near) + canvas.noise(6, 4) * 7 + canvas.x * 30)
        sand = between((0.42, 0.26, 0.17), (0.90, 0.68, 0.42), 0.25 + 0.75 * lit)
        sand = sand * (0.97 + 0.045 * ripples * near + 0.09 * canvas.noise(200, 2))[..., None]
        sand = between(sand, (0.86, 0.80, 0.72), np.full_like(canvas.x, 0.5 * (1 - near) ** 2))
        light = between(light, sand, edge(-below, 0.003))
    return light


SCENES: tuple[Callable[[Canvas], Light], ...] = (hills, fruit, street, sea, forest, desert)
