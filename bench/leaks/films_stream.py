"""Words planted in the fields, the tracks and the coded pictures of MP4 and MOV."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from fractions import Fraction

import av

from bench.leaks.boxes import box, change, find, full, listed, put
from bench.leaks.films import film
from bench.leaks.planting import Leak, canary

_TRACK = (b"moov", b"trak")
_MEDIA = (*_TRACK, b"mdia")
_TABLE = (*_MEDIA, b"minf", b"stbl")


def edit(path: tuple[bytes, ...], how: Callable[[bytes], bytes], kind: str = "mp4") -> bytes:
    """Return the film with the content of one box made anew."""
    whole = film(kind)
    return change(whole, path, how(find(whole, path)))


def _over(at: int, words: bytes) -> Callable[[bytes], bytes]:
    return lambda old: old[:at] + words + old[at + len(words) :]


def _entry(at: int, words: bytes) -> bytes:
    """Write over the fields of the sample entry (its content begins 16 bytes into stsd)."""
    return edit((*_TABLE, b"stsd"), _over(16 + at, words))


def _in_entry(extra: bytes) -> bytes:
    def grow(old: bytes) -> bytes:
        length, kind = struct.unpack_from(">I4s", old, 8)
        entry = old[16 : 8 + length] + extra
        return old[:8] + box(kind, entry) + old[8 + length :]

    return edit((*_TABLE, b"stsd"), grow)


def _coded(change_sample: Callable[[bytes], bytes], kind: str = "mp4") -> bytes:
    """Return the film with its first sample made anew."""
    out = io.BytesIO()
    with av.open(io.BytesIO(film(kind))) as old, av.open(out, "w", format=kind) as new:
        stream = new.add_stream_from_template(old.streams.video[0])
        for number, packet in enumerate(old.demux(video=0)):
            if packet.dts is None:
                continue
            data = bytes(packet)
            made = av.Packet(change_sample(data) if number == 0 else data)
            made.pts, made.dts, made.time_base = packet.pts, packet.dts, packet.time_base
            made.is_keyframe, made.duration = packet.is_keyframe, packet.duration
            made.stream = stream
            new.mux(made)
    return out.getvalue()


def _nal(kind: int, data: bytes) -> bytes:
    body = bytes([kind]) + data
    return struct.pack(">I", len(body)) + body


def _sei(kind: int, data: bytes) -> bytes:
    return _nal(6, bytes([kind, len(data)]) + data + b"\x80")


def _filler_in_slice(sample: bytes, c: bytes) -> bytes:
    """Let the last unit of a sample go on behind its closing bit."""
    at = 0
    while at + 4 + (length := struct.unpack_from(">I", sample, at)[0]) < len(sample):
        at += 4 + length
    return sample[:at] + struct.pack(">I", length + 28) + sample[at + 4 :] + b"\0\0\3\0" + c


def _units() -> dict[str, Callable[[bytes], bytes]]:
    one = bytes.fromhex("dc45e9bde6d948b7962cd820d923eeef")
    return {
        "SEI-user-data-unregistered": lambda c: _coded(lambda s: _sei(5, bytes(range(16)) + c) + s),
        "SEI-x264-settings": lambda c: _coded(lambda s: _sei(5, one + b"x264 - core " + c) + s),
        "SEI-user-data-registered": lambda c: _coded(lambda s: _sei(4, b"\xb5\0\x31GA94" + c) + s),
        "SEI-reserved": lambda c: _coded(lambda s: _sei(99, c) + s),
        "SEI-after-the-picture": lambda c: _coded(lambda s: s + _sei(5, bytes(range(16)) + c)),
        "SEI-in-MOV": lambda c: _coded(lambda s: _sei(5, bytes(range(16)) + c) + s, "mov"),
        "filler-unit": lambda c: _coded(lambda s: s + _nal(12, c + b"\x80")),
        "unit-of-a-kind-of-its-own": lambda c: _coded(lambda s: _nal(24, c) + s),
        "unit-unspecified-at-the-end": lambda c: _coded(lambda s: s + _nal(30, c)),
        "unit-end-of-stream-and-more": lambda c: _coded(lambda s: s + _nal(11, c)),
        "unit-behind-the-closing-bit": lambda c: _coded(lambda s: _filler_in_slice(s, c)),
        "unit-auxiliary-slice": lambda c: _coded(lambda s: s + _nal(19, b"\x88" + c)),
        "unit-delimiter-and-more": lambda c: _coded(lambda s: _nal(9, b"\xf0" + c) + s),
    }


def _config(c: bytes) -> bytes:
    """Let the settings of the decoder go on behind their end."""
    whole = film()
    entry = find(whole, (*_TABLE, b"stsd"))
    at = entry.index(b"avcC") - 4
    length = struct.unpack_from(">I", entry, at)[0]
    body = entry[at + 8 : at + length] + c
    grown = entry[:at] + box(b"avcC", body) + entry[at + length :]
    total = struct.unpack_from(">I", entry, 8)[0] + 24
    return change(whole, (*_TABLE, b"stsd"), grown[:8] + struct.pack(">I", total) + grown[12:])


def _mdat_gap(c: bytes) -> bytes:
    """Put bytes that no sample points at into `mdat`, behind all samples."""
    parts = dict(listed(film()))
    whole = film()
    tail = whole[whole.index(b"moov") - 4 :]
    head = whole[: len(whole) - len(tail)]
    at = head.index(b"mdat") - 4
    return head[:at] + box(b"mdat", parts[b"mdat"] + c) + tail


def _mdat_start(c: bytes) -> bytes:
    """Put bytes that no sample points at before the first sample."""
    whole = film()
    at = whole.index(b"mdat") - 4
    length = struct.unpack_from(">I", whole, at)[0]
    moved = whole[:at] + box(b"mdat", c + whole[at + 8 : at + length]) + whole[at + length :]
    table = find(moved, (*_TABLE, b"stco"))
    places = [
        struct.unpack_from(">I", table, 8 + 4 * n)[0] + 24 for n in range((len(table) - 8) // 4)
    ]
    return change(moved, (*_TABLE, b"stco"), table[:8] + struct.pack(f">{len(places)}I", *places))


def _second_track(entry: bytes, handler: bytes, c: bytes, *, words: bytes = b"") -> bytes:
    """Add a track with one sample that stands behind all others."""
    whole = film("mov")
    at = whole.index(b"mdat") - 4
    length = struct.unpack_from(">I", whole, at)[0]
    sample = struct.pack(">H", len(c)) + c if handler in (b"text", b"sbtl") else c
    moved = whole[:at] + box(b"mdat", whole[at + 8 : at + length] + sample) + whole[at + length :]
    place = at + length
    table = full(b"stsd", struct.pack(">I", 1) + box(entry, bytes(6) + b"\0\1" + words))
    table += full(b"stts", struct.pack(">III", 1, 1, 600))
    table += full(b"stsc", struct.pack(">IIII", 1, 1, 1, 1))
    table += full(b"stsz", struct.pack(">II", len(sample), 1))
    table += full(b"stco", struct.pack(">II", 1, place))
    link = box(b"dinf", full(b"dref", struct.pack(">I", 1) + full(b"url ", b"", 1)))
    media = full(b"mdhd", struct.pack(">IIIIHH", 0, 0, 600, 600, 0x55C4, 0))
    media += full(b"hdlr", b"mhlr" + handler + bytes(12) + b"\0")
    media += box(b"minf", box(b"gmhd", full(b"gmin", bytes(12))) + link + box(b"stbl", table))
    head = full(b"tkhd", struct.pack(">IIIII", 0, 0, 2, 0, 600) + bytes(60), 3)
    return put(moved, (b"moov",), box(b"trak", head + box(b"mdia", media)))


_ENTRIES = {
    "gpmd": b"meta", "camm": b"camm", "mebx": b"meta", "tmcd": b"tmcd", "text": b"text",
    "mett": b"meta", "urim": b"meta", "rtmd": b"meta", "CTMD": b"meta", "djmd": b"meta",
    "abcd": b"abcd", "fdsc": b"meta", "rtp ": b"hint", "tx3g": b"sbtl", "priv": b"subp",
}  # fmt: skip


def leaks() -> list[Leak]:
    """Return the classes of this file."""
    found = [Leak(f"mp4-{name}", "mp4", make) for name, make in _units().items()]
    found += [Leak(f"mp4-{name}", "mp4", make) for name, make in _fields().items()]
    for entry, handler in _ENTRIES.items():
        make = _tracked(entry.encode(), handler)
        found.append(Leak(f"mov-track-{entry.strip()}", "mov", make))
    found.append(
        Leak("mov-track-sample-entry-words", "mov",
             lambda c: _second_track(b"mett", b"meta", b"x" * 24, words=b"\0" + c + b"\0"))
    )  # fmt: skip
    return found + _moments() + _chapters()


def _tracked(entry: bytes, handler: bytes) -> Callable[[bytes], bytes]:
    return lambda c: _second_track(entry, handler, c)


def _fields() -> dict[str, Callable[[bytes], bytes]]:
    return {
        "hdlr-name": lambda c: edit((*_MEDIA, b"hdlr"), lambda old: old[:24] + c + b"\0"),
        "hdlr-name-after-its-end": lambda c: edit(
            (*_MEDIA, b"hdlr"), lambda old: old[:24] + b"x\0" + c
        ),
        "hdlr-reserved": lambda c: edit((*_MEDIA, b"hdlr"), lambda old: old[:12] + c[:12] + c),
        "compressor-name": lambda c: _entry(42, bytes([24]) + c),
        "compressor-name-after-its-end": lambda c: _entry(42, b"\3avc\0" + c),
        "sample-entry-own-box": lambda c: _in_entry(box(b"abcd", c)),
        "sample-entry-uuid": lambda c: _in_entry(box(b"uuid", bytes(16) + c)),
        "sample-entry-glbl": lambda c: _in_entry(box(b"glbl", c)),
        "decoder-settings-and-more": _config,
        "mdat-after-the-samples": _mdat_gap,
        "mdat-before-the-samples": _mdat_start,
        "mvhd-and-more": lambda c: edit((b"moov", b"mvhd"), lambda old: old + c),
        "mvhd-predefined": lambda c: edit((b"moov", b"mvhd"), _over(72, c)),
        "tkhd-and-more": lambda c: edit((*_TRACK, b"tkhd"), lambda old: old + c),
        "elst-and-more": lambda c: edit((*_TRACK, b"edts", b"elst"), lambda old: old + c),
        "stts-and-more": lambda c: edit((*_TABLE, b"stts"), lambda old: old + c),
        "stsz-and-more": lambda c: edit((*_TABLE, b"stsz"), lambda old: old + c),
        "stco-and-more": lambda c: edit((*_TABLE, b"stco"), lambda old: old + c),
        "vmhd-and-more": lambda c: edit((*_MEDIA, b"minf", b"vmhd"), lambda old: old + c),
        "data-reference-url": lambda c: edit(
            (*_MEDIA, b"minf", b"dinf", b"dref"),
            lambda old: old[:4] + struct.pack(">I", 2) + old[8:] + full(b"url ", c + b"\0"),
        ),
        "data-reference-alias": lambda c: edit(
            (*_MEDIA, b"minf", b"dinf", b"dref"),
            lambda old: old[:4] + struct.pack(">I", 2) + old[8:] + full(b"alis", c),
        ),
        "ftyp-brands": lambda c: edit((b"ftyp",), lambda old: old + c),
    }


def _moments() -> list[Leak]:
    """Return fields too short for a canary: the very bytes may not be left."""
    moment = canary("mp4-times")[:8]
    vendor = canary("mp4-vendor")[:4]
    version = b"\0\0\0\1" + vendor
    return [
        Leak("mp4-mvhd-times", "mp4",
             lambda c: edit((b"moov", b"mvhd"), _over(4, moment)), lambda c: [moment]),
        Leak("mp4-tkhd-times", "mp4",
             lambda c: edit((*_TRACK, b"tkhd"), _over(4, moment)), lambda c: [moment]),
        Leak("mp4-mdhd-times", "mp4",
             lambda c: edit((*_MEDIA, b"mdhd"), _over(4, moment)), lambda c: [moment]),
        Leak("mp4-sample-entry-vendor", "mp4",
             lambda c: _entry(8, version[:4] + bytes(0) + vendor), lambda c: [vendor]),
        Leak("mp4-sample-entry-predefined", "mp4",
             lambda c: _entry(12, c[:12]), lambda c: [c[:12]]),
        Leak("mp4-hdlr-maker", "mp4",
             lambda c: edit((*_MEDIA, b"hdlr"), _over(12, c[:12])), lambda c: [c[:12]]),
        Leak("mp4-tkhd-reserved", "mp4",
             lambda c: edit((*_TRACK, b"tkhd"), _over(24, c[:8])), lambda c: [c[:8]]),
        Leak("mp4-mvhd-reserved", "mp4",
             lambda c: edit((b"moov", b"mvhd"), _over(26, c[:10])), lambda c: [c[:10]]),
    ]  # fmt: skip


def _titled(**told: str) -> bytes:
    out = io.BytesIO()
    with av.open(io.BytesIO(film())) as old, av.open(out, "w", format="mp4") as new:
        stream = new.add_stream_from_template(old.streams.video[0])
        stream.metadata.update(told)
        new.set_chapters(
            [{"id": 1, "start": 0, "end": 500, "time_base": Fraction(1, 1000), "metadata": told}]
        )
        for packet in old.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                new.mux(packet)
    return out.getvalue()


def _chapters() -> list[Leak]:
    return [
        Leak("mp4-chapters", "mp4", lambda c: _titled(title=c.decode())),
        Leak("mp4-track-language-and-name", "mp4", lambda c: _titled(handler_name=c.decode())),
    ]
