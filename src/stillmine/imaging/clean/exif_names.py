"""What the fields of EXIF tell about a person, by their numbers (EXIF 3.0, CIPA DC-008-2023)."""

from __future__ import annotations

FIELDS: dict[int, tuple[str, str]] = {
    0x010D: ("identifier", "DocumentName"),
    0x010E: ("comment", "ImageDescription"),
    0x010F: ("device", "Make"),
    0x0110: ("device", "Model"),
    0x0131: ("software", "Software"),
    0x0132: ("time", "DateTime"),
    0x013B: ("owner", "Artist"),
    0x013C: ("device", "HostComputer"),
    0x8298: ("owner", "Copyright"),
    0x9003: ("time", "DateTimeOriginal"),
    0x9004: ("time", "DateTimeDigitized"),
    0x9010: ("time", "OffsetTime"),
    0x9011: ("time", "OffsetTimeOriginal"),
    0x9012: ("time", "OffsetTimeDigitized"),
    0x9286: ("comment", "UserComment"),
    0x9C9B: ("comment", "XPTitle"),
    0x9C9C: ("comment", "XPComment"),
    0x9C9D: ("owner", "XPAuthor"),
    0x9C9E: ("comment", "XPKeywords"),
    0x9C9F: ("comment", "XPSubject"),
    0xA004: ("audio-note", "RelatedSoundFile"),
    0xA420: ("identifier", "ImageUniqueID"),
    0xA430: ("owner", "CameraOwnerName"),
    0xA431: ("serial", "BodySerialNumber"),
    0xA433: ("device", "LensMake"),
    0xA434: ("device", "LensModel"),
    0xA435: ("serial", "LensSerialNumber"),
    0xA436: ("comment", "ImageTitle"),
    0xA437: ("owner", "Photographer"),
    0xA438: ("owner", "ImageEditor"),
    0xA439: ("software", "CameraFirmware"),
    0xA43A: ("software", "RAWDevelopingSoftware"),
    0xA43B: ("software", "ImageEditingSoftware"),
    0xA43C: ("software", "MetadataEditingSoftware"),
    0xC4A5: ("settings", "PrintImageMatching"),
    0xC614: ("device", "UniqueCameraModel"),
    0xC62F: ("serial", "CameraSerialNumber"),
    0xC65D: ("identifier", "RawDataUniqueID"),
    0xC68B: ("identifier", "OriginalRawFileName"),
}
"""Tag number: what it tells, and the name that the standard gives it."""

UTF16_FIELDS = frozenset(range(0x9C9B, 0x9CA0))

GPS_FIELDS: dict[int, tuple[str, str]] = {
    0x08: ("place", "GPSSatellites"),
    0x0C: ("place", "GPSSpeedRef"),
    0x0D: ("place", "GPSSpeed"),
    0x11: ("place", "GPSImgDirection"),
    0x1B: ("place", "GPSProcessingMethod"),
    0x1C: ("place", "GPSAreaInformation"),
    0x1D: ("time", "GPSDateStamp"),
    0x1F: ("place", "GPSHPositioningError"),
}
"""The fields of the GPS directory besides the position itself."""

STRUCTURE = frozenset(
    [
        *(0x0100, 0x0101, 0x0102, 0x0103, 0x0106, 0x0111, 0x0112, 0x0115, 0x0116, 0x0117),
        *(0x011A, 0x011B, 0x011C, 0x0128, 0x0201, 0x0202, 0x0213),
        *(0x00FE, 0x010A, 0x011D, 0x0124, 0x0125, 0x013D, 0x013E, 0x013F, 0x0140, 0x0141, 0x0142),
        *(0x0143, 0x0144, 0x0145, 0x014A, 0x0152, 0x0153, 0x015B, 0x0211, 0x0212, 0x0214, 0x8773),
        *(0x8769, 0x8825, 0x9000, 0x9101, 0xA000, 0xA001, 0xA002, 0xA003, 0xA005),
    ]
)
"""Fields that say how the picture itself is stored: they tell nothing."""
