"""Words planted in a page of a PDF: hidden text, layers, fonts, thumbnails and its pictures."""

from __future__ import annotations

from collections.abc import Callable

from pikepdf import Array, Dictionary, Name, Pdf, String

from bench.leaks import exif, icc
from bench.leaks.jpeg import xmp
from bench.leaks.pdf import SHOWN, Change, changed, jpeg_object, page_key, script, stream, words
from bench.leaks.planting import Leak


def leaks() -> list[Leak]:
    """Return the classes of this file."""
    places = _of_page() | _of_picture()
    return [Leak(f"pdf-{name}", "pdf", changed(change)) for name, change in places.items()]


def _image(key: str, value: Callable[[Pdf, bytes], object]) -> Change:
    def change(pdf: Pdf, c: bytes) -> None:
        pdf.pages[0].obj.Resources.XObject.Im0[f"/{key}"] = value(pdf, c)

    return change


def _of_page() -> dict[str, Change]:
    return {
        "page-xmp": page_key("Metadata", lambda p, c: stream(p, xmp(c), Type=Name.Metadata)),
        "page-thumbnail": page_key(
            "Thumb", lambda p, c: p.make_indirect(jpeg_object(p, exif.small(c)))
        ),
        "page-PieceInfo": page_key(
            "PieceInfo", lambda p, c: Dictionary(AI=Dictionary(Private=stream(p, c)))
        ),
        "page-LastModified": page_key("LastModified", lambda p, c: words(c)),
        "page-ID": page_key("ID", lambda p, c: words(c)),
        "page-script": page_key("AA", lambda p, c: Dictionary(O=script(p, c))),
        "page-private-key": page_key("ABCD_x", lambda p, c: words(c)),
        "page-measure": page_key(
            "VP", lambda p, c: Array([Dictionary(Name=words(c), BBox=Array([0, 0, 1, 1]))])
        ),
        "page-resource-never-used": _resource,
        "page-font-name": _font,
        "page-font-program-notice": _font_program,
        "page-marked-content": _marked,
        "page-hidden-text": _words(b"BT /F1 9 Tf 3 Tr 20 20 Td (%s) Tj ET "),
        "page-text-below-the-picture": _words(b"BT /F1 9 Tf 30 60 Td (%s) Tj ET "),
        "page-text-off-the-page": _words(b"BT /F1 9 Tf 900 900 Td (%s) Tj ET "),
        "page-comment-in-its-content": _words(b"%%%s\n"),
        "page-hidden-layer": _layer,
        "page-outside-the-crop": _cropped,
    }


def _of_picture() -> dict[str, Change]:
    return {
        "picture-xmp": _image("Metadata", lambda p, c: stream(p, xmp(c), Type=Name.Metadata)),
        "picture-OPI": _image("OPI", lambda p, c: Dictionary({"/2.0": Dictionary(F=words(c))})),
        "picture-Alternates": _image(
            "Alternates",
            lambda p, c: Array([Dictionary(Image=p.make_indirect(jpeg_object(p, exif.small(c))))]),
        ),
        "picture-Name": _image("Name", lambda p, c: Name("/" + c.decode())),
        "picture-Measure": _image("Measure", lambda p, c: Dictionary(R=words(c))),
        "picture-private-key": _image("ABCD_x", lambda p, c: words(c)),
        "picture-PieceInfo": _image(
            "PieceInfo", lambda p, c: Dictionary(App=Dictionary(Private=words(c)))
        ),
        "picture-ID": _image("ID", lambda p, c: words(c)),
        "picture-profile": _image(
            "ColorSpace",
            lambda p, c: Array([Name.ICCBased, stream(p, icc.kinds()["cprt"](c), N=3)]),
        ),
    }


def _words(frame: bytes) -> Change:
    def change(pdf: Pdf, c: bytes) -> None:
        page = pdf.pages[0].obj
        page.Resources.Font = Dictionary(
            F1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        )
        page.Contents = pdf.make_stream(frame % c + SHOWN)

    return change


def _resource(pdf: Pdf, c: bytes) -> None:
    pdf.pages[0].obj.Resources.XObject.Im1 = pdf.make_indirect(jpeg_object(pdf, exif.small(c)))


def _font(pdf: Pdf, c: bytes) -> None:
    name = Name("/" + c.decode() + "+Arial")
    _words(b"BT /F1 9 Tf 30 60 Td (A) Tj ET %%%s\n")(pdf, b"")
    pdf.pages[0].obj.Resources.Font.F1.BaseFont = name


def _font_program(pdf: Pdf, c: bytes) -> None:
    _words(b"BT /F1 9 Tf 30 60 Td (A) Tj ET %%%s\n")(pdf, b"")
    program = stream(pdf, b"%!PS-AdobeFont-1.0: x\n/Notice (" + c + b") readonly def", Length1=70)
    pdf.pages[0].obj.Resources.Font.F1.FontDescriptor = pdf.make_indirect(
        Dictionary(Type=Name.FontDescriptor, FontName=Name.x, Flags=32, FontFile=program)
    )


def _marked(pdf: Pdf, c: bytes) -> None:
    head = b"/Span << /ActualText (" + c + b") >> BDC "
    pdf.pages[0].obj.Contents = pdf.make_stream(head + SHOWN + b" EMC")


def _layer(pdf: Pdf, c: bytes) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("x")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    _words(b"/OC /L1 BDC BT /F1 9 Tf 20 180 Td (%s) Tj ET EMC ")(pdf, c)
    pdf.pages[0].obj.Resources.Properties = Dictionary(L1=layer)


def _cropped(pdf: Pdf, c: bytes) -> None:
    _words(b"BT /F1 9 Tf 5 182 Td (%s) Tj ET ")(pdf, c)
    pdf.pages[0].obj.CropBox = Array([0, 0, 240, 180])
