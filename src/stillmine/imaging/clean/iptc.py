"""Say what Photoshop's resource blocks and the IPTC fields inside them tell."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from stillmine.imaging.clean import xmp
from stillmine.imaging.clean.findings import MOST_FINDINGS, Finding, found

# IPTC-IIM 4.2, record 2: dataset number, what it tells, its name there.
_DATASETS: dict[int, tuple[str, str]] = {
    5: ("comment", "Object Name"),
    25: ("comment", "Keywords"),
    27: ("place", "Content Location Name"),
    40: ("comment", "Special Instructions"),
    55: ("time", "Date Created"),
    60: ("time", "Time Created"),
    62: ("time", "Digital Creation Date"),
    63: ("time", "Digital Creation Time"),
    65: ("software", "Originating Program"),
    80: ("owner", "By-line"),
    85: ("owner", "By-line Title"),
    90: ("place", "City"),
    92: ("place", "Sub-location"),
    95: ("place", "Province/State"),
    100: ("place", "Country Code"),
    101: ("place", "Country Name"),
    103: ("identifier", "Original Transmission Reference"),
    105: ("comment", "Headline"),
    110: ("owner", "Credit"),
    115: ("owner", "Source"),
    116: ("owner", "Copyright Notice"),
    118: ("owner", "Contact"),
    120: ("comment", "Caption"),
    122: ("owner", "Writer"),
}
_IPTC, _THUMBNAILS, _URL, _EXIF, _XMP = 0x0404, (0x0409, 0x040C), 0x040B, (0x0422, 0x0423), 0x0424
_THUMBNAIL_HEAD = 28


def datasets(block: bytes) -> list[Finding]:
    """Say what an IPTC-IIM block tells. Never raises."""
    told = [found("iptc", "IPTC", f"{len(block)} bytes")]
    at = 0
    while at + 5 <= len(block) and block[at] == 0x1C and len(told) < MOST_FINDINGS:
        record, number, size = struct.unpack(">BBH", block[at + 1 : at + 5])
        at += 5
        if size & 0x8000:  # an extended length: its value is a count of length bytes
            width = min(size & 0x7FFF, 4)
            size = int.from_bytes(block[at : at + width])
            at += width
        if record == 2 and number in _DATASETS:
            what, name = _DATASETS[number]
            told.append(found(what, f"IPTC:{name}", block[at : at + size]))
        at += size
    return told


def resources(block: bytes) -> list[Finding]:
    """Say what Photoshop's image resource blocks tell. Never raises."""
    told: list[Finding] = []
    others = 0
    for number, body in _resources(block):
        if number == _IPTC:
            told += datasets(body)
        elif number in _THUMBNAILS and len(body) > _THUMBNAIL_HEAD:
            picture = body[_THUMBNAIL_HEAD:]
            told.append(found("preview", "Photoshop:thumbnail", f"{len(picture)} bytes", picture))
        elif number == _URL:
            told.append(found("comment", "Photoshop:URL", body))
        elif number in _EXIF:
            told.append(found("unknown", "Photoshop:EXIF", f"{len(body)} bytes"))
        elif number == _XMP:
            told += xmp.findings(body, "Photoshop:XMP")
        else:
            others += 1
    if others or not told:
        told.append(found("software", "Photoshop", f"{others} resource blocks"))
    return told


def _resources(block: bytes) -> Iterator[tuple[int, bytes]]:
    """Walk the blocks: `8BIM`, number, a padded Pascal string, length, a padded body."""
    at = 0
    while block[at : at + 4] in (b"8BIM", b"PHUT", b"AgHg", b"DCSR", b"MeSa"):
        if at + 7 > len(block):
            return
        number = int.from_bytes(block[at + 4 : at + 6])
        at += 6 + (block[at + 6] + 2) // 2 * 2
        size = int.from_bytes(block[at : at + 4])
        body = block[at + 4 : at + 4 + size]
        yield number, body
        at += 4 + size + (size & 1)
