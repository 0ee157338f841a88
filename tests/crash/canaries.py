"""Pictures, names and words that exist nowhere else, and all the forms in which they could leak."""

from __future__ import annotations

import base64
import io
import itertools
import random
import struct
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

SIZE = (640, 480)
THUMBNAIL = (160, 120)
NAME = "canary-Zq7vX-at-the-lake"
LABEL = "canary label Wk3mJ of that summer"
ALBUM = "canary album Ty8bN"
PASSPHRASE = "canary passphrase Ru5cQ and nothing else"


def picture(seed: int, size: tuple[int, int] = SIZE) -> Image.Image:
    """Return a picture with soft shapes and grain that no other seed gives."""
    chance = random.Random(seed)
    small = Image.frombytes("RGB", (16, 12), chance.randbytes(16 * 12 * 3))
    grain = Image.frombytes("RGB", size, chance.randbytes(size[0] * size[1] * 3))
    return Image.blend(small.resize(size, Image.Resampling.BICUBIC), grain, 0.25)


def jpeg(image: Image.Image) -> tuple[bytes, bytes]:
    """Return the picture as a camera writes it, and the thumbnail that lies in its EXIF."""
    small, whole = io.BytesIO(), io.BytesIO()
    image.resize(THUMBNAIL).save(small, "jpeg", quality=80)
    thumbnail = small.getvalue()
    # TIFF 6.0 header; an empty first directory; a second one with offset and length of a JPEG.
    head = b"II*\0" + struct.pack("<IHI", 8, 0, 14)
    entries = struct.pack("<HHIIHHII", 0x0201, 4, 1, 44, 0x0202, 4, 1, len(thumbnail))
    exif = head + struct.pack("<H", 2) + entries + struct.pack("<I", 0) + thumbnail
    image.save(whole, "jpeg", quality=88, exif=b"Exif\0\0" + exif)
    return whole.getvalue(), thumbnail


def make(folder: Path) -> dict[str, list[bytes]]:
    """Write a JPEG and a PNG; return what must not be found, by the form it has."""
    folder.mkdir()
    image, other = picture(1), picture(2)
    data, thumbnail = jpeg(image)
    (folder / f"{NAME}.jpg").write_bytes(data)
    kept = io.BytesIO()
    other.save(kept, "png")
    (folder / f"{NAME}.png").write_bytes(kept.getvalue())
    decoded = Image.open(io.BytesIO(data)).convert("RGB")
    return {
        "file": [*pieces(data), *pieces(kept.getvalue())],
        "thumbnail inside": list(pieces(thumbnail, every=97)),
        "rows": [*rows(decoded), *rows(other)],
        "smaller rows": [*thumbnails(decoded), *thumbnails(other)],
        "name": list(spellings(NAME)),
        "label": list(spellings(LABEL)),
        "album": list(spellings(ALBUM)),
        "passphrase": list(spellings(PASSPHRASE)),
    }


def make_more(folder: Path, count: int) -> list[bytes]:
    """Write many small pictures; return pieces of them."""
    folder.mkdir()
    found: list[bytes] = []
    for number in range(count):
        data, _ = jpeg(picture(1000 + number, (320, 240)))
        (folder / f"{NAME}-{number}.jpg").write_bytes(data)
        found += pieces(data, every=len(data) // 4)
    return found


def pieces(data: bytes, every: int = 1999) -> Iterator[bytes]:
    """Yield short stretches from all over a file, past what all files of the kind begin with."""
    for at in range(700, len(data) - 32, every):
        yield data[at : at + 24]


def rows(image: Image.Image) -> Iterator[bytes]:
    """Yield stretches of decoded rows, with the colours in each usual order."""
    red, green, blue = image.split()
    alpha = Image.new("L", image.size, 255)
    orders = {
        "RGB": (red, green, blue), "BGR": (blue, green, red),
        "RGBA": (red, green, blue, alpha), "BGRA": (blue, green, red, alpha),
    }  # fmt: skip
    forms = [Image.merge("RGBA" if "A" in n else "RGB", c) for n, c in orders.items()]
    for form in (*forms, image.convert("L"), image.convert("YCbCr"), red, green, blue):
        data, width = form.tobytes(), len(form.getbands()) * form.width
        for row in range(0, form.height, max(1, form.height // 12)):
            yield data[row * width + width // 3 :][:24]


def thumbnails(image: Image.Image) -> Iterator[bytes]:
    """Yield stretches of rows of the picture made smaller in the usual ways."""
    for longest in (64, 128, 160, 256, 320, 512):
        for filter_ in (Image.Resampling.BOX, Image.Resampling.BICUBIC, Image.Resampling.LANCZOS):
            small = image.copy()
            small.thumbnail((longest, longest), filter_)
            yield from rows(small)


def spellings(text: str) -> Iterator[bytes]:
    """Yield a text in the encodings in which programs write texts."""
    plain = text.encode()
    yield from (plain, text.encode("utf-16-le"), plain.hex().encode(), plain[::-1])
    yield from (base64.b64encode(plain[skip:])[:-4] for skip in range(3))


def phrases(words: list[str]) -> Iterator[bytes]:
    """Yield each two neighbouring words as programs join them; one word alone is too short."""
    for first, second in itertools.pairwise(words):
        yield from (f"{first}{join}{second}".encode() for join in (" ", "\n", '", "', ",", "-"))
