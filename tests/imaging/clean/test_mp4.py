"""MP4 and MOV films are cleaned without a change to what is played."""

from __future__ import annotations

import io
import struct
from array import array

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stillmine.errors import FileDamaged, FileLocked, NotUnderstood
from stillmine.imaging.clean.isobmff import Box, box, boxes
from stillmine.imaging.clean.isobmff_codecs import aac_sample, mpeg4_visual
from stillmine.imaging.clean.isobmff_nal import avc_unit, messages
from stillmine.imaging.clean.mp4_tracks import read_film
from stillmine.imaging.clean.mp4_writing import measure, placed_moov
from tests.imaging.clean.films import film, played
from tests.imaging.clean.judging import SECRET, cleaned, held, noticed, proven, said

NOTES = {
    "title": SECRET.decode(),
    "comment": SECRET.decode(),
    "location": "+48.8577+002.2950/",
    "creation_time": "2024-01-02T03:04:05Z",
}


@pytest.fixture(scope="module")
def plain() -> bytes:
    return film(notes=NOTES)


@pytest.fixture(scope="module")
def short() -> bytes:
    return film(audio=None, frames=4)


@pytest.mark.parametrize(
    ("container", "video", "audio", "options"),
    [
        ("mp4", "libx264", "aac", {}),
        ("mov", "libx264", "pcm_s16le", {}),
        ("mov", "prores_ks", "alac", {}),
        ("mp4", "libx265", "flac", {}),
        ("mp4", "libvpx-vp9", "libopus", {}),
        ("mp4", "mpeg4", "aac", {}),
        ("mp4", "libx264", "aac", {"movflags": "frag_keyframe+empty_moov+default_base_moof"}),
    ],
    ids=str,
)
def test_what_is_played_stays_and_the_notes_go(container, video, audio, options, tmp_path):
    made = film(container, video, audio, frames=8, options=options, notes=NOTES)
    copy, report = proven("mov" if container == "mov" else "mp4", made, tmp_path)
    assert played(copy) == played(made)
    assert {"place", "time", "software"} <= set(report.removed)
    assert "sound" in report.kept
    assert b"x264" not in copy
    assert b"Lavf" not in copy


def test_fragments_after_a_first_part_are_joined(tmp_path):
    fragments = {"movflags": "frag_keyframe", "frag_duration": "300000"}
    made = film(options=fragments, frames=12, notes=NOTES)
    copy, _ = proven("mp4", made, tmp_path)
    assert b"moof" not in copy
    assert played(copy) == played(made)


def test_inspecting_tells_place_time_and_programs(plain):
    told = said("mp4", plain)
    assert "2024-01-02 03:04:05 UTC" in told["time"]
    assert "place" in told
    assert any("x264" in text for text in told["software"])
    assert SECRET.decode() in told["comment"]


def test_a_track_that_is_not_played_goes(plain, tmp_path):
    data = plain.replace(b"soun" + bytes(12), b"meta" + bytes(12))
    assert "timed-metadata" in said("mp4", data)
    copy, report = proven("mp4", data, tmp_path)
    assert report.removed["timed-metadata"] == 1
    assert "sound" not in report.kept
    assert played(copy)["audio"] == []
    assert played(copy)["video"] == played(plain)["video"]


def test_boxes_and_bytes_around_the_film_go(short, tmp_path):
    c2pa = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
    around = box(b"uuid", c2pa, SECRET) + box(b"free", SECRET) + box(b"SEFT", SECRET)
    data = short + around + b"\0\0\0\x02" + SECRET
    told = said("mp4", data)
    assert {"provenance", "padding", "unknown", "after-the-end"} <= set(told)
    copy, _ = proven("mp4", data, tmp_path)
    assert played(copy) == played(short)


def test_the_turn_of_the_picture_stays(short):
    at = short.index(b"tkhd") + 4 + 40
    quarter = struct.pack(">9I", 0, 0x10000, 0, 0xFFFF0000, 0, 0, WIDE, 0, 0x40000000)
    data = short[:at] + quarter + short[at + 36 :]
    copy, report = cleaned("mp4", data)
    assert quarter in copy
    assert "orientation" in report.kept


WIDE = 240 << 16


def cut_by_a_list(seconds: float, begin: int) -> bytes:
    """Return a film of four seconds of which only some are played."""
    data = bytearray(film(audio=None, frames=48, gop=12))
    at = data.index(b"elst") + 4
    data[at + 8 : at + 16] = struct.pack(">II", round(1000 * seconds), begin)
    return bytes(data)


def test_what_was_cut_from_a_film_by_a_list_alone_is_gone():
    data = cut_by_a_list(1.0, 2048 + 24 * 1024)
    assert said("mp4", data)["cropped-away"] == ["3.0 s"]
    copy, report = cleaned("mp4", data)
    assert report.removed["cropped-away"] == 1
    assert len(copy) < len(data) / 2
    assert "cropped-away" not in said("mp4", copy)
    assert [content for _, content in played(copy)["video"]] == [
        content for _, content in played(data)["video"]
    ]
    assert cleaned("mp4", copy)[0] == copy


