"""What a file says besides the picture, and what cleaning did: the records that all formats share.

A format is one module with three functions, each over seekable binary files:

* `inspect(source) -> list[Finding]` says what the file carries, and changes nothing.
* `clean(source, out) -> Cleaned` writes a file with what showing the picture needs and nothing
  else. `out` is written from front to back and is never read, sought or asked for its place, so
  that it may be a pipe. The source is streamed: it may be larger than the memory.
* `audit(source) -> None` reads a cleaned file again, with code that shares nothing with `clean`,
  and raises StillSpeaks if one byte of it is not accounted for.

They raise FileDamaged, FileLocked, NotUnderstood or NoCleaner with `part`: a few lower-case words
of our own with hyphens between them, never words from the file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

MOST_SAID = 400
"""Characters of a stranger's text that are told."""
MOST_BLOB = 32 * 1024 * 1024
"""Bytes of an embedded preview that are looked at."""
MOST_FINDINGS = 500
"""Findings that are told of one file."""

WHATS: tuple[str, ...] = (
    "after-the-end",  # bytes behind the end of the picture
    "attachment",  # a whole file inside the file
    "audio-note",  # a sound recording inside a picture
    "colour-profile-text",  # description, copyright, maker and serial of a colour profile
    "comment",
    "cropped-away",  # what is left of a larger picture that was cut or overwritten (aCropalypse)
    "depth",  # how far away each thing is
    "device",  # make, model, lens
    "file-times",
    "hidden-colours",  # colours below full transparency
    "history",  # older revisions, editing steps
    "identifier",  # a number of this picture, document or person
    "iptc",
    "maker-notes",
    "motion-video",
    "name-pattern",  # what the file's name gives away
    "owner",  # artist, copyright, name of the camera's owner
    "padding",  # bytes in gaps that no reader looks at
    "people",  # names of persons, face boxes
    "place",
    "preview",  # a small or full-size second copy of the picture
    "provenance",  # C2PA and JUMBF manifests
    "second-image",
    "serial",
    "settings",  # exposure, focal length and the like
    "software",
    "text",
    "time",
    "timed-metadata",  # a track of positions, sensor values or subtitles
    "unknown",
    "xmp",
)
"""All that a file can say besides the picture."""

KEPT: tuple[str, ...] = (
    "animation",  # frames, their times, how they replace each other
    "colour-profile",  # the numbers of the colour space, without words
    "encoder-habits",  # quantisation tables, coding choices: they fit a model of device or program
    "hdr",
    "layout",  # pages of a PDF: text, fonts, drawings
    "loop-count",
    "orientation",  # how the picture is to be turned
    "resolution",  # width and height
    "sensor-noise",  # each sensor has its own faint pattern
    "sound",
    "transparency",
)
"""What stays in a cleaned file because the picture cannot be shown rightly without it."""


class Finding(NamedTuple):
    """One thing that a file says: `what` of WHATS, the field's own name, its value as text.

    `said` was written by a stranger: at most MOST_SAID characters, to be escaped when shown.
    `blob` is an embedded picture as it lies in the file, at most MOST_BLOB bytes.
    """

    what: str
    where: str
    said: str
    blob: bytes | None = None


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What `clean` left out, counted for each of WHATS, and what of KEPT stays."""

    removed: Mapping[str, int]
    kept: tuple[str, ...]


class Format(NamedTuple):
    """What can be done with one sniffed format.

    `shown` returns a digest of all that a viewer shows or plays, equal for the same pixels (or
    samples) and times: it is taken of the source and of the copy and compared.
    """

    inspect: Callable[[BinaryIO], list[Finding]]
    clean: Callable[[BinaryIO, BinaryIO], Cleaned]
    audit: Callable[[BinaryIO], None]
    shown: Callable[[BinaryIO], bytes]


def found(what: str, where: str, said: str | bytes = "", blob: bytes | None = None) -> Finding:
    """Return a finding with its text bounded; bytes are read as UTF-8, else as Latin-1."""
    if isinstance(said, bytes):
        said = _text(said[: 4 * MOST_SAID])
    if len(said) > MOST_SAID:
        said = said[: MOST_SAID - 1] + "…"
    if blob is not None:
        blob = blob[:MOST_BLOB]
    return Finding(what, where[:60], said, blob)


def _text(data: bytes) -> str:
    data = data.rstrip(b"\x00 ")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")
