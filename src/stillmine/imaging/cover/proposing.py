"""Propose what could be covered: faces and writing, for a person to look at and decide."""

from __future__ import annotations

import importlib.util
import struct
from typing import NamedTuple

from stillmine.imaging.cover.boxes import Box
from stillmine.imaging.cover.covering import CannotCover, Run
from stillmine.imaging.kinds import Problem
from stillmine.imaging.process import Died
from stillmine.imaging.source import Readable, Unreadable, opened

_MOST_PIXELS = 200_000_000
_ROW = struct.Struct("<5I")
_FINDER = "yuface"


class Proposal(NamedTuple):
    """A box that may hold a face or writing; `sure` is 0 to 100, by the finder's own measure."""

    what: str
    box: Box
    sure: int


class NoFinder(Exception):
    """The part that finds faces is not on this computer."""


def propose(run: Run, file: Readable, *, faces: bool, text: bool) -> list[Proposal]:
    """Return what a finder takes for faces or writing. It misses some: a person has to look.

    Raises NoFinder where faces are asked for and nothing here can find them, and CannotCover.
    """
    if faces and importlib.util.find_spec(_FINDER) is None:
        raise NoFinder
    numbers = {"pixels": _MOST_PIXELS, "faces": int(faces), "text": int(text)}
    try:
        with opened(file) as source:
            message, blob = run("propose", source, numbers)
    except (Unreadable, Died) as error:
        raise CannotCover(error.problem.value) from error
    if message["problem"] is not None:
        raise CannotCover(message["problem"])
    if len(blob) % _ROW.size or message["faces"] * _ROW.size > len(blob):
        raise CannotCover(Problem.DECODER_CRASHED.value)
    size = (message["width"], message["height"])
    proposals = []
    for number, (x, y, width, height, sure) in enumerate(_ROW.iter_unpack(blob)):
        what = "face" if number < message["faces"] else "writing"
        if x < size[0] and y < size[1] and width and height:
            box = Box(x, y, width, height).inside(size)
            proposals.append(Proposal(what, box, min(100, sure)))
    return proposals
