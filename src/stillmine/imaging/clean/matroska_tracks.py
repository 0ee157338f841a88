"""Read the tracks of a WebM or Matroska file, rewritten, and say how their frames are cleaned."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from stillmine.errors import FileDamaged, FileLocked, NotUnderstood
from stillmine.imaging.clean import isobmff_nal as nal
from stillmine.imaging.clean.isobmff_codecs import (
    aac_config,
    aac_sample,
    av1_config,
    avc_config,
    hevc_config,
)
from stillmine.imaging.clean.matroska_elements import (
    Element,
    children,
    content,
    element,
    number_of,
    unsigned,
)

Clean = Callable[[bytes], bytes]
_NUMBER, _UID, _TYPE, _ENABLED, _LANGUAGE = 0xD7, 0x73C5, 0x83, 0xB9, 0x22B59C
_CODEC, _PRIVATE, _ENCODINGS, _VIDEO, _AUDIO = 0x86, 0x63A2, 0x6D80, 0xE0, 0xE1
_ALPHA = 0x53C0
_PICTURE, _SOUND = 1, 2
# Numbers only: default, forced and lacing flags, frame duration, codec delay, preroll.
_PLAIN = frozenset({0xB9, 0x88, 0x9C, 0x23E383, 0x56AA, 0x56BB})
_VIDEO_NUMBERS = frozenset(
    {0xB0, 0xBA, 0x54B0, 0x54BA, 0x54B2, 0x9A, 0x9D, 0x53B8, _ALPHA}
    | {0x54AA, 0x54BB, 0x54CC, 0x54DD}
)
_CROPS = frozenset({0x54AA, 0x54BB, 0x54CC, 0x54DD})
_MOST_CROP = 64
_COLOUR, _MASTERING, _PROJECTION = 0x55B0, 0x55D0, 0x7670
_COLOUR_NUMBERS = frozenset({*range(0x55B1, 0x55BE)})
_MASTERING_NUMBERS = frozenset({*range(0x55D1, 0x55DB)})
_PROJECTION_NUMBERS = frozenset({0x7671, 0x7673, 0x7674, 0x7675})
_AUDIO_NUMBERS = frozenset({0xB5, 0x78B5, 0x9F, 0x6264})
_SILENT_COMMENT = b"\x03vorbis" + bytes(8) + b"\1"
_STRIPPED = 3
_MOST_PRIVATE = 4 * 1024 * 1024
_BARE = frozenset(
    {"V_VP8", "V_VP9", "A_AC3", "A_EAC3", "A_MPEG/L3", "A_MPEG/L2", "A_PCM/INT/LIT"}
    | {"A_PCM/INT/BIG", "A_PCM/FLOAT/IEEE"}
)


@dataclass(frozen=True, slots=True)
class Track:
    """One track that is played: its element, and what is done to each of its frames.

    `prefix` was taken from the front of each frame by the file's own compression.
    """

    number: int
    type: int
    codec: str
    data: bytes
    clean: Clean | None
    prefix: bytes
    alpha: bool


def read_tracks(file: BinaryIO, tracks: Element) -> tuple[dict[int, Track], Counter[str]]:
    """Return the tracks that are played, by number, and what is left out. Raises NotUnderstood."""
    kept: dict[int, Track] = {}
    left_out: Counter[str] = Counter()
    for entry in children(file, tracks):
        inside = {one.id: one for one in children(file, entry)}
        kind = number_of(file, inside[_TYPE]) if _TYPE in inside else 0
        on = _ENABLED not in inside or number_of(file, inside[_ENABLED])
        first = all(track.type != kind for track in kept.values())
        if kind not in (_PICTURE, _SOUND) or not on or (kind == _PICTURE and not first):
            left_out["second-image" if kind == _PICTURE else "timed-metadata"] += 1
            continue
        try:
            track = _track(file, inside, kind)
        except NotUnderstood:
            if kind == _PICTURE or first:
                raise
            left_out["unknown"] += 1
            continue
        kept[track.number] = track
    if all(track.type != _PICTURE for track in kept.values()):
        raise NotUnderstood(part="no-picture")
    return kept, left_out


def _track(file: BinaryIO, inside: dict[int, Element], kind: int) -> Track:
    if not {_NUMBER, _CODEC} <= inside.keys():
        raise FileDamaged(part="tracks")
    number = number_of(file, inside[_NUMBER])
    codec = content(file, inside[_CODEC], 64).rstrip(b"\0").decode("latin-1")
    private = content(file, inside[_PRIVATE], _MOST_PRIVATE) if _PRIVATE in inside else b""
    settings, clean = codec_settings(codec, private)
    prefix = _prefix(file, inside.get(_ENCODINGS))
    shape = _shape(file, inside.get(_VIDEO if kind == _PICTURE else _AUDIO), kind)
    parts = [
        unsigned(_NUMBER, number),
        unsigned(_UID, number),
        unsigned(_TYPE, kind),
        element(_LANGUAGE, b"und"),
        *(_number(file, one) for one in inside.values() if one.id in _PLAIN),
        element(_CODEC, codec.encode("ascii")),
        element(_PRIVATE, settings) if settings else b"",
        shape,
    ]
    alpha = unsigned(_ALPHA, 1) in shape
    return Track(number, kind, codec, element(0xAE, *parts), clean, prefix, alpha)


def _number(file: BinaryIO, one: Element) -> bytes:
    return element(one.id, content(file, one, 8))


def codec_settings(codec: str, private: bytes) -> tuple[bytes, Clean | None]:
    """Return what a decoder is told beforehand, and what cleans a frame. Raises NotUnderstood."""
    if codec == "V_MPEG4/ISO/AVC":
        settings, size = avc_config(private)
        return settings, nal.avc(size)
    if codec == "V_MPEGH/ISO/HEVC":
        settings, size = hevc_config(private)
        return settings, nal.hevc(size)
    if codec == "V_AV1":
        return av1_config(private), nal.av1
    if codec == "A_AAC":
        return aac_config(private), aac_sample
    if codec in _BARE:
        return b"", None
    return _sound_settings(codec, private), None


def _sound_settings(codec: str, private: bytes) -> bytes:
    if codec == "A_OPUS" and len(private) >= 19:
        return private[: 21 + private[9] if private[18] else 19]
    if codec == "A_FLAC" and private[:4] == b"fLaC" and len(private) >= 42:
        return b"fLaC\x80\0\0\x22" + private[8:26] + bytes(16)
    if codec == "A_ALAC" and len(private) >= 24:
        return private[:24]
    if codec == "A_VORBIS":
        return _vorbis(private)
    raise NotUnderstood(part="coding")


def _vorbis(private: bytes) -> bytes:
    """Return the three heads of Vorbis (Matroska codec mapping), the comments empty."""
    sizes, at = [], 1
    for _ in range(2):
        size = 0
        while private[at : at + 1] == b"\xff":
            size, at = size + 255, at + 1
        sizes.append(size + (private[at] if at < len(private) else 0))
        at += 1
    first = private[at : at + sizes[0]]
    setup = private[at + sum(sizes) :]
    if private[:1] != b"\2" or len(first) != 30 or setup[:7] != b"\5vorbis":
        raise FileDamaged(part="sound-settings")
    return b"\2" + bytes((30, len(_SILENT_COMMENT))) + first + _SILENT_COMMENT + setup


def _prefix(file: BinaryIO, encodings: Element | None) -> bytes:
    """Return the bytes that were taken from the front of each frame. Raises FileLocked."""
    if encodings is None:
        return b""
    prefix = b""
    for encoding in children(file, encodings):
        for one in children(file, encoding):
            if one.id == 0x5035 or (one.id == 0x5033 and number_of(file, one)):
                raise FileLocked
            if one.id == 0x5034:
                inside = {part.id: part for part in children(file, one)}
                way = number_of(file, inside[0x4254]) if 0x4254 in inside else 0
                if way != _STRIPPED:
                    raise NotUnderstood(part="compression")
                prefix = content(file, inside[0x4255], 256) if 0x4255 in inside else b""
    return prefix


def _shape(file: BinaryIO, one: Element | None, kind: int) -> bytes:
    if one is None:
        raise FileDamaged(part="tracks")
    inside = children(file, one)
    if kind == _SOUND:
        return element(_AUDIO, *_only(file, inside, _AUDIO_NUMBERS))
    if any(part.id in _CROPS and number_of(file, part) > _MOST_CROP for part in inside):
        raise NotUnderstood(part="cropped-away")
    colours = [_colour(file, part) for part in inside if part.id == _COLOUR]
    turns = [
        element(_PROJECTION, *_only(file, children(file, part), _PROJECTION_NUMBERS))
        for part in inside
        if part.id == _PROJECTION
    ]
    return element(_VIDEO, *_only(file, inside, _VIDEO_NUMBERS), *colours, *turns)


def _colour(file: BinaryIO, one: Element) -> bytes:
    inside = children(file, one)
    mastering = [
        element(_MASTERING, *_only(file, children(file, part), _MASTERING_NUMBERS))
        for part in inside
        if part.id == _MASTERING
    ]
    return element(_COLOUR, *_only(file, inside, _COLOUR_NUMBERS), *mastering)


def _only(file: BinaryIO, inside: list[Element], wanted: frozenset[int]) -> list[bytes]:
    return [_number(file, one) for one in inside if one.id in wanted]


def duration(value: float) -> bytes:
    """Return the element that tells how long the film is, in its own units of time."""
    return element(0x4489, struct.pack(">d", value))
