"""Words planted in the boxes of MP4, M4V and MOV, whole and in fragments."""

from __future__ import annotations

import functools
import io
import struct
from collections.abc import Callable

import av
import numpy

from bench.leaks.boxes import box, full, joined, listed, put
from bench.leaks.exif import small
from bench.leaks.jpeg import jumbf, xmp
from bench.leaks.planting import Leak, picture


@functools.cache
def film(kind: str = "mp4", *, fragments: bool = False, sound: bool = False) -> bytes:
    """Return a film of six frames, with or without a tone."""
    out = io.BytesIO()
    options = {"fflags": "+bitexact"}
    if fragments:
        options["movflags"] = "frag_keyframe+empty_moov+default_base_moof"
    with av.open(out, "w", format=kind, options=options) as made:
        stream = made.add_stream(
            "libx264", rate=10, options={"x264-params": "keyint=3", "crf": "30"}
        )
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        tone = made.add_stream("aac", rate=44100) if sound else None
        for number in range(6):
            frame = av.VideoFrame.from_image(picture((64, 48), shift=4 * number))
            made.mux(stream.encode(frame))
        made.mux(stream.encode(None))
        if tone is not None:
            wave = numpy.sin(numpy.arange(8192) / 16)[None].astype("float32") * 0.2
            heard = av.AudioFrame.from_ndarray(wave, format="fltp", layout="mono")
            heard.sample_rate = 44100
            made.mux(tone.encode(heard))
            made.mux(tone.encode(None))
    return out.getvalue()


def at(*path: bytes, of: str = "mp4", fragments: bool = False) -> Callable[[bytes], bytes]:
    """Return what puts boxes at the end of a holder."""
    return lambda extra: put(film(of, fragments=fragments), path, extra)


def data_atom(words: bytes, kind: int = 1) -> bytes:
    """Return the value of an entry in the list of iTunes."""
    return box(b"data", struct.pack(">II", kind, 0) + words)


def _list(*entries: bytes) -> bytes:
    head = full(b"hdlr", bytes(4) + b"mdirappl" + bytes(9))
    return full(b"meta", head + box(b"ilst", b"".join(entries)))


def mdta(key: bytes, words: bytes) -> bytes:
    """Return a `meta` of keys and values, as phones write it."""
    head = full(b"hdlr", bytes(4) + b"mdta" + bytes(13))
    keys = full(b"keys", struct.pack(">I", 1) + box(b"mdta", key))
    values = box(b"ilst", struct.pack(">II", 8 + 16 + len(words), 1) + data_atom(words))
    return box(b"meta", head + keys + values)


_TEXTS = (
    "xyz", "nam", "ART", "cmt", "day", "cpy", "mak", "mod", "swr", "too", "gen", "wrt", "des",
    "inf",
    "dir", "ed1", "fmt", "prd", "prf", "req", "src", "wrn", "enc", "lyr", "alb", "grp", "url",
    "key",
    "isr", "hst", "aut", "PRD", "dji",
)  # fmt: skip
_ITUNES = (b"aART", b"desc", b"ldes", b"cprt", b"purd", b"apID", b"ownr", b"sonm", b"soar", b"catg",
           b"keyw", b"purl", b"tvsh", b"xid ", b"\xa9too", b"\xa9nam")  # fmt: skip
_KEYS = (
    "com.apple.quicktime.location.ISO6709", "com.apple.quicktime.make", "com.apple.quicktime.model",
    "com.apple.quicktime.content.identifier", "com.apple.quicktime.creationdate",
    "com.apple.quicktime.software", "com.android.version", "com.apple.quicktime.author",
    "com.android.capture.fps", "com.samsung.android.utc_offset",
)  # fmt: skip
_UDTA = (
    b"loci", b"auth", b"titl", b"dscp", b"perf", b"gnre", b"kywd", b"albm", b"yrrc", b"clsf",
    b"name",
    b"CNTH", b"CNDA", b"MVTG", b"TAGS", b"smta", b"GPMF", b"FIRM", b"LENS", b"CAME", b"MUID",
    b"XMP_",
    b"SDLN", b"INFO", b"PXTH", b"Xtra", b"hnti", b"ptv ", b"\xa9GPS", b"htka", b"vndr", b"SETT",
    b"beam", b"manu", b"modl", b"uuid", b"MCAT", b"cprt", b"thmb", b"WLOC", b"AllF", b"SelO",
    b"tnam",
)  # fmt: skip


