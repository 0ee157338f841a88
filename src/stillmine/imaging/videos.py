"""Videos: the size and length that the container declares, one decoded frame, or all of them.

Runs in the child. PyAV is an optional extra, because the FFmpeg in its wheels is copyleft.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from stillmine.imaging.kinds import Problem
from stillmine.imaging.pictures import optional
from stillmine.imaging.sight import Sight, Unseen

Bytes = NDArray[np.uint8]

SMALL = 32
"""The side in pixels of the square, grey picture by which changes of scene are told."""

# FFmpeg may only try the demuxer of the container that the first bytes showed.
_DEMUXERS = {"mp4": "mov", "mov": "mov", "webm": "matroska", "mkv": "matroska"}
_MOST_SECONDS = 1e7
_MOST_PACKETS = 2_000
# So far before its declared end a stream may have its last frame, and still be whole.
_EARLY_SECONDS, _EARLY_SHARE, _EARLY_SHARE_OF_SEVERAL = 1.0, 0.04, 0.2


def prepare() -> None:
    """Load the codecs, if they are there, while files can still be opened."""
    library = optional("av")
    if library is None:
        return
    library.logging.set_level(None)
    # PyAV imports its modules one by one as streams of their kind turn up: take them all now.
    for module in pkgutil.walk_packages(library.__path__, "av."):
        if not module.name.endswith("__main__"):
            optional(module.name)


class Video:
    """A container whose streams are known; no frame was asked for yet."""

    def __init__(self, file: BinaryIO, file_format: str) -> None:
        """Open the container and choose the video stream that a player would show."""
        library = optional("av")
        if library is None:
            raise Unseen(Problem.NO_DECODER)
        demuxer = _DEMUXERS[file_format]
        self._broken: type[Exception] = library.error.FFmpegError
        self._container: Any = library.open(file, format=demuxer, metadata_errors="ignore")
        self._stream = self._container.streams.best("video")
        if self._stream is None:
            raise Unseen(Problem.CANNOT_DECODE)
        context = self._stream.codec_context
        context.thread_count = 1
        self.seconds = self._length()
        self.rate = float(self._stream.average_rate or 0) or None
        self.problem: Problem | None = None
        self.sight = Sight(
            int(context.width) or None,
            int(context.height) or None,
            max(0, int(self._stream.frames)) or None,
            self.seconds,
        )

    def _length(self) -> float | None:
        if self._stream.duration and self._stream.time_base:
            seconds = float(self._stream.duration * self._stream.time_base)
        else:
            seconds = (self._container.duration or 0) / 1_000_000
        return min(seconds, _MOST_SECONDS) if seconds > 0 else None

    def decode(self, side: int) -> Image.Image:
        """Decode packets until the first whole frame, and return it upright, scaled to `side`."""
        for number, packet in enumerate(self._container.demux(self._stream)):
            if number > _MOST_PACKETS:
                break
            for frame in packet.decode():
                return Image.fromarray(Shown(frame, 0, 0.0).rgb(side))
        raise Unseen(Problem.CANNOT_DECODE)

    def frames(self, pace: Callable[[float], float | None]) -> Iterator[Shown]:
        """Give the frames in order; see `sampling.Reel`. What is broken is left out and told."""
        times = _Times(self._stream)
        hurry: float | None = None
        for packet in self._packets():
            if packet.is_keyframe:
                hurry = pace(times.last)
            elif hurry is not None and packet.size:
                continue
            yield from self._decoded(packet, times)
            if hurry and packet.size:
                yield from self._jumped(hurry, times)
        if self.problem is None and self._ended_early(times.end):
            self.problem = Problem.CANNOT_DECODE

    def _packets(self) -> Iterator[Any]:
        """Give the packets of the stream, after every jump those from there on."""
        try:
            yield from self._container.demux(self._stream)
        except MemoryError:
            self.problem = Problem.OUT_OF_MEMORY
        except self._broken:
            self.problem = Problem.CANNOT_DECODE

    def _decoded(self, packet: Any, times: _Times) -> Iterator[Shown]:
        """Give what one packet brings to light."""
        try:
            for frame in packet.decode():
                yield Shown(frame, *times.of(frame))
        except MemoryError:
            self.problem = Problem.OUT_OF_MEMORY
        except self._broken:
            self.problem = self.problem or Problem.CANNOT_DECODE

    def _jumped(self, seconds: float, times: _Times) -> Iterator[Shown]:
        """Give what the decoder still holds, then go to the next key frame so much farther on."""
        start = times.last
        try:
            for frame in self._stream.codec_context.decode(None):
                yield Shown(frame, *times.of(frame))
            target = times.units(max(start, times.last) + seconds)
            self._container.seek(target, stream=self._stream, backward=False)
        except self._broken:
            # Nothing further on: what follows is read in order, by a decoder that may go on.
            self._stream.codec_context.flush_buffers()

    def _ended_early(self, end: float) -> bool:
        """Say whether the frames ended long before the file says that it does.

        Where only the container tells a length, another stream may be longer than the video.
        """
        own = self._stream.duration is not None or len(self._container.streams) == 1
        share = _EARLY_SHARE if own else _EARLY_SHARE_OF_SEVERAL
        whole = self.seconds or 0.0
        return end < whole - max(_EARLY_SECONDS, share * whole)


class Shown:
    """A decoded frame: when it is shown, and the how manieth it is."""

    def __init__(self, frame: Any, number: int, seconds: float) -> None:
        """Keep the frame; it stays in the decoder's own colours and size."""
        self._frame, self.number, self.seconds = frame, number, seconds

    def small(self) -> Bytes:
        """Return it grey, SMALL x SMALL bytes."""
        tiny = self._frame.reformat(SMALL, SMALL, format="gray", interpolation="AREA", threads=1)
        grey: Bytes = tiny.to_ndarray()
        return grey

    def rgb(self, side: int) -> Bytes:
        """Return it upright, height x width x 3 bytes, no side above `side`."""
        frame = self._frame
        scale = min(1.0, side / max(frame.width, frame.height))
        width, height = max(2, round(frame.width * scale)), max(2, round(frame.height * scale))
        plain = frame.reformat(width, height, format="rgb24", interpolation="AREA", threads=1)
        # The display matrix says how far the frame is turned against the clock when it is shown.
        return np.ascontiguousarray(np.rot90(plain.to_ndarray(), round(frame.rotation / 90) % 4))


class _Times:
    """Number the frames and tell their seconds, whatever the file says about them."""

    def __init__(self, stream: Any) -> None:
        """Count from the stream's own start."""
        self._base = float(stream.time_base or 0) or 1 / 90_000
        self._start = float(stream.start_time or 0) * self._base
        self._step = 1 / float(stream.average_rate or 25)
        self._number = -1
        self.last = self.end = 0.0

    def of(self, frame: Any) -> tuple[int, float]:
        """Return number and seconds of the next frame; what is no time at all follows the last."""
        self._number += 1
        seconds = None if frame.pts is None else float(frame.pts) * self._base - self._start
        if seconds is None or not 0 <= seconds <= _MOST_SECONDS:
            seconds = min(self.last + self._step, _MOST_SECONDS)
        self.last = seconds
        self.end = max(self.end, seconds + float(frame.duration or 0) * self._base)
        return self._number, seconds

    def units(self, seconds: float) -> int:
        """Return a time in the units in which the stream counts."""
        return int((seconds + self._start) / self._base)
