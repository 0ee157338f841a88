"""Words planted in coded pictures and sound: HEVC, MPEG-4, Motion JPEG, VP8, VP9, AAC, Opus."""

from __future__ import annotations

import functools
import io
import struct
from collections.abc import Callable

import av
import numpy

from bench.leaks.exif import kinds
from bench.leaks.jpeg import app, segment
from bench.leaks.planting import Leak, picture

Change = Callable[[bytes], bytes]
_PIXELS = {"mjpeg": "yuvj420p"}


@functools.cache
def film(codec: str, kind: str, sound: str = "") -> bytes:
    """Return a film of six frames in any code, with or without a tone."""
    out = io.BytesIO()
    with av.open(out, "w", format=kind, options={"fflags": "+bitexact"}) as made:
        options = {"bf": "0"} if codec == "libx264" else {}
        if codec == "libx265":
            options = {"x265-params": "log-level=none:info=0:bframes=0"}
        stream = made.add_stream(codec, rate=10, options=options)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height = 64, 48
        stream.pix_fmt = _PIXELS.get(codec, "yuv420p")
        stream.codec_context.thread_count = 1
        tone = made.add_stream(sound, rate=48000, layout="mono") if sound else None
        for number in range(6):
            made.mux(stream.encode(av.VideoFrame.from_image(picture((64, 48), shift=4 * number))))
        made.mux(stream.encode(None))
        if tone is not None:
            _hum(made, tone, "flt" if sound == "libopus" else "fltp")
    return out.getvalue()


def _hum(made: av.container.OutputContainer, tone: av.AudioStream, form: str) -> None:
    wave = (numpy.sin(numpy.arange(9600) / 16)[None] * 0.2).astype("float32")
    heard = av.AudioFrame.from_ndarray(wave, format=form, layout="mono")
    heard.sample_rate = 48000
    heard.pts = 0
    made.mux(tone.encode(heard))
    made.mux(tone.encode(None))


def changed(whole: bytes, kind: str, how: Change, *, sound: bool = False) -> bytes:
    """Return a film with the first sample of its pictures, or of its sound, made anew."""
    out = io.BytesIO()
    with av.open(io.BytesIO(whole)) as old, av.open(out, "w", format=kind) as new:
        streams = {one.index: new.add_stream_from_template(one) for one in old.streams}
        wanted = (old.streams.audio if sound else old.streams.video)[0].index
        done = False
        for packet in old.demux():
            if packet.dts is None:
                continue
            first = packet.stream_index == wanted and not done
            done = done or first
            made = av.Packet(how(bytes(packet)) if first else bytes(packet))
            made.pts, made.dts, made.time_base = packet.pts, packet.dts, packet.time_base
            made.is_keyframe, made.duration = packet.is_keyframe, packet.duration
            made.stream = streams[packet.stream_index]
            new.mux(made)
    return out.getvalue()


def hevc_unit(kind: int, data: bytes) -> bytes:
    """Return a unit of HEVC with its length (ISO/IEC 23008-2, section 7.3.1)."""
    body = bytes([kind << 1, 1]) + data
    return struct.pack(">I", len(body)) + body


def _sei(kind: int, data: bytes, unit: int = 39) -> bytes:
    return hevc_unit(unit, bytes([kind, len(data)]) + data + b"\x80")


def _unit(kind: int, data: bytes) -> bytes:
    return struct.pack(">IB", len(data) + 1, kind) + data


def _hevc() -> dict[str, Callable[[bytes], Change]]:
    return {
        "SEI-unregistered": lambda c: lambda s: _sei(5, bytes(range(16)) + c) + s,
        "SEI-registered": lambda c: lambda s: _sei(4, b"\xb5\0\x3c" + c) + s,
        "SEI-reserved": lambda c: lambda s: _sei(180, c) + s,
        "SEI-suffix": lambda c: lambda s: s + _sei(5, bytes(range(16)) + c, 40),
        "unit-unspecified": lambda c: lambda s: hevc_unit(48, c) + s,
        "unit-unspecified-at-the-end": lambda c: lambda s: s + hevc_unit(60, c),
        "unit-reserved": lambda c: lambda s: hevc_unit(41, c) + s,
        "unit-of-another-layer": lambda c: lambda s: s
        + struct.pack(">I", 26) + bytes([0x02 | 1, 0x09]) + c,
        "VPS-never-used": lambda c: lambda s: hevc_unit(32, b"\xfc" + c) + s,
        "PPS-never-used": lambda c: lambda s: hevc_unit(34, b"\x0b" + c) + s,
        "filler-unit": lambda c: lambda s: s + hevc_unit(38, c + b"\x80"),
        "delimiter-and-more": lambda c: lambda s: hevc_unit(35, b"\x50" + c) + s,
    }  # fmt: skip


