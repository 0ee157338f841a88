"""How much of a change each place of a picture hides: much in grass and hair, little in the sky."""

from __future__ import annotations

import cv2
import numpy as np

from stillmine.imaging.mark.grid import LONGER, Floats

_PLAIN = 0.6  # grey levels in an even area, before the overall strength
_BUSY = 0.5
_POWER = 0.75
_MOST = 5.5
_LEVELS = (0, 12, 40, 225, 245, 255)
_SEEN_LESS = (0.45, 0.7, 1.0, 1.0, 0.75, 0.5)


def room(light: Floats) -> Floats:
    """Return the amplitude in grey levels that hides at each place (height, width) of a grid.

    Texture hides a change, a lone edge beside an even area does not (masking, Watson 1993): so what
    counts is the least activity around each place, smoothed.
    """
    part = max(max(light.shape) / LONGER, 0.4)
    fine = max(1.0, 2.0 * part)
    activity = _spread(light, fine)
    reach = round(4 * part) | 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    least = cv2.erode(cv2.GaussianBlur(activity, (0, 0), fine), disc)
    least = cv2.GaussianBlur(least, (0, 0), 1.5 * reach)
    busy = 0.75 * least + 0.25 * np.minimum(activity, 4 * least + 1)
    hides = np.minimum(_PLAIN + _BUSY * busy**_POWER, _MOST)
    hides = hides * np.interp(light, _LEVELS, _SEEN_LESS)
    return np.asarray(cv2.GaussianBlur(hides.astype(np.float32), (0, 0), 1.5), np.float32)


def _spread(light: Floats, width: float) -> Floats:
    """Return the standard deviation around each place."""
    away = light - cv2.GaussianBlur(light, (0, 0), width)
    return np.asarray(np.sqrt(cv2.GaussianBlur(away * away, (0, 0), width)), np.float32)
