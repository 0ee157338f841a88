"""Copy the fonts of a PDF file: how letters look and how wide they are, and no words about them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from stillmine.errors import NotUnderstood
from stillmine.imaging.clean.pdf_content import Names, plain
from stillmine.imaging.clean.pdf_fonts import clean_font
from stillmine.imaging.clean.pdf_objects import Name, Ref, Value
from stillmine.imaging.clean.pdf_pictures import resolved

if TYPE_CHECKING:
    from stillmine.imaging.clean.pdf_resources import Copier

_FONT = (
    "Type", "Subtype", "BaseFont", "FirstChar", "LastChar", "Widths", "DW", "W", "DW2", "W2",
    "FontMatrix", "FontBBox", "CIDToGIDMap",
)  # fmt: skip
_DESCRIPTOR = (
    "Type", "FontName", "Flags", "FontBBox", "ItalicAngle", "Ascent", "Descent", "Leading",
    "CapHeight", "XHeight", "StemV", "StemH", "AvgWidth", "MaxWidth", "MissingWidth",
    "FontWeight", "FontStretch",
)  # fmt: skip
_ORDERINGS = ("Identity", "Japan1", "GB1", "CNS1", "Korea1", "KR", "UCS")


def copied_font(copier: Copier, value: Any) -> Ref:
    """Copy a font without names, notices and the table that turns it back into text."""
    row = copier.only(value, _FONT)
    if "BaseFont" in row:
        row["BaseFont"] = font_name(str(row["BaseFont"]))
    if "/FontDescriptor" in value:
        make = partial(_descriptor, copier)
        row["FontDescriptor"] = copier.once("descriptor", value.raw_get("/FontDescriptor"), make)
    encoding = resolved(value.get("/Encoding"))
    if encoding is not None:
        row["Encoding"] = _encoding(copier, encoding)
    below = resolved(value.get("/DescendantFonts"))
    if below is not None:
        row["DescendantFonts"] = [copier.once("Font", one, copier.font) for one in below]
    if "/CIDSystemInfo" in value:
        row["CIDSystemInfo"] = _collection(resolved(value["/CIDSystemInfo"]))
    glyphs = resolved(value.get("/CIDToGIDMap"))
    if hasattr(glyphs, "get_data"):
        row["CIDToGIDMap"] = copier.writer.add_packed({}, bytes(glyphs.get_data())[:131072])
    if "/CharProcs" in value:
        _shapes(copier, value, row)
    return copier.writer.add(row)


def _shapes(copier: Copier, value: Any, row: dict[str, Value]) -> None:
    """Copy the letters of a font that draws them itcopier."""
    shapes: dict[str, Value] = {}
    names = Names()
    for name, stream in resolved(value["/CharProcs"]).items():
        data = copier.lines(resolved(stream), value.get("/Resources"), names)
        shapes[str(name)[1:]] = copier.writer.add_packed({}, data)
    row["CharProcs"] = shapes
    row["Resources"] = copier.used(names, value.get("/Resources"))


def _encoding(copier: Copier, value: Any) -> Value:
    if hasattr(value, "get_data"):
        raise NotUnderstood(part="font")
    if not hasattr(value, "items"):
        return plain(value)
    return copier.only(value, ("Type", "BaseEncoding", "Differences"))


def _descriptor(copier: Copier, value: Any) -> Ref:
    """Copy what is told of a font's shape, and the font itcopier."""
    row = copier.only(value, _DESCRIPTOR)
    if "FontName" in row:
        row["FontName"] = font_name(str(row["FontName"]))
    for name in ("FontFile", "FontFile2", "FontFile3"):
        stream = resolved(value.get(f"/{name}"))
        if stream is None:
            continue
        about = copier.only(stream, ("Length1", "Length2", "Length3", "Subtype"))
        data = clean_font(bytes(stream.get_data()))
        if name == "FontFile2":
            about["Length1"] = len(data)
        row[name] = copier.writer.add_packed(about, data)
    return copier.writer.add(row)


def font_name(name: str) -> Name:
    """Return a font's name without the six letters that tell one program's copy from another's."""
    return Name("AAAAAA+" + name[7:] if name[6:7] == "+" else name)


def _collection(value: Any) -> Value:
    ordering = plain(resolved(value.get("/Ordering")))
    known = [one for one in _ORDERINGS if ordering == one.encode()]
    order = (known or ["Identity"])[0].encode()
    supplement = plain(resolved(value.get("/Supplement", 0)))
    return {"Registry": b"Adobe", "Ordering": order, "Supplement": supplement}
