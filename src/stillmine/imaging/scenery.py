"""The pieces that drawn scenes are made of: skies, suns, fruit, houses, waves, trunks."""

from __future__ import annotations

import numpy as np

from stillmine.imaging.canvas import Canvas, Light, Plane, between, edge, glow, plain


def sky(canvas: Canvas, top: tuple[float, ...], low: tuple[float, ...], horizon: float) -> Light:
    """Return a clear sky that pales towards the horizon."""
    return between(top, low, (canvas.y / horizon) ** 1.3)


def clouds(
    canvas: Canvas, light: Light, cover: float, tint: tuple[float, ...] = (0.97, 0.97, 0.98)
) -> Light:
    """Add clouds; `cover` from -1 (none) to 1 (all)."""
    shape = canvas.noise(3, 8, stretch=2.6, falloff=0.55)
    thick = np.clip((shape + cover) * 2.6, 0, 1)
    under = 0.78 + 0.22 * np.clip(1 - thick * 0.8 + canvas.noise(5, 4) * 0.3, 0, 1)
    return between(light, np.asarray(tint, np.float32) * under[..., None], thick * 0.9)


def sunlight(
    canvas: Canvas, light: Light, place: tuple[float, float], colour: tuple[float, ...]
) -> Light:
    """Add the sun and the light around it."""
    away = canvas.disc(*place, 0.035)
    shine = edge(away - 1, 0.25) + 0.45 * glow(away, 0.25) + 0.35 * glow(away, 0.07)
    lit: Light = light + shine[..., None] * np.asarray(colour, np.float32)
    return lit


def wall(canvas: Canvas) -> Light:
    """Return a wall with the light of a window on it."""
    base = (canvas.chance(0.52, 0.66), canvas.chance(0.56, 0.62), canvas.chance(0.54, 0.66))
    wall = between(base, (0.20, 0.19, 0.18), canvas.x * 0.8 + canvas.y * 0.35 - 0.05)
    wall = wall * (1 + 0.06 * canvas.noise(4, 8))[..., None]
    slanted = canvas.x + canvas.y * 0.45
    pane = edge(np.abs(slanted - 0.42) - 0.20, 0.05) * edge(np.abs(canvas.y - 0.22) - 0.17, 0.05)
    bars = 1 - edge(np.abs(slanted - 0.42) - 0.010, 0.02)
    sill = 1 - edge(np.abs(canvas.y - 0.22) - 0.008, 0.02)
    return wall + 0.30 * (pane * bars * sill)[..., None] * np.asarray((1, 0.93, 0.78), np.float32)


def oval(canvas: Canvas, x: float, y: float, wide: float, high: float) -> Plane:
    """Return the distance from a point in units of two radii."""
    distance: Plane = np.hypot((canvas.x - x) * canvas.ratio / wide, (canvas.y - y) / high)
    return distance


def ball(
    canvas: Canvas,
    light: Light,
    place: tuple[float, float],
    radius: float,
    colour: tuple[float, ...],
) -> Light:
    """Draw one round fruit, lit from the upper left, with a highlight and a stalk's hollow."""
    away = canvas.disc(*place, radius)
    shape = edge(away - 1 - 0.02 * canvas.noise(4, 2), 0.025)
    across = (canvas.x - place[0]) * canvas.ratio / radius
    down = (canvas.y - place[1]) / radius
    up = np.sqrt(np.clip(1 - away**2, 0, 1))
    lit = np.clip(-0.55 * across - 0.6 * down + 0.58 * up, 0, 1)
    skin = (
        plain(canvas, colour)
        * (1 + 0.16 * canvas.noise(14, 5) + 0.05 * canvas.noise(150, 2))[..., None]
    )
    body = skin * (0.20 + 0.92 * lit)[..., None]
    shine = glow(
        canvas.disc(place[0] - 0.34 * radius / canvas.ratio, place[1] - 0.4 * radius, radius), 5.5
    )
    hollow = glow(canvas.disc(place[0] + 0.1 * radius, place[1] - 0.7 * radius, radius), 6)
    body = body * (1 - 0.6 * hollow)[..., None] + 0.55 * shine[..., None]
    return between(light, body, shape)


def bowl(canvas: Canvas, light: Light) -> Light:
    """Draw a glazed bowl with a painted band, and its rim in front of what lies in it."""
    rim = oval(canvas, 0.5, 0.64, 0.46, 0.035)
    belly = oval(canvas, 0.5, 0.64, 0.46, 0.235)
    inside = edge(belly - 1, 0.02) * edge(0.64 - canvas.y, 0.004)
    across = (canvas.x - 0.5) * canvas.ratio / 0.46
    lit = 0.30 + 0.62 * np.exp(-((across + 0.45) ** 2) * 2.6)
    glaze = plain(canvas, (canvas.chance(0.3, 0.9), 0.62, canvas.chance(0.6, 0.86)))
    band = edge(np.abs(belly - 0.72) - 0.05, 0.03)
    glaze = between(glaze, (0.16, 0.24, 0.42), band * 0.8)
    glaze = glaze * (lit * (1 + 0.08 * canvas.noise(40, 3)))[..., None]
    shine = glow(oval(canvas, 0.34, 0.72, 0.05, 0.05), 1.2)
    light = between(light, glaze + 0.5 * shine[..., None], inside)
    front = edge(np.abs(rim - 1) - 0.05, 0.05) * edge(0.64 - canvas.y, 0.01)
    return between(light, (0.84, 0.84, 0.82), front * 0.8)


