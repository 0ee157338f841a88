"""Which properties a HEIC or AVIF picture needs to be drawn, each rewritten to its exact size."""

from __future__ import annotations

import struct

from stillmine.errors import FileDamaged, NotUnderstood
from stillmine.imaging.clean import icc
from stillmine.imaging.clean.isobmff import box
from stillmine.imaging.clean.isobmff_codecs import av1_config, avc_config, hevc_config

ALPHA_URNS = (
    b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha",
    b"urn:mpeg:hevc:2015:auxid:1",
    b"urn:mpeg:avc:2015:auxid:1",
)
"""How an auxiliary picture says that it holds the transparency (MIAF and HEVC editions)."""
# Numbers only, and how many bytes of them there are.
_FIXED = {
    b"ispe": 12,
    b"irot": 1,
    b"imir": 1,
    b"clap": 32,
    b"pasp": 8,
    b"a1op": 1,
    b"lsel": 2,
    b"clli": 4,
    b"mdcv": 24,
    b"amve": 8,
}
_MOST_CODING_PADDING = 64  # pixels: one coding block may lie outside the picture that is shown


def clean_property(kind: bytes, body: bytes, size: tuple[int, int]) -> bytes | None:
    """Return a property as it may stay, or None if the picture is drawn without it.

    `size` is width and height of the item in pixels, before it is turned.
    """
    if kind in _FIXED:
        if len(body) < _FIXED[kind]:
            raise FileDamaged(part="properties")
        if kind == b"clap":
            refuse_a_crop(body, size)
        return box(kind, body[: _FIXED[kind]])
    if kind == b"hvcC":
        return box(kind, hevc_config(body)[0])
    if kind == b"avcC":
        return box(kind, avc_config(body)[0])
    if kind == b"av1C":
        return box(kind, av1_config(body))
    if kind == b"colr":
        return clean_colour(body)
    return _clean_rest(kind, body)


def _clean_rest(kind: bytes, body: bytes) -> bytes | None:
    if kind == b"pixi" and len(body) > 4:
        return box(kind, body[: 5 + body[4]])
    if kind == b"a1lx" and body:
        return box(kind, body[: 13 if body[0] & 1 else 7])
    if kind == b"auxC":
        urn = body[4:].partition(b"\0")[0]
        return box(kind, bytes(4) + urn + b"\0") if urn in ALPHA_URNS else None
    return None


def clean_colour(body: bytes) -> bytes | None:
    """Return a `colr` box with numbers only: code points, or a profile without its words."""
    kind = body[:4]
    if kind == b"nclx" and len(body) >= 11:
        return box(b"colr", body[:10], bytes((body[10] & 0x80,)))
    if kind == b"nclc" and len(body) >= 10:
        return box(b"colr", body[:10])
    if kind in (b"prof", b"rICC"):
        profile = icc.neutral(body[4:])
        return box(b"colr", kind, profile) if profile else None
    return None


def refuse_a_crop(body: bytes, size: tuple[int, int]) -> None:
    """Raise NotUnderstood where the file shows only a part of the picture that it holds.

    A few pixels are usual, because coding blocks are larger than the picture's edge.
    """
    wide, wide_by, high, high_by = struct.unpack(">4I", body[:16])
    for whole, shown, by in ((size[0], wide, wide_by), (size[1], high, high_by)):
        if not by or whole - shown / by > _MOST_CODING_PADDING:
            raise NotUnderstood(part="cropped-away")
