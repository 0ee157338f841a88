"""Say what a file tells besides its picture, in plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from stillmine.app import delivering, outside
from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.sources.finding import OpenSource, one_source
from stillmine.errors import CannotReadFile, NoSuchFile, NotAFile
from stillmine.imaging.clean.answers import Told
from stillmine.imaging.clean.cleaner import Cleaner
from stillmine.imaging.clean.drawing import coded
from stillmine.messages import translate
from stillmine.messages.cleaning import ALWAYS, KEPT, MEANS, NAMES, PLACES, PREVIEWS, WHATS
from stillmine.share.file_names import tells

_FIRST = ("place", "people", "owner", "serial", "device", "time", "preview", "cropped-away")
_DIGITS = re.compile(r"-?\d+\.?(\d*), -?\d+\.?\d*")
_MORE = ("other-shape", "other-picture")
_NEVER_GOES = {
    "jpeg": ("sensor-noise", "encoder-habits", "resolution"),
    "heif": ("sensor-noise", "encoder-habits", "resolution"),
    "avif": ("sensor-noise", "encoder-habits", "resolution"),
    "webp": ("sensor-noise", "encoder-habits", "resolution"),
    "mp4": ("sensor-noise", "encoder-habits", "resolution", "sound"),
    "mov": ("sensor-noise", "encoder-habits", "resolution", "sound"),
    "webm": ("sensor-noise", "encoder-habits", "resolution", "sound"),
    "mkv": ("sensor-noise", "encoder-habits", "resolution", "sound"),
    "pdf": ("layout",),
}


@dataclass(frozen=True, slots=True)
class InspectRequest:
    """Which file to look into."""

    file: Path = given("The file to look into.", positional=True)
    save_preview: Path | None = given(
        "Write the preview that is inside to this new file, to look at it.", default=None
    )


@dataclass(frozen=True, slots=True)
class Says:
    """One thing that the file says; `what` is a code, `said` was written by a stranger."""

    what: str
    where: str
    said: str
    means: str

    @property
    def lines(self) -> list[str]:
        """Return it as a person reads it: what, value, where in the file; what that means."""
        head = f"{translate(WHATS[self.what])}: {self.said}" if self.said else WHATS[self.what]
        where = f" ({self.where})" if self.where else ""
        return [head + where, *([f"  {self.means}"] if self.means else [])]


@dataclass(frozen=True, slots=True)
class Stays:
    """One thing that cannot be taken out without changing the picture."""

    what: str
    means: str

    @property
    def line(self) -> str:
        """Return it as a person reads it."""
        return self.means


@dataclass(frozen=True, slots=True)
class InspectAnswer(Answer):
    """What the file says, and what would stay in a clean copy."""

    file: str
    format: str
    says: tuple[Says, ...]
    stays: tuple[Stays, ...]
    previews_show_more: int
    saved_preview: str | None = None
    no_preview: bool = False

    @property
    def outcome(self) -> Outcome:
        """Return how it went: a file that says nothing is no failure."""
        return Outcome.DONE


@action("share.inspect")
def inspect(context: Context, request: InspectRequest) -> InspectAnswer:
    """Say what a file tells besides its picture: place, time, device, names, hidden pictures."""
    given_file = one_source(request.file, context)
    if isinstance(given_file, Path):
        require_file(given_file)
    with OpenSource(given_file) as source, Cleaner() as cleaner, outside.named_failures():
        file_format, told = cleaner.inspect(source.file)
        saved = _saved(cleaner, source.file, request, context)
    says = [_says(one) for one in sorted(told, key=_rank)]
    says += _about_the_file(source)
    return InspectAnswer(
        source.path.name,
        file_format,
        _meaning_once(says),
        tuple(_stays(file_format)),
        sum(one.seen in _MORE for one in told),
        saved,
        request.save_preview is not None and saved is None,
    )


def require_file(path: Path) -> None:
    """Raise NoSuchFile, NotAFile or CannotReadFile for what cannot be read as a file."""
    try:
        if not path.exists():
            raise NoSuchFile(file=str(path))
        if not path.is_file():
            raise NotAFile(file=str(path))
        with path.open("rb"):
            pass
    except OSError as problem:
        raise CannotReadFile(file=str(path)) from problem


def _rank(one: Told) -> int:
    if one.seen in _MORE:
        return -1
    return _FIRST.index(one.what) if one.what in _FIRST else len(_FIRST)


def _says(one: Told) -> Says:
    means = MEANS.get(one.what, "")
    if one.what == "place":
        means = _exactness(one.said)
    elif one.seen:
        means = PREVIEWS[one.seen]
    return Says(one.what, one.where, one.said, translate(means))


def _exactness(said: str) -> str:
    """Say how small an area the digits of a position name."""
    match = _DIGITS.fullmatch(said)
    return PLACES[min(len(match[1]), len(PLACES) - 1)] if match is not None else ""


def _about_the_file(source: OpenSource) -> list[Says]:
    says = []
    name = tells(source.path.name)
    if name is not None:
        says.append(Says("name-pattern", "", source.path.name, translate(NAMES[name[0]])))
    if source.was_handed:
        return says  # a browser does not pass on when a file was changed
    changed = datetime.fromtimestamp(source.modified / 1e9, UTC).strftime("%Y-%m-%d %H:%M UTC")
    return [*says, Says("file-times", "", changed, "")]


def _meaning_once(says: list[Says]) -> tuple[Says, ...]:
    """Say what a kind of thing means with the first of it, not with each."""
    seen: set[str] = set()
    out = []
    for one in says:
        out.append(one if one.means not in seen else Says(one.what, one.where, one.said, ""))
        seen.add(one.means)
    return tuple(out)


def _stays(file_format: str) -> list[Stays]:
    names = _NEVER_GOES.get(file_format, ("sensor-noise", "resolution"))
    return [Stays(name, translate(KEPT[name])) for name in names] + [
        Stays("content", translate(ALWAYS))
    ]


def _saved(
    cleaner: Cleaner, file: BinaryIO, request: InspectRequest, context: Context
) -> str | None:
    """Write the largest preview as a new picture made from bare pixels."""
    if request.save_preview is None:
        return None
    found = cleaner.preview(file)
    if found is None:
        return None
    delivering.require_folder(request.save_preview.parent, context)
    delivering.give(request.save_preview, [coded(*found)[1]], context)
    return str(request.save_preview)
