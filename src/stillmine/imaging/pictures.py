"""Still pictures and small animations, decoded with Pillow. Runs in the child."""

from __future__ import annotations

import importlib
import io
import math
from typing import Any, BinaryIO

from PIL import AvifImagePlugin, Image

from stillmine.imaging import headers, raw
from stillmine.imaging.kinds import Problem
from stillmine.imaging.sight import Opened, Sight, Unseen

# Pillow may only try the decoder of the format that the first bytes showed.
_PILLOW = {
    "jpeg": "JPEG",
    "png": "PNG",
    "webp": "WEBP",
    "gif": "GIF",
    "avif": "AVIF",
    "tiff": "TIFF",
    "bmp": "BMP",
    "heif": "HEIF",
}
_MOST_PAGES = 1_000
_MOST_PREVIEW = 64 * 1024 * 1024
_MODES = ("L", "LA", "RGB", "RGBA")


def prepare() -> None:
    """Load every codec now: once the child is locked, nothing more can be opened."""
    Image.init()
    Image.MAX_IMAGE_PIXELS = None  # ours is compared after the size is known, so it can be told
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    heif = optional("pi_heif")
    if heif is not None:
        heif.register_heif_opener(thumbnails=False, depth_images=False, decode_threads=1)
    optional("pylibjxl")


def optional(library: str) -> Any:
    """Return a library that not every computer has, or None."""
    try:
        return importlib.import_module(library)
    except ImportError:
        return None


class Picture:
    """A picture that Pillow opened: its head is read, its pixels are not."""

    def __init__(self, image: Image.Image, frames: int) -> None:
        """Keep the picture and its declared size."""
        self._image = image
        self.sight = Sight(image.width, image.height, frames)

    @property
    def image(self) -> Image.Image:
        """Return what was opened, to go through all that it shows."""
        return self._image

    def decode(self, side: int) -> Image.Image:
        """Decode all of it; JPEG's own scaling saves most of the time and memory."""
        part = side / max(self._image.size)
        wide, high = (max(1, math.ceil(each * part)) for each in self._image.size)
        self._image.draft("RGB", (wide, high))
        self._image.load()
        return self._image


class JpegXl:
    """A JPEG XL picture; the library decodes bytes to an array."""

    def __init__(self, library: Any, data: bytes) -> None:
        """Read the size from the codestream header."""
        self._library, self._data = library, data
        found = library.probe(data[:65536])
        moving = bool(found.get("have_animation"))
        self.sight = Sight(int(found["width"]), int(found["height"]), None if moving else 1)

    def decode(self, side: int) -> Image.Image:
        """Decode the whole picture to eight bits a channel."""
        del side
        array = self._library.decode(self._data)
        depth = 1 if array.ndim == 2 else array.shape[2]
        size = (array.shape[1], array.shape[0])
        return Image.frombytes(_MODES[depth - 1], size, array.tobytes())


class RawPreview:
    """A camera's RAW file, seen through the largest JPEG preview inside it."""

    def __init__(self, file: BinaryIO, file_format: str, most_pixels: int) -> None:
        """Find the preview; the declared size is the sensor's where the file tells it."""
        places = raw.previews(file, file_format)
        if not places:
            raise Unseen(Problem.NO_DECODER)
        file.seek(places[0].offset)
        data = file.read(min(places[0].size, _MOST_PREVIEW))
        image = Image.open(io.BytesIO(data), formats=["JPEG"])
        if image.width * image.height > most_pixels:
            raise Unseen(Problem.TOO_LARGE)
        self._preview = Picture(image, 1)
        width, height = _larger(image.size, raw.size_of(file))
        self.sight = Sight(width, height, 1)

    def decode(self, side: int) -> Image.Image:
        """Decode the preview."""
        return self._preview.decode(side)


def open_picture(file: BinaryIO, file_format: str, most_pixels: int) -> Opened:
    """Read the head of a picture. Raises Unseen, or whatever the decoder raises."""
    if file_format.startswith("raw-"):
        return RawPreview(file, file_format, most_pixels)
    if file_format == "jxl":
        library = optional("pylibjxl")
        if library is None:
            raise Unseen(Problem.NO_DECODER)
        return JpegXl(library, file.read())
    if file_format == "heif" and "HEIF" not in Image.OPEN:
        raise Unseen(Problem.NO_DECODER)
    early = headers.webp_size(file) if file_format == "webp" else None
    if early is not None and early[0] * early[1] > most_pixels:
        return _Huge(Sight(*early))
    frames = headers.gif_frames(file) if file_format == "gif" else 0
    image = Image.open(file, formats=[_PILLOW[file_format]])
    return Picture(image, frames or _frames(image, file_format))


class _Huge:
    """A picture whose very opening would allocate for all its pixels; only its size is known."""

    def __init__(self, sight: Sight) -> None:
        self.sight = sight

    def decode(self, side: int) -> Image.Image:
        """Refuse: the caller compares the size with the limit before it comes here."""
        raise Unseen(Problem.TOO_LARGE)


def _frames(image: Image.Image, file_format: str) -> int:
    """Return the declared number of frames; the pages of a TIFF are walked, up to a limit."""
    if file_format != "tiff":
        return min(int(getattr(image, "n_frames", 1)), headers.MOST_FRAMES)
    pages = 1
    try:
        while pages < _MOST_PAGES:
            image.seek(pages)
            pages += 1
    except EOFError:
        pass
    image.seek(0)
    return pages


def _larger(one: tuple[int, int], other: tuple[int, int] | None) -> tuple[int, int]:
    if other is None or other[0] * other[1] <= one[0] * one[1]:
        return one
    return other
