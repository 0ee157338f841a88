"""What the name of a picture file gives away: an app, a moment, a camera's counter."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("whatsapp", re.compile(r"(?:IMG|VID|AUD|PTT)-(\d{8})-WA\d+")),
    ("whatsapp", re.compile(r"WhatsApp (?:Image|Video) (\d{4}-\d\d-\d\d)")),
    ("signal", re.compile(r"signal-(\d{4}-\d\d-\d\d(?:-\d+)*)", re.IGNORECASE)),
    ("telegram", re.compile(r"(?:photo|video)_(?:\d+@)?(\d\d-\d\d-\d{4}|\d{4}-\d\d-\d\d)_")),
    ("facebook", re.compile(r"FB_(?:IMG|VID)_(\d{13})")),
    ("snapchat", re.compile(r"Snapchat-(\d+)", re.IGNORECASE)),
    ("screenshot", re.compile(r"(?:Screenshot|Screen Shot|Bildschirmfoto)[ _-]*(.{0,60})", re.I)),
    ("phone", re.compile(r"(?:IMG|VID|PXL|MVIMG|PANO|BURST)_(\d{8}_\d{6})")),
    ("phone", re.compile(r"(\d{8}_\d{6})(?:\D|$)")),
    ("drone", re.compile(r"DJI_(\w+)")),
    ("action-camera", re.compile(r"(G[HXPO]\w{2}\d{4})")),
    ("camera", re.compile(r"(?:_?DSC[NF]?_?|IMG_|P\d|R00|_MG_)(\d{4,7})")),
)


def tells(name: str) -> tuple[str, str] | None:
    """Return where a name comes from and the part of it that tells, or None."""
    for source, pattern in _PATTERNS:
        match = pattern.match(name)
        if match is not None:
            return source, _moment(match[1]) if source == "facebook" else match[1]
    return None


def _moment(milliseconds: str) -> str:
    return datetime.fromtimestamp(int(milliseconds) / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
