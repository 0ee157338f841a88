"""Real files of every format, made here, small and known."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import av
import numpy
import pillow_heif
import pylibjxl
import pypdfium2
from PIL import Image

WIDTH, HEIGHT = 320, 240


def picture(number: int = 1, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Image.Image:
    """Return a coloured gradient with some noise; another number, another picture."""
    random = numpy.random.default_rng(number)
    across = numpy.linspace(0, 200, size[0])[None, :, None]
    down = numpy.linspace(0, 200, size[1])[:, None, None]
    colours = random.uniform(0.3, 1.0, (1, 1, 3))
    noise = random.integers(0, 40, (size[1], size[0], 3))
    return Image.fromarray(((across + down) / 2 * colours + noise).astype("uint8"))


def saved(kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture().save(out, kind, **options)
    return out.getvalue()


def animated(kind: str, frames: int = 5) -> bytes:
    out = io.BytesIO()
    first, *others = (picture(number) for number in range(frames))
    first.save(out, kind, save_all=True, append_images=others, duration=100)
    return out.getvalue()


def heic() -> bytes:
    out = io.BytesIO()
    pillow_heif.from_pillow(picture()).save(out, quality=60)
    return out.getvalue()


def jpeg_xl() -> bytes:
    return bytes(pylibjxl.encode(numpy.asarray(picture())))


def video(container: str, codec: str, frames: int = 24) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format=container) as file:
        stream = file.add_stream(codec, rate=12)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for number in range(frames):
            file.mux(stream.encode(av.VideoFrame.from_image(picture(number))))
        file.mux(stream.encode())
    return out.getvalue()


def pdf(pages: int = 3) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(WIDTH, HEIGHT)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def tiff_directory(
    order: str, entries: list[tuple[int, int, int, int]], following: int = 0
) -> bytes:
    fields = b"".join(struct.pack(order + "HHII", *entry) for entry in sorted(entries))
    return struct.pack(order + "H", len(entries)) + fields + struct.pack(order + "I", following)


def raw_file(maker: bytes = b"NIKON CORPORATION\x00", *, dng: bool = False) -> bytes:
    """Return a camera-shaped TIFF: a first directory, one below it, and a JPEG preview."""
    preview = saved("JPEG")
    entries = [(271, 2, len(maker), 400), (330, 4, 1, 200)]
    if dng:
        entries.append((50706, 1, 4, 0x00000401))
    first = tiff_directory("<", entries)
    sensor = [(256, 4, 1, 6000), (257, 4, 1, 4000), (513, 4, 1, 512), (514, 4, 1, len(preview))]
    below = tiff_directory("<", sensor)
    head = (b"II*\x00" + struct.pack("<I", 8) + first).ljust(200, b"\x00")
    return ((head + below).ljust(400, b"\x00") + maker).ljust(512, b"\x00") + preview


def raf_file() -> bytes:
    preview = saved("JPEG")
    head = b"FUJIFILMCCD-RAW 0201".ljust(84, b"\x00") + struct.pack(">II", 128, len(preview))
    return head.ljust(128, b"\x00") + preview


def cr3_file() -> bytes:
    preview = saved("JPEG")
    inside = b"\x00" * 8 + struct.pack(">I4s", 24 + len(preview), b"PRVW")
    inside += struct.pack(">IHHHHI", 0, 1, WIDTH, HEIGHT, 1, len(preview)) + preview
    box = struct.pack(">I4s", 24 + len(inside), b"uuid") + bytes(16) + inside
    return struct.pack(">I4s4sI4sxxxx", 24, b"ftyp", b"crx ", 1, b"crx ") + box


def png_that_declares(width: int, height: int) -> bytes:
    """Return a PNG with a tiny body and whatever size in its header."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def png_filled(width: int, height: int) -> bytes:
    """Return a valid grey PNG of one colour: a few bytes that unfold to many."""
    out = io.BytesIO()
    Image.new("L", (width, height)).save(out, "PNG")
    return out.getvalue()


def gif_of(frames: int) -> bytes:
    """Return a GIF with many one-pixel frames, written by hand because Pillow would take long."""
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + bytes(6)
    frame = b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return head + frame * frames + b";"


def nested_pdf(depth: int = 20_000) -> bytes:
    deep = b"[" * depth + b"]" * depth
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/Deep " + deep + b">>endobj\n"
        b"2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    )


def looping_pdf() -> bytes:
    """Return a PDF whose page tree contains itself."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]/Parent 2 0 R>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    )


STILL: dict[str, Callable[[], bytes]] = {
    "jpeg": lambda: saved("JPEG", quality=90),
    "png": lambda: saved("PNG"),
    "webp": lambda: saved("WEBP"),
    "gif": lambda: saved("GIF"),
    "avif": lambda: saved("AVIF"),
    "tiff": lambda: saved("TIFF", compression="tiff_lzw"),
    "bmp": lambda: saved("BMP"),
    "heif": heic,
    "jxl": jpeg_xl,
}
MOVING: dict[str, Callable[[], bytes]] = {
    "gif": lambda: animated("GIF"),
    "png": lambda: animated("PNG"),
    "webp": lambda: animated("WEBP"),
    "avif": lambda: animated("AVIF"),
}
VIDEOS: dict[str, Callable[[], bytes]] = {
    "mp4": lambda: video("mp4", "libx264"),
    "mov": lambda: video("mov", "libx264"),
    "webm": lambda: video("webm", "libvpx"),
    "mkv": lambda: video("matroska", "libx265"),
}
RAWS: dict[str, Callable[[], bytes]] = {
    "raw-nef": raw_file,
    "raw-arw": lambda: raw_file(b"SONY\x00"),
    "raw-pef": lambda: raw_file(b"PENTAX Corporation\x00"),
    "raw-dng": lambda: raw_file(b"Google\x00", dng=True),
    "raw-raf": raf_file,
    "raw-cr3": cr3_file,
}