def houses(canvas: Canvas, light: Light, horizon: float, row: int) -> Light:
    """Draw a row of houses with lit windows."""
    at = -0.02
    while at < 1.0:
        wide = canvas.chance(0.08, 0.16)
        top = canvas.chance(0.08, 0.32) + 0.08 * (1 - row)
        left, right = round(at * canvas.width), round((at + wide) * canvas.width)
        up, down = round(top * canvas.height), round(horizon * canvas.height)
        left, right = max(0, left), min(canvas.width, right)
        if canvas.chance(0, 1) < 0.85 and right - left > 4:
            house(canvas, light, (left, up, right, down))
        at += wide + canvas.chance(0.0, 0.02)
    return light


def house(canvas: Canvas, light: Light, box: tuple[int, int, int, int]) -> None:
    """Draw one front with its rows of windows straight into `light`."""
    left, up, right, down = box
    shade = canvas.chance(0.03, 0.10)
    light[up:down, left:right] = np.asarray((1.0, 0.9, 0.95), np.float32) * shade
    step = max(6, canvas.width // 60)
    for y in range(up + step, down - step, round(step * 1.5)):
        for x in range(left + step // 2, right - step // 2 - step // 3, step):
            if canvas.chance(0, 1) < 0.42:
                warm = canvas.chance(0.25, 1.0)
                colour = np.asarray((1.0, 0.76, canvas.chance(0.36, 0.6)), np.float32)
                light[y : y + round(step * 0.8), x : x + round(step * 0.55)] = colour * warm
    texture = canvas.random.normal(1, 0.06, (down - up, right - left, 1)).astype(np.float32)
    light[up:down, left:right] *= texture


def lamps(canvas: Canvas, light: Light, horizon: float) -> Light:
    """Draw street lamps and the light around them."""
    for place in range(6):
        x = (place + canvas.chance(0.2, 0.8)) / 6
        y = horizon - canvas.chance(0.08, 0.24)
        away = canvas.disc(x, y, 0.016)
        pole = edge(np.abs(canvas.x - x) - 0.0018, 0.002)
        pole = pole * edge(y - canvas.y, 0.004) * edge(canvas.y - horizon, 0.01)
        light = between(light, (0.03, 0.03, 0.03), pole)
        colour = np.asarray((1.0, canvas.chance(0.62, 0.9), canvas.chance(0.3, 0.75)), np.float32)
        shine = edge(away - 1, 0.4) + 0.5 * glow(away, 0.35) + 0.22 * glow(away, 0.1)
        light = light + shine[..., None] * colour
    return light


def perspective_waves(canvas: Canvas, far: Plane) -> Plane:
    """Return the swell: noise whose rows lie closer together towards the horizon."""
    flat = canvas.noise(26, 6, stretch=5, falloff=0.7)
    rows = np.clip((far**0.45) * (canvas.height - 1), 0, canvas.height - 1).astype(np.int32)
    middle = (canvas.x - 0.5) * (0.35 + 0.65 * far) + 0.5
    columns = np.clip(middle * (canvas.width - 1), 0, canvas.width - 1).astype(np.int32)
    swell: Plane = flat[rows, columns] * 2.2
    return swell


def beach(canvas: Canvas, light: Light) -> Light:
    """Draw wet sand, dry sand and a line of foam."""
    shore = 0.86 + canvas.line(2, 4) * 0.03 - canvas.x * 0.05
    sand = plain(canvas, (0.62, 0.50, 0.38)) * (1 + 0.30 * canvas.noise(150, 3))[..., None]
    sand = sand * (0.82 + 0.3 * canvas.noise(8, 4, stretch=5))[..., None]
    light = between(light, sand * 0.62, edge(shore - canvas.y, 0.02))
    light = between(light, sand, edge(shore + 0.05 - canvas.y, 0.05))
    foam = edge(np.abs(canvas.y - shore) - 0.008 - 0.014 * canvas.noise(30, 5), 0.012)
    return between(light, (0.93, 0.90, 0.86), foam * 0.85)


def trunk(canvas: Canvas, light: Light, near: float) -> Light:
    """Draw one trunk, darker and thicker the nearer it stands."""
    x, wide = canvas.chance(-0.02, 1.02), canvas.chance(0.006, 0.013) + 0.026 * near**2
    lean = canvas.chance(-0.05, 0.05)
    left = max(0, int((x - wide * 2 - 0.06) * canvas.width))
    right = min(canvas.width, int((x + wide * 2 + 0.06) * canvas.width))
    if right - left < 4:
        return light
    part = np.s_[:, left:right]
    middle = canvas.x[part] - x - lean * (canvas.y[part] - 0.5)
    body = edge(np.abs(middle) - wide * (0.7 + 0.4 * canvas.y[part]), 0.003)
    body = body * edge(canvas.y[part] - 0.74 - 0.16 * near, 0.02)
    bark = 1 + 0.35 * np.sin(middle * 900 + 9 * canvas.y[part]) * near
    bark = bark * (1 - 0.5 * middle / wide)
    colour = np.asarray((0.34, 0.30, 0.22), np.float32) * (1.5 - 1.15 * near)
    light[part] = between(light[part], colour * bark[..., None], body)
    return light
