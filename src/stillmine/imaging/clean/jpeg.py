"""Clean a JPEG file: tables, frame and coded data as they are, and nothing besides.

Sources: ITU-T T.81 (the format), T.871 (JFIF), T.872 (Adobe's APP14), ICC.1:2022 annex B.4.
"""

from __future__ import annotations

import struct
from collections import Counter
from typing import BinaryIO

import simplejpeg

from stillmine.errors import FileDamaged, NotUnderstood
from stillmine.imaging.clean import exif, icc
from stillmine.imaging.clean.findings import Cleaned
from stillmine.imaging.clean.jpeg_findings import EXIF, ICC, findings, icc_profile, inspect
from stillmine.imaging.clean.jpeg_mending import mended
from stillmine.imaging.clean.jpeg_segments import (
    APP0,
    APP1,
    APP2,
    APP14,
    EOI,
    SOF,
    SOI,
    SOS,
    Parts,
    Segment,
    parts,
)
from stillmine.imaging.clean.jpeg_tables import needed
from stillmine.imaging.clean.reading import whole

__all__ = ["clean", "inspect", "written"]

_JFIF = b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
_MOST_ICC = 65_519
_DECODES_HERE = frozenset({0xC0, 0xC1, 0xC2, 0xC9, 0xCA})


def clean(source: BinaryIO, out: BinaryIO) -> Cleaned:
    """Write the picture without anything that showing it does not need; not one pixel changes."""
    data = whole(source)
    found = parts(data)
    result, kept = _checked(found)
    out.write(result)
    removed = Counter(one.what for one in findings(data, found))
    return Cleaned(dict(removed), kept)


def written(found: Parts) -> tuple[bytes, tuple[str, ...]]:
    """Return the file made anew, and what of KEPT stays in it. Raises NotUnderstood."""
    _refuse_others(found)
    before_scan = _heads(found)
    out = [b"\xff" + bytes([SOI])]
    kept = ["encoder-habits", "resolution", "sensor-noise"]
    _write_heads(out, kept, before_scan)
    for segment in needed(found.segments):
        out += [_framed(segment), segment.coded]
    out.append(b"\xff" + bytes([EOI]))
    return b"".join(out), tuple(sorted(kept))


def _checked(found: Parts) -> tuple[bytes, tuple[str, ...]]:
    """Decode the result strictly, an eighth of its size: every byte of it must be needed.

    That the pixels are the same is proven apart: by what decides over them (`jpeg_audit.shown`),
    or pixel by pixel where coded data had to be mended.
    """
    result, kept = written(found)
    if _is_all_needed(result):
        return result, kept
    result, kept = written(mended(found))
    if not _is_all_needed(result):
        raise FileDamaged(part="picture-data")
    return result, kept


def _is_all_needed(data: bytes) -> bool:
    """Say whether a strict decoder goes through all coded data without a warning."""
    try:
        space = simplejpeg.decode_jpeg_header(data)[2]
        wanted = "CMYK" if space in ("CMYK", "YCCK") else "RGB"
        simplejpeg.decode_jpeg(data, wanted, min_height=1, min_width=1, min_factor=8)
    except ValueError:
        return False
    return True


def _refuse_others(found: Parts) -> None:
    frames = {segment.marker for segment in found.segments} & SOF
    if frames - _DECODES_HERE:
        raise NotUnderstood(part="unusual-coding")


def _heads(found: Parts) -> list[Segment]:
    """Return what stands before the first scan: only that can change how colours are read."""
    markers = [segment.marker for segment in found.segments]
    return found.segments[: markers.index(SOS)] if SOS in markers else []


def _write_heads(out: list[bytes], kept: list[str], before: list[Segment]) -> None:
    """Write what colours and orientation need: a decoder asks whether JFIF or Adobe is there."""
    if any(one.marker == APP0 and one.body[:5] == _JFIF[:5] for one in before):
        out.append(_framed(Segment(APP0, _JFIF)))
    turn = _orientation(before)
    if turn != 1:
        out.append(_framed(Segment(APP1, EXIF + exif.only_orientation(turn))))
        kept.append("orientation")
    profile = icc_profile(before)
    plain = icc.neutral(profile) if profile else None
    if plain is None and profile[36:40] == b"acsp":
        raise NotUnderstood(part="colour-profile")
    if plain:
        out += [_framed(segment) for segment in _profile_segments(plain)]
        kept.append("colour-profile")
    transforms = [one.body[11] for one in before if _is_adobe(one)]
    if transforms and transforms[-1] in (0, 1, 2):  # decoders take others for none
        adobe = b"Adobe\x00\x64\x00\x00\x00\x00" + bytes([transforms[-1]])
        out.append(_framed(Segment(APP14, adobe)))


def _is_adobe(one: Segment) -> bool:
    return one.marker == APP14 and len(one.body) >= 12 and one.body.startswith(b"Adobe")


def _orientation(before: list[Segment]) -> int:
    for one in before:
        if one.marker == APP1 and one.body.startswith(EXIF):
            return exif.orientation(one.body[len(EXIF) :])
    return 1


def _profile_segments(profile: bytes) -> list[Segment]:
    pieces = [profile[at : at + _MOST_ICC] for at in range(0, len(profile), _MOST_ICC)]
    return [
        Segment(APP2, ICC + bytes([number, len(pieces)]) + piece)
        for number, piece in enumerate(pieces, 1)
    ]


def _framed(segment: Segment) -> bytes:
    return struct.pack(">BBH", 0xFF, segment.marker, len(segment.body) + 2) + segment.body
