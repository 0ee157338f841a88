"""Tell from its first bytes whether something is a picture, holds pictures, or neither."""

from __future__ import annotations

import io
from enum import Enum

from stillmine.app.sources import warc_files, zip_files
from stillmine.app.sources.markup import is_markup
from stillmine.app.sources.mime_files import is_mime
from stillmine.app.sources.tar_files import is_tar
from stillmine.app.sources.unpacking import MAGIC
from stillmine.imaging.sniff import sniff


class Sort(Enum):
    """What something is to us."""

    SEEN = "a picture, a video or a document with pages"
    ZIP = "zip"
    TAR = "tar"
    WARC = "warc"
    MIME = "mime"
    MARKUP = "markup"
    PACKED = "compressed"
    CLOSED = "an archive that is not read here"
    OTHER = "nothing that shows a picture"


_CLOSED = (
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"MSCF\0\0\0\0",
    b"\x04\x22\x4d\x18",  # lz4
    b"LZIP",
)


def packing(head: bytes) -> str | None:
    """Return the name of the compression, if these first bytes show one that is read here."""
    return next((name for magic, name in MAGIC if head.startswith(magic)), None)


def sort_of(head: bytes) -> Sort:
    """Return what begins with these bytes; the name of a file is never asked."""
    if sniff(io.BytesIO(head)) != "other":
        return Sort.SEEN
    if head.startswith(zip_files.MAGIC):
        return Sort.ZIP
    if packing(head):
        return Sort.PACKED
    if head.startswith(warc_files.MAGIC):
        return Sort.WARC
    if head.startswith(_CLOSED):
        return Sort.CLOSED
    return _text_or_tar(head)


def _text_or_tar(head: bytes) -> Sort:
    if is_tar(head):
        return Sort.TAR
    if is_markup(head):
        return Sort.MARKUP
    return Sort.MIME if is_mime(head) else Sort.OTHER
