"""Read cleaned boxes again, with other code: each one must be known, and each byte in it as well.

Nothing here is shared with the cleaner, so that one slip of thought does not hide another.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Mapping
from typing import BinaryIO

from stillmine.errors import StillSpeaks
from stillmine.imaging.clean.icc_audit import audit_profile

Rule = Callable[[bytes], None]
_MOST = 1 << 30
_BRANDS = frozenset(
    (
        *(b"mif1", b"heic", b"heix", b"avif", b"miaf", b"MA1A", b"MA1B", b"MiHB", b"MiHE", b"mif2"),
        *(b"avis", b"msf1", b"hevc", b"hevx", b"isom", b"iso2", b"mp41", b"mp42", b"qt  "),
    )
)
_URNS = (
    b"\0\0\0\0urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0",
    b"\0\0\0\0urn:mpeg:hevc:2015:auxid:1\0",
    b"\0\0\0\0urn:mpeg:avc:2015:auxid:1\0",
)


def require(true: bool, part: str) -> None:
    """Raise StillSpeaks where something is not as it has to be."""
    if not true:
        raise StillSpeaks(part=part)


def audit_boxes(source: BinaryIO, start: int, end: int, rules: Mapping[str, Rule], at: str) -> None:
    """Account for every byte between two places. Raises StillSpeaks.

    `rules` has a name for each box that may be there, with those around it: `moov/mvhd`. A name
    that ends in a slash is a box of boxes.
    """
    while start < end:
        source.seek(start)
        head = source.read(8)
        size, kind = int.from_bytes(head[:4]), head[4:].decode("latin-1")
        require(len(head) == 8 and 8 <= size <= end - start, "box-size")
        name = f"{at}{kind}"
        if f"{name}/" in rules:
            body = source.read(_skipped(rules, name))
            rules[f"{name}/"](body)
            audit_boxes(source, start + 8 + len(body), start + size, rules, f"{name}/")
        else:
            require(name in rules and size <= _MOST, "box")
            rules[name](source.read(size - 8))
        start += size


def _skipped(rules: Mapping[str, Rule], name: str) -> int:
    """Return how many bytes come before the boxes in a box of boxes."""
    return int(getattr(rules[f"{name}/"], "bytes_before", 0))


def before(count: int, rule: Rule) -> Rule:
    """Return a rule for the bytes that come before the boxes in a box of boxes."""

    def check(body: bytes) -> None:
        rule(body)

    check.bytes_before = count  # type: ignore[attr-defined]  # read by _skipped alone
    return check


def silent(body: bytes) -> None:
    """Allow only zeros."""
    require(not any(body), "box-head")


def of_size(*sizes: int) -> Rule:
    """Allow numbers of this many bytes."""
    return lambda body: require(len(body) in sizes, "box-size")


def exact(*values: bytes) -> Rule:
    """Allow these bytes and no others."""
    return lambda body: require(body in values, "box-text")


def rows(width: int, head: int = 4) -> Rule:
    """Allow a table whose number of rows is its size."""

    def check(body: bytes) -> None:
        count = int.from_bytes(body[head : head + 4])
        require(len(body) == head + 4 + count * width, "table-size")

    return check


def zeros(*places: slice) -> Rule:
    """Allow a box whose bytes at these places are zero."""
    return lambda body: require(not any(any(body[place]) for place in places), "times-or-names")


def brands(body: bytes) -> None:
    """Allow a file type of brands that many files share."""
    found = {body[at : at + 4] for at in (0, *range(8, len(body), 4))}
    require(found <= _BRANDS and body[4:8] in (bytes(4), b"\0\0\2\0"), "brands")


def colour(body: bytes) -> None:
    """Allow code points, or a profile that says nothing."""
    if body[:4] in (b"prof", b"rICC"):
        audit_profile(body[4:])
    else:
        size = {b"nclx": 11, b"nclc": 10}.get(body[:4])
        require(len(body) == size and not (size == 11 and body[10] & 0x7F), "colour")


def auxiliary(body: bytes) -> None:
    """Allow a picture to be the transparency of another one, and nothing else."""
    require(body in _URNS, "auxiliary")


def avc_config(body: bytes) -> None:
    """Allow parameter sets, and nothing behind them."""
    at = 5
    for mask in (31, 255):
        count = body[at] & mask
        at += 1
        for _ in range(count):
            size = int.from_bytes(body[at : at + 2])
            require(size == 0 or body[at + 2] & 31 in (7, 8, 13), "decoder-settings")
            at += 2 + size
    if at < len(body):
        at += 3
        count = body[at]
        at += 1
        for _ in range(count):
            at += 2 + int.from_bytes(body[at : at + 2])
    require(at == len(body), "decoder-settings")


def hevc_config(body: bytes) -> None:
    """Allow parameter sets and the few messages that colours need, and nothing behind them."""
    at = 23
    for _ in range(body[22]):
        require(not body[at] & 0x40, "decoder-settings")
        count = int.from_bytes(body[at + 1 : at + 3])
        at += 3
        for _ in range(count):
            size = int.from_bytes(body[at : at + 2])
            hevc_unit(body[at + 2 : at + 2 + size])
            at += 2 + size
    require(at == len(body), "decoder-settings")


def av1_config(body: bytes) -> None:
    """Allow four bytes and AV1 units."""
    av1_sample(body[4:])


def hevc_unit(unit: bytes) -> None:
    """Allow coded pictures, parameter sets and messages of numbers."""
    kind = unit[0] >> 1 & 63
    require(kind < 37 or kind in (39, 40), "coded-picture")
    require(not unit[0] & 1 and unit[1] < 8, "coded-picture")
    if kind >= 39:
        _numbers_only(unit[2:])


def avc_unit(unit: bytes) -> None:
    """Allow coded pictures, parameter sets and messages of numbers."""
    kind = unit[0] & 31
    require(kind in (1, 2, 3, 4, 5, 6, 7, 8, 10, 13, 19), "coded-picture")
    if kind == 6:
        _numbers_only(unit[1:])


def _numbers_only(data: bytes) -> None:
    """Allow messages that are a few bytes each: recovery point, display, light, transfer."""
    data = data.replace(b"\0\0\3", b"\0\0")
    at = 0
    while at + 1 < len(data):
        kind, size = data[at], data[at + 1]
        fits = {137: size == 24, 144: size == 4, 147: size == 1, 6: size <= 5}
        require(fits.get(kind, False), "coded-message")
        at += 2 + size
    require(data[at:] == b"\x80", "coded-message")


def av1_sample(sample: bytes) -> None:
    """Allow AV1 units that are drawn, and two messages of numbers."""
    at = 0
    while at < len(sample):
        head = sample[at]
        kind, begin = head >> 3 & 15, at + 1 + (head >> 2 & 1)
        size, at = _leb128(sample, begin) if head & 2 else (len(sample) - begin, begin)
        metadata = kind == 5 and size <= 28 and sample[at : at + 1] in (b"\1", b"\2")
        require(kind in (1, 3, 4, 6, 7) or metadata, "coded-message")
        at += size
    require(at == len(sample), "coded-picture")


def _leb128(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        require(at < len(data) and shift < 56, "coded-picture")
        value |= (data[at] & 127) << shift
        at, shift = at + 1, shift + 7
        if data[at - 1] < 128:
            return value, at


def units(sample: bytes, length_size: int, rule: Rule) -> None:
    """Account for every unit of a sample."""
    at = 0
    while at < len(sample):
        size = int.from_bytes(sample[at : at + length_size])
        at += length_size + size
        require(size > 0 and at <= len(sample), "coded-picture")
        rule(sample[at - size : at])


def length_of(source: BinaryIO) -> int:
    """Return the size of the file in bytes."""
    return source.seek(0, os.SEEK_END)


def four(body: bytes, at: int) -> int:
    """Return a number of four bytes."""
    require(at + 4 <= len(body), "box-size")
    return int(struct.unpack_from(">I", body, at)[0])
