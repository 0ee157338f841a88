"""WebM and Matroska films are cleaned without a change to what is played."""

from __future__ import annotations

import io

import av
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stillmine.errors import FileDamaged, FileLocked, NotUnderstood
from stillmine.imaging.clean import matroska_elements as ebml
from stillmine.imaging.clean.matroska_clusters import read_block
from stillmine.imaging.clean.matroska_tracks import Track, codec_settings
from tests.imaging.clean.films import film, played
from tests.imaging.clean.judging import SECRET, cleaned, held, noticed, proven, said

NOTES = {
    "title": SECRET.decode(),
    "comment": SECRET.decode(),
    "location": "+48.8577+002.2950/",
    "creation_time": "2024-01-02T03:04:05Z",
}


@pytest.fixture(scope="module")
def short() -> bytes:
    return film("webm", "libvpx", None, frames=4, notes=NOTES)


@pytest.mark.parametrize(
    ("container", "video", "audio", "options"),
    [
        ("webm", "libvpx-vp9", "libopus", {}),
        ("webm", "libvpx", "libopus", {"live": "1"}),
        ("matroska", "libx264", "aac", {}),
        ("matroska", "libx265", "flac", {}),
        ("matroska", "libx264", "pcm_s16le", {"cluster_time_limit": "200"}),
    ],
    ids=str,
)
def test_what_is_played_stays_and_the_notes_go(container, video, audio, options, tmp_path):
    made = film(container, video, audio, frames=6, options=options, notes=NOTES)
    copy, report = proven("webm" if container == "webm" else "mkv", made, tmp_path)
    assert played(copy) == played(made)
    assert {"place", "time", "software"} <= set(report.removed)
    assert b"Lav" not in copy
    assert b"x26" not in copy


def test_a_copy_can_be_entered_in_the_middle():
    made = film("matroska", "mpeg4", None, frames=3)
    with pytest.raises(NotUnderstood):
        cleaned("mkv", made)
    made = film("matroska", "libvpx", None, frames=24, options={"cluster_time_limit": "500"})
    copy, _ = cleaned("mkv", made)
    with av.open(io.BytesIO(made)) as one, av.open(io.BytesIO(copy)) as other:
        for file in (one, other):
            file.seek(1_000_000)
        first, second = (next(file.decode(video=0)) for file in (one, other))
        assert (first.pts, first.to_ndarray().tolist()) == (
            second.pts,
            second.to_ndarray().tolist(),
        )


def test_inspecting_tells_place_time_and_programs(short):
    told = said("webm", short)
    assert told["time"] == ["2024-01-02 03:04:05 UTC"]
    assert told["place"] == ["+48.8577+002.2950/"]
    assert any("Lavf" in text for text in told["software"])
    assert SECRET.decode() in told["comment"]


def test_attachments_chapters_gaps_and_a_tail_go(short, tmp_path):
    _, segment = ebml.segment_of(io.BytesIO(short))
    cover = ebml.element(0x466E, SECRET) + ebml.element(0x4660, b"image/png")
    attached = ebml.element(0x61A7, cover + ebml.element(0x465C, SECRET))
    display = ebml.element(0x80, ebml.element(0x85, SECRET))
    more = (
        ebml.element(ebml.ATTACHMENTS, attached)
        + ebml.element(ebml.CHAPTERS, ebml.element(0x45B9, ebml.element(0xB6, display)))
        + ebml.element(ebml.VOID, SECRET)
    )
    body = short[segment.body : segment.end] + more
    data = short[: segment.start] + ebml.element(ebml.SEGMENT, body) + SECRET
    told = said("webm", data)
    assert {"preview", "text", "padding", "after-the-end"} <= set(told)
    assert SECRET.decode() in told["text"]
    copy, _ = proven("webm", data, tmp_path)
    assert played(copy) == played(short)


def test_a_locked_film_is_refused_as_locked(short):
    data = short.replace(b"\x86\x85V_VP8", b"\x86\x85V_VP8" + _encoding(b"\x50\x35\x80"))
    with pytest.raises((FileLocked, FileDamaged)):
        cleaned("webm", data)
    source = io.BytesIO(short)
    _, segment = ebml.segment_of(source)
    parts = []
    for one in ebml.elements(source, segment.body, segment.end):
        body = short[one.body : one.end]
        if one.id == ebml.TRACKS:
            (entry,) = ebml.children(source, one)
            inside = short[entry.body : entry.end] + _encoding(ebml.element(0x5035, b""))
            body = ebml.element(0xAE, inside)
        parts.append(ebml.element(one.id, body))
    with pytest.raises(FileLocked):
        cleaned("webm", short[: segment.start] + ebml.element(ebml.SEGMENT, *parts))


def _encoding(way: bytes) -> bytes:
    return ebml.element(0x6D80, ebml.element(0x6240, way))


def test_frames_that_share_a_block_come_apart_in_every_way():
    track = Track(1, 2, "A_OPUS", b"", None, b"", alpha=False)
    frames = (b"a" * 300, b"bb", b"c" * 5)
    joined = b"".join(frames)
    head = b"\x81\0\0"
    xiph = head + b"\x02" + b"\x02\xff\x2d\x02" + joined
    ebml_way = head + b"\x06" + b"\x02\x41\x2c\x5e\xd5" + joined  # 300, then 298 less
    fixed = head + b"\x04" + b"\x02" + b"abc"
    assert read_block(xiph, {1: track}).frames == frames
    assert read_block(ebml_way, {1: track}).frames == frames
    assert read_block(fixed, {1: track}).frames == (b"a", b"b", b"c")


def test_the_comments_of_vorbis_are_emptied():
    first, setup = b"\1vorbis" + bytes(23), b"\5vorbis" + b"s" * 40
    comment = b"\3vorbis" + len(SECRET).to_bytes(4, "little") + SECRET + bytes(4) + b"\1"
    private = b"\2" + bytes((30, len(comment))) + first + comment + setup
    settings_, clean = codec_settings("A_VORBIS", private)
    assert SECRET not in settings_
    assert settings_.endswith(setup)
    assert clean is None


def test_the_second_reader_notices_what_is_planted(short):
    copy, _ = cleaned("webm", short)
    noticed(
        "webm",
        [
            copy + b"x",
            copy + ebml.element(ebml.VOID, SECRET),
            copy.replace(b"\x4d\x80\x81-", b"\x4d\x80\x81A"),
            copy.replace(b"\x22\xb5\x9c\x83und", b"\x22\xb5\x9c\x83ger"),
            copy.replace(b"\x42\x82\x84webm", b"\x42\x82\x84Anna"),
            copy.replace(b"\x73\xc5\x81\x01", b"\x53\x6e\x81A"),
        ],
    )


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_bytes_are_cleaned_or_refused(short, data):
    broken = bytearray(short)
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, min(700, len(short) - 1)))] = data.draw(st.integers(0, 255))
    held("webm", bytes(broken))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_noise_behind_a_head_is_cleaned_or_refused(noise):
    head = ebml.element(ebml.HEAD, ebml.element(0x4282, b"webm"))
    held("webm", head + noise)
    held("webm", head + ebml.element(ebml.SEGMENT, ebml.element(ebml.TRACKS, noise), noise))
