"""Whether an ordinary reader opens a planted file: one that nobody can open leaks nothing."""

from __future__ import annotations

import io
import warnings

import av
import pillow_heif
import pypdfium2
from PIL import Image, ImageSequence

_FILMS = ("mp4", "mov", "m4v", "webm", "mkv")


def reads(data: bytes, suffix: str) -> str:
    """Return nothing for a file that opens and decodes, else what its reader said."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _read(data, suffix)
    except Exception as error:  # noqa: BLE001  whatever a decoder says about a broken file
        return f"{type(error).__name__}: {error}"
    return ""


def _read(data: bytes, suffix: str) -> None:
    if suffix in _FILMS:
        with av.open(io.BytesIO(data)) as film:
            if len(list(film.decode(video=0))) != 6:
                raise ValueError("not all frames")
            if film.streams.audio:
                film.seek(0)
                list(film.decode(audio=0))
    elif suffix == "pdf":
        with pypdfium2.PdfDocument(data) as document:
            if not len(document):
                raise ValueError("no page")
            document[0].render(scale=1).to_numpy()
    else:
        pillow_heif.register_heif_opener()
        for frame in ImageSequence.Iterator(Image.open(io.BytesIO(data))):
            frame.load()
            if suffix not in ("png", "webp", "gif"):
                break  # a second picture in the others is no frame
