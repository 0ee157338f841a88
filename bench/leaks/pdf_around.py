"""Words planted around the objects of a PDF, in older states of it and inside its JPEG."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import pikepdf
from pikepdf import Dictionary

from bench.leaks import exif
from bench.leaks.jpeg import photoshop, resource, with_segment
from bench.leaks.pdf import changed, fresh, info, page_key, plain, words, written
from bench.leaks.planting import Leak, picture, saved


def leaks() -> list[Leak]:
    """Return the classes of this file."""
    return [Leak(f"pdf-{name}", "pdf", make) for name, make in _around().items()]


def _inner(make: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    return lambda c: written(fresh(make(c)))


def _update(extra: bytes) -> bytes:
    """Write objects behind the end, as a second state of the document."""
    whole = plain()
    at = whole.rindex(b"startxref") + 10
    start = int(whole[at : whole.index(b"\n", at)])
    size = whole.index(b"/Size ", whole.rindex(b"trailer")) + 6
    count = int(whole[size:].split()[0])
    root = _root_of(whole)
    place = len(whole)
    body = b"%d 0 obj\n" % count + extra + b"\nendobj\n"
    table = b"xref\n%d 1\n%010d 00000 n \n" % (count, place)
    trailer = b"trailer << /Size %d /Root %s /Prev %d >>\n" % (count + 1, root, start)
    return whole + body + table + trailer + b"startxref\n%d\n%%%%EOF\n" % (place + len(body))


def _root_of(whole: bytes) -> bytes:
    rest = whole[whole.rindex(b"/Root ") + 6 :]
    return b" ".join(rest.split()[:3])


def _around() -> dict[str, Callable[[bytes], bytes]]:
    return {
        "before-its-start": lambda c: b"%" + c + b"\n" + plain(),
        "after-its-end": lambda c: plain() + c,
        "comment-after-its-head": lambda c: plain().replace(
            b"1 0 obj", b"%" + c[:24] + b"\n1 0 obj", 1
        ),
        "comment-before-the-table": lambda c: plain().replace(
            b"\nxref\n", b"\n%" + c + b"\nxref\n", 1
        ),
        "object-nobody-refers-to": lambda c: _update(b"(" + c + b")"),
        "stream-nobody-refers-to": lambda c: _update(
            b"<< /Length 24 >>\nstream\n" + c + b"\nendstream"
        ),
        "packed-stream-nobody-refers-to": lambda c: _update(
            b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(zlib.compress(c))
            + zlib.compress(c)
            + b"\nendstream"
        ),
        "older-state": lambda c: (
            changed(page_key("ABCD_x", lambda p, w: words(w)))(c) + _update(b"null")[len(plain()) :]
        ),
        "trailer-ID": lambda c: plain().replace(b"/ID [", b"/IX (" + c + b") /ID [", 1),
        "second-PDF-after-its-end": lambda c: plain() + info("Title")(c),
        "JPEG-comment": _inner(lambda c: saved(picture((48, 32)), "JPEG", comment=c)),
        "JPEG-exif": _inner(
            lambda c: with_segment(
                b"\xff\xe1"
                + (len(b := b"Exif\0\0" + exif.kinds()["IFD0-Artist"](c)) + 2).to_bytes(2, "big")
                + b
            )
        ),
        "JPEG-photoshop": _inner(lambda c: with_segment(photoshop(resource(0x03F0, c)))),
        "JPEG-after-its-end": _inner(lambda c: saved(picture((48, 32)), "JPEG") + c),
        "info-in-an-object-stream": changed(
            lambda p, c: p.trailer.__setitem__(
                "/Info", p.make_indirect(Dictionary(Title=words(c)))
            ),
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        ),
    }
