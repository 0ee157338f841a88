"""Read a cleaned PDF file again, with other code: every byte of it must be one that we know.

Nothing here is shared with the cleaner, so that one slip of thought does not hide another.
"""

from __future__ import annotations

import io
import re
import zlib
from typing import Any, BinaryIO

from stillmine.errors import StillSpeaks
from stillmine.imaging.clean import jpeg_audit
from stillmine.imaging.clean.icc_audit import audit_profile

_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_OBJECT = re.compile(rb"(\d+) 0 obj\n")
_TOKEN = re.compile(
    rb"<<|>>|\[|\]|/[A-Za-z0-9.+_*:#-]*|<[0-9a-f]*>|\d+ 0 R|[+-]?\d*\.?\d+|[+-]?\d+\."
    rb"|true|false|null"
)
_KEYS = frozenset(
    b"Type Parent Kids Count Pages MediaBox CropBox Rotate UserUnit Group Resources Contents S "
    b"I K CS XObject Font ExtGState ColorSpace Pattern Shading Subtype BBox Matrix FormType "
    b"Filter Length DecodeParms Width Height BitsPerComponent Decode ImageMask Interpolate "
    b"Intent SMask Mask Matte ColorTransform Predictor Colors Columns Rows BlackIs1 "
    b"EncodedByteAlign EndOfLine EndOfBlock LW LC LJ ML D RI OP op OPM FL SM SA BM CA ca AIS "
    b"TK G BC TR WhitePoint BlackPoint Gamma Range N ShadingType Background AntiAlias Coords "
    b"Domain Extend BitsPerCoordinate BitsPerFlag VerticesPerRow Function FunctionType C0 C1 "
    b"Bounds Encode Size BitsPerSample Order Functions PatternType PaintType TilingType XStep "
    b"YStep BaseFont FirstChar LastChar Widths DW W DW2 W2 FontMatrix FontBBox CIDToGIDMap "
    b"FontDescriptor Encoding DescendantFonts CIDSystemInfo CharProcs BaseEncoding Differences "
    b"Registry Ordering Supplement FontName Flags ItalicAngle Ascent Descent Leading CapHeight "
    b"XHeight StemV StemH AvgWidth MaxWidth MissingWidth FontWeight FontStretch FontFile "
    b"FontFile2 FontFile3 Length1 Length2 Length3 Root".split()
)
_OWN_NAMES = re.compile(rb"[RN]\d+")
_STRINGS = frozenset((b"Registry", b"Ordering"))
_OPERATORS = frozenset(
    (b"w J j M d ri i gs q Q cm m l c v y h re S s f F f* B B* b b* n W W* BT ET Tc Tw Tz TL Tf Tr "
     b"Ts Td TD Tm T* Tj TJ ' \" d0 d1 CS cs SC SCN sc scn G g RG rg K k sh Do").split()
)  # fmt: skip
_DEEPEST = 80
_MOST_DRAWING = 1 << 30


def require(true: bool, part: str) -> None:
    """Raise StillSpeaks where something is not as it has to be."""
    if not true:
        raise StillSpeaks(part=part)


def audit(source: BinaryIO) -> None:
    """Account for every byte, from the head to the table of places. Raises StillSpeaks."""
    source.seek(0)
    data = source.read()
    require(data.startswith(_HEAD), "head")
    at, places = len(_HEAD), {}
    shapes: set[int] = set()
    streams: list[tuple[int, dict[bytes, Any], bytes]] = []
    try:
        while (found := _OBJECT.match(data, at)) is not None:
            number = int(found[1])
            places[number] = at
            value, at = _value(data, found.end(), 0, shapes)
            if data.startswith(b"\nstream\n", at):
                body = data[at + 8 : at + 8 + value[b"Length"]]
                at += 8 + len(body) + len(b"\nendstream")
                streams.append((number, value, body))
                require(data[at - 10 : at] == b"\nendstream", "stream")
            require(data.startswith(b"\nendobj\n", at), "object")
            at += len(b"\nendobj\n")
    except (TypeError, KeyError, IndexError, ValueError) as error:
        raise StillSpeaks(part="object") from error
    _table(data, at, places)
    for number, about, body in streams:
        _stream(number, about, body, shapes)


