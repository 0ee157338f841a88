"""What a leaked copy may have gone through before somebody finds it: two lists, each by name."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import numpy as np

from bench.recognise import alterations as alter
from bench.recognise import placing as place
from bench.recognise import screens
from bench.trace import tampering as tamper

Rgb = np.ndarray
Random = np.random.Generator
Attack = Callable[[Rgb, Random], Rgb]


def _crop(share: float) -> Attack:
    return lambda rgb, random: place.crop(rgb, share, tuple(random.uniform(0, 1, 2)))


def _mirrored(rgb: Rgb) -> Rgb:
    return np.ascontiguousarray(rgb[:, ::-1])


def _crop_small_jpeg(rgb: Rgb, random: Random) -> Rgb:
    return alter.saved(tamper.small(_crop(0.5)(rgb, random), 0.6), 50)


def _shot_social(rgb: Rgb, random: Random) -> Rgb:
    return tamper.social(screens.phone(rgb), 1280, 70)


def _turn_crop_bright(rgb: Rgb, random: Random) -> Rgb:
    return alter.bright(_crop(0.6)(place.turned(rgb, 4, inside=True), random), 1.25)


def _mirror_text_social(rgb: Rgb, random: Random) -> Rgb:
    return tamper.social(place.written(_mirrored(rgb), "look at this", 0.1, (0.5, 0.2)), 1080, 68)


def _look_shot_small(rgb: Rgb, random: Random) -> Rgb:
    return alter.saved(tamper.small(screens.phone(tamper.look(rgb)), 0.8), 70)


def _four(rgb: Rgb, random: Random) -> Rgb:
    one = _crop(0.6)(_mirrored(rgb), random)
    return tamper.social(place.stickers(tamper.look(one), random), 1080, 60)


def _evade(rgb: Rgb, random: Random) -> Rgb:
    turned = place.turned(place.crop(rgb, 0.7, (0.4, 0.5)), 3, inside=True)
    return alter.saved(alter.noisy(alter.gamma(turned, 1.3), 8, random), 60)


def _collage(rgb: Rgb, random: Random) -> Rgb:
    other = [np.ascontiguousarray(np.roll(rgb[:, ::-1], 97 * n, 0)) // n for n in (2, 3, 4)]
    return alter.saved(place.collage([other[0], rgb, *other[1:]], 2, 560, 420), 80)


CORE: dict[str, Attack] = {
    "none": lambda rgb, _: rgb,
    "jpeg80": lambda rgb, _: alter.saved(rgb, 80),
    "jpeg50": lambda rgb, _: alter.saved(rgb, 50),
    "jpeg30": lambda rgb, _: alter.saved(rgb, 30),
    "jpeg15": lambda rgb, _: alter.saved(rgb, 15),
    "webp30": lambda rgb, _: alter.webp(rgb, 30),
    "avif30": lambda rgb, _: tamper.avif(rgb, 30),
    "resize75": lambda rgb, _: tamper.small(rgb, 0.75),
    "resize50": lambda rgb, _: tamper.small(rgb, 0.5),
    "resize25": lambda rgb, _: tamper.small(rgb, 0.25),
    "resize75_back": lambda rgb, _: tamper.back(rgb, 0.75),
    "resize50_back": lambda rgb, _: tamper.back(rgb, 0.5),
    "resize25_back": lambda rgb, _: tamper.back(rgb, 0.25),
    "crop90": _crop(0.9),
    "crop75": _crop(0.75),
    "crop50": _crop(0.5),
    "crop25": _crop(0.25),
    "crop10": _crop(0.1),
    "rotate2": lambda rgb, _: place.turned(rgb, 2),
    "rotate5": lambda rgb, _: place.turned(rgb, 5, inside=True),
    "rotate90": lambda rgb, _: np.ascontiguousarray(np.rot90(rgb)),
    "mirror": lambda rgb, _: _mirrored(rgb),
    "bright130": lambda rgb, _: alter.bright(rgb, 1.3),
    "dark60": lambda rgb, _: alter.bright(rgb, 0.6),
    "contrast140": lambda rgb, _: alter.contrast(rgb, 1.4),
    "gamma06": lambda rgb, _: alter.gamma(rgb, 0.6),
    "gamma17": lambda rgb, _: alter.gamma(rgb, 1.7),
    "saturate180": lambda rgb, _: tamper.saturated(rgb, 1.8),
    "grey": lambda rgb, _: alter.grey(rgb),
    "filter_look": lambda rgb, _: tamper.look(rgb),
    "blur1": lambda rgb, _: tamper.blurred(rgb, 1),
    "blur2": lambda rgb, _: tamper.blurred(rgb, 2),
    "blur4": lambda rgb, _: tamper.blurred(rgb, 4),
    "sharpen": lambda rgb, _: tamper.sharpened(rgb),
    "noise10": lambda rgb, random: alter.noisy(rgb, 10, random),
    "noise25": lambda rgb, random: alter.noisy(rgb, 25, random),
    "text": lambda rgb, _: place.written(rgb, "TOP TEXT HERE", 0.12, (0.5, 0.15)),
    "stickers20": lambda rgb, random: tamper.covered(rgb, 0.2, random),
    "visible_tiles": lambda rgb, _: place.watermarked(rgb),
    "border10": lambda rgb, _: place.framed(rgb, 0.1, 0.1, (240, 235, 225)),
    "screenshot": lambda rgb, _: screens.phone(rgb),
    "social1": lambda rgb, _: tamper.social(rgb, 1280, 70),
    "social2": lambda rgb, _: tamper.social(tamper.social(rgb, 1440, 75), 1080, 65),
    "messenger3": lambda rgb, _: tamper.messenger(rgb),
    "perspective": lambda rgb, random: tamper.perspective(rgb, random),
    "screen_photo": lambda rgb, random: place.screen(rgb, random),
    "chain_crop_resize_jpeg": _crop_small_jpeg,
    "chain_shot_social": _shot_social,
    "chain_turn_crop_bright": _turn_crop_bright,
    "chain_mirror_text_social": _mirror_text_social,
    "chain_look_shot_small": _look_shot_small,
    "chain_evade": _evade,
    "chain_four": _four,
}

HARD: dict[str, Attack] = {
    "jpeg5": lambda rgb, _: alter.saved(rgb, 5),
    "resize12_q60": lambda rgb, _: alter.saved(tamper.small(rgb, 0.12), 60),
    "crop5": _crop(0.05),
    "crop2": _crop(0.02),
    "crop10_q50": lambda rgb, random: alter.saved(_crop(0.1)(rgb, random), 50),
    "screen_photo_strong": lambda rgb, random: tamper.screen_strong(rgb, random),
    "screen_photo_social": lambda rgb, random: tamper.social(place.screen(rgb, random), 1080, 65),
    "bend3": lambda rgb, random: tamper.bent(rgb, 3, random),
    "bend8_q70": lambda rgb, random: alter.saved(tamper.bent(rgb, 8, random), 70),
    "denoise_patches": lambda rgb, _: tamper.patches(rgb, 10),
    "denoise_flat": lambda rgb, _: tamper.flattened(rgb, 3),
    "median5": lambda rgb, _: alter.cv2.medianBlur(rgb, 5),
    "repaint_ground": lambda rgb, _: tamper.repainted(rgb),
    "stickers50": lambda rgb, random: tamper.covered(rgb, 0.5, random),
    "collage4": _collage,
}

# Reported honestly as limits: repainting through a much smaller picture takes the mark with it.
LIMITS: dict[str, Attack] = {
    "bottleneck4": lambda rgb, _: tamper.bottleneck(rgb, 4),
    "bottleneck8": lambda rgb, _: tamper.bottleneck(rgb, 8),
}

ATTACKS: dict[str, Attack] = {**CORE, **HARD, **LIMITS}


def attacked(rgb: Rgb, name: str, number: int) -> Rgb:
    """Return the picture after the attack; `number` decides what chance decides."""
    random = np.random.default_rng([number, zlib.crc32(name.encode())])
    return np.ascontiguousarray(ATTACKS[name](rgb, random))
