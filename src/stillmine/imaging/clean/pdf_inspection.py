"""Say what a PDF file tells besides the pages that it shows."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from pypdf import PdfReader

from stillmine.errors import StillmineError
from stillmine.imaging.clean import icc, jpeg, xmp
from stillmine.imaging.clean.findings import MOST_BLOB, MOST_FINDINGS, Finding, found
from stillmine.imaging.clean.pdf_pictures import filters_of, resolved

_INFO = {
    "/Author": ("owner", "author"), "/Title": ("text", "title"), "/Subject": ("text", "subject"),
    "/Keywords": ("text", "keywords"), "/Creator": ("software", "made with"),
    "/Producer": ("software", "written by"), "/CreationDate": ("time", "made"),
    "/ModDate": ("time", "changed"),
}  # fmt: skip
_CATALOG = {
    "/Names": ("attachment", "names and attached files"), "/Outlines": ("text", "outline"),
    "/OpenAction": ("unknown", "action when it is opened"), "/AA": ("unknown", "actions"),
    "/AcroForm": ("text", "form fields"), "/StructTreeRoot": ("text", "structure and spoken text"),
    "/PieceInfo": ("software", "private data of a program"), "/PageLabels": ("text", "page labels"),
    "/OCProperties": ("text", "layers"), "/Lang": ("text", "language"),
    "/Collection": ("attachment", "portfolio"), "/DSS": ("owner", "signatures"),
    "/Perms": ("owner", "signatures"), "/Threads": ("text", "threads"),
    "/AF": ("attachment", "attached files"),
}  # fmt: skip
_MOST_OBJECTS = 200_000
_TAIL = 64 * 1024 * 1024
_NOT_SEEN = ("/AllOff", "/AnyOff")


def hides_layers(reader: PdfReader) -> bool:
    """Say whether some of what is in the file is switched off, so that it is not seen."""
    layers = resolved(reader.root_object.get("/OCProperties"))
    if layers is None:
        return False
    usual = resolved(layers.get("/D")) or {}
    if resolved(usual.get("/OFF")) or str(usual.get("/BaseState", "/ON")) != "/ON":
        return True
    return any(
        "/VE" in one or str(one.get("/P")) in _NOT_SEEN
        for one in _objects(reader)
        if hasattr(one, "get") and str(one.get("/Type")) == "/OCMD"
    )


def findings(reader: PdfReader, source: BinaryIO) -> list[Finding]:
    """Return all that is found, at most MOST_FINDINGS."""
    listed = []
    for number, one in enumerate(_findings(reader, source)):
        if number >= MOST_FINDINGS:
            break
        listed.append(one)
    return listed


def _findings(reader: PdfReader, source: BinaryIO) -> Iterator[Finding]:
    yield from _of_info(resolved(reader.trailer.get("/Info")))
    if "/ID" in reader.trailer:
        first = resolved(resolved(reader.trailer["/ID"])[0])
        yield found("identifier", "number of the document", _as_bytes(first).hex())
    yield from _of_catalog(reader.root_object)
    yield from _of_revisions(source)
    for page in reader.pages:
        yield from _of_page(page)
    for one in _objects(reader):
        yield from _of_object(one)


def _as_bytes(value: Any) -> bytes:
    original = getattr(value, "original_bytes", value)
    return bytes(original) if isinstance(original, bytes) else str(value).encode()


def _of_info(info: Any) -> Iterator[Finding]:
    for key, raw in (info or {}).items():
        value = resolved(raw)
        if str(value).strip():
            what, where = _INFO.get(str(key), ("unknown", f"field {str(key)[1:]}"))
            yield found(what, where, str(value))


def _of_catalog(root: Any) -> Iterator[Finding]:
    metadata = resolved(root.get("/Metadata"))
    if hasattr(metadata, "get_data"):
        yield from xmp.findings(bytes(metadata.get_data()))
    names = resolved(root.get("/Names")) or {}
    if "/JavaScript" in names:
        yield found("unknown", "script")
    for key, (what, where) in _CATALOG.items():
        if key == "/Names" and "/EmbeddedFiles" not in names:
            continue
        if key in root:
            value = resolved(root[key])
            yield found(what, where, str(value) if key == "/Lang" else "")


def _of_revisions(source: BinaryIO) -> Iterator[Finding]:
    """Say how often the file was saved over: older pages may still be in it."""
    source.seek(0)
    data = source.read(_TAIL)
    ends = data.count(b"%%EOF")
    if ends > 1 and not (b"/Linearized" in data[:2048] and ends == 2):
        yield found("history", "older versions in the file", str(ends - 1))
    rest = data[data.rfind(b"%%EOF") + 5 :].strip() if len(data) < _TAIL else b""
    if rest and ends:
        yield found("after-the-end", "end of file", f"{len(rest)} bytes")


def _of_page(page: Any) -> Iterator[Finding]:
    for key, what, where in (
        ("/PieceInfo", "software", "private data of a program"),
        ("/LastModified", "time", "page changed"),
        ("/Thumb", "preview", "thumbnail of a page"),
        ("/Metadata", "xmp", "notes about a page"),
        ("/AA", "unknown", "actions of a page"),
    ):
        if key in page:
            yield found(what, where)
    crop, media = resolved(page.get("/CropBox")), resolved(page.get("/MediaBox"))
    if crop is not None and media is not None and list(crop) != list(media):
        yield found("cropped-away", "page is larger than what is shown")
    for raw in list(resolved(page.get("/Annots")) or [])[:MOST_FINDINGS]:
        note = resolved(raw)
        for key, what in (("/T", "people"), ("/Contents", "comment"), ("/M", "time")):
            if hasattr(note, "get") and note.get(key):
                yield found(what, "note on a page", str(resolved(note[key])))
        if hasattr(note, "get") and str(note.get("/Subtype")) == "/FileAttachment":
            yield found("attachment", "note with a file")


def _objects(reader: PdfReader) -> Iterator[Any]:
    numbers = [number for table in reader.xref.values() for number in table]
    numbers += list(reader.xref_objStm)
    for number in sorted(set(numbers))[:_MOST_OBJECTS]:
        try:
            yield reader.get_object(number)
        except Exception:  # noqa: BLE001, S112 - one broken object does not hide the others
            continue


def _of_object(one: Any) -> Iterator[Finding]:
    if not hasattr(one, "get_data"):
        return
    if str(one.get("/Type")) == "/EmbeddedFile":
        yield found("attachment", "attached file", f"{len(one._data)} bytes")
    if filters_of(one)[-1:] == ["DCTDecode"] and len(filters_of(one)) == 1:
        try:
            data = bytes(one._data[:MOST_BLOB])
            for finding in jpeg.inspect(io.BytesIO(data)):
                yield finding._replace(where=f"picture: {finding.where}")
        except StillmineError:
            yield found("unknown", "picture that cannot be read")
    elif "/N" in one and "/Filter" in one and str(one.get("/Type")) != "/ObjStm":
        data = bytes(one.get_data())
        if data[36:40] == b"acsp":
            yield from icc.findings(data)
