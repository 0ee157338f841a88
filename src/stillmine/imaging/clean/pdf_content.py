"""Rewrite what is drawn on a page, operator by operator; comments, marks and unseen text go.

Source: ISO 32000-1, annex A (operators) and 9.3.6 (text that is not drawn).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    ContentStream,
    DictionaryObject,
    FloatObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

from stillmine.errors import NotUnderstood
from stillmine.imaging.clean.pdf_objects import Name, Number, Value, name_bytes, written

_OPERATORS = frozenset(
    (b"w J j M d ri i gs q Q cm m l c v y h re S s f F f* B B* b b* n W W* BT ET Tc Tw Tz TL Tf Tr "
     b"Ts Td TD Tm T* Tj TJ ' \" d0 d1 CS cs SC SCN sc scn G g RG rg K k sh Do").split()
)  # fmt: skip
_RESOURCES = {
    b"gs": "ExtGState", b"Tf": "Font", b"CS": "ColorSpace", b"cs": "ColorSpace",
    b"SCN": "Pattern", b"scn": "Pattern", b"sh": "Shading", b"Do": "XObject",
}  # fmt: skip
_DEVICE = frozenset({"DeviceGray", "DeviceRGB", "DeviceCMYK", "Pattern"})
_SHORT_DEVICE = frozenset({*_DEVICE, "G", "RGB", "CMYK", "I", "Indexed"})
_UNSEEN = 3
_SHOWING = (b"Tj", b"TJ", b"'", b'"')
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)")
_INLINE = {
    "BitsPerComponent": "BPC", "ColorSpace": "CS", "Decode": "D", "DecodeParms": "DP",
    "Filter": "F", "Height": "H", "ImageMask": "IM", "Interpolate": "I", "Width": "W",
}  # fmt: skip
_INLINE_FILTERS = frozenset({"Fl", "FlateDecode", "LZW", "LZWDecode", "RL", "RunLengthDecode",
                             "CCF", "CCITTFaxDecode", "AHx", "A85"})  # fmt: skip
_MOST_DEPTH = 50


class Drawn(NamedTuple):
    """A rewritten stream, and whether text was left out that nobody could see."""

    data: bytes
    unseen: bool


class Names:
    """New names for the resources that are really used; what the old ones said is forgotten."""

    def __init__(self) -> None:
        """Begin with none."""
        self.new: dict[tuple[str, str], str] = {}

    def of(self, kind: str, old: str) -> Name:
        """Return the new name of a resource of a kind."""
        key = (kind, old)
        return Name(self.new.setdefault(key, f"R{len(self.new)}"))


def plain(value: Any, depth: int = 0) -> Value:
    """Return a value of the parser as one that can be written; nothing but plain values."""
    if depth > _MOST_DEPTH:
        raise NotUnderstood(part="nested-too-deeply")
    if isinstance(value, ArrayObject):
        return [plain(one, depth + 1) for one in value]
    if isinstance(value, DictionaryObject):
        return {str(key)[1:]: plain(one, depth + 1) for key, one in value.items()}
    return _atom(value)


def _atom(value: Any) -> Value:
    if value is None:
        return None
    for kind, way in _ATOMS:
        if isinstance(value, kind):
            return way(value)
    raise NotUnderstood(part="value")


def _number(value: FloatObject) -> Value:
    text = format(value, "f").rstrip("0").rstrip(".") or "0"
    return Number(text if _NUMBER.fullmatch(text) else "0")


_ATOMS: tuple[tuple[type, Callable[[Any], Value]], ...] = (
    (NullObject, lambda _: None),
    (NameObject, lambda name: Name(str(name)[1:])),
    (BooleanObject, lambda truth: bool(truth.value)),
    (NumberObject, int),
    (FloatObject, _number),
    (TextStringObject, lambda text: bytes(text.original_bytes)),
    (ByteStringObject, bytes),
)


def redrawn(stream: ContentStream, names: Names, has_own_shapes: Callable[[str], bool]) -> Drawn:
    """Return a content stream rewritten. `has_own_shapes` says whether a font draws by itself.

    Such a font (Type 3) is drawn whatever the mode, so that its text is never unseen.
    """
    out: list[bytes] = []
    pen = _Pen()
    unseen = False
    for operands, operator in stream.operations:
        if operator == b"INLINE IMAGE":
            out.append(_inline(operands, names))
        elif operator in _OPERATORS:
            pen.follow(operands, operator)
            hidden = operator in _SHOWING and pen.mode == _UNSEEN and not has_own_shapes(pen.font)
            unseen |= hidden
            line = _next_line(operands, operator) if hidden else _line(operands, operator, names)
            out.append(line)
    return Drawn(b"\n".join(line for line in out if line) + b"\n", unseen)


class _Pen:
    """How text is drawn at a place in the stream: the mode, and the font's name."""

    def __init__(self) -> None:
        self.mode, self.font = 0, ""
        self._saved: list[tuple[int, str]] = []

    def follow(self, operands: Any, operator: bytes) -> None:
        """Note what an operator changes."""
        if operator == b"q":
            self._saved.append((self.mode, self.font))
        elif operator == b"Q" and self._saved:
            self.mode, self.font = self._saved.pop()
        elif operator == b"Tr" and operands:
            self.mode = int(operands[0])
        elif operator == b"Tf" and operands:
            self.font = str(operands[0])[1:]


def _next_line(operands: Any, operator: bytes) -> bytes:
    """Return what an operator does beside showing text."""
    if operator == b"'":
        return b"T*"
    if operator == b'"' and len(operands) == 3:
        word, letter = (written(plain(one)) for one in operands[:2])
        return word + b" Tw " + letter + b" Tc T*"
    return b""


def _line(operands: Any, operator: bytes, names: Names) -> bytes:
    values = [plain(one) for one in operands]
    kind = _RESOURCES.get(operator)
    if kind is not None:
        values = [
            one if not isinstance(one, Name) or _is_device(kind, one) else names.of(kind, one)
            for one in values
        ]
    return b" ".join([*(written(value) for value in values), operator])


def _is_device(kind: str, name: Name) -> bool:
    """Say whether a name stands for a colour space that every device has."""
    return kind == "ColorSpace" and name in _DEVICE


def _inline(operands: Any, names: Names) -> bytes:
    """Return an inline image (ISO 32000-1, 8.9.7) with its allowed keys."""
    settings = operands["settings"]
    rows = []
    for key, raw in settings.items():
        short = _INLINE.get(str(key)[1:], str(key)[1:])
        if short not in _INLINE.values():
            continue
        value = plain(raw)
        if short == "CS" and isinstance(value, Name) and value not in _SHORT_DEVICE:
            value = names.of("ColorSpace", value)
        if short == "F":
            _refuse_filters(value)
        rows.append(name_bytes(short) + b" " + written(value))
    data = bytes(operands["data"])
    return b"BI " + b" ".join(rows) + b" ID " + data + b"\nEI"


def _refuse_filters(value: Value) -> None:
    listed = value if isinstance(value, list) else [value]
    if any(one not in _INLINE_FILTERS for one in listed):
        raise NotUnderstood(part="picture-in-the-text-of-a-page")