def _h264() -> dict[str, Callable[[bytes], Change]]:
    return {
        "SPS-extension": lambda c: lambda s: _unit(13, c) + s,
        "subset-SPS": lambda c: lambda s: _unit(15, c) + s,
        "prefix-unit": lambda c: lambda s: _unit(14, c) + s,
        "slice-extension": lambda c: lambda s: s + _unit(20, c),
        "data-partition-B": lambda c: lambda s: s + _unit(3, c),
        "SEI-two-in-one": lambda c: lambda s: _unit(
            6, b"\6\1\xc4\5\x28" + bytes(range(16)) + c + b"\x80") + s,
        "SEI-caption": lambda c: lambda s: _unit(
            6, b"\4\x22\xb5\0\x31GA94\3\x48\xff" + c + b"\x80") + s,
        "SPS-never-used": lambda c: lambda s: _unit(7, b"\x42\0\x0a\x08" + c) + s,
        "PPS-never-used": lambda c: lambda s: _unit(8, b"\x0b" + c) + s,
        "SEI-and-more": lambda c: lambda s: _unit(6, b"\6\1\xc4\x80" + c) + s,
    }  # fmt: skip


def _jpeg() -> dict[str, Callable[[bytes], Change]]:
    return {
        "comment": lambda c: lambda s: s[:2] + segment(0xFE, c) + s[2:],
        "AVI1": lambda c: lambda s: s[:2] + app(0, b"AVI1\0\0" + c) + s[2:],
        "EXIF": lambda c: lambda s: s[:2]
        + app(1, b"Exif\0\0" + kinds()["IFD0-Artist"](c)) + s[2:],
        "after-the-end": lambda c: lambda s: s + c,
    }  # fmt: skip


def _filled(sample: bytes, c: bytes) -> bytes:
    """Put a fill element before a frame of AAC; all that follows moves by seven bits.

    The fields of fill_element(): ISO/IEC 14496-3, table 4.11.
    """
    payload = b"\x10" + c  # EXT_FILL_DATA
    bits = f"110{15:04b}{len(payload) - 14:08b}"
    bits += "".join(f"{byte:08b}" for byte in payload + sample)
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def _sound() -> dict[str, Callable[[bytes], Change]]:
    return {
        "AAC-data-stream-element": lambda c: lambda s: b"\x81\x18" + c + s,
        "AAC-after-the-frame": lambda c: lambda s: s + c,
    }


def leaks() -> list[Leak]:
    """Return the classes of this file."""
    found = [Leak("mp4-AAC-fill-element", "mp4", _fill, lambda c: [_filled(b"", c)[4:24]])]
    rows = (
        ("hevc", "libx265", "mp4", "mp4", _hevc()), ("h264", "libx264", "mp4", "mp4", _h264()),
        ("hevc", "libx265", "matroska", "mkv", _hevc()), ("mjpeg", "mjpeg", "mov", "mov", _jpeg()),
        ("mjpeg", "mjpeg", "matroska", "mkv", _jpeg()),
        ("h264", "libx264", "matroska", "mkv", _h264()), ("h264", "libx264", "mov", "mov", _h264()),
        ("hevc", "libx265", "mov", "mov", _hevc()), ("vp9", "libvpx-vp9", "mp4", "mp4", _vpx()),
        ("ffv1", "ffv1", "matroska", "mkv", _vpx()), ("vp8", "libvpx", "matroska", "mkv", _vpx()),
        ("mpeg4", "mpeg4", "mp4", "mp4", _mpeg4()), ("vp9", "libvpx-vp9", "webm", "webm", _vpx()),
        ("vp8", "libvpx", "webm", "webm", _vpx()),
    )  # fmt: skip
    for title, codec, kind, suffix, table in rows:
        for name, how in table.items():
            make = _planted(codec, kind, how)
            found.append(Leak(f"{suffix}-{title}-{name}", suffix, make))
    for name, how in _sound().items():
        for kind, suffix in (("mp4", "mp4"), ("matroska", "mkv")):
            found.append(Leak(f"{suffix}-{name}", suffix, _heard(kind, how)))
    return found


def _mpeg4() -> dict[str, Callable[[bytes], Change]]:
    return {
        "user-data": lambda c: lambda s: b"\0\0\1\xb2" + c + s,
        "user-data-after-the-picture": lambda c: lambda s: s + b"\0\0\1\xb2" + c,
    }


def _vpx() -> dict[str, Callable[[bytes], Change]]:
    return {"after-the-frame": lambda c: lambda s: s + c}


def _planted(codec: str, kind: str, how: Callable[[bytes], Change]) -> Callable[[bytes], bytes]:
    return lambda c: changed(film(codec, kind), kind, how(c))


def _heard(kind: str, how: Callable[[bytes], Change]) -> Callable[[bytes], bytes]:
    return lambda c: changed(film("libx264", kind, "aac"), kind, how(c), sound=True)


def _fill(c: bytes) -> bytes:
    return changed(film("libx264", "mp4", "aac"), "mp4", lambda s: _filled(s, c), sound=True)
