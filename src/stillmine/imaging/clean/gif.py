"""Clean a GIF file: frames, palettes and times as they are, and nothing besides.

Source: GIF89a specification (CompuServe, 1990); the NETSCAPE2.0 extension for endless loops.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from stillmine.errors import FileDamaged
from stillmine.imaging.clean.findings import MOST_FINDINGS, Cleaned, Finding, found
from stillmine.imaging.clean.gif_data import exact
from stillmine.imaging.clean.reading import whole

_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_EXTENSIONS = {
    0x01: ("text", "plain text"),
    0xFE: ("comment", "comment"),
    0xFF: ("unknown", "application"),
}


class Block(NamedTuple):
    """One block: its label (0x2C for a picture), its head, its palette, its data joined."""

    label: int
    head: bytes
    palette: bytes
    data: bytes


class Parts(NamedTuple):
    """A whole file: the screen, its palette, the blocks, and where the last one ends."""

    screen: bytes
    palette: bytes
    blocks: list[Block]
    end: int


def parts(data: bytes) -> Parts:
    """Return the blocks of a GIF file. Raises FileDamaged."""
    if data[:6] not in (b"GIF87a", b"GIF89a") or len(data) < 13:
        raise FileDamaged(part="not-a-gif")
    screen = data[6:13]
    palette, at = _palette(data, 13, screen[4])
    blocks: list[Block] = []
    while data[at : at + 1] != b";":
        label = data[at : at + 1]
        if label == b"!":
            body, end = _joined(data, at + 2)
            blocks.append(Block(data[at + 1], b"", b"", body))
        elif label == b",":
            block, end = _picture(data, at)
            blocks.append(block)
        elif not label and blocks:
            return Parts(screen, palette, blocks, at)  # many files end without the last byte
        else:
            raise FileDamaged(part="gif-block")
        at = end
    return Parts(screen, palette, blocks, at + 1)


def _palette(data: bytes, at: int, flags: int) -> tuple[bytes, int]:
    size = 3 * (2 << (flags & 7)) if flags & 0x80 else 0
    if at + size > len(data):
        raise FileDamaged(part="palette")
    return data[at : at + size], at + size


def _picture(data: bytes, at: int) -> tuple[Block, int]:
    head = data[at : at + 10]
    if len(head) < 10:
        raise FileDamaged(part="cut-short")
    palette, at = _palette(data, at + 10, head[9])
    body, end = _joined(data, at + 1)
    return Block(0x2C, head + data[at : at + 1], palette, body), end


def _joined(data: bytes, at: int) -> tuple[bytes, int]:
    """Return the sub-blocks as one, and the place behind the zero that ends them."""
    pieces = []
    while at < len(data) and data[at]:
        size = data[at]
        if at + 1 + size > len(data):
            raise FileDamaged(part="cut-short")
        pieces.append(data[at + 1 : at + 1 + size])
        at += 1 + size
    if at >= len(data):
        raise FileDamaged(part="cut-short")
    return b"".join(pieces), at + 1


def inspect(source: BinaryIO) -> list[Finding]:
    """Say what the file tells besides its frames. Raises FileDamaged, NotUnderstood."""
    data = whole(source)
    return _findings(data, parts(data))


def _findings(data: bytes, given: Parts) -> list[Finding]:
    told: list[Finding] = []
    for block in given.blocks[: 10 * MOST_FINDINGS]:
        if block.label in (0x2C, 0xF9) or _is_loop(block):
            continue
        what, name = _EXTENSIONS.get(block.label, ("unknown", f"extension {block.label:02X}"))
        if block.data.startswith(b"XMP DataXMP"):
            what, name = "xmp", "XMP"
        told.append(found(what, name, block.data[:4000]))
    if given.end < len(data):
        rest = len(data) - given.end
        told.append(found("after-the-end", "after the end", f"{rest} bytes"))
    return told[:MOST_FINDINGS]


def _is_loop(block: Block) -> bool:
    """Say whether a block asks for repeats, in just the five bytes that this takes."""
    return block.label == 0xFF and block.data[:11] in _LOOPS and len(block.data) == 14


def clean(source: BinaryIO, out: BinaryIO) -> Cleaned:
    """Write the frames without anything that showing them does not need; no pixel changes."""
    data = whole(source)
    given = parts(data)
    pictures = [block for block in given.blocks if block.label == 0x2C]
    if not pictures:
        raise FileDamaged(part="no-picture-data")
    removed = Counter(one.what for one in _findings(data, given))
    body, used, cut = _body(given)
    screen = given.screen[:6] + b"\x00"
    out.write(b"GIF89a" + screen + _plain_palette(given.palette, used, removed))
    for piece in body:
        out.write(piece)
    out.write(b";")
    removed += Counter({"padding": cut})
    kept = ["resolution", "transparency"]
    if len(pictures) > 1:
        kept += ["animation", "loop-count"]
    return Cleaned(dict(removed), tuple(sorted(kept)))


def _body(given: Parts) -> tuple[list[bytes], set[int], int]:
    """Return all blocks anew, which entries of the shared palette they use, and bytes cut."""
    out: list[bytes] = []
    shared: set[int] = set()
    cut = 0
    control, looped = b"", False
    for block in given.blocks:
        if block.label == 0xF9 and len(block.data) == 4:
            control = b"\x21\xf9\x04" + bytes([block.data[0] & 0x1F]) + block.data[1:] + b"\x00"
        elif _is_loop(block) and not looped and block.data[11] == 1:
            looped = True
            out.append(b"\x21\xff\x0bNETSCAPE2.0\x03\x01" + block.data[12:14] + b"\x00")
        elif block.label == 0x2C:
            frame, used, slack = _frame(block)
            shared |= used if not block.palette else set()
            cut += slack
            out += [control, frame]
            control = b""
    return out, shared, cut


def _frame(block: Block) -> tuple[bytes, set[int], int]:
    width, height = struct.unpack("<HH", block.head[5:9])
    data, used = exact(block.data, block.head[10], width * height)
    ignored: Counter[str] = Counter()
    head = block.head[:9] + bytes([block.head[9] & 0xC7])
    palette = _plain_palette(block.palette, used, ignored)
    pieces = b"".join(_blocks_of(data))
    return head + palette + block.head[10:11] + pieces + b"\x00", used, len(block.data) - len(data)


def _blocks_of(data: bytes) -> Iterator[bytes]:
    for at in range(0, len(data), 255):
        piece = data[at : at + 255]
        yield bytes([len(piece)]) + piece


def _plain_palette(palette: bytes, used: set[int], removed: Counter[str]) -> bytes:
    """Return a palette in which the entries that no pixel uses are black."""
    plain = bytearray(palette)
    for number in range(len(palette) // 3):
        if number not in used and any(plain[3 * number : 3 * number + 3]):
            plain[3 * number : 3 * number + 3] = bytes(3)
            removed["hidden-colours"] += 1
    return bytes(plain)
