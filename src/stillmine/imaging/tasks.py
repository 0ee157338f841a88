"""All that the limited child can be asked to do: one table, name to function.

A task gets the file and a few whole numbers, and returns a message of plain values and perhaps
raw bytes. What the message may hold is said once, in `shapes`, and checked on the other side.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from PIL import Image

from stillmine.imaging import papers, pictures, videos
from stillmine.imaging.cover.seeing import seen
from stillmine.imaging.flat import eight_bits, on_white, upright
from stillmine.imaging.kinds import FORMATS, Kind, Problem, kind_of
from stillmine.imaging.likeness import vpdq
from stillmine.imaging.likeness.samples import Role, pack
from stillmine.imaging.likeness.standard import pack as pack_standard
from stillmine.imaging.mark.chips import SEED_BYTES
from stillmine.imaging.mark.grid import TooSmall
from stillmine.imaging.mark.reading import pack as packed
from stillmine.imaging.marks import corners_of
from stillmine.imaging.pictures import optional
from stillmine.imaging.sight import Opened, Sight, Unseen
from stillmine.imaging.sniff import sniff

Numbers = Mapping[str, int]
Done = tuple[dict[str, Any], bytes]
Task = Callable[[BinaryIO, Numbers], Done]

_LOOK_SIDE = 64
_OPENCV_OUT_OF_MEMORY = -4  # its errors carry a number, and are no MemoryError
# By name: it needs OpenCV, which most children never load and not every computer has.
_TAKING = "stillmine.imaging.likeness.taking"
_MARKS = "stillmine.imaging.mark.files"
_FINDING = "stillmine.imaging.cover.finding"


def prepare(*, heavy: bool) -> None:
    """Load every decoder before the child is locked; what only `shapes.HEAVY` needs, on request."""
    pictures.prepare()
    videos.prepare()
    papers.prepare()
    vpdq.prepare()
    for name in (_TAKING, _MARKS, _FINDING) if heavy else ():
        library = optional(name)
        if library is not None:
            library.prepare()


def look(file: BinaryIO, numbers: Numbers) -> Done:
    """Say what the file is, and decode its first frame or page."""
    return _described(file, numbers["pixels"], decode=True)


def measure(file: BinaryIO, numbers: Numbers) -> Done:
    """Say what the file declares, and decode nothing."""
    return _described(file, numbers["pixels"], decode=False)


def identify(file: BinaryIO, numbers: Numbers) -> Done:
    """Say what the file is by its first bytes alone."""
    del numbers
    return _message(sniff(file), Sight(), None), b""


def thumbnail(file: BinaryIO, numbers: Numbers) -> Done:
    """Return the first frame or page as RGB bytes, no side longer than asked."""
    file_format = sniff(file)
    side = numbers["side"]
    opened = _opened(file, file_format, numbers["pixels"])
    _check_size(opened.sight, file_format, numbers["pixels"])
    picture = upright(eight_bits(opened.decode(side)))
    picture.thumbnail((side, side), Image.Resampling.BICUBIC)
    flat = on_white(picture)
    message = {"width": flat.width, "height": flat.height, "problem": None}
    return message, flat.tobytes()


def fingerprints(file: BinaryIO, numbers: Numbers) -> Done:
    """Say what the file is, and return what it can be known by, all out of one decode."""
    taking = optional(_TAKING)
    if taking is None:
        message, _ = look(file, numbers)
        return {**message, "unlike": Problem.NO_RECOGNISER.value, "until": None, "cut": None}, b""
    role = Role(numbers["role"])

    def take(opened: Opened, kind: Kind) -> _Taken:
        taken = taking.take(opened, kind, role, numbers["seconds"])
        return pack(taken.samples), taken.until, taken.cut

    return _taken(file, numbers, take)


def standard(file: BinaryIO, numbers: Numbers) -> Done:
    """Say what the file is, and return the fingerprints that platforms exchange."""

    def take(opened: Opened, kind: Kind) -> _Taken:
        taken = vpdq.take_standard(opened, kind, numbers["seconds"])
        return pack_standard(taken.prints), taken.until, taken.cut

    return _taken(file, numbers, take)


def mark(file: BinaryIO, numbers: Numbers) -> Done:
    """Return the pixels of a picture, with the mark of a seed in them."""
    marks = _marks()
    picture = marks.decoded(_still(file, numbers["pixels"]))
    pixels, change = marks.marked(picture, numbers["seed"].to_bytes(SEED_BYTES, "big"))
    message = {
        "width": pixels.shape[1],
        "height": pixels.shape[0],
        "alpha": int(pixels.shape[2] == 4),
        "drawn": int(picture.drawn),
        "change": change,
        "problem": None,
    }
    return message, pixels.tobytes()


def upright_picture(file: BinaryIO, numbers: Numbers) -> Done:
    """Return all pixels of a picture as it is meant to be seen."""
    picture = seen(_still(file, numbers["pixels"]))
    message = {
        "format": sniff(file),
        "width": picture.width,
        "height": picture.height,
        "alpha": int(picture.mode == "RGBA"),
        "problem": None,
    }
    return message, picture.tobytes()


def propose(file: BinaryIO, numbers: Numbers) -> Done:
    """Return where faces and writing may be in a picture, faces first: five numbers each."""
    finding = optional(_FINDING)
    picture = seen(_still(file, numbers["pixels"]))
    faces = finding.faces(picture) if numbers["faces"] else []
    texts = finding.writing(picture) if numbers["text"] else []
    message = {"width": picture.width, "height": picture.height, "faces": len(faces)}
    return {**message, "problem": None}, b"".join(struct.pack("<5I", *one) for one in faces + texts)


def trace(file: BinaryIO, numbers: Numbers) -> Done:
    """Return what a leaked picture says about marks of its original, which comes first."""
    marks = _marks()
    parts = io.BytesIO(file.read(numbers["first"])), io.BytesIO(file.read())
    original = _still(parts[0], numbers["pixels"])
    leaked = _opened(parts[1], sniff(parts[1]), numbers["pixels"])
    _check_size(leaked.sight, sniff(parts[1]), numbers["pixels"])
    found = marks.read(original, leaked, corners_of(numbers))
    message = {"found": int(found is not None), "problem": None}
    return message, b"" if found is None else packed(found)


TASKS: dict[str, Task] = {
    "fingerprints": fingerprints,
    "identify": identify,
    "look": look,
    "mark": mark,
    "measure": measure,
    "propose": propose,
    "standard": standard,
    "thumbnail": thumbnail,
    "trace": trace,
    "upright": upright_picture,
}


def _marks() -> Any:
    marks = optional(_MARKS)
    if marks is None:
        raise Unseen(Problem.NO_RECOGNISER)
    return marks


def _still(file: BinaryIO, most_pixels: int) -> Opened:
    """Open a picture that does not move."""
    file_format = sniff(file)
    opened = _opened(file, file_format, most_pixels)
    _check_size(opened.sight, file_format, most_pixels)
    if kind_of(file_format, opened.sight.frames) is not Kind.PICTURE:
        raise Unseen(Problem.NO_STILL)
    return opened


_Taken = tuple[bytes, float | None, Problem | None]


def _taken(file: BinaryIO, numbers: Numbers, take: Callable[[Opened, Kind], _Taken]) -> Done:
    """Open a file and take something of it; what is declared is told where the decoder fails."""
    file_format = sniff(file)
    sight, problem, found = Sight(), None, b""
    until = cut = None
    try:
        opened = _opened(file, file_format, numbers["pixels"])
        sight = opened.sight
        _check_size(sight, file_format, numbers["pixels"])
        found, until, cut = take(opened, kind_of(file_format, sight.frames))
    except Exception as error:  # noqa: BLE001 - a decoder may raise anything; a code goes back
        problem = problem_of(error)
    seen = None if FORMATS[file_format] is Kind.DOCUMENT else problem
    unlike = None if problem is None else problem.value
    message = {**_message(file_format, sight, seen), "unlike": unlike, "until": until, "cut": cut}
    return message, found


def _described(file: BinaryIO, most_pixels: int, *, decode: bool) -> Done:
    file_format = sniff(file)
    sight = Sight()
    problem = None
    if FORMATS[file_format] is not Kind.DOCUMENT:
        try:
            opened = _opened(file, file_format, most_pixels)
            sight = opened.sight
            _check_size(sight, file_format, most_pixels)
            if decode:
                opened.decode(_LOOK_SIDE)
        except Exception as error:  # noqa: BLE001 - a decoder may raise anything; a code goes back
            problem = problem_of(error)
    return _message(file_format, sight, problem), b""


def problem_of(error: Exception) -> Problem:
    """Return the code for what a decoder raised; its text is dropped, it may quote the file."""
    if isinstance(error, Unseen):
        return error.problem
    if isinstance(error, TooSmall):
        return Problem.TOO_SMALL
    if isinstance(error, MemoryError) or getattr(error, "code", None) == _OPENCV_OUT_OF_MEMORY:
        return Problem.OUT_OF_MEMORY
    return Problem.CANNOT_DECODE


def _opened(file: BinaryIO, file_format: str, most_pixels: int) -> Opened:
    kind = FORMATS[file_format]
    if kind is Kind.VIDEO:
        return videos.Video(file, file_format)
    if kind is Kind.PDF:
        return papers.Paper(file)
    if kind is Kind.DOCUMENT:
        raise Unseen(Problem.NO_DECODER)
    return pictures.open_picture(file, file_format, most_pixels)


def _check_size(sight: Sight, file_format: str, most_pixels: int) -> None:
    """Compare the declared size with the limit before anything is allocated for it."""
    if FORMATS[file_format] is Kind.PDF or file_format.startswith("raw-"):
        return  # drawn to a size that we choose; a RAW file's preview was compared already
    if (sight.width or 0) * (sight.height or 0) > most_pixels:
        raise Unseen(Problem.TOO_LARGE)


def _message(file_format: str, sight: Sight, problem: Problem | None) -> dict[str, Any]:
    return {
        "format": file_format,
        "width": sight.width,
        "height": sight.height,
        "frames": sight.frames,
        "seconds": sight.seconds,
        "problem": None if problem is None else problem.value,
    }
