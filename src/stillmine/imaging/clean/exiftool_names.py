"""What ExifTool may find in a cleaned file: how the picture is stored, and nothing else."""

from __future__ import annotations

import re
from typing import Any

from stillmine.imaging.clean.icc import WORD


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_AROUND = ("SourceFile", "System", "Composite")
_FILE = _names(
    """
    FileType FileTypeExtension MIMEType ExifByteOrder CurrentIPTCDigest ImageWidth
    ImageHeight EncodingProcess BitsPerSample ColorComponents YCbCrSubSampling BMPVersion
    Planes BitDepth Compression ImageLength PixelsPerMeterX PixelsPerMeterY NumColors
    NumImportantColors RedMask GreenMask BlueMask AlphaMask ColorSpace RedEndpoint
    GreenEndpoint BlueEndpoint GammaRed GammaGreen GammaBlue PixelShiftX
    """
)
_TIFF = _names(
    """
    ImageWidth ImageHeight BitsPerSample Compression PhotometricInterpretation FillOrder
    StripOffsets Orientation SamplesPerPixel RowsPerStrip StripByteCounts
    PlanarConfiguration T4Options T6Options Predictor WhitePoint PrimaryChromaticities
    ColorMap HalftoneHints TileWidth TileLength TileOffsets TileByteCounts InkSet
    ExtraSamples SampleFormat JPEGTables PreviewImageStart
    PreviewImageLength PreviewImage YCbCrCoefficients YCbCrSubSampling YCbCrPositioning
    ReferenceBlackWhite
    """
)
_PNG = _names(
    """
    ImageWidth ImageHeight BitDepth ColorType Compression Filter Interlace Palette
    Transparency SignificantBits Gamma SRGBRendering WhitePointX WhitePointY RedX RedY
    GreenX GreenY BlueX BlueY ProfileName AnimationFrames AnimationPlays ColorPrimaries
    TransferCharacteristics MatrixCoefficients VideoFullRangeFlag
    """
)
_PROFILE = _names(
    """
    ProfileDescription ProfileCopyright MediaWhitePoint MediaBlackPoint RedMatrixColumn
    GreenMatrixColumn BlueMatrixColumn RedTRC GreenTRC BlueTRC GrayTRC ChromaticAdaptation
    AToB0 AToB1 AToB2 BToA0 BToA1 BToA2 ColorPrimaries TransferCharacteristics
    MatrixCoefficients VideoFullRangeFlag
    """
)
_PROFILE_HEAD = {
    "ProfileCMMType": "",
    "ProfileDateTime": "2000:01:01 00:00:00",
    "ProfileFileSignature": "acsp",
    "DeviceManufacturer": "",
    "DeviceModel": "",
    "ProfileCreator": "",
    "ProfileID": 0,
}
_PROFILE_OTHERS = _names(
    """
    ProfileVersion ProfileClass ColorSpaceData ProfileConnectionSpace PrimaryPlatform
    CMMFlags DeviceAttributes RenderingIntent ConnectionSpaceIlluminant
    """
)
# What it says of itself when it looks for a preview in the strips of a JPEG inside a TIFF.
_OWN_SLIP = "RawConv PreviewImage: Argument"
_GROUPS: dict[str, frozenset[str]] = {
    "File": _FILE,
    "JFIF": _names(
        """
    JFIFVersion ResolutionUnit XResolution YResolution
    """
    ),
    "APP14": _names(
        """
    DCTEncodeVersion APP14Flags0 APP14Flags1 ColorTransform
    """
    ),
    "Adobe": _names(
        """
    DCTEncodeVersion APP14Flags0 APP14Flags1 ColorTransform
    """
    ),
    "PNG": _PNG,
    "PNG-cICP": _PNG,
    "ICC_Profile": _PROFILE,
    "GIF": _names(
        """
    GIFVersion ImageWidth ImageHeight HasColorMap ColorResolutionDepth BitsPerPixel
    BackgroundColor AnimationIterations FrameCount Duration TransparentColor
    """
    ),
    "Matroska": _names(
        """
    EBMLVersion EBMLReadVersion EBMLMaxIDLength EBMLMaxSizeLength DocType DocTypeVersion
    DocTypeReadVersion TimecodeScale Duration MuxingApp WritingApp CueTime CueTrack
    CueClusterPosition BlockDuration
    """
    ),
    "PDF": _names("PDFVersion Linearized PageCount"),
    "RIFF": _names(
        """
    VP8Version ImageWidth HorizontalScale ImageHeight VerticalScale WebP_Flags AlphaIsUsed
    BackgroundColor AnimationLoopCount FrameCount Duration AlphaPreprocessing AlphaFiltering
    AlphaCompression
    """
    ),
}
# Formats whose own group is a long list of numbers: there, what may not be found is shorter.
_TELLING = (
    "XMP",
    "IPTC",
    "Photoshop",
    "GPS",
    "ExifIFD",
    "IFD1",
    "SubIFD",
    "MakerNotes",
    "UserData",
    "ItemList",
    "Keys",
    "JUMBF",
    "C2PA",
    "MPF",
    "Trailer",
    "Ducky",
    "InteropIFD",
    "PDF",
    "Matroska",
)
# Whatever the group: fields of words, names and dates, unless they are empty.
_TELLING_TAG = re.compile(
    "Date|App$|Title|Author|Creator|Producer|Keyword|Subject|Comment|GPS|Location|Make$|Model|"
    "Software|Copyright|UUID|UserData|Encoder|Description|Annotation|XMP|Name$"
)
_SILENT = ("", "-", 0, "0000:00:00 00:00:00", WORD)


def is_known(name: str, value: Any) -> bool:
    """Say whether a field, as `Group:Tag`, belongs into a cleaned file with this value."""
    group, _, tag = name.partition(":")
    if group in _AROUND or group == "ExifTool":
        return tag not in ("Warning", "Error") or str(value).startswith(_OWN_SLIP)
    if group == "ICC-header":
        return tag in _PROFILE_OTHERS or _PROFILE_HEAD.get(tag) in (value, str(value))
    if tag in ("ProfileDescription", "ProfileCopyright"):
        return bool(value == WORD)
    if group.startswith("IFD") and group[3:].isdigit():
        return tag in _TIFF
    if _TELLING_TAG.search(tag) and value not in _SILENT:
        return False
    known = _GROUPS.get(group)
    return tag in known if known is not None else not group.startswith(_TELLING)
