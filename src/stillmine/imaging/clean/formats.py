"""The formats that can be inspected and cleaned: one table, name as sniffed to functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from stillmine.imaging.clean import (
    bmp,
    bmp_audit,
    gif,
    gif_audit,
    heif,
    heif_audit,
    jpeg,
    jpeg_audit,
    matroska,
    matroska_audit,
    mp4,
    mp4_audit,
    pdf,
    pdf_audit,
    png,
    png_audit,
    tiff,
    tiff_audit,
    webp,
    webp_audit,
)
from stillmine.imaging.clean.findings import Format
from stillmine.imaging.clean.pixels import shown_by

_HEIF = Format(heif.inspect, heif.clean, heif_audit.audit, heif.shown)
_FILM = Format(mp4.inspect, mp4.clean, mp4_audit.audit, mp4.shown)
_MATROSKA = Format(matroska.inspect, matroska.clean, matroska_audit.audit, matroska.shown)

FORMATS: dict[str, Format] = {
    "avif": _HEIF,
    "bmp": Format(bmp.inspect, bmp.clean, bmp_audit.audit, shown_by("BMP")),
    "gif": Format(gif.inspect, gif.clean, gif_audit.audit, shown_by("GIF")),
    "heif": _HEIF,
    "jpeg": Format(jpeg.inspect, jpeg.clean, jpeg_audit.audit, jpeg_audit.shown),
    "mkv": _MATROSKA,
    "mov": _FILM,
    "mp4": _FILM,
    "pdf": Format(pdf.inspect, pdf.clean, pdf_audit.audit, pdf.shown),
    "png": Format(png.inspect, png.clean, png_audit.audit, png_audit.shown),
    "tiff": Format(tiff.inspect, tiff.clean, tiff_audit.audit, shown_by("TIFF")),
    "webm": _MATROSKA,
    "webp": Format(webp.inspect, webp.clean, webp_audit.audit, shown_by("WEBP")),
}
"""By the names of `imaging.kinds.FORMATS`; a format that is not here has no cleaner."""

SECOND_PROOF: dict[str, Callable[[BinaryIO], bytes]] = {
    "jpeg": shown_by("JPEG", 1),
    "png": shown_by("PNG"),
}
"""Where `shown` compares coded data: what to compare when that was mended, pixel by pixel."""
