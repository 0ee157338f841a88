"""For other people's programs: make an index of a folder of pictures, and look for them in files.

    from pathlib import Path
    from stillmine.imaging import Decoder
    from stillmine.imaging.likeness import find_copies, index_folder

    if __name__ == "__main__":
        with Decoder(workers=2) as decoder:
            bank = index_folder(Path("own pictures"), decoder)
            for looked in find_copies(bank.index, Path("reported").iterdir(), decoder):
                for copy in looked.copies:
                    print(looked.file, copy.item, copy.best.kind, copy.expected_false)
                    print(copy.best.quad)

No vault is needed, nothing is written, and nothing leaves the computer. Every file is decoded in
the limited child processes of the `Decoder`.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from stillmine.imaging.decoder import Decoder
from stillmine.imaging.kinds import Kind
from stillmine.imaging.likeness.fingerprints import Fingerprint
from stillmine.imaging.likeness.index import LikenessIndex
from stillmine.imaging.likeness.samples import Likeness, Role, Sample
from stillmine.imaging.likeness.timeline import ClipMatch, gather, names_of, place_of
from stillmine.imaging.source import Readable

_WORKERS = 3  # one more than the usual decoder has children, so that none of them waits for us
_AHEAD = 8
_SMALL = 32

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class FolderIndex:
    """An index of a folder; items are called by their path in it, with "/" between its parts.

    `skipped` are the files in which nothing could be recognised, each with the code that says why;
    files that are no picture, video or document with pages are passed over.
    """

    index: LikenessIndex
    skipped: tuple[tuple[Path, str], ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """One file that was looked at: the copies found in it, the surest first.

    `problem` is the code that says why it could not be looked at, or not at all of it.
    """

    file: Path
    copies: tuple[ClipMatch, ...]
    problem: str | None


def index_folder(folder: Path, decoder: Decoder) -> FolderIndex:
    """Fingerprint all pictures and videos in a folder and below it; links to folders are let be.

    Raises OSError where the folder cannot be read, DecoderWillNotStart where no child starts.
    """
    index = LikenessIndex()
    skipped = []

    def fingerprinted(file: Path) -> Likeness:
        return decoder.fingerprints(file, Role.ITEM)

    for file, likeness in _side_by_side(_files(folder), fingerprinted):
        if not likeness.samples:
            if likeness.look.kind is not Kind.DOCUMENT:
                skipped.append((file, likeness.problem or ""))
            continue
        names = names_of(_name(file, folder), [one.seconds for one in likeness.samples])
        for name, sample in zip(names, likeness.samples, strict=True):
            index.add(name, Fingerprint.from_bytes(sample.fingerprint))
    return FolderIndex(index, tuple(skipped))


def find_copies(
    index: LikenessIndex, files: Iterable[Path], decoder: Decoder, *, closely: bool = False
) -> Iterator[Looked]:
    """Look for the items of an index in files, in their order, while they are asked for.

    With `closely` nothing is only glanced at, which takes three times as long; see `look_for`.
    A file that cannot be read or seen is an answer with a `problem`. Raises DecoderWillNotStart.
    """
    # What the index puts off until its first question it does once, and not in each thread.
    index.query(np.zeros((_SMALL, _SMALL, 3), np.uint8))

    def looked(file: Path) -> Looked:
        likeness, found = look_for(index, file, decoder, closely=closely)
        return Looked(file, tuple(found), likeness.cut or likeness.problem)

    for _, one in _side_by_side(files, looked):
        yield one


def look_for(
    index: LikenessIndex, file: Readable, decoder: Decoder, *, closely: bool = False
) -> tuple[Likeness, list[ClipMatch]]:
    """Return what was seen in a file and the copies found in it.

    Most stills are only glanced at: nothing of an item stirs in them. With `closely` all are
    looked at as closely as those in which something does.
    """
    if not closely:
        likeness = decoder.fingerprints(file, Role.GLANCE)
        if not likeness.samples:
            return likeness, []
        first = likeness.samples[0]
        if first.seconds is not None:  # it moves, and was scanned
            return likeness, copies_in(index, likeness.samples)
        if not index.stirs(Fingerprint.from_bytes(first.fingerprint)):
            return likeness, []
    likeness = decoder.fingerprints(file, Role.SCAN)
    return likeness, copies_in(index, likeness.samples)


def copies_in(index: LikenessIndex, samples: Sequence[Sample]) -> list[ClipMatch]:
    """Return the copies in a file, given the samples of its scan.

    In a still several copies of one picture are told one by one; in what moves, by stretches.
    """
    moments = [(seconds, index.query(Fingerprint.from_bytes(data))) for seconds, _, data in samples]
    if len(moments) != 1:
        return gather(moments)
    seconds, matches = moments[0]
    of_videos = [one for one in matches if place_of(one.name).start is not None]
    apart = [[one] for one in matches if place_of(one.name).start is None]
    return [one for each in (*apart, of_videos) for one in gather([(seconds, each)])]


def _files(folder: Path) -> Iterator[Path]:
    def stop(problem: OSError) -> None:
        if Path(problem.filename) == folder:
            raise problem

    for name, folders, files in os.walk(folder, onerror=stop):
        folders.sort()
        yield from (Path(name, file) for file in sorted(files))


def _name(file: Path, folder: Path) -> str:
    """Return the name of an item, in which bytes that are no text are written out."""
    name = file.relative_to(folder).as_posix()
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _side_by_side(
    given: Iterable[_Given], work: Callable[[_Given], _Made]
) -> Iterator[tuple[_Given, _Made]]:
    """Do the work for several at once; yield them in order, never far ahead of who asks."""
    running: deque[tuple[_Given, Future[_Made]]] = deque()
    with ThreadPoolExecutor(_WORKERS, thread_name_prefix="likeness") as pool:
        try:
            for one in given:
                running.append((one, pool.submit(work, one)))
                if len(running) >= _AHEAD:
                    done, future = running.popleft()
                    yield done, future.result()
            while running:
                done, future = running.popleft()
                yield done, future.result()
        finally:
            pool.shutdown(cancel_futures=True)
