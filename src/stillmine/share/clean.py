"""Make copies that say nothing besides what they show; the originals are never touched."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from stillmine.app import delivering, outside
from stillmine.app.actions import Answer, action, given
from stillmine.app.context import Context
from stillmine.app.sources.finding import OpenSource
from stillmine.app.sources.handed import HandedFile
from stillmine.errors import (
    CannotReadFile,
    FileDamaged,
    FileLocked,
    NoCleaner,
    NoSuchFile,
    NotAFile,
    NotUnderstood,
    ShownDiffers,
    StillmineError,
    StillSpeaks,
    TargetExists,
)
from stillmine.imaging.clean.cleaner import Cleaner, Report
from stillmine.imaging.clean.exiftool import ExifTool
from stillmine.messages import fill, say, translate
from stillmine.messages.cleaning import GONE, KEPT, MADE, REDRAWN, WHATS
from stillmine.share.inspect import require_file
from stillmine.share.names import ENDINGS

_SKIPS = (
    *(CannotReadFile, FileDamaged, FileLocked, NoCleaner, NoSuchFile, NotAFile, NotUnderstood),
    *(ShownDiffers, StillSpeaks),
)
_WORDS = {"mp4": "video", "mov": "video", "webm": "video", "mkv": "video", "pdf": "document"}
_MOMENT = 946_684_800.0  # 1 January 2000, 00:00 UTC: the same for every copy
_REDRAWN = ("resolution", "sensor-noise")


@dataclass(frozen=True, slots=True)
class CleanRequest:
    """Which files to clean, and where the copies go."""

    files: tuple[Path, ...] = given("The files to make clean copies of.", positional=True)
    to: Path = given("The folder to write the copies to.")
    re_encode: bool = given(
        "Draw each picture anew: for what cannot be cleaned without loss. It costs some quality.",
        default=False,
    )


@dataclass(frozen=True, slots=True)
class Removed:
    """How much of one kind was left out."""

    what: str
    count: int


@dataclass(frozen=True, slots=True)
class Copied:
    """One clean copy. `kept` is what stays because the picture cannot be shown without it."""

    file: str
    copy: str
    removed: tuple[Removed, ...]
    kept: tuple[str, ...]
    lossless: bool
    checked_by: tuple[str, ...]

    @property
    def lines(self) -> list[str]:
        """Return it as a person reads it: the copy, what it was made of, what is gone."""
        gone = ", ".join(translate(WHATS[one.what]).lower() for one in self.removed)
        return [
            fill(translate(MADE), {"copy": self.copy, "file": self.file}),
            *([fill(translate(GONE), {"gone": gone})] if gone else []),
            *([] if self.lossless else [translate(REDRAWN)]),
        ]


@dataclass(frozen=True, slots=True)
class Refused:
    """A file of which no copy was made, and why."""

    file: str
    code: str
    why: str

    @property
    def line(self) -> str:
        """Return it as a person reads it."""
        return f"{self.file}: {self.why}"


@dataclass(frozen=True, slots=True)
class CleanAnswer(Answer):
    """The copies, in the order of the files, and what was left out."""

    cleaned: tuple[Copied, ...]
    skipped: tuple[Refused, ...]
    stays: tuple[str, ...]


@action("share.clean")
def clean(context: Context, request: CleanRequest) -> CleanAnswer:
    """Make copies of pictures, videos and PDFs that say nothing besides what they show."""
    folder = delivering.require_folder(request.to, context)
    files: tuple[Path | HandedFile, ...] = (*request.files, *context.handed)
    cleaned: list[Copied] = []
    skipped: list[Refused] = []
    context.job.begin("share.cleaning", len(files), "file")
    with Cleaner() as cleaner, ExifTool() as reader:
        making = _Making(context, cleaner, reader, folder)
        make = making.redrawn if request.re_encode else making.copied
        for file in files:
            path = file if isinstance(file, Path) else file.path
            try:
                if isinstance(file, Path):
                    require_file(file)
                with OpenSource(file) as source:
                    cleaned.append(make(path, source.file))
            except _SKIPS as problem:
                skipped.append(_refused(path, problem))
            context.job.advance()
    kept = sorted({name for one in cleaned for name in one.kept})
    return CleanAnswer(
        tuple(cleaned), tuple(skipped), tuple(translate(KEPT[name]) for name in kept)
    )


def _refused(path: Path, problem: StillmineError) -> Refused:
    return Refused(str(path), problem.code, say(problem.code, problem.facts)[0])


@dataclass(frozen=True, slots=True)
class _Making:
    """What makes copies: those who clean and those who look at what came of it, and where to."""

    context: Context
    cleaner: Cleaner
    reader: ExifTool
    folder: Path

    def copied(self, path: Path, original: BinaryIO) -> Copied:
        """Write a copy of what is needed only, prove it, and give it its name."""
        reports: list[Report] = []
        pieces = _pieces(self.cleaner.clean(original), reports)
        draft = delivering.write_draft(self.folder, pieces, self.context)
        with _thrown_away_on_trouble(draft):
            self._prove(original, draft)
            report = reports[0]
            copy = self._published(draft, report.format)
        removed = tuple(Removed(what, count) for what, count in sorted(report.removed.items()))
        return self._row(path, copy, removed, report.kept, lossless=True)

    def redrawn(self, path: Path, original: BinaryIO) -> Copied:
        """Write the pixels into a new file, which is cleaned and read again like any other."""
        file_format, content = self.cleaner.redraw(original)
        draft = delivering.write_draft(self.folder, [content], self.context)
        with _thrown_away_on_trouble(draft):
            self._prove(draft.readable, draft)
            copy = self._published(draft, file_format)
        return self._row(path, copy, (), _REDRAWN, lossless=False)

    def _prove(self, original: BinaryIO | Path, draft: delivering.Draft) -> None:
        self.cleaner.prove(original, draft.readable)
        self.reader.check(draft.readable)

    def _published(self, draft: delivering.Draft, file_format: str) -> Path:
        """Give the copy the next free name, which says nothing, and a time that says nothing."""
        if isinstance(draft, outside.Draft):
            with outside.named_failures():
                os.utime(draft.path, (_MOMENT, _MOMENT))
        word, ending = _WORDS.get(file_format, "picture"), ENDINGS[file_format]
        number = 1
        while True:
            path = self.folder / f"{word}-{number:02}.{ending}"
            number += 1
            if delivering.is_taken(path, self.context):
                continue
            try:
                draft.publish(path)
            except TargetExists:
                continue
            return path

    def _row(
        self,
        path: Path,
        copy: Path,
        removed: tuple[Removed, ...],
        kept: tuple[str, ...],
        *,
        lossless: bool,
    ) -> Copied:
        checked = ("stillmine", "exiftool") if self.reader.is_there else ("stillmine",)
        return Copied(str(path), str(copy), removed, kept, lossless, checked)


@contextlib.contextmanager
def _thrown_away_on_trouble(draft: delivering.Draft) -> Iterator[None]:
    try:
        yield
    except BaseException:
        draft.discard()
        raise


def _pieces(stream: Iterator[bytes | Report], reports: list[Report]) -> Iterator[bytes]:
    for one in stream:
        if isinstance(one, Report):
            reports.append(one)
        else:
            yield one
