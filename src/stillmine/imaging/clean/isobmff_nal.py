"""Take the messages out of coded H.264, HEVC and AV1 pictures; the pictures stay as they are.

Sources: ITU-T H.264 (7.3, annex D), ITU-T H.265 (7.3, annex D), ISO/IEC 14496-15, AV1 5.3 and 5.8.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from stillmine.errors import FileDamaged

Clean = Callable[[bytes], bytes]

_AVC_KEEP = frozenset({1, 2, 3, 4, 5, 7, 8, 10, 13, 19})
_HEVC_KEEP = frozenset({*range(10), *range(16, 22), 32, 33, 34, 36})
_AVC_SEI, _HEVC_SEI = 6, frozenset({39, 40})
# Messages that change how a picture is shown and hold nothing but a few numbers: the mastering
# display, the light level, the transfer function, and where decoding can begin.
_MESSAGES = {137: range(24, 25), 144: range(4, 5), 147: range(1, 2), 6: range(1, 6)}
_OBU_KEEP = frozenset({1, 3, 4, 6, 7})
_OBU_METADATA = 5
_OBU_NUMBERS = {1: 5, 2: 25}  # light level, mastering display: type and how long it is at most


def avc(length_size: int) -> Clean:
    """Return what cleans one H.264 sample whose units are preceded by so many bytes of length."""
    return lambda sample: _units(sample, length_size, avc_unit)


def hevc(length_size: int) -> Clean:
    """Return what cleans one HEVC sample whose units are preceded by so many bytes of length."""
    return lambda sample: _units(sample, length_size, hevc_unit)


def split(sample: bytes, length_size: int) -> Iterator[bytes]:
    """Yield the units of a sample. Raises FileDamaged if they do not fill it."""
    at = 0
    while at + length_size <= len(sample):
        size = int.from_bytes(sample[at : at + length_size])
        at += length_size
        if at + size > len(sample):
            raise FileDamaged(part="coded-picture")
        yield sample[at : at + size]
        at += size
    if at != len(sample):
        raise FileDamaged(part="coded-picture")


def _units(sample: bytes, length_size: int, clean: Callable[[bytes], bytes | None]) -> bytes:
    kept = [unit for unit in map(clean, split(sample, length_size)) if unit]
    return b"".join(len(unit).to_bytes(length_size) + unit for unit in kept)


def avc_unit(unit: bytes) -> bytes | None:
    """Return what is kept of one H.264 unit, or None."""
    if not unit:
        return None
    kind = unit[0] & 31
    if kind == _AVC_SEI:
        return _messages(unit, 1)
    return unit if kind in _AVC_KEEP else None


def hevc_unit(unit: bytes) -> bytes | None:
    """Return what is kept of one HEVC unit, or None. Only the base layer is."""
    if len(unit) < 2 or (unit[0] & 1) << 5 | unit[1] >> 3:
        return None
    kind = unit[0] >> 1 & 63
    if kind in _HEVC_SEI:
        return _messages(unit, 2)
    return unit if kind in _HEVC_KEEP else None


def messages(unit: bytes, head: int) -> Iterator[tuple[int, bytes]]:
    """Yield the type and the payload of each message of an SEI unit."""
    data = unit[head:].replace(b"\0\0\3", b"\0\0")
    at, end = 0, len(data.rstrip(b"\0")) - 1  # the last byte that is not zero only ends the unit
    while at + 1 < end:
        kind, at = _long_number(data, at)
        size, at = _long_number(data, at)
        yield kind, data[at : at + size]
        at += size


def _long_number(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    while at < len(data) and data[at] == 255:
        value, at = value + 255, at + 1
    return value + (data[at] if at < len(data) else 0), at + 1


def _messages(unit: bytes, head: int) -> bytes | None:
    kept = b"".join(
        bytes((kind, len(payload))) + payload
        for kind, payload in messages(unit, head)
        if kind in _MESSAGES and len(payload) in _MESSAGES[kind]
    )
    return unit[:head] + _escaped(kept + b"\x80") if kept else None


def _escaped(data: bytes) -> bytes:
    """Put a 3 after two zeros where the next byte is 3 or less (emulation prevention)."""
    out, zeros = bytearray(), 0
    for byte in data:
        if zeros == 2 and byte <= 3:
            out.append(3)
            zeros = 0
        out.append(byte)
        zeros = zeros + 1 if byte == 0 else 0
    return bytes(out)


def av1(sample: bytes) -> bytes:
    """Clean one AV1 sample."""
    return b"".join(whole for kind, payload, whole in obus(sample) if _is_shown(kind, payload))


def _is_shown(kind: int, payload: bytes) -> bool:
    if kind == _OBU_METADATA and payload:
        return len(payload.rstrip(b"\0")) - 1 <= _OBU_NUMBERS.get(payload[0], -2)
    return kind in _OBU_KEEP


def obus(sample: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield type, payload and whole bytes of each AV1 unit. Raises FileDamaged."""
    at = 0
    while at < len(sample):
        head, begin = sample[at], at
        at += 2 if head & 4 else 1
        size, at = _leb128(sample, at) if head & 2 else (len(sample) - at, at)
        if at + size > len(sample):
            raise FileDamaged(part="coded-picture")
        yield head >> 3 & 15, sample[at : at + size], sample[begin : at + size]
        at += size


def _leb128(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 56, 7):
        if at >= len(data):
            break
        value |= (data[at] & 127) << shift
        at += 1
        if not data[at - 1] & 128:
            return value, at
    raise FileDamaged(part="coded-picture")
