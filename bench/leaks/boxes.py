"""Boxes of ISO/IEC 14496-12, as MP4, MOV, HEIC and AVIF are made of them."""

from __future__ import annotations

import struct

HOLDERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"dinf", b"edts", b"udta", b"mvex",
    b"moof", b"traf"}  # fmt: skip


def box(kind: bytes, data: bytes) -> bytes:
    """Return a box with its length."""
    return struct.pack(">I4s", 8 + len(data), kind) + data


def full(kind: bytes, data: bytes, flags: int = 0, version: int = 0) -> bytes:
    """Return a box that begins with a version and flags."""
    return box(kind, struct.pack(">I", version << 24 | flags) + data)


def listed(data: bytes) -> list[tuple[bytes, bytes]]:
    """Return the kind and the content of each box in a row."""
    found, at = [], 0
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        start = at + 8
        if length == 1:
            length = struct.unpack_from(">Q", data, start)[0]
            start += 8
        found.append((kind, data[start : at + (length or len(data) - at)]))
        at += length or len(data) - at
    return found


def joined(parts: list[tuple[bytes, bytes]]) -> bytes:
    """Return boxes in a row as bytes."""
    return b"".join(box(kind, data) for kind, data in parts)


def put(data: bytes, path: tuple[bytes, ...], extra: bytes, *, first: bool = False) -> bytes:
    """Return boxes with `extra` in the holder that the path leads to (its first of each kind)."""
    if not path:
        return extra + data if first else data + extra
    parts, done = listed(data), False
    for number, (kind, inside) in enumerate(parts):
        if kind == path[0] and not done:
            parts[number] = (kind, put(inside, path[1:], extra, first=first))
            done = True
    if not done:
        parts.append((path[0], put(b"", path[1:], extra)))
    return joined(parts)


def change(data: bytes, path: tuple[bytes, ...], new: bytes) -> bytes:
    """Return boxes with the content of one of them made anew."""
    parts = listed(data)
    for number, (kind, inside) in enumerate(parts):
        if kind == path[0]:
            parts[number] = (kind, change(inside, path[1:], new) if path[1:] else new)
            break
    return joined(parts)


def find(data: bytes, path: tuple[bytes, ...]) -> bytes:
    """Return the content of the first box on a path."""
    for kind in path:
        data = next(inside for name, inside in listed(data) if name == kind)
    return data
