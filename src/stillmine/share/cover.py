"""Cover parts of a picture for good: boxes that are named, and faces or writing that are found."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from stillmine.app import delivering
from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.unlocking import unlocked
from stillmine.errors import (
    CannotCoverPicture,
    CannotReadFile,
    NoFaceFinder,
    NoSuchBox,
    NoSuchFile,
    WrongUsage,
)
from stillmine.imaging import Decoder
from stillmine.imaging.cover import (
    Box,
    CannotCover,
    NoFinder,
    NotABox,
    Proposal,
    Style,
    cover,
    propose,
    read_box,
)
from stillmine.messages import say
from stillmine.share.names import ENDINGS, outer_name

_MOST_BOXES = 10_000
_ITEM = re.compile(r"[0-9a-f]{4,32}")


@dataclass(frozen=True, slots=True)
class CoverRequest:
    """Which picture, and what to cover in it."""

    picture: str = given("A file, or the number of an item in the vault.", positional=True)
    box: tuple[str, ...] = given(
        "A box to cover, as X,Y,WIDTH,HEIGHT in pixels from the left upper corner of the picture "
        "as you see it.",
        default=(),
    )
    faces: bool = given("Cover faces that are found. Some are missed.", default=False)
    text: bool = given("Cover what looks like writing. Some is missed.", default=False)
    propose: bool = given("Only list what is found; cover and write nothing.", default=False)
    style: Literal["solid", "pixelate", "blur"] = given(
        "What to cover with. Only solid cannot be undone.", default="solid"
    )
    to: Path = given("The folder to write the copy to.", default=Path())


@dataclass(frozen=True, slots=True)
class Place:
    """A box in pixels of the picture as it is seen."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Proposed:
    """A place that may hold a `face` or `writing`; `sure` is 0 to 100."""

    what: str
    x: int
    y: int
    width: int
    height: int
    sure: int


@dataclass(frozen=True, slots=True)
class CoverAnswer(Answer):
    """The copy, what is covered in it, and what was found; sizes in pixels."""

    file: Path | None
    boxes: tuple[Place, ...]
    proposals: tuple[Proposed, ...]
    style: str
    nothing_found: bool
    undoable: bool

    @property
    def outcome(self) -> Outcome:
        """Return that nothing was found, where nothing was."""
        return Outcome.NOTHING_FOUND if self.nothing_found and not self.boxes else Outcome.DONE


def _warning(request: CoverRequest) -> str | None:
    return None if request.style == "solid" or request.propose else "covering-undoable"


@action("share.cover", warns=_warning)
def cover_picture(context: Context, request: CoverRequest) -> CoverAnswer:
    """Write a copy of a picture in which parts are covered, and which says nothing beside it."""
    boxes = _named(request)
    with (
        _opened(context, request.picture) as picture,
        Decoder(workers=1) as decoder,
        _in_words(),
    ):
        proposals = _proposed(decoder, picture, request)
        boxes += [one.box for one in proposals]
        if request.propose or not boxes:
            return _answer(request, None, (), proposals)
        folder = delivering.require_folder(request.to, context)
        covered = cover(decoder.run, picture, boxes, Style(request.style))
    path = folder / outer_name(ENDINGS[covered.format])
    delivering.give(path, [covered.data], context)
    return _answer(request, path, covered.boxes, proposals)


def _named(request: CoverRequest) -> list[Box]:
    """Return the boxes that were typed. Raise WrongUsage or NoSuchBox."""
    if not (request.box or request.faces or request.text):
        raise WrongUsage(problem="say what to cover: --box X,Y,WIDTH,HEIGHT, --faces or --text.")
    if request.propose and not (request.faces or request.text):
        raise WrongUsage(problem="--propose goes with --faces or --text.")
    if len(request.box) > _MOST_BOXES:
        raise WrongUsage(problem=f"at most {_MOST_BOXES} boxes can be covered at once.")
    try:
        return [read_box(text) for text in request.box]
    except NotABox as problem:
        raise NoSuchBox(box=problem.text[:60], size="…") from problem


@contextlib.contextmanager
def _opened(context: Context, name: str) -> Iterator[BinaryIO]:
    """Open a file, or else an item of the vault. A file of that name comes first."""
    path = Path(name)
    if path.is_file():
        try:
            with path.open("rb") as file:
                yield file
        except OSError as problem:
            raise CannotReadFile(file=name) from problem
        return
    if path.exists() or not _ITEM.fullmatch(name):
        raise NoSuchFile(file=name)
    with unlocked(context) as vault, vault.open_item(vault.item(name)) as (_header, content):
        yield content


@contextlib.contextmanager
def _in_words() -> Iterator[None]:
    """Turn what the room of pictures raises into errors with words."""
    try:
        yield
    except CannotCover as problem:
        raise CannotCoverPicture(why=say(problem.why, {})[0]) from problem
    except NoFinder as problem:
        raise NoFaceFinder from problem
    except NotABox as problem:
        size = "{} x {}".format(*problem.size) if problem.size else "…"
        raise NoSuchBox(box=problem.text[:60], size=size) from problem


def _proposed(decoder: Decoder, picture: BinaryIO, request: CoverRequest) -> list[Proposal]:
    if not (request.faces or request.text):
        return []
    return propose(decoder.run, picture, faces=request.faces, text=request.text)


def _answer(
    request: CoverRequest, path: Path | None, boxes: tuple[Box, ...], proposals: list[Proposal]
) -> CoverAnswer:
    looked = request.faces or request.text
    return CoverAnswer(
        path,
        tuple(Place(*box) for box in boxes),
        tuple(Proposed(one.what, *one.box, one.sure) for one in proposals),
        request.style,
        nothing_found=looked and not proposals,
        undoable=path is not None and request.style != "solid",
    )
