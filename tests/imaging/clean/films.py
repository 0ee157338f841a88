"""Films made here by real encoders, and what a real player shows and plays of them."""

from __future__ import annotations

import hashlib
import io
from fractions import Fraction

import av
import numpy

from tests.imaging.samples import HEIGHT, WIDTH, picture

RATE = 48_000
_QUICK = {
    "libx265": {"x265-params": "log-level=none", "preset": "ultrafast"},
    "libvpx": {"deadline": "realtime", "cpu-used": "8"},
    "libvpx-vp9": {"deadline": "realtime", "cpu-used": "8"},
    "libsvtav1": {"preset": "12", "svtav1-params": "fast-decode=1"},
}


def film(
    container: str = "mp4",
    video: str = "libx264",
    audio: str | None = "aac",
    *,
    frames: int = 24,
    gop: int | None = None,
    options: dict[str, str] | None = None,
    notes: dict[str, str] | None = None,
) -> bytes:
    """Return a film of one or two seconds, as FFmpeg writes it with its own habits."""
    out = io.BytesIO()
    with av.open(out, "w", format=container, options=options or {}) as file:
        file.metadata.update(notes or {})
        stream = file.add_stream(video, rate=12, options=_QUICK.get(video, {}))
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        if gop is not None:
            stream.gop_size = gop
        if video == "mjpeg":
            stream.pix_fmt = "yuvj420p"
        if video == "prores_ks":
            stream.pix_fmt = "yuv422p10le"
        sound = file.add_stream(audio, rate=RATE) if audio else None
        for number in range(frames):
            file.mux(stream.encode(av.VideoFrame.from_image(picture(number))))
            if sound is not None:
                file.mux(sound.encode(_tone(number, sound)))
        file.mux(stream.encode())
        if sound is not None:
            file.mux(sound.encode())
    return out.getvalue()


def _tone(number: int, sound: av.AudioStream) -> av.AudioFrame:
    count = RATE // 12
    at = numpy.arange(number * count, (number + 1) * count)
    wave = (numpy.sin(at * 0.05) * 8000).astype("int16")
    frame = av.AudioFrame.from_ndarray(wave[None, :], format="s16", layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = RATE, number * count, Fraction(1, RATE)
    return frame


def played(data: bytes) -> dict[str, list[tuple[float | None, str]]]:
    """Return for picture and sound each decoded frame's time and the sum of its content."""
    shown: dict[str, list[tuple[float | None, str]]] = {"video": [], "audio": []}
    with av.open(io.BytesIO(data)) as file:
        streams = [*file.streams.video[:1], *file.streams.audio[:1]]
        for packet in file.demux(streams):
            for frame in packet.decode():
                content = hashlib.md5(frame.to_ndarray().tobytes(), usedforsecurity=False)
                kind = "video" if isinstance(frame, av.VideoFrame) else "audio"
                time = None if frame.time is None else round(frame.time, 4)
                shown[kind].append((time, content.hexdigest()))
    return shown
