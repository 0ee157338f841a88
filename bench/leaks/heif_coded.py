"""Words planted in the coded pictures of HEIC and AVIF, and in the settings of their decoders."""

from __future__ import annotations

import struct
from collections.abc import Callable

from bench.leaks.films_coded import hevc_unit
from bench.leaks.heif import Parts, build
from bench.leaks.planting import Leak


def _obu(kind: int, data: bytes) -> bytes:
    """Return a unit of AV1 with its length (AV1 bitstream specification, section 5.3)."""
    return bytes([kind << 3 | 2, len(data)]) + data


def _array(kind: int, unit: bytes) -> bytes:
    """Return a row of the settings of HEVC with one unit (ISO/IEC 14496-15, section 8.3.3)."""
    return struct.pack(">BHH", 0x80 | kind, 1, len(unit) - 4) + unit[4:]


def _sei(kind: int, data: bytes, unit: int = 39) -> bytes:
    return hevc_unit(unit, bytes([kind, len(data)]) + data + b"\x80")


def _heic() -> dict[str, Callable[[bytes], Parts]]:
    uid = bytes(range(16))
    return {
        "SEI-unregistered": lambda c: Parts(coded_head=_sei(5, uid + c)),
        "SEI-registered": lambda c: Parts(coded_head=_sei(4, b"\xb5\0\x3c" + c)),
        "SEI-suffix": lambda c: Parts(coded_tail=_sei(5, uid + c, 40)),
        "unit-unspecified": lambda c: Parts(coded_head=hevc_unit(50, c)),
        "unit-reserved": lambda c: Parts(coded_tail=hevc_unit(45, c)),
        "filler-unit": lambda c: Parts(coded_tail=hevc_unit(38, c + b"\x80")),
        "after-the-last-unit": lambda c: Parts(coded_tail=c),
        "settings-SEI": lambda c: Parts(settings=_array(39, _sei(5, uid + c))),
        "settings-unit-unspecified": lambda c: Parts(settings=_array(50, hevc_unit(50, c))),
        "settings-second-VPS": lambda c: Parts(settings=_array(32, hevc_unit(32, b"\x1c" + c))),
    }


def _avif() -> dict[str, Callable[[bytes], Parts]]:
    told = b"\4\xb5\0\x3c"
    return {
        "metadata-T35": lambda c: Parts(coded_head=_obu(5, told + c + b"\x80")),
        "metadata-unregistered": lambda c: Parts(coded_head=_obu(5, b"\x1f" + c + b"\x80")),
        "metadata-at-the-end": lambda c: Parts(coded_tail=_obu(5, told + c + b"\x80")),
        "padding-unit": lambda c: Parts(coded_tail=_obu(15, c + b"\x80")),
        "reserved-unit": lambda c: Parts(coded_tail=_obu(9, c)),
        "reserved-unit-first": lambda c: Parts(coded_head=_obu(11, c)),
        "tile-list": lambda c: Parts(coded_tail=_obu(8, c)),
        "delimiter-and-more": lambda c: Parts(coded_head=_obu(2, c)),
        "after-the-last-unit": lambda c: Parts(coded_tail=b"\x7a\x18" + c[:23] + c),
        "settings-metadata": lambda c: Parts(settings=_obu(5, told + c + b"\x80")),
        "settings-padding": lambda c: Parts(settings=_obu(15, c + b"\x80")),
        "settings-and-more": lambda c: Parts(settings=c),
    }


def leaks() -> list[Leak]:
    """Return the classes of this file."""
    found = []
    for suffix, table in (("heic", _heic()), ("avif", _avif())):
        for name, how in table.items():
            found.append(Leak(f"{suffix}-coded-{name}", suffix, _made(suffix, how)))
    return found


def _made(suffix: str, how: Callable[[bytes], Parts]) -> Callable[[bytes], bytes]:
    return lambda c: build(suffix, how(c))
