"""Find every picture in a file, however deep it is packed, one by one and in memory only."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from stillmine.app.sources import markup
from stillmine.app.sources.finding import OpenSource
from stillmine.app.sources.kinds import Sort, packing, sort_of
from stillmine.app.sources.limits import MOST_NAME, Budget, Limits
from stillmine.app.sources.member import Member
from stillmine.app.sources.mime_files import mime_members
from stillmine.app.sources.stream import HEAD, Stream
from stillmine.app.sources.tar_files import tar_members
from stillmine.app.sources.unpacking import unpacked
from stillmine.app.sources.warc_files import warc_members
from stillmine.app.sources.zip_files import zip_members
from stillmine.errors import (
    ArchiveDamaged,
    ArchiveTooDeep,
    ArchiveTooMuch,
    CannotReadFile,
    CannotUnpack,
    MemberTooLarge,
    NotAFile,
    PicturesNotSaved,
)

WITHIN = " > "
"""Stands between the names of an archive and of what lies in it."""

# What goes wrong with one member and leaves those beside it to be read.
_OF_ONE_MEMBER = (
    ArchiveDamaged,
    ArchiveTooDeep,
    CannotUnpack,
    MemberTooLarge,
    PicturesNotSaved,
)
_MOST_INSIDE = 4 * MOST_NAME


@dataclass(frozen=True, slots=True)
class Piece:
    """A picture, video or document: a file of its own, or held in memory out of an archive.

    `inside` is its name in the file at `path`, None where it is that file; `number` counts the
    pieces of one file from 0. `held` is to be dropped after use, and never to be written down.
    """

    path: Path
    inside: str | None = None
    number: int = 0
    held: io.BytesIO | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Gap:
    """What could not be looked at, and the code that says why."""

    path: Path
    inside: str | None
    code: str


@dataclass(frozen=True, slots=True)
class Other:
    """Something that shows no picture: a text, a sound, a program."""

    path: Path


Found = Piece | Gap | Other


def _nobody(_count: int) -> None:
    """Stand in where nobody counts."""


def pieces(
    path: Path,
    *,
    beat: Callable[[int], None] = _nobody,
    follow: bool = False,
    limits: Limits | None = None,
) -> Iterator[Found]:
    """Yield what is in a file. What is wrong with it is yielded too, and never raised.

    `beat` is told of bytes as they are read, and may raise to stop. With `follow` the files that a
    saved page names beside itself are yielded with it.
    """
    try:
        with OpenSource(path) as source:
            watched = _Watched(source.file, beat)
            reader = _Reader(path, Budget(source.size, limits or Limits()), follow=follow)
            try:
                yield from reader.walk(Stream.of(watched), None, 0)
            except OSError as problem:
                raise CannotReadFile(file=path.name) from problem
    except (ArchiveTooMuch, CannotReadFile, NotAFile) as problem:
        yield Gap(path, None, problem.code)


def pieces_held(held: io.BytesIO, name: Path, limits: Limits) -> Iterator[Found]:
    """Yield what is in a file that was never on a disk, and stays in memory; `name` is no path.

    What is wrong with it is yielded too, and never raised.
    """
    if sort_of(held.getbuffer()[:HEAD].tobytes()) is Sort.SEEN:
        yield Piece(name, held=held)
        return
    reader = _Reader(name, Budget(held.getbuffer().nbytes, limits), follow=False)
    try:
        yield from reader.walk(Stream.of(held), None, 1)
    except ArchiveTooMuch as problem:
        yield Gap(name, None, problem.code)


class _Watched:
    """The file as it is read, with somebody who counts along."""

    def __init__(self, file: BinaryIO, beat: Callable[[int], None]) -> None:
        self._file, self._beat = file, beat

    def read(self, count: int, /) -> bytes:
        """Read, and tell how much."""
        part = self._file.read(count) or b""
        self._beat(len(part))
        return part

    def seek(self, at: int, whence: int = 0, /) -> int:
        """Jump as the file does."""
        return self._file.seek(at, whence)


@dataclass(slots=True)
class _Reader:
    """Walks through one file and all that is packed in it."""

    path: Path
    budget: Budget
    follow: bool
    number: int = 0

    def walk(self, stream: Stream, inside: str | None, depth: int) -> Iterator[Found]:
        """Yield what a stream shows or holds."""
        try:
            yield from self._sorted(stream, inside, depth)
        except _OF_ONE_MEMBER as problem:
            yield Gap(self.path, inside, problem.code)

    def _sorted(self, stream: Stream, inside: str | None, depth: int) -> Iterator[Found]:
        sort = sort_of(stream.head())
        if sort is Sort.SEEN:
            yield self._piece(stream, inside, depth)
        elif sort is Sort.OTHER:
            yield Other(self.path)
        elif sort is Sort.CLOSED:
            raise CannotUnpack
        else:
            self.budget.require_depth(depth)
            yield from self._unpacked(sort, stream, inside, depth)

    def _unpacked(
        self, sort: Sort, stream: Stream, inside: str | None, depth: int
    ) -> Iterator[Found]:
        if sort is Sort.MARKUP:
            yield from self._page(stream, inside, depth)
        elif sort is Sort.PACKED:
            form = packing(stream.head()) or ""
            yield from self.walk(unpacked(stream, form, self.budget), inside, depth + 1)
        else:
            yield from self._members(self._opened(sort, stream), inside, depth)

    def _opened(self, sort: Sort, stream: Stream) -> Iterator[Member]:
        if sort is Sort.ZIP:
            # Its list is at the end; what cannot be jumped about in has to be held for that.
            return zip_members(stream.file or stream.whole(self.budget.limits.held), self.budget)
        readers = {Sort.TAR: tar_members, Sort.WARC: warc_members, Sort.MIME: mime_members}
        return readers[sort](stream, self.budget)

    def _members(
        self, members: Iterator[Member], inside: str | None, depth: int
    ) -> Iterator[Found]:
        for member in members:
            name = member.name if inside is None else f"{inside}{WITHIN}{member.name}"
            name = name[:_MOST_INSIDE]
            if member.stream is None:
                yield Gap(self.path, name, member.code)
            else:
                yield from self.walk(member.stream, name, depth + 1)

    def _piece(self, stream: Stream, inside: str | None, depth: int) -> Piece:
        if depth == 0:
            return Piece(self.path)
        held = stream.whole(self.budget.limits.held)
        self.number += 1
        return Piece(self.path, inside, self.number - 1, held)

    def _page(self, stream: Stream, inside: str | None, depth: int) -> Iterator[Found]:
        page = markup.page_bytes(stream)
        yield Other(self.path)
        before = self.number
        yield from self._members(markup.pictures_within(page, self.budget), inside, depth)
        if depth > 0:
            return
        beside = list(markup.files_beside(page, self.path))
        if self.follow:
            yield from self._beside(beside)
        if not beside and self.number == before and markup.names_pictures(page):
            raise PicturesNotSaved

    def _beside(self, files: list[Path]) -> Iterator[Found]:
        """Yield the pictures that lie beside a page that was named without its folder."""
        for file in files:
            for found in pieces(file, limits=self.budget.limits):
                if not isinstance(found, Other):
                    yield found
