"""Take the fingerprints of what a file shows, in the decode that looks at it. Runs in the child."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from PIL import Image

from stillmine.imaging.flat import eight_bits, on_white, upright
from stillmine.imaging.kinds import Kind, Problem
from stillmine.imaging.likeness.arrays import Bytes
from stillmine.imaging.likeness.features import GLANCE, ITEM, SCAN, Settings
from stillmine.imaging.likeness.fingerprints import Fingerprint, fingerprint
from stillmine.imaging.likeness.moving import reel_of
from stillmine.imaging.likeness.samples import Role, Sample
from stillmine.imaging.likeness.sampling import ITEM_PLAN, SCAN_PLAN, Plan, Sampler
from stillmine.imaging.sight import Opened

SETTINGS: dict[Role, Settings] = {Role.ITEM: ITEM, Role.SCAN: SCAN, Role.GLANCE: GLANCE}
# Of what moves there are many samples, and what one of them misses its neighbours see.
MOVING_SETTINGS: dict[Role, Settings] = {
    Role.ITEM: Settings(side=640, features=480, thumbnail=64),
    Role.SCAN: Settings(side=640, features=1100, thumbnail=160),
}
PLANS: dict[Role, Plan] = {Role.ITEM: ITEM_PLAN, Role.SCAN: SCAN_PLAN}


class Taken(NamedTuple):
    """The samples of a file; of what moves, how far the looking came and why no farther."""

    samples: tuple[Sample, ...]
    until: float | None = None
    cut: Problem | None = None


def prepare() -> None:
    """Take one fingerprint, so that all that OpenCV loads late is loaded before the locks."""
    grain = np.random.default_rng(0).integers(0, 255, (96, 96, 3), np.uint8)
    fingerprint(grain, SCAN)


def take(opened: Opened, kind: Kind, role: Role, seconds: float) -> Taken:
    """Return the samples of a file. Raises whatever its decoder raises.

    What moves is looked at for so many seconds of time; a still takes as long as it takes.
    """
    reel = reel_of(opened, kind)
    if reel is None:
        picture = _array(opened.decode(SETTINGS[role].side), SETTINGS[role].side)
        return Taken((_sample(opened, None, 0, picture, SETTINGS[role]),))
    role = Role.SCAN if role is Role.GLANCE else role
    plan = replace(PLANS[role], seconds=seconds)
    settings = MOVING_SETTINGS[role]
    sampler = Sampler(reel, plan)
    samples = tuple(
        _sample(opened, moment.seconds, moment.number, moment.rgb, settings) for moment in sampler
    )
    return Taken(samples, sampler.until, sampler.problem)


def _sample(
    opened: Opened, seconds: float | None, frame: int, picture: Bytes, settings: Settings
) -> Sample:
    found = fingerprint(picture, settings)
    return Sample(seconds, frame, _sized(found, opened, picture).to_bytes())


def _array(picture: Image.Image, side: int) -> Bytes:
    """Return a decoded picture as it is meant to be seen, its longer side `side` to twice `side`.

    It is made smaller before anything is copied: a picture of 200 megapixels would not fit twice.
    """
    plain = eight_bits(picture)
    factor = max(plain.size) // side
    small = plain.reduce(factor) if factor > 1 else plain
    return np.asarray(on_white(upright(small, like=picture)))


def _sized(found: Fingerprint, opened: Opened, picture: Bytes) -> Fingerprint:
    """Say the size that the picture has in the file, whatever was decoded of it.

    Places are in units of the longer side, so they stay true.
    """
    longer, shorter = opened.sight.width or 0, opened.sight.height or 0
    longer, shorter = max(longer, shorter), min(longer, shorter)
    if shorter == 0:
        return found
    high, wide, _depth = picture.shape
    width, height = (longer, shorter) if wide >= high else (shorter, longer)
    return replace(found, width=width, height=height)
