"""The list of changes that leaked pictures go through, each by name; chance comes from a number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bench.recognise import alterations as alter
from bench.recognise import placing as place
from bench.recognise import screens

Rgb = np.ndarray


@dataclass(frozen=True)
class Chance:
    """What a change may draw on: random numbers, and pictures of strangers."""

    random: np.random.Generator
    others: Sequence[Rgb]

    def other(self) -> Rgb:
        """Return one of the strangers' pictures."""
        return self.others[int(self.random.integers(len(self.others)))]


Change = Callable[[Rgb, Chance], Rgb]

# Too little is left of the picture for the goal of the others: reported apart.
HARD = ("crop10", "crop10_corner", "thumb_crop25", "thumb_crop50")


def _somewhere(share: float) -> Change:
    return lambda rgb, chance: place.crop(rgb, share, tuple(chance.random.uniform(0, 1, 2)))


def _at(share: float, x: float, y: float) -> Change:
    return lambda rgb, _: place.crop(rgb, share, (x, y))


def _collage(rgb: Rgb, chance: Chance) -> Rgb:
    parts = [rgb, chance.other(), chance.other(), chance.other()]
    return place.collage([parts[i] for i in chance.random.permutation(4)], 2, 420, 420)


def _nine(rgb: Rgb, chance: Chance) -> Rgb:
    parts = [rgb, *(chance.other() for _ in range(8))]
    return place.collage([parts[i] for i in chance.random.permutation(9)], 3, 330, 330)


def _inside(rgb: Rgb, chance: Chance) -> Rgb:
    x, y = chance.random.uniform(0.2, 0.8, 2)
    return place.pasted(place.fitted(chance.other(), 1080, 810), rgb, 0.18, x, y)


def _text_over(rgb: Rgb) -> Rgb:
    above = place.written(rgb, "TOP TEXT HERE", 0.12, (0.5, 0.12))
    return place.written(above, "BOTTOM TEXT", 0.12, (0.5, 0.88))


def _chain_story(rgb: Rgb, chance: Chance) -> Rgb:
    covered = place.face(alter.warm(rgb), 0.5, 0.4, 0.35)
    return alter.saved(screens.story(covered, over=chance.other()), 60)


def _chain_evade(rgb: Rgb, chance: Chance) -> Rgb:
    mirrored = np.ascontiguousarray(rgb[:, ::-1])
    return alter.warm(place.turned(place.crop(mirrored, 0.75, (0.3, 0.6)), 7, inside=True))


def _chain_repost(rgb: Rgb, chance: Chance) -> Rgb:
    small = alter.saved(alter.longest(place.crop(rgb, 0.7, (0.5, 0.3)), 640), 55)
    return alter.saved(screens.phone(screens.meme(small)), 60)


def _chain_screen(rgb: Rgb, chance: Chance) -> Rgb:
    return alter.saved(
        alter.longest(place.screen(screens.phone(rgb)[80:1250], chance.random), 1000), 60
    )


def _chain_dark(rgb: Rgb, chance: Chance) -> Rgb:
    dark = alter.noisy(alter.bright(place.crop(rgb, 0.6, (0.6, 0.4)), 0.35), 8, chance.random)
    return alter.saved(alter.longest(dark, 720), 45)


def _chain_forum(rgb: Rgb, chance: Chance) -> Rgb:
    marked = place.watermarked(place.crop(rgb, 0.75, (0.4, 0.5)))
    return alter.saved(screens.forum(alter.saved(marked, 50), chance.other()), 65)


