"""Sites that want to fill the memory or keep us waiting, and files that are not what they seem."""

from __future__ import annotations

import functools
import gzip
import io
import struct
import zlib

import cv2
import numpy as np
from PIL import Image

from tests.servers.leak_web.site import NOT_FOUND, Answer, Asked, Reach, Site, in_pieces

_PATIENCE = 90.0  # real seconds
_MEGABYTE = 1 << 20


class Bombs(Site):
    """Pictures of fifty megapixels and more, beside ordinary ones."""

    kind = "bombs"
    share = 0.0

    def warm(self) -> None:
        for make in (lambda: _png(7000, 7200), _big_jpeg, _many_frames):
            make()

    def shows(self, asked: Asked) -> Answer:
        files = {
            "/p/flat.png": (lambda: _png(7000, 7200), "image/png"),
            "/p/claims.png": (lambda: _png(60000, 60000, rows=20), "image/png"),
            "/p/big.jpg": (_big_jpeg, "image/jpeg"),
            "/p/frames.gif": (_many_frames, "image/gif"),
        }
        if asked.path in files:
            make, type_ = files[asked.path]
            return Answer(make(), type_)
        return super().shows(asked)

    def page(self, at: int) -> Answer:
        names = ("flat.png", "claims.png", "big.jpg", "frames.gif")
        shown = "".join(f'<img src="/p/{name}">' for name in names) if at == 0 else ""
        return Answer(super().page(at).body.replace(b"</body>", f"{shown}</body>".encode()))


class Mislabelled(Site):
    """Pictures under wrong names and types, cut ones, and pages that call themselves pictures."""

    kind = "mislabelled"
    _types = ("image/png", "application/octet-stream", "image/gif", "image/jpeg; charset=utf-8")

    def picture(self, number: int) -> Answer:
        return Answer(self.bank.file(number), self._types[number % len(self._types)])

    def shows(self, asked: Asked) -> Answer:
        whole = self.bank.file(next(iter(self.page_of)))
        odd = {
            "/p/page.jpg": Answer(b"<html><body>no picture</body></html>"),
            "/p/cut.jpg": Answer(b"\xff\xd8\xff\xe0" + bytes(40), "image/jpeg"),
            "/p/short.jpg": Answer(b"\xff\xd8\xff", "image/jpeg", claims=90_000),
            "/p/empty.png": Answer(b"", "image/png"),
            "/p/text.webp": Answer(b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
            "/p/half.jpg": Answer(whole[: len(whole) // 2], "image/jpeg"),
        }
        return odd.get(asked.path) or super().shows(asked)

    def page(self, at: int) -> Answer:
        names = ("page.jpg", "cut.jpg", "short.jpg", "empty.png", "text.webp", "half.jpg")
        shown = "".join(f'<img src="/p/{name}">' for name in names) if at == 0 else ""
        return Answer(super().page(at).body.replace(b"</body>", f"{shown}</body>".encode()))


class Gzipped(Site):
    """A site that packs what it sends, and once in a while a thousand times too much."""

    kind = "gzipped"

    def warm(self) -> None:
        _zeros()

    def page(self, at: int) -> Answer:
        if at == 0 and len(self.pages) > 1:
            body = super().page(at).body
            traps = b'<a href="/g/bomb">more</a><img src="/p/bomb.jpg"></body>'
            return _packed(Answer(body.replace(b"</body>", traps)))
        return _packed(super().page(at))

    def shows(self, asked: Asked) -> Answer:
        if asked.path in {"/g/bomb", "/p/bomb.jpg"}:
            return Answer(_zeros(), headers=(("Content-Encoding", "gzip"),))
        return super().shows(asked)


class TarPit(Site):
    """A page that comes a sign a second, without end."""

    kind = "tar-pit"
    share = 0.0
    reach = Reach.GAP

    def shows(self, asked: Asked) -> Answer:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body>"
        if asked.path.startswith("/g/"):
            return Answer(sending=in_pieces([head], b"x", 0.5, _PATIENCE))
        return NOT_FOUND


class SlowLoris(Site):
    """Headers without end, slowly."""

    kind = "slow-loris"
    share = 0.0
    reach = Reach.GAP

    def shows(self, asked: Asked) -> Answer:
        head = b"HTTP/1.1 200 OK\r\n"
        return Answer(sending=in_pieces([head], b"X-More: and more\r\n", 0.5, _PATIENCE))


def _packed(answer: Answer) -> Answer:
    body = gzip.compress(answer.body, mtime=0)
    return Answer(body, answer.type, answer.status, (("Content-Encoding", "gzip"),))


@functools.cache
def _zeros() -> bytes:
    """Return a gzip stream of a gigabyte of nothing: one packed megabyte again and again."""
    packer = zlib.compressobj(9, wbits=-15)
    packed = packer.compress(bytes(_MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 0
    for _ in range(1024):
        check = zlib.crc32(bytes(_MEGABYTE), check)
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
    return head + packed * 1024 + b"\x03\x00" + struct.pack("<II", check, 1024 * _MEGABYTE)


@functools.cache
def _png(wide: int, high: int, *, rows: int = 0) -> bytes:
    """Return a PNG of one colour; it has fewer rows than it says if `rows` is given."""
    packer = zlib.compressobj(1)
    row = b"\0" + bytes(wide * 3)
    packed = b"".join(packer.compress(row) for _ in range(rows or high)) + packer.flush()

    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


@functools.cache
def _big_jpeg() -> bytes:
    """Return a JPEG of fifty megapixels, of a slow wave, so that it has something to look at."""
    y, x = np.mgrid[0:700, 0:720].astype(np.float32)
    small = (127 + 60 * np.sin(x / 40) + 60 * np.cos(y / 55)).astype(np.uint8)
    large = cv2.resize(small, (7200, 7000))
    _, packed = cv2.imencode(".jpg", large, [cv2.IMWRITE_JPEG_QUALITY, 60])
    return packed.tobytes()


@functools.cache
def _many_frames() -> bytes:
    """Return a GIF of a thousand frames of a megapixel: one frame again and again."""
    out = io.BytesIO()
    Image.new("P", (1000, 1000), 7).save(out, "gif")
    whole = out.getvalue()
    starts = whole.index(b"\x2c", 13)  # where the picture begins, behind what holds for all
    return whole[:starts] + whole[starts:-1] * 1000 + b";"
