"""Notes of the EXIF kind (a small TIFF), and the many places in them for a word."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.leaks.planting import picture, saved

BYTE, ASCII, SHORT, LONG, UNDEFINED = 1, 2, 3, 4, 7
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8, 12: 8, 13: 4, 16: 8}

Tags = dict[int, tuple[int, bytes]]


def ascii_tag(text: bytes) -> tuple[int, bytes]:
    """Return a text as a value of a tag."""
    return ASCII, text + b"\0"


def blob(data: bytes) -> tuple[int, bytes]:
    """Return bytes without a meaning as a value of a tag."""
    return UNDEFINED, data


def long(number: int, order: str = "<") -> tuple[int, bytes]:
    """Return a number of four bytes as a value of a tag."""
    return LONG, struct.pack(order + "I", number)


def short(*numbers: int, order: str = "<") -> tuple[int, bytes]:
    """Return numbers of two bytes as a value of a tag."""
    return SHORT, struct.pack(f"{order}{len(numbers)}H", *numbers)


def directory(tags: Tags, at: int, after: int = 0, order: str = "<") -> bytes:
    """Return an image file directory that stands at an offset, its values behind it.

    Layout: TIFF 6.0, section 2 (Adobe, 1992).
    """
    rows, values = [], b""
    start = at + 2 + 12 * len(tags) + 4
    for tag, (kind, data) in sorted(tags.items()):
        count = len(data) // _SIZES[kind]
        if len(data) <= 4:
            place = data.ljust(4, b"\0")
        else:
            place = struct.pack(order + "I", start + len(values))
            values += data + b"\0" * (len(data) % 2)
        rows.append(struct.pack(order + "HHI", tag, kind, count) + place)
    head = struct.pack(order + "H", len(rows)) + b"".join(rows)
    return head + struct.pack(order + "I", after) + values


@dataclass
class Notes:
    """What stands in the directories of an EXIF block."""

    main: Tags = field(default_factory=dict)
    exif: Tags = field(default_factory=dict)
    gps: Tags = field(default_factory=dict)
    interop: Tags = field(default_factory=dict)
    thumbnail: Tags = field(default_factory=dict)
    gap: bytes = b""  # between the header and the first directory
    tail: bytes = b""  # after everything
    order: str = "<"


def block(notes: Notes) -> bytes:
    """Return an EXIF block, from its byte order mark on."""
    order = notes.order
    main, exif = dict(notes.main), dict(notes.exif)
    main.setdefault(0x0112, short(1, order=order))
    start = 8 + len(notes.gap)
    body = b""

    def put(tags: Tags, at: int) -> int:
        nonlocal body
        body += b"\0" * (len(body) % 2)
        place = at + len(body)
        body += directory(tags, place, order=order)
        return place

    if notes.exif or notes.interop:
        main[0x8769] = long(0, order)
    if notes.gps:
        main[0x8825] = long(0, order)
    later = start + len(directory(main, 0, order=order))
    later += later % 2
    if notes.interop:
        exif[0xA005] = long(put(notes.interop, later), order)
    if 0x8769 in main:
        main[0x8769] = long(put(exif, later), order)
    if 0x8825 in main:
        main[0x8825] = long(put(notes.gps, later), order)
    second = put(_placed(notes.thumbnail, later + len(body)), later) if notes.thumbnail else 0
    first = directory(main, start, second, order).ljust(later - start, b"\0")
    mark = b"II*\0" if order == "<" else b"MM\0*"
    return mark + struct.pack(order + "I", start) + notes.gap + first + body + notes.tail


def _placed(tags: Tags, at: int) -> Tags:
    """Let a directory of a thumbnail point at the picture that tag 0 brings along."""
    if 0 not in tags:
        return tags
    rest = {tag: value for tag, value in tags.items() if tag}
    data = tags[0][1]
    rest[0x0202] = long(len(data))
    rest[0x0201] = long(0)
    rest[0x927C] = blob(data)  # its value is the thumbnail, so that it is carried along
    at += at % 2
    whole = directory(rest, at)
    rest[0x0201] = long(at + whole.index(data))
    return rest


def small(text: bytes) -> bytes:
    """Return a little JPEG that says a text in its comment."""
    return saved(picture((16, 12)), "JPEG", comment=text)


_MAIN = {
    "ImageDescription": 0x010E, "Make": 0x010F, "Model": 0x0110, "Software": 0x0131,
    "HostComputer": 0x013C, "Artist": 0x013B, "Copyright": 0x8298, "DocumentName": 0x010D,
    "PageName": 0x011D, "DateTime": 0x0132, "TargetPrinter": 0x0151, "CameraOwnerOld": 0xFDE8,
    "RawFileName": 0xC68B, "UniqueCameraModel": 0xC614, "CameraSerial": 0xC62F,
    "GDALMetadata": 0xA480, "CameraLabel": 0xC7A1, "Annotation": 0x80A4, "Private": 0xEA60,
}  # fmt: skip
_MAIN_BYTES = {
    "XPTitle": 0x9C9B, "XPComment": 0x9C9C, "XPAuthor": 0x9C9D, "XPKeywords": 0x9C9E,
    "XPSubject": 0x9C9F,
}  # fmt: skip
_MAIN_BLOBS = {
    "XMP": 0x02BC, "IPTC": 0x83BB, "Photoshop": 0x8649, "ICC": 0x8773, "PrintIM": 0xC4A5,
    "DNGPrivateData": 0xC634, "ImageSourceData": 0x935C, "Padding": 0xEA1C,
}  # fmt: skip
_EXIF = {
    "DateTimeOriginal": 0x9003, "DateTimeDigitized": 0x9004, "OffsetTime": 0x9010,
    "SubSecTime": 0x9290, "SpectralSensitivity": 0x8824, "ImageUniqueID": 0xA420,
    "CameraOwnerName": 0xA430, "BodySerialNumber": 0xA431, "LensMake": 0xA433,
    "LensModel": 0xA434, "LensSerialNumber": 0xA435, "RelatedSoundFile": 0xA004,
    "ImageTitle": 0xA436, "Photographer": 0xA437, "ImageEditor": 0xA438,
    "CameraFirmware": 0xA439, "SecurityClassification": 0x9212, "ImageHistory": 0x9213,
}  # fmt: skip
_EXIF_BLOBS = {
    "UserComment": 0x9286, "DeviceSettingDescription": 0xA40B, "CFAPattern": 0xA302,
    "OECF": 0x8828, "SpatialFrequencyResponse": 0xA20C, "Padding": 0xEA1C,
    "Private": 0xC350,
}  # fmt: skip
_GPS = {
    "GPSMapDatum": 0x12, "GPSSatellites": 0x08, "GPSDateStamp": 0x1D, "GPSLatitudeRef": 0x01,
    "GPSDestBearingRef": 0x17,
}  # fmt: skip
_GPS_BLOBS = {"GPSProcessingMethod": 0x1B, "GPSAreaInformation": 0x1C, "Private": 0xFE}
_MAKERS = {
    "Apple": b"Apple iOS\0\0\1MM", "Nikon": b"Nikon\0\2\x10\0\0", "Sony": b"SONY DSC \0\0\0",
    "Canon": b"", "Fujifilm": b"FUJIFILM\x0c\0\0\0", "Olympus": b"OLYMPUS\0II\3\0",
    "Panasonic": b"Panasonic\0\0\0", "Pentax": b"AOC\0MM", "Google": b"HDRP\2",
    "Huawei": b"HUAWEI\0\0", "DJI": b"[ae_dbg_info:", "Leica": b"LEICA\0\0\0",
    "Casio": b"QVC\0\0\0", "Motorola": b"MOT\0", "Samsung": b"\7\0\1\0",
}  # fmt: skip


def _wide(text: bytes) -> tuple[int, bytes]:
    return BYTE, text.decode().encode("utf-16-le") + b"\0\0"


def _coded(text: bytes) -> tuple[int, bytes]:
    return blob(b"ASCII\0\0\0" + text)


_PLACES = {"main": "IFD0", "exif": "Exif", "gps": "GPS"}
_TABLES = (
    ("main", _MAIN, ascii_tag), ("main", _MAIN_BYTES, _wide), ("main", _MAIN_BLOBS, blob),
    ("exif", _EXIF, ascii_tag), ("exif", _EXIF_BLOBS, _coded),
    ("gps", _GPS, ascii_tag), ("gps", _GPS_BLOBS, blob),
)  # fmt: skip


def kinds() -> dict[str, Callable[[bytes], bytes]]:
    """Return each place in an EXIF block by its name, with what makes such a block."""
    found: dict[str, Callable[[bytes], bytes]] = {}
    for where, names, value in _TABLES:
        for name, tag in names.items():
            found[f"{_PLACES[where]}-{name}"] = lambda c, where=where, tag=tag, value=value: block(
                Notes(**{where: {tag: value(c)}})
            )
    for name, head in _MAKERS.items():
        found[f"MakerNote-{name}"] = lambda c, head=head: block(
            Notes(exif={0x927C: blob(head + b"\0\1" + c)})
        )
    return found | _odd()


def _odd() -> dict[str, Callable[[bytes], bytes]]:
    """Return the places that no list of tags shows."""
    return {
        "Interop-Index": lambda c: block(Notes(interop={1: ascii_tag(c)})),
        "Interop-RelatedImageFileFormat": lambda c: block(Notes(interop={0x1000: ascii_tag(c)})),
        "IFD1-Software": lambda c: block(Notes(thumbnail={0x0131: ascii_tag(c)})),
        "IFD1-DateTime": lambda c: block(Notes(thumbnail={0x0132: ascii_tag(c)})),
        "IFD1-thumbnail": lambda c: block(Notes(thumbnail={0: blob(small(c))})),
        "IFD1-strips": _strips,
        "gap-before-IFD0": lambda c: block(Notes(gap=c)),
        "after-the-last-IFD": lambda c: block(Notes(tail=c)),
        "big-endian-Artist": lambda c: block(Notes(main={0x013B: ascii_tag(c)}, order=">")),
        "after-the-end-of-a-text": lambda c: block(Notes(main={0x013B: (ASCII, b"A\0" + c)})),
        "orientation-and-GPS-coordinates": _coordinates,
        "third-IFD": _third,
        "overlapping-IFDs": _overlapping,
        "SubIFD": _sub,
    }


def _strips(text: bytes) -> bytes:
    tags: Tags = {0x0100: short(4), 0x0101: short(2), 0x0103: short(1), 0x0111: long(0)}
    tags |= {0x0117: long(24), 0x0106: short(2), 0x927C: blob(text)}
    whole = block(Notes(thumbnail=tags))
    return block(Notes(thumbnail=tags | {0x0111: long(whole.index(text))}))


def _coordinates(text: bytes) -> bytes:
    gps = {1: ascii_tag(b"N"), 2: (5, text), 3: ascii_tag(b"E"), 4: (5, text)}
    return block(Notes(main={0x0112: short(6)}, gps=gps))


def _third(text: bytes) -> bytes:
    whole = block(Notes())
    last = directory({0x013B: ascii_tag(text)}, len(whole) + 18)
    second = directory({0x0103: short(6)}, len(whole), len(whole) + 18)
    at = 8 + 2 + 12 * struct.unpack_from("<H", whole, 8)[0]
    return whole[:at] + struct.pack("<I", len(whole)) + whole[at + 4 :] + second + last


def _overlapping(text: bytes) -> bytes:
    whole = block(Notes(main={0x010E: ascii_tag(text), 0x013B: ascii_tag(b"B" * 24)}))
    at = whole.index(text)
    row = 8 + 2 + 12 * 2
    return whole[: row + 8] + struct.pack("<I", at + 2) + whole[row + 12 :]


def _sub(text: bytes) -> bytes:
    whole = block(Notes(main={0x014A: long(0)}))
    row = whole.index(struct.pack("<HH", 0x014A, LONG))
    below = directory({0x013B: ascii_tag(text)}, len(whole))
    return whole[: row + 8] + struct.pack("<I", len(whole)) + whole[row + 12 :] + below
