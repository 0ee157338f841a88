"""Look through everything that was named: read ahead, compare side by side, stop when asked."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from stillmine.app.jobs import Job
from stillmine.app.sources.finding import Skipped
from stillmine.app.sources.handed import HandedFile
from stillmine.app.sources.limits import Limits
from stillmine.app.sources.opening import Found, Gap, Piece, pieces, pieces_held
from stillmine.errors import CannotReadFile, Stopped
from stillmine.watch.copies import Copy
from stillmine.watch.recognising import Recogniser, Seen
from stillmine.watch.remembering import SUM_BYTES, Memory, Sum

LOOKERS = 2
_WORKERS = 3  # one more than looks at pictures, so that none waits for what was seen to be compared
_AHEAD = 8
_BYTES_AHEAD = 256 << 20
_HEARD_EVERY = 0.5  # seconds
_TELL_EVERY = 1 << 20  # bytes


class Remembered(Protocol):
    """Which pieces were compared by an earlier run; nobody's picture is in it, only sums."""

    def __contains__(self, piece: Sum, /) -> bool:
        """Say whether a piece was compared."""
        ...

    def add(self, piece: Sum, /) -> None:
        """Note that it was compared, and nothing was found in it."""
        ...

    def save_if_due(self) -> None:
        """Write it down from time to time."""
        ...


@dataclass(slots=True)
class _File:
    """A file that is being looked through, and how much of it the job was told of."""

    path: Path
    job: Job
    size: int
    status: os.stat_result | None = None
    """What the disk says of it; None where it was handed over in memory, as `held`."""
    held: io.BytesIO | None = None
    read: int = 0
    told: int = 0

    def pieces(self, *, follow: bool) -> Iterator[Found]:
        """Yield what is in it."""
        if self.held is not None:
            return pieces_held(self.held, self.path, Limits())
        return pieces(self.path, beat=self.beat, follow=follow)

    def beat(self, count: int) -> None:
        """Hear that bytes were read; tell the job now and then. Raises Stopped."""
        self.read = min(self.size, self.read + count)
        if self.read - self.told >= _TELL_EVERY:
            self._tell(self.read)

    def end(self) -> None:
        """Tell the job that the file is done. Raises Stopped."""
        self._tell(self.size)

    def _tell(self, so_far: int) -> None:
        count, self.told = so_far - self.told, so_far
        self.job.advance(count)


@dataclass(frozen=True, slots=True)
class _Task:
    """A piece that is being compared, its file and its place in the order of all."""

    piece: Piece
    file: _File
    place: int
    sum: Sum


