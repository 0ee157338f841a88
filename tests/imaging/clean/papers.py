"""PDF files made here, with everything in them that such a file can hold beside its pages."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from tests.imaging.clean.judging import SECRET
from tests.imaging.samples import picture

SIZE = (300, 200)
WORDS = SECRET.decode()


def photograph() -> bytes:
    """Return a JPEG picture whose EXIF data hold the secret."""
    block = Image.Exif()
    block[0x010F] = WORDS
    out = io.BytesIO()
    picture(1, (120, 80)).save(out, "JPEG", exif=block.tobytes(), comment=SECRET, quality=90)
    return out.getvalue()


def paper(
    change: Callable[[pikepdf.Pdf, pikepdf.Page], None] | None = None, **how: object
) -> bytes:
    """Return one page with a line, a word, a JPEG and a bare picture, changed as asked."""
    with pikepdf.new() as made:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        jpeg = made.make_stream(
            photograph(), Type=Name.XObject, Subtype=Name.Image, Width=120, Height=80,
            ColorSpace=Name.DeviceRGB, BitsPerComponent=8, Filter=Name.DCTDecode,
        )  # fmt: skip
        bare = made.make_stream(
            picture(2, (10, 10)).tobytes() + SECRET, Type=Name.XObject, Subtype=Name.Image,
            Width=10, Height=10, ColorSpace=Name.DeviceRGB, BitsPerComponent=8,
        )  # fmt: skip
        drawing = (
            b"1 0 0 RG 4 w 10 10 m 290 190 l S % " + SECRET + b"\n"
            b"q 120 0 0 80 20 100 cm /Photo Do Q q 50 0 0 50 200 20 cm /Bare Do Q\n"
            b"BT /Letters 18 Tf 20 60 Td (Seen) Tj ET\n"
        )
        page = made.add_blank_page(page_size=SIZE)
        page.Resources = Dictionary(
            Font=Dictionary(Letters=font), XObject=Dictionary(Photo=jpeg, Bare=bare)
        )
        page.Contents = made.make_stream(drawing)
        if change is not None:
            change(made, page)
        out = io.BytesIO()
        made.save(out, **how)
        return out.getvalue()


def with_everything(made: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Put the secret into each place that is not drawn."""
    with made.open_metadata() as notes:
        notes["dc:creator"] = [WORDS]
    made.docinfo["/Author"] = WORDS
    made.docinfo["/CreationDate"] = "D:20240102030405+01'00'"
    made.docinfo["/Anything"] = WORDS
    made.attachments["a.txt"] = pikepdf.AttachedFileSpec(made, SECRET, filename=f"{WORDS}.txt")
    script = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{WORDS}')"))
    made.Root.OpenAction = script
    made.Root.PieceInfo = Dictionary(Tool=Dictionary(Private=String(WORDS)))
    made.Root.Lang = String(WORDS)
    made.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String(WORDS))]))
    made.Root.Outlines = Dictionary(Title=String(WORDS))
    page.Thumb = made.make_stream(SECRET, Width=1, Height=1)
    page.PieceInfo = Dictionary(Tool=Dictionary(Private=String(WORDS)))
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 1, 1]), F=2,
        T=String(WORDS), Contents=String(WORDS),
    )  # fmt: skip
    page.Annots = Array([made.make_indirect(note)])
    marked = made.make_stream(
        b"/Span <</ActualText (" + SECRET + b")>> BDC 0 0 5 5 re f EMC\n"
        b"BT 3 Tr /Letters 18 Tf 20 40 Td (" + SECRET + b") Tj ET\n"
    )
    page.Contents = Array([page.Contents, marked])
