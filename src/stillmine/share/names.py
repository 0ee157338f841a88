"""Names of files that say nothing but what kind of file it is."""

from __future__ import annotations

import secrets

ENDINGS = {
    "jpeg": "jpg",
    "png": "png",
    "webp": "webp",
    "gif": "gif",
    "heif": "heic",
    "avif": "avif",
    "tiff": "tif",
    "bmp": "bmp",
    "jxl": "jxl",
    "mp4": "mp4",
    "mov": "mov",
    "webm": "webm",
    "mkv": "mkv",
    "pdf": "pdf",
}
"""The ending of each format that can be handed over."""

INNER_NAMES = frozenset(f"picture.{ending}" for ending in ENDINGS.values())
"""The names that a file may have inside a seal."""

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # none that look like another


def inner_name(file_format: str) -> str:
    """Return the name of the file inside the seal. KeyError for what cannot be handed over."""
    return f"picture.{ENDINGS[file_format]}"


def outer_name(ending: str) -> str:
    """Return a name for the file that is handed over: ten random letters and digits."""
    return "".join(secrets.choice(_LETTERS) for _ in range(10)) + f".{ending}"
