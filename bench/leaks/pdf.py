"""Words planted in the infos, the notes, the catalogue of a PDF."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from bench.leaks import icc
from bench.leaks.jpeg import xmp
from bench.leaks.planting import Leak, picture, saved

Change = Callable[[Pdf, bytes], None]
SHOWN = b"q 200 0 0 150 20 20 cm /Im0 Do Q 0 0 1 RG 10 10 220 170 re S"


def jpeg_object(pdf: Pdf, data: bytes) -> Stream:
    """Return a picture as an object of a document."""
    made = Stream(pdf, data)
    made.update(
        Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=48, Height=32,
                   ColorSpace=Name.DeviceRGB, BitsPerComponent=8, Filter=Name.DCTDecode)
    )  # fmt: skip
    return made


def fresh(image: bytes | None = None) -> Pdf:
    """Return a document of one page with a picture."""
    pdf = Pdf.new()
    pdf.add_blank_page(page_size=(240, 190))
    page = pdf.pages[0]
    data = saved(picture((48, 32)), "JPEG") if image is None else image
    shown = pdf.make_indirect(jpeg_object(pdf, data))
    page.obj.Resources = Dictionary(XObject=Dictionary(Im0=shown))
    page.obj.Contents = pdf.make_stream(SHOWN)
    return pdf


def written(pdf: Pdf, **how: object) -> bytes:
    """Return a document as bytes."""
    out = io.BytesIO()
    pdf.save(
        out,
        **{"deterministic_id": True, "object_stream_mode": pikepdf.ObjectStreamMode.disable, **how},
    )
    return out.getvalue()


@functools.cache
def plain() -> bytes:
    """Return the base document: one page with a picture."""
    return written(fresh())


def changed(change: Change, **how: object) -> Callable[[bytes], bytes]:
    """Return what writes a document with one thing changed."""

    def make(c: bytes) -> bytes:
        pdf = fresh()
        change(pdf, c)
        return written(pdf, **how)

    return make


def words(c: bytes) -> String:
    """Return a canary as text of a document."""
    return String(c.decode())


_INFO = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate",
         "Trapped", "Company", "SourceModified", "PTEX.Fullbanner")  # fmt: skip
_NOTES = {
    "Text": "Contents", "FreeText": "Contents", "Stamp": "T", "Highlight": "Subj", "Popup": "RC",
    "Link": "NM", "FileAttachment": "Contents", "Widget": "TU", "Ink": "T",
}  # fmt: skip


def leaks() -> list[Leak]:
    """Return the classes of this file."""
    found = [Leak(f"pdf-info-{word.replace('.', '-')}", "pdf", info(word)) for word in _INFO]
    for kind, key in _NOTES.items():
        found.append(Leak(f"pdf-annotation-{kind}-{key}", "pdf", _note(kind, key)))
    for name, change in (_of_catalogue()).items():
        found.append(Leak(f"pdf-{name}", "pdf", changed(change)))
    return found


def info(word: str) -> Callable[[bytes], bytes]:
    """Return what writes a document that says something in its infos."""

    def change(pdf: Pdf, c: bytes) -> None:
        pdf.trailer.Info = pdf.make_indirect(Dictionary({f"/{word}": words(c)}))

    return changed(change)


def _note(kind: str, key: str) -> Callable[[bytes], bytes]:
    def change(pdf: Pdf, c: bytes) -> None:
        note = Dictionary({"/Type": Name.Annot, "/Subtype": Name(f"/{kind}"), f"/{key}": words(c),
                           "/Rect": Array([0, 0, 9, 9]), "/F": 2})  # fmt: skip
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])

    return changed(change)


def _root(key: str, value: Callable[[Pdf, bytes], object]) -> Change:
    def change(pdf: Pdf, c: bytes) -> None:
        pdf.Root[f"/{key}"] = value(pdf, c)

    return change


def page_key(key: str, value: Callable[[Pdf, bytes], object]) -> Change:
    """Return a change that sets one key of the page."""

    def change(pdf: Pdf, c: bytes) -> None:
        pdf.pages[0].obj[f"/{key}"] = value(pdf, c)

    return change


def stream(pdf: Pdf, data: bytes, **keys: object) -> pikepdf.Object:
    """Return a stream that others may refer to."""
    return pdf.make_indirect(Stream(pdf, data, Dictionary(**keys)))


def _attached(pdf: Pdf, c: bytes) -> object:
    held = stream(pdf, c, Type=Name.EmbeddedFile)
    file = Dictionary(Type=Name.Filespec, F=String("a"), EF=Dictionary(F=held))
    return Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("a"), pdf.make_indirect(file)])))


def script(pdf: Pdf, c: bytes) -> object:
    """Return an action that runs a script."""
    return Dictionary(S=Name.JavaScript, JS=String("app.alert('" + c.decode() + "')"))


def _structure(pdf: Pdf, c: bytes, key: str = "/ActualText") -> object:
    part = Dictionary({"/Type": Name.StructElem, "/S": Name.Figure, key: words(c)})
    return pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=pdf.make_indirect(part)))


def _of_catalogue() -> dict[str, Change]:
    layer = {"/Type": Name.OCG}
    return {
        "xmp": _root(
            "Metadata", lambda p, c: stream(p, xmp(c), Type=Name.Metadata, Subtype=Name.XML)
        ),
        "attachment": _root("Names", _attached),
        "associated-file": _root(
            "AF", lambda p, c: Array([Dictionary(Type=Name.Filespec, Desc=words(c))])
        ),
        "script-at-opening": _root("OpenAction", script),
        "scripts-by-name": _root(
            "Names",
            lambda p, c: Dictionary(
                JavaScript=Dictionary(Names=Array([words(c), script(p, b"x")]))
            ),
        ),
        "catalogue-PieceInfo": _root(
            "PieceInfo", lambda p, c: Dictionary(App=Dictionary(Private=words(c)))
        ),
        "page-labels": _root(
            "PageLabels", lambda p, c: Dictionary(Nums=Array([0, Dictionary(P=words(c))]))
        ),
        "outlines": _root(
            "Outlines",
            lambda p, c: p.make_indirect(
                Dictionary(First=p.make_indirect(Dictionary(Title=words(c))), Count=1)
            ),
        ),
        "language": _root("Lang", lambda p, c: words(c)),
        "URI-of-the-document": _root("URI", lambda p, c: Dictionary(Base=words(c))),
        "structure-ActualText": _root("StructTreeRoot", _structure),
        "structure-Alt": _root("StructTreeRoot", lambda p, c: _structure(p, c, "/Alt")),
        "hidden-layer-name": _root(
            "OCProperties",
            lambda p, c: Dictionary(
                OCGs=Array([p.make_indirect(Dictionary({**layer, "/Name": words(c)}))])
            ),
        ),
        "form-field-value": _root(
            "AcroForm",
            lambda p, c: Dictionary(
                Fields=Array([p.make_indirect(Dictionary(FT=Name.Tx, T=String("f"), V=words(c)))])
            ),
        ),
        "form-field-default": _root(
            "AcroForm",
            lambda p, c: Dictionary(
                Fields=Array([p.make_indirect(Dictionary(FT=Name.Tx, T=words(c)))])
            ),
        ),
        "form-XFA": _root("AcroForm", lambda p, c: Dictionary(Fields=Array([]), XFA=stream(p, c))),
        "signature": _root(
            "AcroForm",
            lambda p, c: Dictionary(
                Fields=Array(
                    [
                        Dictionary(
                            FT=Name.Sig,
                            V=Dictionary(Type=Name.Sig, Name=words(c), Contents=String("x")),
                        )
                    ]
                )
            ),
        ),
        "signature-location": _root(
            "Perms", lambda p, c: Dictionary(DocMDP=Dictionary(Location=words(c)))
        ),
        "output-intent": _root(
            "OutputIntents",
            lambda p, c: Array([Dictionary(S=Name.GTS_PDFA1, OutputConditionIdentifier=words(c))]),
        ),
        "output-intent-profile": _root(
            "OutputIntents",
            lambda p, c: Array(
                [
                    Dictionary(
                        S=Name.GTS_PDFA1, DestOutputProfile=stream(p, icc.kinds()["cprt"](c), N=3)
                    )
                ]
            ),
        ),
        "collection": _root("Collection", lambda p, c: Dictionary(D=words(c))),
        "threads": _root("Threads", lambda p, c: Array([Dictionary(I=Dictionary(Title=words(c)))])),
        "web-capture": _root("SpiderInfo", lambda p, c: Dictionary(V=words(c))),
        "private-key-of-the-catalogue": _root("ABCD_x", lambda p, c: words(c)),
        "document-security-store": _root(
            "DSS", lambda p, c: Dictionary(Certs=Array([stream(p, c)]))
        ),
        "name-of-a-destination": _root(
            "Dests", lambda p, c: Dictionary({f"/{c.decode()}": Array([0])})
        ),
    }