def leaks() -> list[Leak]:
    """Return the classes of this file."""
    found = []
    for word in _TEXTS:
        found.append(Leak(f"mov-udta-copyright-sign-{word}", "mov", _text(word)))
    for kind in _ITUNES:
        name = kind.decode("latin-1").replace("\xa9", "c-").strip()
        found.append(Leak(f"mp4-ilst-{name}", "mp4", _itunes(kind)))
    for key in _KEYS:
        name = key.replace(".", "-").removeprefix("com-")
        found.append(Leak(f"mov-keys-{name}", "mov", _key(key)))
    for kind in _UDTA:
        name = kind.decode("latin-1").replace("\xa9", "c-").strip()
        found.append(Leak(f"mp4-udta-{name}", "mp4", _udta(kind)))
    found += [Leak(f"mp4-{name}", "mp4", make) for name, make in _places().items()]
    return found + [
        Leak(f"mp4-fragmented-{name}", "mp4", make) for name, make in _fragments().items()
    ]


def _text(word: str) -> Callable[[bytes], bytes]:
    kind = b"\xa9" + word.encode()
    words = struct.pack(">HH", 24, 0x15C7)
    return lambda c: at(b"moov", b"udta", of="mov")(box(kind, words + c))


def _itunes(kind: bytes) -> Callable[[bytes], bytes]:
    return lambda c: at(b"moov", b"udta")(_list(box(kind, data_atom(c))))


def _key(key: str) -> Callable[[bytes], bytes]:
    return lambda c: at(b"moov", of="mov")(mdta(key.encode(), c))


def _udta(kind: bytes) -> Callable[[bytes], bytes]:
    return lambda c: at(b"moov", b"udta")(box(kind, bytes(4) + b"\x15\xc7" + c + b"\0"))


def _meta(data: bytes) -> bytes:
    return full(b"meta", full(b"hdlr", bytes(4) + b"ID32" + bytes(13)) + data)