@dataclass(slots=True)
class Search:
    """One run. What it found is in its fields, also where it was stopped."""

    recogniser: Recogniser
    memory: Remembered
    job: Job
    named: frozenset[Path] = frozenset()
    copies: list[tuple[int, Copy]] = field(default_factory=list)
    gaps: list[tuple[int, Gap]] = field(default_factory=list)
    looked_at: int = 0
    before: int = 0
    others: int = 0
    stopped: bool = False
    _place: int = 0
    _held: int = 0
    _running: dict[Future[Seen], _Task] = field(default_factory=dict)

    def run(self, found: Iterable[Path | HandedFile | Skipped]) -> None:
        """Look through all files. What is asked to stop stops after the pieces under way."""
        tasks = self._tasks(_with_sizes(found, self.job))
        with ThreadPoolExecutor(_WORKERS, thread_name_prefix="compare") as pool:
            try:
                self.job.check()
                self._fill(pool, tasks)
                while self._running:
                    self._wait()
                    self._fill(pool, tasks)
            except Stopped:
                self.stopped = True
                pool.shutdown(cancel_futures=True)
                self._take(future for future in self._running if not future.cancelled())
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
            finally:
                tasks.close()
        self._running.clear()

    def _wait(self) -> None:
        done, _ = wait(self._running, timeout=_HEARD_EVERY, return_when=FIRST_COMPLETED)
        files = self._take(done)
        for future in done:
            del self._running[future]
        self.job.check()
        for file in files:
            file.end()
        self.memory.save_if_due()

    def _fill(self, pool: ThreadPoolExecutor, tasks: Iterator[_Task]) -> None:
        while len(self._running) < _AHEAD and self._held < _BYTES_AHEAD:
            task = next(tasks, None)
            if task is None:
                return
            self._held += _size(task.piece)
            self._running[pool.submit(self.recogniser.compare, task.piece)] = task

    def _take(self, done: Iterable[Future[Seen]]) -> list[_File]:
        """Note what was found; return the files that are done with it."""
        ended = []
        for future in done:
            task = self._running[future]
            self._held -= _size(task.piece)
            seen = future.result()
            self.looked_at += seen.compared
            self.copies += [(task.place, copy) for copy in seen.copies]
            if seen.gap:
                self.gaps.append((task.place, seen.gap))
            if not seen.gap and not seen.copies:
                self.memory.add(task.sum)
            if task.piece.held is None and task.piece.path == task.file.path:
                ended.append(task.file)
        return ended

    def _tasks(self, found: Iterable[_File | Skipped]) -> Generator[_Task, None, None]:
        """Yield what is to be compared; what is not is noted at once."""
        for entry in found:
            self._place += 1
            if isinstance(entry, Skipped):
                self.gaps.append((self._place, Gap(entry.file, None, entry.code)))
                continue
            alone = False
            follow = entry.path in self.named
            for each in entry.pieces(follow=follow):
                if each.path != entry.path and self._comes_by_itself(each.path):
                    continue
                self._place += 1
                task = self._task(each, entry)
                if task:
                    alone = each.path == entry.path and task.piece.held is None
                    yield task
            if not alone:
                entry.end()

    def _comes_by_itself(self, beside: Path) -> bool:
        """Say whether a file that a page names was named to us too, or lies in what was."""
        around = {beside, *beside.parents}
        return any(path.absolute() in around or path.resolve() in around for path in self.named)

    def _task(self, each: object, file: _File) -> _Task | None:
        """Note a gap, something else, or what was compared before; return what is left to do."""
        if isinstance(each, Gap):
            self.gaps.append((self._place, each))
        elif not isinstance(each, Piece):
            self.others += 1
        else:
            known = _sum_of(each, file)
            if known not in self.memory:
                return _Task(each, file, self._place, known)
            self.before += 1
            self.looked_at += 1
        return None


def _sum_of(piece: Piece, file: _File) -> Sum:
    """Return what is remembered of a piece; of one that lies on no disk, nothing comes again."""
    if file.status is None:
        return os.urandom(SUM_BYTES)
    return Memory.sum_of(piece.path, piece.number, _status(piece, file.status, file.path))


def _status(piece: Piece, status: os.stat_result, file: Path) -> os.stat_result:
    """Return what the disk says of the file that a piece lies in, or that lies beside a page."""
    if piece.path != file:
        with contextlib.suppress(OSError):  # gone by now: that is noticed when it is compared
            return piece.path.stat()
    return status


def _size(piece: Piece) -> int:
    return 0 if piece.held is None else piece.held.getbuffer().nbytes


def _held(handed: HandedFile, job: Job) -> _File:
    handed.content.seek(0)
    held = io.BytesIO(handed.content.read())
    return _File(handed.path, job, handed.size, held=held)


def _with_sizes(found: Iterable[Path | HandedFile | Skipped], job: Job) -> list[_File | Skipped]:
    """Say how large each file is, and let the job know how much there is in all."""
    files: list[_File | Skipped] = []
    seen: set[Path] = set()
    for entry in found:
        if isinstance(entry, Skipped):
            files.append(entry)
            continue
        if isinstance(entry, HandedFile):
            files.append(_held(entry, job))
            continue
        path = entry.absolute()
        if path in seen:  # named by itself, and with its folder
            continue
        seen.add(path)
        try:
            status = entry.stat()
        except OSError:
            files.append(Skipped(entry, CannotReadFile.code))
            continue
        files.append(_File(entry, job, status.st_size, status))
    total = sum(file.size for file in files if isinstance(file, _File))
    job.begin("watch.comparing", total, "bytes")
    return files
