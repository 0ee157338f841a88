"""Say what an XMP packet tells, by its well-known properties; searched, never parsed as XML."""

from __future__ import annotations

import re

from stillmine.imaging.clean.findings import MOST_FINDINGS, Finding, found

_MOST_PACKET = 8 * 1024 * 1024
_NAME = rb"([A-Za-z][\w.-]{0,40}:[A-Za-z][\w.-]{0,60})"
_ATTRIBUTE = re.compile(_NAME + rb"\s{0,8}=\s{0,8}(?:\"([^\"<]{0,4000})\"|'([^'<]{0,4000})')")
_ELEMENT = re.compile(
    rb"<" + _NAME + rb"(?:\s[^<>]{0,2000})?>\s{0,99}"
    rb"(?:<rdf:(?:Alt|Bag|Seq)>\s{0,99})?(?:<rdf:li[^<>]{0,300}>)?([^<>]{1,4000})<"
)
# The end of a property's name, in lower case, and what it tells. The first that fits is taken.
_TELLS: tuple[tuple[str, str], ...] = (
    ("gpslatitude", "place"),
    ("gpslongitude", "place"),
    ("gpsaltitude", "place"),
    ("gpsdatetime", "time"),
    ("gpstimestamp", "time"),
    (":city", "place"),
    (":state", "place"),
    (":country", "place"),
    (":location", "place"),
    ("sublocation", "place"),
    ("serialnumber", "serial"),
    (":cameraownername", "owner"),
    (":ownername", "owner"),
    ("dc:creator", "owner"),
    ("dc:rights", "owner"),
    (":artist", "owner"),
    (":copyright", "owner"),
    (":credit", "owner"),
    (":authorsposition", "owner"),
    (":make", "device"),
    (":model", "device"),
    (":lens", "device"),
    ("lensmodel", "device"),
    ("creatortool", "software"),
    (":software", "software"),
    ("softwareagent", "history"),
    ("sthevt:action", "history"),
    ("stevt:action", "history"),
    ("stevt:when", "history"),
    ("instanceid", "identifier"),
    ("documentid", "identifier"),
    ("imageuniqueid", "identifier"),
    ("date", "time"),
    ("datetimeoriginal", "time"),
    ("datecreated", "time"),
    ("mwg-rs:name", "people"),
    ("persondisplayname", "people"),
    ("personinimage", "people"),
    ("motionphoto", "motion-video"),
    ("microvideo", "motion-video"),
    ("dc:description", "comment"),
    ("dc:title", "comment"),
    ("dc:subject", "comment"),
    (":usercomment", "comment"),
    ("headline", "comment"),
    ("caption", "comment"),
)
_DATA = {"gdepth:data": "depth", "gimage:data": "second-image", "xmpgimg:image": "preview"}
_SILENT = ("xmlns:", "rdf:", "xml:", "x:")


def findings(packet: bytes, where: str = "XMP") -> list[Finding]:
    """Say what a packet tells: that it is there, and its well-known properties. Never raises."""
    told = [found("xmp", where, f"{len(packet)} bytes")]
    packet = _as_utf8(packet[:_MOST_PACKET])
    for match in _ATTRIBUTE.finditer(packet):
        told += _property(match[1], match[2] or match[3] or b"", where)
    for match in _ELEMENT.finditer(packet):
        told += _property(match[1], match[2], where)
        if len(told) >= MOST_FINDINGS:
            break
    return list(dict.fromkeys(told))[:MOST_FINDINGS]


def _property(name: bytes, value: bytes, where: str) -> list[Finding]:
    spoken = name.decode("ascii", "replace")
    lower = spoken.lower()
    if lower.startswith(_SILENT) or not value.strip():
        return []
    if lower in _DATA:
        return [found(_DATA[lower], f"{where}:{spoken}", f"{len(value)} characters")]
    for ending, what in _TELLS:
        if lower.endswith(ending):
            return [found(what, f"{where}:{spoken}", value.strip())]
    return []


def _as_utf8(packet: bytes) -> bytes:
    """XMP may also be UTF-16 or UTF-32 (ISO 16684-1, 7.3.2): told by the zero bytes."""
    for head, name in ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be")):
        if head in packet[:8]:
            return packet.decode(name, "replace").encode()
    return packet
