"""Tell what a file is from its first bytes, never from its name."""

from __future__ import annotations

from typing import BinaryIO

from stillmine.imaging import raw
from stillmine.imaging.kinds import FORMATS, Kind

HEAD_SIZE = 4096

_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_SOUND_BRANDS = frozenset({b"M4A ", b"M4B ", b"M4P ", b"F4A ", b"F4B "})
_MOV_ATOMS = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
_JXL_BOX = b"\x00\x00\x00\x0cJXL \x0d\x0a\x87\x0a"
_EBML = b"\x1aE\xdf\xa3"
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"\xff\x0a", "jxl"),
    (_JXL_BOX, "jxl"),
    (b"FUJIFILMCCD-RAW", "raw-raf"),
    (b"IIRO", "raw-orf"),
    (b"IIRS", "raw-orf"),
    (b"MMOR", "raw-orf"),
    (b"IIU\x00", "raw-rw2"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"II+\x00", "tiff"),
    (b"MM\x00+", "tiff"),
)


def sniff(file: BinaryIO) -> str:
    """Return the name of the format, one of `kinds.FORMATS`; the position is left at 0."""
    file.seek(0)
    head = file.read(HEAD_SIZE)
    found = _by_head(head)
    if found == "tiff":
        found = raw.tiff_or_raw(file, head)
    file.seek(0)
    return found


def kind_by_head(head: bytes) -> Kind:
    """Return what a file that begins so may be: a film or a GIF take long to go through."""
    found = _by_head(head)
    return Kind.ANIMATION if found == "gif" else FORMATS[found]


def _by_head(head: bytes) -> str:
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if _is_bmp(head):
        return "bmp"
    if head[:4] == _EBML:
        return _ebml(head)
    return "pdf" if b"%PDF-" in head[:1024] else _iso_media(head)


def _is_bmp(head: bytes) -> bool:
    """Two letters prove little: the header that follows must have a size that exists."""
    known = (12, 40, 52, 56, 64, 108, 124)
    return head[:2] == b"BM" and len(head) >= 26 and int.from_bytes(head[14:18], "little") in known


def _ebml(head: bytes) -> str:
    """Tell WebM from Matroska by the DocType element (RFC 8794, id 0x4282)."""
    at = head.find(b"\x42\x82")
    if at < 0 or at + 3 > len(head):
        return "other"
    size = head[at + 2] & 0x7F
    return {b"webm": "webm", b"matroska": "mkv"}.get(
        head[at + 3 : at + 3 + size].rstrip(b"\x00"), "other"
    )


def _iso_media(head: bytes) -> str:
    """Tell the families of ISO 14496-12 files apart by their brands, the major one first."""
    if len(head) < 12:
        return "other"
    if head[4:8] != b"ftyp":
        return "mov" if head[4:8] in _MOV_ATOMS and _old_quicktime(head) else "other"
    size = int.from_bytes(head[:4])
    end = min(size, len(head), 256)
    major = head[8:12]
    brands = [major, *(head[at : at + 4] for at in range(16, end - 3, 4))]
    if major == b"crx ":
        return "raw-cr3"
    if major == b"qt  ":
        return "mov"
    if major in _SOUND_BRANDS:
        return "other"
    return _picture_brand(major, brands)


def _picture_brand(major: bytes, brands: list[bytes]) -> str:
    if _AVIF_BRANDS.intersection(brands):
        return "avif"
    if major in _HEIF_BRANDS or (major[:2] == b"mi" and _HEIF_BRANDS.intersection(brands)):
        return "heif"
    return "mp4"


def _old_quicktime(head: bytes) -> bool:
    """QuickTime files from before `ftyp` begin with one of a few atoms of a sane size."""
    size = int.from_bytes(head[:4])
    return size == 1 or size >= 8
