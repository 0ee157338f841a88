"""Videos: the size and length that the container declares, and one decoded frame.

Runs in the child. PyAV is an optional extra, because the FFmpeg in its wheels is copyleft.
"""

from __future__ import annotations

import pkgutil
from typing import TYPE_CHECKING, Any, BinaryIO

from PIL import Image

from stillmine.imaging.kinds import Problem
from stillmine.imaging.pictures import optional
from stillmine.imaging.sight import Sight, Unseen

if TYPE_CHECKING:
    from collections.abc import Iterator

# FFmpeg may only try the demuxer of the container that the first bytes showed.
_DEMUXERS = {"mp4": "mov", "mov": "mov", "webm": "matroska", "mkv": "matroska"}
_MOST_SECONDS = 1e7
_MOST_PACKETS = 2_000


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
        """Open the container and choose the first video stream."""
        library = optional("av")
        if library is None:
            raise Unseen(Problem.NO_DECODER)
        demuxer = _DEMUXERS[file_format]
        self._container: Any = library.open(file, format=demuxer, metadata_errors="ignore")
        if not self._container.streams.video:
            raise Unseen(Problem.CANNOT_DECODE)
        self._stream = self._container.streams.video[0]
        context = self._stream.codec_context
        context.thread_count = 1
        self.sight = Sight(
            int(context.width) or None,
            int(context.height) or None,
            max(0, int(self._stream.frames)) or None,
            self._seconds(),
        )

    def _seconds(self) -> float | None:
        if self._stream.duration and self._stream.time_base:
            seconds = float(self._stream.duration * self._stream.time_base)
        else:
            seconds = (self._container.duration or 0) / 1_000_000
        return min(seconds, _MOST_SECONDS) if seconds > 0 else None

    def decode(self, side: int) -> Image.Image:
        """Decode packets until the first whole frame, and return it scaled down to `side`."""
        for frame in self._frames():
            scale = min(1.0, side / max(frame.width, frame.height))
            width, height = max(2, round(frame.width * scale)), max(2, round(frame.height * scale))
            picture: Image.Image = frame.to_image(width=width, height=height)
            return picture
        raise Unseen(Problem.CANNOT_DECODE)

    def _frames(self) -> Iterator[Any]:
        for number, packet in enumerate(self._container.demux(self._stream)):
            if number > _MOST_PACKETS:
                return
            yield from packet.decode()
