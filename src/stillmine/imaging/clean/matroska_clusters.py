"""Read and rewrite clusters, in which WebM and Matroska files keep coded pictures and sounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from stillmine.errors import FileDamaged, FileLocked
from stillmine.imaging.clean.matroska_elements import (
    BLOCK,
    BLOCK_GROUP,
    SIMPLE_BLOCK,
    TIMESTAMP,
    Element,
    children,
    content,
    element,
    number_of,
    sized,
    unsigned,
    variable,
)
from stillmine.imaging.clean.matroska_tracks import Track

_ENCRYPTED, _DURATION, _REFERENCE, _PADDING = 0xAF, 0x9B, 0xFB, 0x75A2
_ADDITIONS, _MORE, _ADD_ID, _ADDITIONAL = 0x75A1, 0xA6, 0xEE, 0xA5
_KEYFRAME, _INVISIBLE, _LACING, _DISCARDABLE = 0x80, 0x08, 0x06, 0x01
_XIPH, _FIXED, _EBML = 2, 4, 6
_MOST_CLUSTER = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Block:
    """The frames of one block, as the file has them after its own compression is undone."""

    track: Track
    time: int
    flags: int
    frames: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster as it is written: its time, the picture track it can be entered at, its bytes."""

    time: int
    entry: int | None
    data: bytes


def rewritten(file: BinaryIO, one: Element, tracks: dict[int, Track]) -> Cluster:
    """Return a cluster with the frames of the kept tracks, each cleaned, and nothing else."""
    if one.size > _MOST_CLUSTER:
        raise FileDamaged(part="clusters")
    time, entry = 0, None
    parts: list[bytes] = []
    for part in children(file, one):
        if part.id == TIMESTAMP:
            time = number_of(file, part)
        elif part.id == _ENCRYPTED:
            raise FileLocked
        elif part.id == SIMPLE_BLOCK:
            entry = _simple(parts, content(file, part), tracks) or entry
        elif part.id == BLOCK_GROUP:
            parts.append(_group(file, part, tracks))
            entry = _entry(file, part, tracks) or entry
    body = b"".join(parts)
    return Cluster(time, entry, element(0x1F43B675, unsigned(TIMESTAMP, time), body))


def _simple(parts: list[bytes], data: bytes, tracks: dict[int, Track]) -> int | None:
    """Add a block; return its track if it is a picture that can be drawn by itself."""
    block = read_block(data, tracks)
    if block is None:
        return None
    parts.append(element(SIMPLE_BLOCK, _written(block, _KEYFRAME | _DISCARDABLE)))
    return block.track.number if block.track.type == 1 and block.flags & _KEYFRAME else None


def _entry(file: BinaryIO, group: Element, tracks: dict[int, Track]) -> int | None:
    """Return a picture track that can be entered here: a group without references."""
    inside = children(file, group)
    if any(part.id == _REFERENCE for part in inside):
        return None
    for part in inside:
        if part.id == BLOCK:
            number, _ = variable(content(file, part)[:8], 0)
            return number if number in tracks and tracks[number].type == 1 else None
    return None


def _group(file: BinaryIO, group: Element, tracks: dict[int, Track]) -> bytes:
    parts: list[bytes] = []
    block = None
    for part in children(file, group):
        if part.id == BLOCK:
            block = read_block(content(file, part), tracks)
            if block is not None:
                parts.append(element(BLOCK, _written(block, 0)))
        elif part.id in (_DURATION, _REFERENCE, _PADDING):
            parts.append(element(part.id, content(file, part, 8)))
        elif part.id == _ADDITIONS and block is not None and block.track.alpha:
            parts.append(_transparency(file, part))
    return element(BLOCK_GROUP, *parts) if block is not None else b""


def _transparency(file: BinaryIO, additions: Element) -> bytes:
    """Return the coded transparency of a VP8 or VP9 frame: the addition that is number 1."""
    for more in children(file, additions):
        inside = {part.id: part for part in children(file, more)}
        if _ADDITIONAL not in inside:
            continue
        if _ADD_ID not in inside or number_of(file, inside[_ADD_ID]) == 1:
            data = content(file, inside[_ADDITIONAL])
            return element(_ADDITIONS, element(_MORE, unsigned(_ADD_ID, 1), element(0xA5, data)))
    return b""


def read_block(data: bytes, tracks: dict[int, Track]) -> Block | None:
    """Read a block (RFC 9559, 10.1); None for a track that is not kept."""
    number, at = variable(data, 0)
    if len(data) < at + 3:
        raise FileDamaged(part="clusters")
    track = tracks.get(number)
    if track is None:
        return None
    time = int.from_bytes(data[at : at + 2], signed=True)
    frames = _unlaced(data[at + 3 :], data[at + 2] & _LACING)
    return Block(track, time, data[at + 2], tuple(track.prefix + frame for frame in frames))


def _unlaced(data: bytes, lacing: int) -> list[bytes]:
    if not lacing:
        return [data]
    if not data:
        raise FileDamaged(part="clusters")
    count, at = data[0] + 1, 1
    if lacing == _FIXED:
        size, rest = divmod(len(data) - 1, count)
        if rest:
            raise FileDamaged(part="clusters")
        return [data[1 + size * one : 1 + size * (one + 1)] for one in range(count)]
    sizes, at = (_xiph_sizes if lacing == _XIPH else _ebml_sizes)(data, count - 1)
    sizes.append(len(data) - at - sum(sizes))
    if min(sizes) < 0:
        raise FileDamaged(part="clusters")
    frames = []
    for size in sizes:
        frames.append(data[at : at + size])
        at += size
    return frames


def _xiph_sizes(data: bytes, count: int) -> tuple[list[int], int]:
    sizes, at = [], 1
    for _ in range(count):
        size = 0
        while data[at : at + 1] == b"\xff":
            size, at = size + 255, at + 1
        if at >= len(data):
            raise FileDamaged(part="clusters")
        sizes.append(size + data[at])
        at += 1
    return sizes, at


def _ebml_sizes(data: bytes, count: int) -> tuple[list[int], int]:
    sizes: list[int] = []
    at = 1
    for _ in range(count):
        value, width = variable(data, at)
        # All but the first are differences, shifted so that none is below nothing.
        sizes.append(sizes[-1] + value - ((1 << 7 * width - 1) - 1) if sizes else value)
        at += width
    return sizes, at


def _written(block: Block, flags: int) -> bytes:
    frames = [block.track.clean(one) for one in block.frames] if block.track.clean else block.frames
    several = len(frames) > 1
    mark = block.flags & (flags | _INVISIBLE) | (_XIPH if several else 0)
    head = sized(block.track.number) + block.time.to_bytes(2, signed=True) + bytes((mark,))
    if not several:
        return head + frames[0]
    sizes = b"".join(b"\xff" * (len(one) // 255) + bytes((len(one) % 255,)) for one in frames[:-1])
    return head + bytes((len(frames) - 1,)) + sizes + b"".join(frames)


def blocks(file: BinaryIO, one: Element, tracks: dict[int, Track]) -> Iterator[tuple[int, Block]]:
    """Yield each block of a cluster with its time in the film's own units."""
    time = 0
    for part in children(file, one):
        if part.id == TIMESTAMP:
            time = number_of(file, part)
        inside = children(file, part) if part.id == BLOCK_GROUP else [part]
        for inner in inside:
            if inner.id in (SIMPLE_BLOCK, BLOCK):
                block = read_block(content(file, inner), tracks)
                if block is not None:
                    yield time + block.time, block