def _places() -> dict[str, Callable[[bytes], bytes]]:
    track, table = (b"moov", b"trak"), (b"moov", b"trak", b"mdia", b"minf", b"stbl")
    found: dict[str, Callable[[bytes], bytes]] = {}
    spots = {
        "moov": (b"moov",), "trak": track, "mdia": (*track, b"mdia"), "stbl": table,
        "minf": table[:-1], "edts": (*track, b"edts"), "the-end": (),
    }  # fmt: skip
    for name, path in spots.items():
        for kind in (b"free", b"skip", b"uuid", b"abcd"):
            start = bytes(range(16)) if kind == b"uuid" else b""
            made = at(*path)
            title = f"{kind.decode()}-in-{name}"
            found[title] = lambda c, made=made, kind=kind, start=start: made(box(kind, start + c))
    return found | {
        "wide-at-the-end": lambda c: film() + box(b"wide", c),
        "xmp-uuid": lambda c: (
            film() + box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac") + xmp(c))
        ),
        "C2PA-uuid": lambda c: (
            film()
            + box(b"uuid", bytes.fromhex("d8fec3d61b0e483c92975828877ec481") + bytes(4) + jumbf(c))
        ),
        "PSP-uuid": lambda c: film() + box(b"uuid", b"USMT!\xd2O\xce\xbb\x88i\\\xfa\xc9\xc7@" + c),
        "meta-at-the-top": lambda c: film() + mdta(b"com.apple.quicktime.author", c),
        "ID32": lambda c: at(b"moov")(_meta(full(b"ID32", b"\x15\xc7ID3\4\0\0\0\0\0\x22" + c))),
        "cover-art": lambda c: at(b"moov", b"udta")(_list(box(b"covr", data_atom(small(c), 13)))),
        "ilst-own-entry": lambda c: at(b"moov", b"udta")(
            _list(
                box(
                    b"----",
                    full(b"mean", b"com.apple.iTunes") + full(b"name", b"x") + data_atom(c),
                )
            )
        ),
        "track-udta-name": lambda c: at(*track, b"udta")(box(b"name", c)),
        "track-udta-titl": lambda c: at(*track, b"udta")(full(b"titl", b"\x15\xc7" + c)),
        "track-meta": lambda c: at(*track)(mdta(b"com.apple.quicktime.live-photo-info", c)),
        "track-tapt": lambda c: at(*track)(box(b"tapt", full(b"clef", c[:8] + c))),
        "kind-box": lambda c: at(*track, b"udta")(full(b"kind", c + b"\0x\0")),
        "sample-group": lambda c: at(*table)(
            full(b"sgpd", b"abcd" + struct.pack(">II", 24, 1) + c, version=1)
        ),
        "sample-auxiliary-sizes": lambda c: at(*table)(
            full(b"saiz", b"\0" + struct.pack(">I", 24) + c)
        ),
        "subsample": lambda c: at(*table)(full(b"subs", bytes(4) + c)),
        "after-the-last-box": lambda c: film() + b"\0\0\0\x20" + c,
        "Insta360-trailer": lambda c: film() + c + b"8db42d694ccc418790edff439fe026bf",
        "second-mdat": lambda c: film() + box(b"mdat", c),
        "second-moov": lambda c: film() + box(b"moov", box(b"udta", box(b"\xa9xyz", c))),
        "pdin": lambda c: film() + full(b"pdin", c),
        "sidx-at-the-end": lambda c: film() + full(b"sidx", c),
    }


def _fragments() -> dict[str, Callable[[bytes], bytes]]:
    def last(extra: bytes) -> bytes:
        return film(fragments=True) + extra

    def before(extra: bytes) -> bytes:
        parts = listed(film(fragments=True))
        number = next(n for n, (kind, _) in enumerate(parts) if kind == b"moof")
        return joined(parts[:number]) + extra + joined(parts[number:])

    event = b"urn:scte\0" + b"1\0" + struct.pack(">IIII", 1, 0, 1, 1)
    return {
        "emsg": lambda c: before(full(b"emsg", event + c)),
        "emsg-scheme": lambda c: before(full(b"emsg", c + b"\0x\0" + bytes(16))),
        "prft": lambda c: before(full(b"prft", struct.pack(">I", 1) + c[:12] + c)),
        "sidx": lambda c: before(full(b"sidx", c)),
        "styp": lambda c: before(box(b"styp", b"msdh" + bytes(4) + c)),
        "free-before-a-fragment": lambda c: before(box(b"free", c)),
        "uuid-before-a-fragment": lambda c: before(box(b"uuid", bytes(16) + c)),
        "uuid-at-the-end": lambda c: last(box(b"uuid", bytes(range(16)) + c)),
        "mfra": lambda c: last(box(b"mfra", full(b"tfra", c))),
        "udta": lambda c: at(b"moov", b"udta", fragments=True)(box(b"\xa9xyz", c)),
        "mvex": lambda c: at(b"moov", b"mvex", fragments=True)(box(b"abcd", c)),
        "mdat-without-a-fragment": lambda c: last(box(b"mdat", c)),
        "tfxd": lambda c: last(box(b"uuid", bytes.fromhex("6d1d9b0542d544e680e2141daff757b2") + c)),
    }
