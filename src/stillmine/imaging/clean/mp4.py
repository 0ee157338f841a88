"""Clean MP4 and MOV films: picture and sound stay bit for bit, notes and other tracks go."""

from __future__ import annotations

from collections import Counter
from typing import BinaryIO

from stillmine.errors import FileDamaged, NotUnderstood
from stillmine.imaging.clean.findings import Cleaned, Finding
from stillmine.imaging.clean.isobmff import Box, box, boxes, length_of, only, read_at
from stillmine.imaging.clean.mp4_digest import shown
from stillmine.imaging.clean.mp4_fragments import join_fragments
from stillmine.imaging.clean.mp4_inspection import findings
from stillmine.imaging.clean.mp4_tracks import Film, read_film
from stillmine.imaging.clean.mp4_trimming import trim
from stillmine.imaging.clean.mp4_writing import measure, placed_moov, write_samples

__all__ = ["clean", "inspect", "shown"]

_UPRIGHT = b"".join(
    number.to_bytes(4) for number in (0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
)
_HDR = (b"mdcv", b"clli", b"SmDm", b"CoLL")


def inspect(source: BinaryIO) -> list[Finding]:
    """Say what an MP4 or MOV file tells besides picture and sound."""
    return findings(source)


def clean(source: BinaryIO, out: BinaryIO) -> Cleaned:
    """Write the tracks that are played, with new tables before them, and nothing else.

    The file may be far larger than the memory: only its tables are held. Fragments are joined.
    """
    top = list(boxes(source, 0, length_of(source)))
    moov_box = only(top, b"moov")
    if moov_box is None:
        raise FileDamaged(part="no-film")
    film = read_film(source, moov_box)
    join_fragments(source, film, moov_box, top)
    trim(film)
    if not any(track.samples.count for track in film.tracks if track.kind != b"soun"):
        raise NotUnderstood(part="no-picture")
    sizes = measure(source, film)
    length = sum(sum(found) for found in sizes)
    head = _ftyp(source, top)
    frame = mdat_head(length)
    out.write(head)
    out.write(placed_moov(film, sizes, len(head) + len(frame)))
    out.write(frame)
    write_samples(source, out, film)
    removed = Counter(finding.what for finding in findings(source))
    return Cleaned(dict(removed), kept(film))


def _ftyp(source: BinaryIO, top: list[Box]) -> bytes:
    """Return the first box: QuickTime, or MP4; many cameras have brands of their own."""
    head = only(top, b"ftyp")
    if head is None or read_at(source, head.body, 4) == b"qt  ":
        return box(b"ftyp", b"qt  ", bytes(4), b"qt  ")
    return box(b"ftyp", b"isom", b"\0\0\2\0", b"isom", b"iso2", b"mp41", b"mp42")


def mdat_head(length: int) -> bytes:
    """Return the head of an `mdat` box whose body has so many bytes; a long form for large ones."""
    if length >= 1 << 31:
        return (1).to_bytes(4) + b"mdat" + (length + 16).to_bytes(8)
    return (length + 8).to_bytes(4) + b"mdat"


def kept(film: Film) -> tuple[str, ...]:
    """Return what stays because the film cannot be shown rightly without it."""
    stays = {"resolution", "encoder-habits", "sensor-noise"}
    if any(track.kind == b"soun" for track in film.tracks):
        stays.add("sound")
    if any(track.shape[8:44] != _UPRIGHT for track in film.tracks if track.kind == b"vide"):
        stays.add("orientation")
    coded = b"".join(entry.data for track in film.tracks for entry in track.entries)
    if b"colr" in coded:
        stays.add("colour-profile")
    if any(kind in coded for kind in _HDR):
        stays.add("hdr")
    return tuple(sorted(stays))
