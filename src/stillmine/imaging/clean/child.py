"""The limited process that inspects and cleans: `python -I -m stillmine.imaging.clean.child`.

It is locked in as the process that decodes is, by the same code: it gets one open file after the
other, sees no path and can write nothing. What it writes anew goes back over the line in pieces.
"""

from __future__ import annotations

import codecs
import contextlib
import io
import signal
import sys
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from PIL import Image

from stillmine.errors import FileDamaged, NoCleaner, StillmineError
from stillmine.imaging import limits, pictures, tasks, videos, wire
from stillmine.imaging.child import Positioned
from stillmine.imaging.clean import drawing, pdf
from stillmine.imaging.clean.answers import MOST_PIECE, Told, answer, pack_told, refused
from stillmine.imaging.clean.findings import WHATS, Finding
from stillmine.imaging.clean.formats import FORMATS, SECOND_PROOF
from stillmine.imaging.clean.preview import compared, opened
from stillmine.imaging.line import Line
from stillmine.imaging.shapes import MOST_INLINE
from stillmine.imaging.sniff import sniff

Done = tuple[dict[str, Any], bytes]
# Python opens a file for each when it is first used, and behind the locks nothing can be opened.
_CHARACTER_SETS = (
    *("ascii", "cp1252", "latin-1", "utf-8", "utf-8-sig"),
    *("utf-16", "utf-16-be", "utf-16-le", "utf-32", "utf-32-be", "utf-32-le"),
)
_PREVIEW_SIDE = 1024
_MOST_PREVIEWS = 8


class Pieces(io.RawIOBase):
    """A file that is written from front to back and goes to the other side a piece at a time."""

    def __init__(self, line: Line, file_format: str) -> None:
        """Gather small writes: a piece is about a megabyte."""
        super().__init__()
        self._line, self._format = line, file_format
        self._waiting: list[bytes] = []
        self._size = 0

    def writable(self) -> bool:
        """Say yes."""
        return True

    def write(self, data: Any) -> int:
        """Take bytes; send them when there are enough."""
        data = bytes(data)
        for at in range(0, len(data), MOST_PIECE):
            piece = data[at : at + MOST_PIECE]
            if self._size + len(piece) > MOST_PIECE:
                self.flush()
            self._waiting.append(piece)
            self._size += len(piece)
        return len(data)

    def flush(self) -> None:
        """Send what is waiting."""
        if self._size:
            piece = b"".join(self._waiting)
            self._waiting, self._size = [], 0
            self._line.send(wire.pack(answer("piece", self._format), len(piece)))
            self._line.send(piece)


def clean(file: BinaryIO, file_format: str, out: BinaryIO) -> Done:
    """Write the file anew; say what was left out and what stays."""
    done = FORMATS[file_format].clean(file, out)
    out.flush()
    removed = [min(done.removed.get(what, 0), 2**31 - 1) for what in WHATS]
    return answer("done", file_format, removed=removed, kept=list(done.kept)), b""


def inspect(file: BinaryIO, file_format: str, _out: BinaryIO) -> Done:
    """Say what the file tells, and how its previews compare with the picture."""
    found = FORMATS[file_format].inspect(file)
    told = [Told(one.what, one.where, one.said, "") for one in found]
    for place, seen in _previews(file, found):
        told[place] = told[place]._replace(seen=seen)
    return answer("done", file_format), pack_told(told)


def _previews(file: BinaryIO, found: list[Finding]) -> list[tuple[int, str]]:
    places = [place for place, one in enumerate(found) if one.blob][:_MOST_PREVIEWS]
    file.seek(0)
    picture = opened(file) if places else None
    if picture is None:
        return []
    return [(place, compared(picture, found[place].blob or b"")) for place in places]


def preview(file: BinaryIO, file_format: str, _out: BinaryIO) -> Done:
    """Return the largest preview that the file carries, as bare pixels."""
    found = FORMATS[file_format].inspect(file)
    blobs = sorted((one.blob for one in found if one.blob), key=len, reverse=True)
    for blob in blobs[:_MOST_PREVIEWS]:
        picture = opened(io.BytesIO(blob))
        if picture is not None:
            picture.thumbnail((_PREVIEW_SIDE, _PREVIEW_SIDE), Image.Resampling.BICUBIC)
            message = answer("done", file_format, width=picture.width, height=picture.height)
            return message, picture.tobytes()
    return answer("done", file_format), b""


def audit(file: BinaryIO, file_format: str, _out: BinaryIO) -> Done:
    """Read a cleaned file with other code; return the digest of what it shows."""
    FORMATS[file_format].audit(file)
    return shown(file, file_format, _out)


def shown(file: BinaryIO, file_format: str, _out: BinaryIO) -> Done:
    """Return the digest of what the file shows."""
    return answer("done", file_format), FORMATS[file_format].shown(file)


def shown_again(file: BinaryIO, file_format: str, _out: BinaryIO) -> Done:
    """Return the digest of what the file shows, pixel by pixel where `shown` is not."""
    proof = SECOND_PROOF.get(file_format, FORMATS[file_format].shown)
    return answer("done", file_format), proof(file)


def drawn(file: BinaryIO, file_format: str, out: BinaryIO) -> Done:
    """Send the bare pixels of a still, upright and in sRGB."""
    picture = drawing.draw(file)
    drawing.rows(picture, out)
    out.flush()
    return answer("done", file_format, width=picture.width, height=picture.height), b""


TASKS: Mapping[str, Callable[[BinaryIO, str, BinaryIO], Done]] = {
    "audit": audit,
    "clean": clean,
    "drawn": drawn,
    "inspect": inspect,
    "preview": preview,
    "shown": shown,
    "shown-again": shown_again,
}


def main() -> None:
    """Load, lock, and serve until nobody asks any more."""
    if sys.platform != "win32":
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program that started us decides
    limits.take_plain_name()
    line = Line.to_parent(sys.argv[1])
    pictures.prepare()
    videos.prepare()
    pdf.prepare()
    for name in _CHARACTER_SETS:
        codecs.lookup(name)
    line.send(wire.pack(limits.lock(int(sys.argv[2]))))
    with contextlib.suppress(EOFError, ConnectionError):
        while True:
            _serve(line)


def _serve(line: Line) -> None:
    head, descriptor = line.receive_head(wire.HEAD.size)
    text_size, blob_size = wire.sizes(head, MOST_INLINE)
    request = wire.unpack(line.receive(text_size))
    file: BinaryIO = io.BytesIO(line.receive(blob_size))
    if descriptor is not None:
        file = io.BufferedReader(Positioned(descriptor), 65536)
    limits.allow_seconds(request["seconds"])
    with file:
        message, blob = _run(request["task"], file, line)
    line.send(wire.pack(message, len(blob)))
    line.send(blob)


def _run(name: str, file: BinaryIO, line: Line) -> Done:
    file_format = sniff(file)
    try:
        if file_format not in FORMATS:
            raise NoCleaner(part=file_format)
        out: Any = Pieces(line, file_format)
        return TASKS[name](file, file_format, out)
    except StillmineError as error:
        return refused(error, file_format), b""
    except (ConnectionError, EOFError):
        raise
    except MemoryError as error:
        return {"problem": tasks.problem_of(error).value}, b""
    except Exception:  # noqa: BLE001 - a parser that stumbles met a file that is not as it says
        return refused(FileDamaged(part="structure"), file_format), b""


if __name__ == "__main__":
    main()