def _table(data: bytes, at: int, places: dict[int, int]) -> None:
    rows = b"".join(b"%010d 00000 n \n" % places[number] for number in sorted(places))
    count = len(places) + 1
    require(sorted(places) == list(range(1, count)), "table")
    end = re.escape(b"xref\n0 %d\n0000000000 65535 f \n" % count + rows)
    end += rb"trailer\n<</Size %d /Root \d+ 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, at)
    require(re.fullmatch(end, data[at:]) is not None, "end")


def _value(data: bytes, at: int, depth: int, shapes: set[int]) -> tuple[Any, int]:
    """Return a value and the place behind it: a number, a dictionary, a token or a list."""
    found = _TOKEN.match(data, at)
    require(found is not None and depth < _DEEPEST, "value")
    token = found[0] if found else b""
    at += len(token)
    if token == b"[":
        values = []
        while data[at : at + 1] != b"]":
            value, at = _value(data, at + (data[at : at + 1] == b" "), depth + 1, shapes)
            values.append(value)
        return values, at + 1
    if token == b"<<":
        return _dictionary(data, at, depth, shapes)
    return (int(token) if token.isdigit() else token), at


def _dictionary(
    data: bytes, at: int, depth: int, shapes: set[int], *, free: bool = False
) -> tuple[dict[bytes, Any], int]:
    """Return a dictionary whose keys are known; the letters of a font may have any name."""
    row: dict[bytes, Any] = {}
    while data[at : at + 2] != b">>":
        at += data[at : at + 1] == b" "
        name = _TOKEN.match(data, at)
        key = name[0][1:] if name and name[0][:1] == b"/" else b""
        known = key in _KEYS or _OWN_NAMES.fullmatch(key) or free
        require(bool(key) and bool(known), "key")
        at += len(key) + 2
        if key == b"CharProcs" and data[at : at + 2] == b"<<":
            row[key], at = _dictionary(data, at + 2, depth + 1, shapes, free=True)
            shapes.update(int(one.split()[0]) for one in row[key].values())
            continue
        row[key], at = _value(data, at, depth + 1, shapes)
        plain = isinstance(row[key], bytes) and row[key][:1] == b"<"
        require(not plain or key in _STRINGS, "text")
    return row, at + 2


def _stream(number: int, about: dict[bytes, Any], body: bytes, shapes: set[int]) -> None:
    if about.get(b"Filter") == b"/DCTDecode":
        jpeg_audit.audit(io.BytesIO(body))
        return
    if about.get(b"Filter") == b"/CCITTFaxDecode":
        return
    require(about.get(b"Filter") == b"/FlateDecode", "filter")
    unpacking = zlib.decompressobj()
    data = unpacking.decompress(body, _MOST_DRAWING)
    require(unpacking.eof and not unpacking.unused_data, "stream")
    if set(about) == {b"N", b"Filter", b"Length"}:
        audit_profile(data)
    elif number in shapes or _is_drawing(about):
        _drawing(data)


def _is_drawing(about: dict[bytes, Any]) -> bool:
    """Say whether a stream is drawing: that of a page, a form, a pattern."""
    if about.get(b"Subtype") == b"/Form" or b"PatternType" in about:
        return True
    # The map from letters to shapes has as few keys as a page's drawing; it is numbers alone.
    return set(about) == {b"Filter", b"Length"}


def _drawing(data: bytes) -> None:
    """Allow known operators with plain values, and pictures in the drawing."""
    if len(data) % 2 == 0 and not re.search(rb"[A-Za-z]\n\Z", data):
        return  # a map from letters to shapes: pairs of bytes
    at = 0
    while at < len(data):
        if data.startswith(b"BI ", at):
            at = data.index(b"\nEI\n", at) + 4
            continue
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        _line(data[at:end])
        at = end + 1


def _line(line: bytes) -> None:
    if not line:
        return
    values, _, operator = line.rpartition(b" ")
    if line in (b"T*",) or not values:
        require(line in _OPERATORS, "operator")
        return
    at = 0
    while at < len(values):
        found = _TOKEN.match(values, at)
        if found is None:
            # Two lines in one: what is left of an operator that also showed unseen text.
            words = values.split()
            require(all(_TOKEN.fullmatch(one) or one in _OPERATORS for one in words), "drawing")
            break
        at = found.end()
        at += values[at : at + 1] == b" "
    require(operator in _OPERATORS, "operator")
