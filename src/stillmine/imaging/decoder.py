"""Look at files made by strangers, by way of a few limited children that may die."""

from __future__ import annotations

import io
import queue
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from stillmine.imaging import marks, wire
from stillmine.imaging.kinds import Kind, Look, Problem, kind_of
from stillmine.imaging.likeness.samples import Likeness, Role, unpack
from stillmine.imaging.likeness.standard import Standard
from stillmine.imaging.likeness.standard import unpack as unpack_standard
from stillmine.imaging.mark.reading import Evidence
from stillmine.imaging.marks import Marked
from stillmine.imaging.process import PROGRAM, Died, Process, Request
from stillmine.imaging.shapes import HEAVY, MOST_SIDE, SHAPES
from stillmine.imaging.source import Readable, Source, Unreadable, opened

_GIBIBYTE = 1024**3
_MOST_PIXELS = 200_000_000
_SHARE_OF_SECONDS = 0.7
_TASKS_A_CHILD = 1_000  # then a fresh one: decoders leak, and a rested child forgets


@dataclass(frozen=True, slots=True)
class Protections:
    """Which locks hold the child on this computer."""

    memory: bool
    processor_time: bool
    no_file_writes: bool
    system_call_filter: bool
    landlock_version: int


class Decoder:
    """A pool of limited children: use it in a `with`, from as many threads as you like.

    Children are started when they are first needed, live on between files, and are replaced when
    a file kills them. `memory` is in bytes a child, `seconds` is for one file.
    """

    def __init__(
        self,
        *,
        workers: int = 2,
        memory: int = _GIBIBYTE,
        seconds: float = 60.0,
        pixels: int = _MOST_PIXELS,
        program: Sequence[str] = PROGRAM,
    ) -> None:
        """Start nothing yet. `program` is what a child runs; tests plant their own."""
        self._memory, self._seconds, self._pixels = memory, seconds, pixels
        self._program = tuple(program)
        self._workers = workers
        self._resting: queue.LifoQueue[Process | None] = queue.LifoQueue()
        for _ in range(workers):
            self._resting.put(None)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the children."""
        self.close()

    def close(self) -> None:
        """Wait for tasks under way and end all children; later tasks would start new ones."""
        for _ in range(self._workers):
            process = self._resting.get()
            if process is not None:
                process.close()
        for _ in range(self._workers):
            self._resting.put(None)

    def look(self, file: Readable) -> Look:
        """Say what a file is and really decode its first frame or page.

        `file` is a path, an open descriptor, or a binary file; its position does not move.
        A bad file is never an error: the answer's `problem` says what is wrong with it.
        Raises DecoderWillNotStart if this computer cannot start a child at all.
        """
        try:
            with opened(file) as source:
                return self._look(source)
        except Unreadable as error:
            return Look(Kind.DOCUMENT, "other", problem=error.problem.value)

    def fingerprints(self, file: Readable, role: Role) -> Likeness:
        """Say what a file is and by what it can be known again, out of one decode.

        A still has one sample; what moves has one for each moment that was chosen. A bad file is
        never an error: the answer's `problem` says why there are no samples, and `look.problem`
        what is wrong with the file itself. Raises DecoderWillNotStart as `look` does.
        """
        try:
            with opened(file) as source:
                return self._likeness(source, role)
        except Unreadable as error:
            problem = error.problem.value
            return Likeness(Look(Kind.DOCUMENT, "other", problem=problem), problem=problem)

    def standard(self, file: Readable) -> Standard:
        """Say what a file is, and return the fingerprints of it that platforms exchange.

        A still has PDQ in eight positions, what moves has vPDQ. A bad file is never an error, as
        with `fingerprints`; whether a fingerprint means enough to be given away, ask `Pdq.usable`.
        """
        try:
            with opened(file) as source:
                return self._standard(source)
        except Unreadable as error:
            problem = error.problem.value
            return Standard(Look(Kind.DOCUMENT, "other", problem=problem), problem=problem)

    def thumbnail(self, file: Readable, *, side: int = 512) -> bytes | None:
        """Return a small upright JPEG of a picture, frame or page, or None if there is none.

        The child returns bare pixels and the JPEG is made here, so that no bytes which a
        stranger could have shaped reach a browser. Nothing is written to disk.
        """
        if not 1 <= side <= MOST_SIDE:
            raise ValueError(side)
        try:
            with opened(file) as source:
                message, pixels = self.run(
                    "thumbnail", source, {"pixels": self._pixels, "side": side}
                )
        except (Unreadable, Died):
            return None
        return None if message["problem"] is not None else _jpeg(message, pixels)

    def mark(self, file: Readable, seed: bytes) -> Marked:
        """Return a marked copy of a picture: a clean file, upright, for the hand-over of `seed`.

        `seed` is 32 random bytes, of which a trace needs the same. Raises CannotMark, whose `why`
        is a code with words, and DecoderWillNotStart as `look` does.
        """
        return marks.mark(self.run, file, seed, self._pixels)

    def evidence(
        self,
        original: Readable,
        leaked: Readable,
        quad: Sequence[Sequence[float]] | None = None,
    ) -> Evidence | None:
        """Return what a leaked picture says about marks of its original; no seed is needed.

        `quad` are the original's corners in the leaked picture, in pixels, if they are known. None
        if the original was not found there. Raises marks.CannotRead, and DecoderWillNotStart.
        """
        return marks.evidence(self.run, (original, leaked), quad, self._pixels)

    def protections(self) -> Protections:
        """Return which locks hold here, as a child that was just started says."""
        process = self._rested()
        self._resting.put(process)
        on = process.protections
        return Protections(
            memory=on["memory"] == 1,
            processor_time=on["cpu"] == 1,
            no_file_writes=on["files"] == 1,
            system_call_filter=on["seccomp"] == 1,
            landlock_version=on["landlock"],
        )

    def run(self, task: str, source: Source, numbers: dict[str, int]) -> tuple[wire.Message, bytes]:
        """Let a child do one task of `tasks.TASKS`; return its checked answer. Raises Died."""
        process = self._rested(heavy=task in HEAVY)
        worn = True
        try:
            message, blob = process.ask(Request(task, numbers, SHAPES[task]), source, self._seconds)
            worn = _is_worn(process, message)
            return message, blob
        finally:
            self._resting.put(None if worn else process)
            if worn:
                process.close()

    def _rested(self, *, heavy: bool = False) -> Process:
        """Take a child out of the pool, starting one if the place is empty or it cannot do this."""
        process = self._resting.get()
        if process is not None and (process.heavy or not heavy):
            return process
        try:
            if process is not None:
                process.close()
            return Process(self._program, self._memory, heavy=heavy)
        except BaseException:
            self._resting.put(None)
            raise

    def _look(self, source: Source) -> Look:
        numbers = {"pixels": self._pixels}
        try:
            message, _ = self.run("look", source, numbers)
        except Died as death:
            return self._after_death(source, numbers, death.problem)
        return _look_of(message)

    def _likeness(self, source: Source, role: Role) -> Likeness:
        # What moves is looked at for so long that the answer still comes in time.
        seconds = max(1, int(_SHARE_OF_SECONDS * self._seconds))
        numbers = {"pixels": self._pixels, "role": int(role), "seconds": seconds}
        try:
            message, blob = self.run("fingerprints", source, numbers)
            samples = unpack(blob)
        except (Died, wire.Garbled) as error:
            # A fresh child may still say what the file is, and even decode it.
            problem = error.problem if isinstance(error, Died) else Problem.DECODER_CRASHED
            return Likeness(self._look(source), problem=problem.value)
        why = message.get("unlike", message["problem"])
        return Likeness(_look_of(message), samples, why, message.get("until"), message.get("cut"))

    def _standard(self, source: Source) -> Standard:
        seconds = max(1, int(_SHARE_OF_SECONDS * self._seconds))
        numbers = {"pixels": self._pixels, "seconds": seconds}
        try:
            message, blob = self.run("standard", source, numbers)
            prints = unpack_standard(blob)
        except (Died, wire.Garbled) as error:
            problem = error.problem if isinstance(error, Died) else Problem.DECODER_CRASHED
            return Standard(self._look(source), problem=problem.value)
        why = message.get("unlike", message["problem"])
        return Standard(_look_of(message), prints, why, message.get("until"), message.get("cut"))

    def _after_death(self, source: Source, numbers: dict[str, int], problem: Problem) -> Look:
        """Ask a fresh child for less and less, so that kind and size are still reported."""
        for task in ("measure", "identify"):
            try:
                message, _ = self.run(task, source, numbers)
            except Died:
                continue
            return _look_of({**message, "problem": problem.value})
        return Look(Kind.DOCUMENT, "other", problem=problem.value)


def _look_of(message: wire.Message) -> Look:
    if "format" not in message:
        return Look(Kind.DOCUMENT, "other", problem=message["problem"])
    return Look(
        kind_of(message["format"], message["frames"]),
        message["format"],
        message["width"],
        message["height"],
        message["frames"],
        message["seconds"],
        message["problem"],
    )


def _is_worn(process: Process, message: wire.Message) -> bool:
    starved = Problem.OUT_OF_MEMORY.value in (message.get("problem"), message.get("unlike"))
    return starved or process.tasks_done >= _TASKS_A_CHILD


def _jpeg(message: wire.Message, pixels: bytes) -> bytes | None:
    from PIL import Image  # here, so that programs which only look do not load it

    size = (message["width"], message["height"])
    if len(pixels) != size[0] * size[1] * 3 or not pixels:
        return None
    out = io.BytesIO()
    Image.frombytes("RGB", size, pixels).save(out, "JPEG", quality=85)
    return out.getvalue()