@pytest.mark.parametrize(("container", "audio"), [("mp4", "aac"), ("mov", "pcm_s16le")])
def test_the_sound_of_what_was_cut_goes_with_it(container, audio):
    data = bytearray(film(container, "libx264", audio, frames=48, gop=12))
    source = io.BytesIO(bytes(data))
    (moov,) = (one for one in boxes(source, 0, len(data)) if one.type == b"moov")
    sound = data.index(b"soun", moov.start)
    at = data.rindex(b"elst", 0, sound) + 4
    begin = int.from_bytes(data[at + 12 : at + 16])
    data[at + 8 : at + 16] = struct.pack(">II", 1000, begin + 48_000)
    copy, _ = cleaned("mov" if container == "mov" else "mp4", bytes(data))
    assert len(copy) < len(data) - (5_000 if audio == "aac" else 250_000)
    before, after = played(bytes(data))["audio"], played(copy)["audio"]
    assert abs(len(after) - len(before)) <= 3
    if audio != "aac":  # whose decoder makes up the noise in it, other noise from another start
        assert [content for _, content in after] == [content for _, content in before]


def test_a_cut_whose_rest_is_needed_is_refused():
    data = bytearray(film(audio=None, frames=48, gop=250))
    at = data.index(b"elst") + 4
    data[at + 8 : at + 16] = struct.pack(">II", 500, 2048 + 36 * 1024)
    with pytest.raises(NotUnderstood) as refused:
        cleaned("mp4", bytes(data))
    assert refused.value.facts["part"] == "cut-away-but-still-in-it"


def test_locked_and_scattered_films_are_refused_by_name(plain):
    with pytest.raises(FileLocked):
        cleaned("mp4", plain.replace(b"avc1" + bytes(6), b"encv" + bytes(6)))
    with pytest.raises(NotUnderstood) as refused:
        cleaned("mp4", plain.replace(b"url \0\0\0\1", b"url \0\0\0\0"))
    assert refused.value.facts["part"] == "external-media"
    with pytest.raises(FileDamaged):
        cleaned("mp4", plain[: len(plain) // 2])


def test_tables_that_name_more_than_there_is_are_damage(short):
    at = short.index(b"stsz") + 4
    huge = short[: at + 4] + struct.pack(">II", 0x7FFFFFFF, 0x7FFFFFFF) + short[at + 12 :]
    with pytest.raises(FileDamaged):
        cleaned("mp4", huge)


def test_places_beyond_four_gibibytes_are_written_long(short):
    source = io.BytesIO(short)
    (moov,) = (one for one in boxes(source, 0, len(short)) if one.type == b"moov")
    made = read_film(source, Box(moov.type, moov.start, moov.body, moov.end))
    sizes = measure(source, made)
    assert b"stco" in placed_moov(made, sizes, 100)
    far = placed_moov(made, sizes, 5 << 30)
    assert b"co64" in far
    assert struct.pack(">Q", (5 << 30) + len(far)) in far
    assert sizes[0] == array("Q", sizes[0])


def test_the_second_reader_notices_what_is_planted(short):
    copy, _ = cleaned("mp4", short)
    moov = copy.index(b"moov")
    noticed(
        "mp4",
        [
            copy + box(b"free", SECRET),
            copy + b"x",
            copy.replace(b"vide" + bytes(12), b"vide" + SECRET[:12]),
            _put(copy, copy.index(b"mvhd") + 8, b"\x01"),
            _put(copy, copy.index(b"mdhd") + 8, b"\x01"),
            _put(copy, copy.index(b"avc1", moov) + 50, b"\x04Anna"),
            copy.replace(b"isomiso2", b"isomAnna"),
            copy.replace(b"\x55\xc4", b"\x15\xc7"),
        ],
    )


def _put(data: bytes, at: int, other: bytes) -> bytes:
    return data[:at] + other + data[at + len(other) :]


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_bytes_are_cleaned_or_refused(short, data):
    begin = short.index(b"moov")
    broken = bytearray(short)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(begin, len(short) - 1))
        broken[at] = data.draw(st.integers(0, 255))
    held("mp4", bytes(broken[: data.draw(st.sampled_from([len(short), len(short) - 40]))]))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_noise_behind_a_head_is_cleaned_or_refused(noise):
    held("mp4", box(b"ftyp", b"isom" + bytes(4)) + box(b"moov", noise) + noise)


def test_messages_of_encoders_leave_a_picture_and_numbers_for_colours_stay():
    note = b"\x06\x05\x20" + bytes(16) + b"x264 - core 1234" + b"\x80"
    assert avc_unit(note) is None
    light = b"\x06\x90\x04\x03\xe8\x01\x90\x80"
    assert avc_unit(light) == light
    both = b"\x06\x05\x03abc" + light[1:]
    assert avc_unit(both) == light
    assert list(messages(b"\x06" + b"\x05\x03abc\x80", 1)) == [(5, b"abc")]


def test_fillers_before_sound_are_blanked_and_nothing_else():
    name = b"Lavc60.31"
    bits = "110" + f"{len(name) + 1:04b}" + "0" * 8 + "".join(f"{one:08b}" for one in name)
    rest = "000" + "1011001" * 9
    whole = bits + rest
    whole += "0" * (-len(whole) % 8)
    sample = int(whole, 2).to_bytes(len(whole) // 8)
    blank = aac_sample(sample)
    assert len(blank) == len(sample)
    after = f"{int.from_bytes(blank):0{len(whole)}b}"
    assert after[: len("110") + 4] == whole[: len("110") + 4]
    assert set(after[7 : len(bits)]) == {"0"}
    assert after[len(bits) :] == whole[len(bits) :]


def test_user_data_goes_but_a_name_that_decoders_go_by_stays():
    sample = b"\0\0\1\xb6abc" + b"\0\0\1\xb2" + SECRET + b"\0\0\1\xb2Lavc60.31.102" + b"\0\0\1\xb0x"
    kept = mpeg4_visual(sample)
    assert SECRET not in kept
    assert kept == b"\0\0\1\xb6abc\0\0\1\xb2Lavc58.134.100\0\0\1\xb0x"
