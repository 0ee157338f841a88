"""Clean HEIC and AVIF pictures: the picture that is shown stays bit for bit, its companions go."""

from __future__ import annotations

from collections import Counter
from typing import BinaryIO

from stillmine.errors import FileDamaged
from stillmine.imaging.clean.findings import Cleaned, Finding
from stillmine.imaging.clean.heif_digest import shown
from stillmine.imaging.clean.heif_inspection import findings
from stillmine.imaging.clean.heif_items import Items, read_items, top_boxes
from stillmine.imaging.clean.heif_writing import Picture, ftyp, gather, meta
from stillmine.imaging.clean.isobmff import Box, content, only
from stillmine.imaging.clean.mp4 import mdat_head
from stillmine.imaging.clean.mp4_fragments import join_fragments
from stillmine.imaging.clean.mp4_tracks import Film, read_film
from stillmine.imaging.clean.mp4_writing import measure, placed_moov, write_samples

__all__ = ["clean", "inspect", "shown"]

_SEQUENCES = (b"avis", b"hevc", b"hevx", b"msf1")
_TURNS = (b"irot", b"imir")


def inspect(source: BinaryIO) -> list[Finding]:
    """Say what a HEIC or AVIF file tells besides the picture."""
    return findings(source)


def clean(source: BinaryIO, out: BinaryIO) -> Cleaned:
    """Write the primary picture, and the sequence where the file is one, and nothing else.

    The numbers of a gain map go with the map: the picture looks as on an ordinary screen.
    """
    top, _ = top_boxes(source)
    brands = read_brands(source, top)
    film_box, meta_box = only(top, b"moov"), only(top, b"meta")
    film = read_film(source, film_box) if film_box and brands[0] in _SEQUENCES else None
    if film is not None and film_box is not None:
        join_fragments(source, film, film_box, top)
    if meta_box is None:
        raise FileDamaged(part="items")
    items = read_items(source, meta_box)
    picture = gather(source, items, items.primary)
    _write(source, out, items, picture, film, brands)
    removed = Counter(finding.what for finding in findings(source))
    return Cleaned(dict(removed), kept(items, picture, film))


def read_brands(source: BinaryIO, top: list[Box]) -> list[bytes]:
    """Return the brands of a file, the major one first."""
    head = only(top, b"ftyp")
    data = content(source, head, 65_536) if head else b""
    if len(data) < 4:
        raise FileDamaged(part="boxes")
    return [data[:4], *(data[at : at + 4] for at in range(8, len(data) - 3, 4))]


def _write(
    source: BinaryIO,
    out: BinaryIO,
    items: Items,
    picture: Picture,
    film: Film | None,
    brands: list[bytes],
) -> None:
    still = [brand for brand in brands if brand not in _SEQUENCES]
    head = ftyp(items, picture, brands if film else still)
    data = b"".join(picture.data[old] for old in picture.kept)
    sizes = measure(source, film) if film else []
    frame = mdat_head(len(data) + sum(sum(found) for found in sizes))
    before = len(head) + len(meta(items, picture, 0)) + len(frame)
    tables = placed_moov(film, sizes, before + len(data)) if film else b""
    for part in (head, meta(items, picture, before + len(tables)), tables, frame, data):
        out.write(part)
    if film:
        write_samples(source, out, film)


def kept(items: Items, picture: Picture, film: Film | None) -> tuple[str, ...]:
    """Return what stays because the picture cannot be shown rightly without it."""
    stays = {"resolution", "encoder-habits", "sensor-noise"}
    kinds = {body[4:8] for body in picture.properties}
    if kinds & set(_TURNS):
        stays.add("orientation")
    if b"colr" in kinds:
        stays.add("colour-profile")
    if any(link == b"auxl" for link, _, _ in picture.references):
        stays.add("transparency")
    if film:
        stays.add("animation")
    return tuple(sorted(stays))
