"""Where a picture that was found lies over the person's own: the frame that is drawn there."""

from __future__ import annotations

from collections.abc import Sequence

Point = tuple[float, float]
_Matrix = tuple[float, float, float, float, float, float, float, float, float]
SIDE = 1000
"""The own picture is so wide and so high, whatever its shape: the drawing is stretched over it."""


def outline(quad: Sequence[Point], width: int, height: int) -> tuple[Point, ...]:
    """Return the corners of what is seen of the own picture, 0 to SIDE each way; or nothing.

    `quad` are the corners of the own picture in the one that was found, which has `width` x
    `height` pixels: from the own top left on, clockwise. So its frame is brought back by the
    inverse of the projective map of the unit square to the quad (P. Heckbert, Fundamentals of
    Texture Mapping and Image Warping, 1989, section 2.2.3), and cut at the own borders.
    """
    back = _inverse(quad) if len(quad) == 4 else None
    if back is None:
        return ()
    corners = ((0.0, 0.0), (float(width), 0.0), (float(width), float(height)), (0.0, float(height)))
    weights = [back[6] * x + back[7] * y + back[8] for x, y in corners]
    # A frame with a corner behind the horizon has no outline that could be drawn.
    if min(weights) <= 0 <= max(weights):
        return ()
    points = [
        ((back[0] * x + back[1] * y + back[2]) / w, (back[3] * x + back[4] * y + back[5]) / w)
        for (x, y), w in zip(corners, weights, strict=True)
    ]
    return tuple((round(x * SIDE, 1), round(y * SIDE, 1)) for x, y in _within(points))


def is_all(points: Sequence[Point]) -> bool:
    """Say whether an outline is as good as the whole picture."""
    edge = SIDE / 50
    return {(x > SIDE / 2, y > SIDE / 2) for x, y in points} == {
        (False, False), (False, True), (True, False), (True, True),
    } and all(
        min(x, SIDE - x) <= edge and min(y, SIDE - y) <= edge for x, y in points
    )  # fmt: skip


def _inverse(quad: Sequence[Point]) -> _Matrix | None:
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = quad
    dx1, dx2, dx3 = x1 - x2, x3 - x2, x0 - x1 + x2 - x3
    dy1, dy2, dy3 = y1 - y2, y3 - y2, y0 - y1 + y2 - y3
    bent = dx1 * dy2 - dx2 * dy1
    if not bent:
        return None
    g, h = (dx3 * dy2 - dx2 * dy3) / bent, (dx1 * dy3 - dx3 * dy1) / bent
    a, b, c = x1 - x0 + g * x1, x3 - x0 + h * x3, x0
    d, e, f = y1 - y0 + g * y1, y3 - y0 + h * y3, y0
    if not a * (e - f * h) - b * (d - f * g) + c * (d * h - e * g):
        return None
    return (
        e - f * h, c * h - b, b * f - c * e,
        f * g - d, a - c * g, c * d - a * f,
        d * h - e * g, b * g - a * h, a * e - b * d,
    )  # fmt: skip


def _within(points: list[Point]) -> list[Point]:
    """Cut a polygon at the unit square, side by side (Sutherland and Hodgman 1974)."""
    for axis in (0, 1):
        for sign, border in ((1.0, 0.0), (-1.0, 1.0)):
            points = _cut(points, axis, sign, border)
    return points


def _cut(points: list[Point], axis: int, sign: float, border: float) -> list[Point]:
    kept: list[Point] = []
    for before, now in zip(points[-1:] + points[:-1], points, strict=True):
        was, far = sign * (before[axis] - border), sign * (now[axis] - border)
        if (was < 0) != (far < 0):
            share = was / (was - far)
            kept.append(
                (
                    before[0] + share * (now[0] - before[0]),
                    before[1] + share * (now[1] - before[1]),
                )
            )
        if far >= 0:
            kept.append(now)
    return kept
