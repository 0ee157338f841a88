"""Rewrite the pictures and colours inside a PDF file; the pixels stay as they are."""

from __future__ import annotations

import base64
import io
import zlib
from typing import Any

from stillmine.errors import FileDamaged, NotUnderstood
from stillmine.imaging.clean import icc, jpeg
from stillmine.imaging.clean.pdf_content import plain
from stillmine.imaging.clean.pdf_objects import Name, Value

_MOST_RAW = 2 * 1024 * 1024 * 1024
_FLATE, _DCT, _FAX = ("FlateDecode", "Fl"), ("DCTDecode", "DCT"), ("CCITTFaxDecode", "CCF")
_LETTERS = ("ASCII85Decode", "A85", "ASCIIHexDecode", "AHx")
_LZW, _RUNS = ("LZWDecode", "LZW"), ("RunLengthDecode", "RL")
_FAX_NUMBERS = ("K", "Columns", "Rows", "BlackIs1", "EncodedByteAlign", "EndOfLine", "EndOfBlock")
_PREDICTION = ("Predictor", "Colors", "BitsPerComponent", "Columns")
_CHANNELS = {"DeviceGray": 1, "DeviceRGB": 3, "DeviceCMYK": 4, "CalGray": 1, "CalRGB": 3, "Lab": 3}
_CHANNELS |= {"Indexed": 1, "Separation": 1}


def resolved(value: Any) -> Any:
    """Return what a reference stands for."""
    return value.get_object() if hasattr(value, "get_object") else value


def filters_of(stream: Any) -> list[str]:
    """Return the names of the filters of a stream, the outermost first."""
    found = resolved(stream.get("/Filter"))
    listed = found if isinstance(found, list) else [found] if found is not None else []
    return [str(resolved(one))[1:] for one in listed]


def _parameters(stream: Any, place: int) -> dict[str, Value]:
    found = resolved(stream.get("/DecodeParms", stream.get("/DP")))
    listed = found if isinstance(found, list) else [found]
    one = resolved(listed[place]) if place < len(listed) else None
    return dict(plain_dict(one)) if one is not None else {}


def plain_dict(value: Any) -> dict[str, Value]:
    """Return a dictionary of plain values; references in it are followed one step."""
    return {str(key)[1:]: _shallow(resolved(one)) for key, one in value.items()}


def _shallow(value: Any) -> Value:
    try:
        return plain(value)
    except NotUnderstood:
        return None


def coded_picture(stream: Any, channels: int) -> tuple[dict[str, Value], bytes]:
    """Return filter, parameters and bytes of a picture, coded as it was, without notes in it.

    Raises NotUnderstood for a way of coding whose notes cannot be told from the picture here.
    """
    names = filters_of(stream)
    data = bytes(stream._data)
    while len(names) > 1:
        data = _unpacked(data, names.pop(0))
    if names and names[0] in _LETTERS:
        data, names = _unpacked(data, names[0]), []
    kind = names[0] if names else ""
    place = len(filters_of(stream)) - 1
    if kind in _DCT:
        return {"Filter": Name("DCTDecode"), **_transform(stream, place)}, _jpeg(data)
    if kind in _FLATE or not kind:
        raw = _unpacked(data, kind) if kind else data
        parameters = _only(_parameters(stream, place), _PREDICTION)
        raw = raw[: _raw_size(stream, channels, parameters)]
        packed: dict[str, Value] = {"Filter": Name("FlateDecode")}
        if parameters:
            packed["DecodeParms"] = parameters
        return packed, zlib.compress(raw, 6)
    if kind in _FAX:
        parameters = _only(_parameters(stream, place), _FAX_NUMBERS)
        return {"Filter": Name("CCITTFaxDecode"), "DecodeParms": parameters}, data
    if kind in (*_LZW, *_RUNS):
        raw = bytes(stream.get_data())[: _raw_size(stream, channels, {})]
        return {"Filter": Name("FlateDecode")}, zlib.compress(raw, 6)
    raise NotUnderstood(part="picture-coding")


def _transform(stream: Any, place: int) -> dict[str, Value]:
    found = _parameters(stream, place).get("ColorTransform")
    return {"DecodeParms": {"ColorTransform": found}} if isinstance(found, int) else {}


def _only(parameters: dict[str, Value], names: tuple[str, ...]) -> dict[str, Value]:
    return {
        name: value
        for name, value in parameters.items()
        if name in names and isinstance(value, int | bool)
    }


def _unpacked(data: bytes, name: str) -> bytes:
    if name not in (*_FLATE, *_LETTERS):
        raise NotUnderstood(part="picture-coding")
    try:
        if name in ("ASCII85Decode", "A85"):
            return base64.a85decode(data.partition(b"~>")[0].strip().removeprefix(b"<~"))
        if name in _LETTERS:
            digits = b"".join(data.partition(b">")[0].split())
            return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
        return zlib.decompressobj().decompress(data, _MOST_RAW)
    except (zlib.error, ValueError) as error:
        raise FileDamaged(part="picture-data") from error


def _raw_size(stream: Any, channels: int, parameters: dict[str, Value]) -> int:
    """Return how many bytes the pixels take; what comes after them is nothing that is shown."""
    width, height = int(resolved(stream["/Width"])), int(resolved(stream["/Height"]))
    bits = int(resolved(stream.get("/BitsPerComponent", 8)))
    if resolved(stream.get("/ImageMask")):
        channels, bits = 1, 1
    predictor = parameters.get("Predictor", 1)
    extra = 1 if isinstance(predictor, int) and predictor >= 10 else 0
    size = height * ((width * channels * bits + 7) // 8 + extra)
    if size > _MOST_RAW or size < 0:
        raise NotUnderstood(part="too-large")
    return size


def _jpeg(data: bytes) -> bytes:
    out = io.BytesIO()
    jpeg.clean(io.BytesIO(data), out)
    return out.getvalue()


def channels_of(space: Any) -> int:
    """Return how many numbers a pixel has in a colour space."""
    space = resolved(space)
    if isinstance(space, list) and space:
        kind = str(resolved(space[0]))[1:]
        if kind == "ICCBased":
            return int(resolved(resolved(space[1])["/N"]))
        if kind == "DeviceN":
            return len(resolved(space[1]))
        return _CHANNELS.get(kind, 1)
    return _CHANNELS.get(str(space)[1:], {"/G": 1, "/RGB": 3, "/CMYK": 4}.get(str(space), 1))


def neutral_profile(data: bytes) -> bytes | None:
    """Return a colour profile without words, or None if its colours would be lost with them."""
    return icc.neutral(data)