CHANGES: dict[str, Change] = {
    "jpeg85": lambda rgb, _: alter.saved(rgb, 85),
    "jpeg30": lambda rgb, _: alter.saved(rgb, 30),
    "jpeg10": lambda rgb, _: alter.saved(rgb, 10),
    "webp30": lambda rgb, _: alter.webp(rgb, 30),
    "resize25": lambda rgb, _: alter.resized(rgb, 0.25),
    "thumb160": lambda rgb, _: alter.longest(rgb, 160),
    "upscaled": lambda rgb, _: alter.enlarged(rgb),
    "grey": lambda rgb, _: alter.grey(rgb),
    "bright160": lambda rgb, _: alter.bright(rgb, 1.6),
    "dark45": lambda rgb, _: alter.bright(rgb, 0.45),
    "contrast180": lambda rgb, _: alter.contrast(rgb, 1.8),
    "contrast40": lambda rgb, _: alter.contrast(rgb, 0.4),
    "gamma22": lambda rgb, _: alter.gamma(rgb, 2.2),
    "hue": lambda rgb, _: alter.hue(rgb, 90),
    "filter_warm": lambda rgb, _: alter.warm(rgb),
    "filter_vignette": lambda rgb, _: alter.vignette(rgb),
    "posterised": lambda rgb, _: alter.posterised(rgb),
    "inverted": lambda rgb, _: alter.inverted(rgb),
    "blur3": lambda rgb, _: alter.blurred(rgb, 3),
    "blur8": lambda rgb, _: alter.blurred(rgb, 8),
    "sharpened": lambda rgb, _: alter.sharpened(rgb),
    "noise25": lambda rgb, chance: alter.noisy(rgb, 25, chance.random),
    "pixelated": lambda rgb, _: alter.pixelated(rgb, max(2, max(rgb.shape) // 200)),
    "crop75": _at(0.75, 0.5, 0.5),
    "crop75_corner": _at(0.75, 1, 1),
    "crop50": _at(0.5, 0.5, 0.5),
    "crop50_corner": _at(0.5, 0, 0),
    "crop25": _at(0.25, 0.5, 0.5),
    "crop25_somewhere": _somewhere(0.25),
    "crop10": _somewhere(0.1),
    "crop10_corner": _at(0.1, 1, 1),
    "thumb_crop50": lambda rgb, _: alter.longest(place.crop(rgb, 0.5, (0.6, 0.4)), 160),
    "thumb_crop25": lambda rgb, _: alter.longest(place.crop(rgb, 0.25, (0.4, 0.6)), 160),
    "mirror": lambda rgb, _: np.ascontiguousarray(rgb[:, ::-1]),
    "mirror_crop50": lambda rgb, _: place.crop(rgb[:, ::-1], 0.5, (0.2, 0.7)),
    "rotate90": lambda rgb, _: np.ascontiguousarray(np.rot90(rgb)),
    "rotate180": lambda rgb, _: np.ascontiguousarray(rgb[::-1, ::-1]),
    "rotate5": lambda rgb, _: place.turned(rgb, 5),
    "rotate5_cut": lambda rgb, _: place.turned(rgb, 5, inside=True),
    "rotate25_cut": lambda rgb, _: place.turned(rgb, 25, inside=True),
    "stretched": lambda rgb, _: place.stretched(rgb, 1.3, 1),
    "squeezed": lambda rgb, _: place.stretched(rgb, 0.7, 1),
    "text_over": lambda rgb, _: _text_over(rgb),
    "meme_bar": lambda rgb, _: screens.meme(rgb),
    "emoji_face": lambda rgb, _: place.face(rgb, 0.5, 0.4, 0.5),
    "emoji_many": lambda rgb, chance: place.stickers(rgb, chance.random),
    "veiled_face": lambda rgb, _: place.veiled(rgb),
    "black_bars": lambda rgb, _: place.censored(rgb),
    "watermark": lambda rgb, _: place.watermarked(rgb),
    "frame": lambda rgb, _: place.framed(rgb, 0.08, 0.08, (240, 235, 225)),
    "letterbox": lambda rgb, _: place.framed(rgb, 0.3, 0, (0, 0, 0)),
    "story": lambda rgb, _: screens.story(rgb),
    "story_other": lambda rgb, chance: screens.story(rgb, over=chance.other()),
    "phone_shot": lambda rgb, _: screens.phone(rgb),
    "chat_shot": lambda rgb, _: screens.chat(rgb),
    "web_shot": lambda rgb, _: screens.web(rgb),
    "collage4": _collage,
    "collage9": _nine,
    "side_by_side": lambda rgb, chance: place.collage([rgb, chance.other()], 2, 480, 640),
    "inside18": _inside,
    "screen_photo": lambda rgb, chance: place.screen(rgb, chance.random),
    "chain_story": _chain_story,
    "chain_evade": _chain_evade,
    "chain_repost": _chain_repost,
    "chain_screen": _chain_screen,
    "chain_dark": _chain_dark,
    "chain_forum": _chain_forum,
}  # fmt: skip


def changed(rgb: Rgb, name: str, number: int, others: Sequence[Rgb]) -> Rgb:
    """Return the picture after the change `name`, as it would be found: saved as JPEG.

    `number` decides what chance decides: the same number gives the same picture.
    """
    place_in_list = list(CHANGES).index(name)
    chance = Chance(np.random.default_rng([number, place_in_list]), others)
    return alter.saved(CHANGES[name](rgb, chance), 80)
