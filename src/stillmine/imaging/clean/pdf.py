"""Clean PDF files: the pages as they are drawn, in a new file, and nothing beside them.

pypdf (BSD-3-Clause) reads; what is written is chosen and written here, object by object.
"""

from __future__ import annotations

import hashlib
import io
import logging
import struct
from collections import Counter
from collections.abc import Callable
from typing import Any, BinaryIO, TypeVar

import pypdfium2
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ContentStream

from stillmine.errors import FileDamaged, FileLocked, NotUnderstood, StillmineError
from stillmine.imaging.clean.findings import Cleaned, Finding
from stillmine.imaging.clean.pdf_appearances import appearances
from stillmine.imaging.clean.pdf_content import plain
from stillmine.imaging.clean.pdf_inspection import findings, hides_layers
from stillmine.imaging.clean.pdf_objects import Name, Ref, Value, Writer
from stillmine.imaging.clean.pdf_pictures import resolved
from stillmine.imaging.clean.pdf_resources import Copier

__all__ = ["clean", "inspect", "shown"]

_Answer = TypeVar("_Answer")
_SILENT = logging.CRITICAL + 1  # what it would say of a damaged file quotes the file
_MOST_PAGES = 10_000
_BOXES = ("/MediaBox", "/CropBox")
_MOST_SIDE = 1000  # pixels of a page that is drawn to be compared
_DAMAGE = (
    PyPdfError, KeyError, IndexError, ValueError, TypeError, AttributeError, RecursionError,
    OverflowError, AssertionError, NotImplementedError, struct.error,
)  # fmt: skip


def inspect(source: BinaryIO) -> list[Finding]:
    """Say what a PDF file tells besides its pages. Raises FileLocked."""
    return _understood(lambda: findings(opened(source), source))


def clean(source: BinaryIO, out: BinaryIO) -> Cleaned:
    """Write the pages with what drawing them needs. Text in them can no longer be copied out.

    Notes and form fields that are seen are drawn into the page. Raises FileLocked, and
    NotUnderstood for layers that are switched off, JPEG 2000 and JBIG2.
    """
    return _understood(lambda: _clean(source, out))


def _understood(work: Callable[[], _Answer]) -> _Answer:
    """Do the work; whatever the parser stumbles over in a hostile file is damage."""
    try:
        return work()
    except StillmineError:
        raise
    except _DAMAGE as error:
        raise FileDamaged(part="pages") from error


def prepare() -> None:
    """Clean a small file once, so that all that is loaded late is loaded before the locks."""
    drawn, out = io.BytesIO(), io.BytesIO()
    document = pypdfium2.PdfDocument.new()
    document.new_page(10, 10)
    document.save(drawn)
    document.close()
    clean(drawn, out)
    shown(out)


def opened(source: BinaryIO) -> PdfReader:
    """Open a PDF file. Raises FileLocked."""
    source.seek(0)
    logging.getLogger("pypdf").setLevel(_SILENT)
    reader = PdfReader(source)
    if reader.is_encrypted:
        raise FileLocked
    return reader


def _clean(source: BinaryIO, out: BinaryIO) -> Cleaned:
    reader = opened(source)
    if hides_layers(reader):
        raise NotUnderstood(part="hidden-layers")
    removed = Counter(finding.what for finding in findings(reader, source))
    del removed["cropped-away"]  # what lies outside a page is drawn with it; that is said
    if not 0 < len(reader.pages) <= _MOST_PAGES:
        raise FileDamaged(part="pages")
    writer = Writer(out)
    copier = Copier(reader, writer)
    tree = writer.reserve()
    kids = [_page(copier, page, tree) for page in reader.pages]
    writer.put(tree, {"Type": Name("Pages"), "Kids": kids, "Count": len(kids)})
    root = writer.add({"Type": Name("Catalog"), "Pages": tree})
    writer.finish(root)
    if copier.unseen:
        removed["text"] += 1
    return Cleaned(dict(removed), ("encoder-habits", "layout", "resolution"))


def _page(copier: Copier, page: Any, tree: Ref) -> Ref:
    row: dict[str, Value] = {"Type": Name("Page"), "Parent": tree}
    for name in _BOXES:
        box = resolved(page.get(name))
        if box is not None:
            row[name[1:]] = [plain(resolved(one)) for one in box][:4]
    turn = resolved(page.get("/Rotate"))
    if isinstance(turn, int) and turn % 360:
        row["Rotate"] = int(turn) % 360
    if "/UserUnit" in page:
        row["UserUnit"] = plain(resolved(page["/UserUnit"]))
    if "/Group" in page:
        row["Group"] = copier.group(resolved(page["/Group"]))
    contents = page.get_contents()
    stream = contents if contents is not None else ContentStream(None, copier.reader)
    data, resources = copier.drawn(stream, page.get("/Resources"))
    drawn, objects = appearances(copier, page)
    if objects:
        resources["XObject"] = {**_mapping(resources.get("XObject")), **objects}
        data = b"q\n" + data + b"Q\n" + drawn
    row["Resources"] = resources
    row["Contents"] = copier.writer.add_packed({}, data)
    return copier.writer.add(row)


def _mapping(value: Value) -> dict[str, Value]:
    return dict(value) if isinstance(value, dict) else {}


def shown(source: BinaryIO) -> bytes:
    """Return a digest of all pages, drawn with their notes and form fields by PDFium."""
    source.seek(0)
    whole = hashlib.sha256()
    try:
        document = pypdfium2.PdfDocument(source.read())
        document.init_forms()
        for number in range(len(document)):
            if document.formenv:
                document[number].flatten()  # fields become part of the page, as in the copy
            page = document[number]
            size = page.get_size()
            scale = min(1.0, _MOST_SIDE / max(*size, 1.0))
            picture = page.render(scale=scale)
            whole.update(repr((size, picture.width, picture.height)).encode())
            whole.update(bytes(picture.buffer))
        document.close()
    except (pypdfium2.PdfiumError, ValueError, MemoryError) as error:
        raise FileDamaged(part="pages") from error
    return whole.digest()
