"""Write down where something was, with no more digits than were measured."""

from __future__ import annotations

import math


def coordinates(latitude: float, longitude: float, decimals: int) -> str:
    """Return degrees, north and east positive, as `48.8582, 2.2945`.

    The count of digits behind the point says how exact the place is: one more digit, ten times.
    """
    decimals = min(max(decimals, 0), 8)
    return f"{latitude:.{decimals}f}, {longitude:.{decimals}f}"


def decimals_of(step: float) -> int:
    """Return how many digits behind the point a smallest step in degrees justifies."""
    if not 0 < step < 360:
        return 0
    return min(8, max(0, math.ceil(-math.log10(step) - 1e-9)))
