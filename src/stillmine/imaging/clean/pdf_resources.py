"""Copy what a page draws with: fonts, pictures, colours, patterns, and of each what it needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject

from stillmine.errors import NotUnderstood
from stillmine.imaging.clean.pdf_content import Drawn, Names, plain, redrawn
from stillmine.imaging.clean.pdf_lettering import copied_font
from stillmine.imaging.clean.pdf_objects import Name, Ref, Value, Writer
from stillmine.imaging.clean.pdf_pictures import (
    channels_of,
    coded_picture,
    neutral_profile,
    resolved,
)

_MOST_DEPTH = 40
_STATE = (
    "LW", "LC", "LJ", "ML", "D", "RI", "OP", "op", "OPM", "FL", "SM", "SA", "BM", "CA", "ca",
    "AIS", "TK",
)  # fmt: skip
_PICTURE = ("Width", "Height", "BitsPerComponent", "Decode", "ImageMask", "Interpolate", "Intent")
_SHADING = (
    "ShadingType", "Background", "BBox", "AntiAlias", "Coords", "Domain", "Extend", "Matrix",
    "BitsPerCoordinate", "BitsPerComponent", "BitsPerFlag", "Decode", "VerticesPerRow",
)  # fmt: skip
_FUNCTION = (
    "FunctionType", "Domain", "Range", "C0", "C1", "N", "Bounds", "Encode", "Decode", "Size",
    "BitsPerSample", "Order",
)  # fmt: skip
_TILING = ("PatternType", "PaintType", "TilingType", "BBox", "XStep", "YStep", "Matrix")
_FORM = ("BBox", "Matrix", "FormType")


class Copier:
    """Copies into one new file; what two pages share is copied once."""

    def __init__(self, reader: PdfReader, writer: Writer) -> None:
        """Begin with nothing copied."""
        self.reader, self.writer = reader, writer
        self.unseen = False
        self._done: dict[tuple[str, int, int], Ref] = {}
        self._depth = 0

    def once(self, kind: str, value: Any, make: Callable[[Any], Ref]) -> Ref:
        """Return the copy of a thing, made by `make` the first time that it is met."""
        raw = value
        key = None
        if isinstance(raw, IndirectObject):
            key = (kind, int(raw.idnum), int(raw.generation))
            if key in self._done:
                return self._done[key]
        self._depth += 1
        if self._depth > _MOST_DEPTH:
            raise NotUnderstood(part="nested-too-deeply")
        made = make(resolved(raw))
        self._depth -= 1
        if key is not None:
            self._done[key] = made
        return made

    def drawn(self, stream: Any, resources: Any) -> tuple[bytes, dict[str, Value]]:
        """Return a content stream rewritten, and the resources that it really uses."""
        names = Names()
        return self.lines(stream, resources, names), self.used(names, resources)

    def lines(self, stream: Any, resources: Any, names: Names) -> bytes:
        """Return a content stream rewritten; what it uses gets a new name in `names`."""
        listed: Any = DictionaryObject() if resources is None else resolved(resources)
        fonts = resolved(listed.get("/Font")) or {}

        def by_itself(name: str) -> bool:
            font = resolved(fonts.get(f"/{name}"))
            return font is not None and str(font.get("/Subtype")) == "/Type3"

        content = stream if isinstance(stream, ContentStream) else _content(stream, self.reader)
        made: Drawn = redrawn(content, names, by_itself)
        self.unseen |= made.unseen
        return made.data

    def used(self, names: Names, given: Any) -> dict[str, Value]:
        """Return the resources that have a new name, copied under it."""
        resources: Any = DictionaryObject() if given is None else resolved(given)
        copied: dict[str, dict[str, Value]] = {}
        for (kind, old), new in names.new.items():
            listed: Any = resolved(resources.get(f"/{kind}")) or {}
            found = listed.raw_get(f"/{old}") if f"/{old}" in listed else None
            if found is not None:
                copied.setdefault(kind, {})[new] = self._resource(kind, found)
        return dict(copied)

    def _resource(self, kind: str, value: Any) -> Value:
        if kind == "ColorSpace":
            return self.space(value)
        make = {
            "Font": self.font,
            "XObject": self.object,
            "ExtGState": self.state,
            "Pattern": self.pattern,
            "Shading": self.shading,
        }[kind]
        return self.once(kind, value, make)

    def object(self, value: Any) -> Ref:
        """Copy an external object: a picture, or drawing of its own."""
        kind = str(resolved(value.get("/Subtype")))
        if kind == "/Image":
            return self.picture(value)
        if kind == "/Form":
            return self.form(value)
        raise NotUnderstood(part="external-object")

    def picture(self, value: Any) -> Ref:
        """Copy a picture with its masks."""
        space = value.get("/ColorSpace")
        row: dict[str, Value] = {"Type": Name("XObject"), "Subtype": Name("Image")}
        row |= self.only(value, _PICTURE)
        if space is not None:
            row["ColorSpace"] = self.space(value.raw_get("/ColorSpace"))
        for mask in ("SMask", "Mask"):
            found = resolved(value.get(f"/{mask}"))
            if isinstance(found, list):
                row[mask] = plain(found)
            elif found is not None and hasattr(found, "get_data"):
                row[mask] = self.once("XObject", value.raw_get(f"/{mask}"), self.picture)
        if "/Matte" in value:
            row["Matte"] = plain(resolved(value["/Matte"]))
        coded, data = coded_picture(value, channels_of(space) if space is not None else 1)
        return self.writer.add({**row, **coded}, data)

    def form(self, value: Any) -> Ref:
        """Copy drawing that is used as a whole."""
        row: dict[str, Value] = {"Type": Name("XObject"), "Subtype": Name("Form")}
        row |= self.only(value, _FORM)
        data, resources = self.drawn(value, value.get("/Resources"))
        row["Resources"] = resources
        group = resolved(value.get("/Group"))
        if group is not None:
            row["Group"] = self.group(group)
        return self.writer.add_packed(row, data)

    def group(self, value: Any) -> Value:
        """Copy how drawing is mixed with what is behind it."""
        row: dict[str, Value] = {"S": Name("Transparency"), **self.only(value, ("I", "K"))}
        if "/CS" in value:
            row["CS"] = self.space(value.raw_get("/CS"))
        return row

    def state(self, value: Any) -> Ref:
        """Copy a graphics state."""
        row = self.only(value, _STATE)
        mask = resolved(value.get("/SMask"))
        if mask is not None and hasattr(mask, "items"):
            soft: dict[str, Value] = self.only(mask, ("S", "BC"))
            soft["G"] = self.once("XObject", mask.raw_get("/G"), self.form)
            if "/TR" in mask and str(resolved(mask["/TR"])) != "/Identity":
                soft["TR"] = self.function(mask.raw_get("/TR"))
            row["SMask"] = soft
        elif mask is not None:
            row["SMask"] = Name("None")
        font = resolved(value.get("/Font"))
        if isinstance(font, list) and len(font) == 2:
            row["Font"] = [self.once("Font", font[0], self.font), plain(resolved(font[1]))]
        return self.writer.add(row)

    def space(self, value: Any) -> Value:
        """Copy a colour space."""
        found = resolved(value)
        if not isinstance(found, list):
            return plain(found)
        kind = str(resolved(found[0]))[1:]
        if kind == "ICCBased":
            return self._profile(found)
        return [Name(kind), *self._space_parts(kind, found)]

    def _space_parts(self, kind: str, found: Any) -> list[Value]:
        if kind in ("CalGray", "CalRGB", "Lab"):
            wanted = ("WhitePoint", "BlackPoint", "Gamma", "Matrix", "Range")
            return [self.only(resolved(found[1]), wanted)]
        if kind == "Indexed":
            table = resolved(found[3])
            lookup = bytes(table.get_data()) if hasattr(table, "get_data") else plain(table)
            return [self.space(found[1]), plain(resolved(found[2])), lookup]
        if kind in ("Separation", "DeviceN"):
            return self._inks(found)
        return [self.space(one) for one in found[1:2]] if kind == "Pattern" else []

    def _inks(self, found: Any) -> list[Value]:
        inks = resolved(found[1])
        names: Value = Name("All") if str(inks) == "/All" else Name("Ink")
        if isinstance(inks, list):
            names = [
                Name("None") if str(one) == "/None" else Name(f"Ink{number}")
                for number, one in enumerate(inks)
            ]
        elif str(inks) == "/None":
            names = Name("None")
        return [names, self.space(found[2]), self.function(found[3])]

    def _profile(self, found: Any) -> Value:
        stream = resolved(found[1])
        channels = int(resolved(stream["/N"]))
        profile = neutral_profile(bytes(stream.get_data()))
        if profile is None:
            names = {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}
            return Name(names.get(channels, "DeviceGray"))
        row: dict[str, Value] = {"N": channels}
        made = self.once("profile", found[1], lambda _: self.writer.add_packed(row, profile))
        return [Name("ICCBased"), made]

    def function(self, value: Any) -> Value:
        """Copy a function, or several of them."""
        found = resolved(value)
        if isinstance(found, list):
            return [self.function(one) for one in found]
        return self.once("function", value, self._function)

    def _function(self, value: Any) -> Ref:
        row = self.only(value, _FUNCTION)
        if "/Functions" in value:
            row["Functions"] = [self.function(one) for one in resolved(value["/Functions"])]
        if not hasattr(value, "get_data"):
            return self.writer.add(row)
        data = bytes(value.get_data())
        if row.get("FunctionType") == 4:
            data = b" ".join(part for line in data.splitlines() for part in _words(line))
        return self.writer.add_packed(row, data)

    def shading(self, value: Any) -> Ref:
        """Copy a shading."""
        row = self.only(value, _SHADING)
        row["ColorSpace"] = self.space(value.raw_get("/ColorSpace"))
        if "/Function" in value:
            row["Function"] = self.function(value.raw_get("/Function"))
        if hasattr(value, "get_data"):
            return self.writer.add_packed(row, bytes(value.get_data()))
        return self.writer.add(row)

    def pattern(self, value: Any) -> Ref:
        """Copy a pattern."""
        if not hasattr(value, "get_data"):
            row = self.only(value, ("PatternType", "Matrix"))
            row["Shading"] = self.once("Shading", value.raw_get("/Shading"), self.shading)
            if "/ExtGState" in value:
                row["ExtGState"] = self.once("ExtGState", value.raw_get("/ExtGState"), self.state)
            return self.writer.add(row)
        row = self.only(value, _TILING)
        data, resources = self.drawn(value, value.get("/Resources"))
        row["Resources"] = resources
        return self.writer.add_packed(row, data)

    def font(self, value: Any) -> Ref:
        """Copy a font."""
        return copied_font(self, value)

    def only(self, value: Any, names: tuple[str, ...]) -> dict[str, Value]:
        """Return the plain values under some names."""
        row: dict[str, Value] = {}
        for name in names:
            found = resolved(value.get(f"/{name}"))
            if found is not None and not hasattr(found, "get_data"):
                row[name] = plain(_followed(found))
        return row


def _followed(value: Any) -> Any:
    """Return a list with its references followed one step, as widths are sometimes written."""
    if isinstance(value, list):
        return type(value)(resolved(one) for one in value)
    return value


def _words(line: bytes) -> list[bytes]:
    return line.partition(b"%")[0].split()


def _content(stream: Any, reader: PdfReader) -> ContentStream:
    return ContentStream(stream, reader)
