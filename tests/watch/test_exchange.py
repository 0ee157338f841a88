"""What is written for exchange is read and matched by the exchanges' own tools."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from threatexchange.exchanges.impl.file_api import (
    FileCollaborationConfig,
    LocalFileSignalExchangeAPI,
)
from threatexchange.signal_type.md5 import VideoMD5Signal
from threatexchange.signal_type.pdq.signal import PdqSignal

from stillmine.errors import NotAFingerprint
from stillmine.imaging.likeness.pdq import Pdq, pdq_of
from stillmine.watch.exchange import Form, Signal, SignalType, read, write
from tests.watch.reference_vpdq import VPDQSignal

REFERENCE = {"pdq": PdqSignal, "video_md5": VideoMD5Signal, "vpdq": VPDQSignal}
VIDEO = b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 9000


def picture() -> Image.Image:
    random = np.random.default_rng(21)
    coarse = Image.fromarray(random.integers(0, 256, (24, 24, 3), dtype=np.uint8))
    return coarse.resize((640, 480), Image.Resampling.BICUBIC)


def ours() -> list[Signal]:
    strangers = np.random.default_rng(22)
    return [
        Signal.of_picture(Pdq(strangers.bytes(32), 100)),
        Signal.of_picture(pdq_of(np.asarray(picture()))),
        Signal.of_video(io.BytesIO(VIDEO)),
    ]


def watched(first: int, seconds: int, *, noise: int = 0) -> list[tuple[float, Pdq]]:
    """Return what a video shows, second by second; noise turns so many bits of each."""
    random = np.random.default_rng(23)
    shown = [int.from_bytes(random.bytes(32)) for _ in range(first + seconds)][first:]
    flips = int.from_bytes(bytes(31) + bytes([(1 << noise) - 1]))
    return [(float(at), Pdq((bits ^ flips).to_bytes(32), 90)) for at, bits in enumerate(shown)]


def saved_again(quality: int) -> bytes:
    held = io.BytesIO()
    picture().resize((400, 300)).save(held, "JPEG", quality=quality)
    return held.getvalue()


def fetched(path: Path) -> dict[str, list[str]]:
    """Signals by kind as `threatexchange`'s reader of local files takes them in."""
    config = FileCollaborationConfig(name="x", api="local_file", enabled=True, filename=str(path))
    [delta] = LocalFileSignalExchangeAPI.for_collab(config).fetch_iter([], None)
    found: dict[str, list[str]] = {}
    for kind, value in delta.updates:
        found.setdefault(kind, []).append(value)
    return found


def test_a_file_of_lines_is_fetched_and_matched_by_the_reference(tmp_path: Path) -> None:
    path = tmp_path / "signals.txt"
    path.write_text(write(ours(), Form.LINES))
    found = fetched(path)
    index = PdqSignal.get_index_cls().build((value, value) for value in found["pdq"])
    matches = index.query(PdqSignal.hash_from_bytes(saved_again(40)))
    assert [match.metadata for match in matches] == [ours()[1].value]
    videos = VideoMD5Signal.get_index_cls().build((v, "mine") for v in found["video_md5"])
    assert len(videos.query(VideoMD5Signal.hash_from_bytes(VIDEO))) == 1
    assert videos.query(VideoMD5Signal.hash_from_bytes(VIDEO + b"\0")) == []


def test_the_csv_is_the_one_that_the_reference_program_prints(tmp_path: Path) -> None:
    def threatexchange(*arguments: str) -> str:
        # It starts from `__main__`, keeps all its state under HOME, and needs no network here.
        return subprocess.run(
            [sys.executable, "-m", "threatexchange", *arguments],
            env={**os.environ, "HOME": str(tmp_path)},
            check=True,
            capture_output=True,
            timeout=120,
        ).stdout.decode()

    path = tmp_path / "signals.txt"
    path.write_text(write(ours(), Form.LINES))
    threatexchange(
        "config", "collab", "edit", "local_file", "--create", "mine", "--filename", str(path)
    )
    threatexchange("fetch")
    printed = threatexchange("dataset", "--print-signals", "--csv")
    assert sorted(printed.splitlines()) == sorted(
        write(ours(), Form.CSV, collab="mine").splitlines()
    )
    assert set(read(printed, Form.CSV).signals) == set(ours())


def test_each_json_line_is_a_request_that_a_matcher_takes() -> None:
    # As Hasher-Matcher-Actioner's `bank_add_as_signals` does: each key names a kind, whose own
    # check takes the value. The service itself is on no package index.
    bodies = write(ours(), Form.HMA).splitlines()
    taken = [
        (kind, REFERENCE[kind].validate_signal_str(value))
        for body in bodies
        for kind, value in json.loads(body).items()
    ]
    assert taken == [(signal.signal_type.value, signal.value) for signal in ours()]


def test_bare_hashes_are_what_the_reference_checks_line_by_line() -> None:
    pictures = ours()[:2]
    text = write(pictures, Form.HASHES)
    assert [PdqSignal.validate_signal_str(line) for line in text.splitlines()] == [
        signal.value for signal in pictures
    ]


def test_bare_hashes_of_two_kinds_are_not_mixed() -> None:
    with pytest.raises(NotAFingerprint):
        write(ours(), Form.HASHES)
    with pytest.raises(NotAFingerprint):
        write([Signal.of_moments(watched(0, 3))], Form.HASHES)


def test_what_a_video_shows_is_matched_by_the_reference_though_it_was_trimmed_and_saved_again(
    tmp_path: Path,
) -> None:
    path = tmp_path / "signals.txt"
    path.write_text(write([*ours(), Signal.of_moments(watched(0, 60))], Form.LINES))
    [kept] = fetched(path)["vpdq"]
    index = VPDQSignal.get_index_cls().build([(kept, "mine")])
    clip = Signal.of_moments(watched(20, 10, noise=6)).value
    assert [match.metadata for match in index.query(clip)] == ["mine"]
    stranger = Signal.of_moments(watched(100, 10)).value
    assert index.query(stranger) == []


def test_the_json_form_of_a_video_is_a_request_that_a_matcher_takes() -> None:
    [body] = write([Signal.of_moments(watched(0, 5))], Form.HMA).splitlines()
    [(kind, value)] = json.loads(body).items()
    assert kind == VPDQSignal.get_name()
    assert VPDQSignal.validate_signal_str(value) == value


def test_a_video_of_an_hour_is_written_and_read_in_every_form_that_holds_it() -> None:
    signal = Signal.of_moments(watched(0, 3600))
    for form in (Form.LINES, Form.CSV, Form.HMA):
        assert read(write([signal], form), form).signals == (signal,)


def test_seconds_that_show_too_little_or_the_same_are_left_out() -> None:
    [(_, one), (_, other)] = watched(0, 2)
    dull = Pdq(other.hash, 49)
    signal = Signal.of_moments([(0.0, one), (1.0, one), (2.0, dull)])
    assert json.loads(signal.value) == [f"{one.hex},90,1.000"]
    with pytest.raises(NotAFingerprint):
        Signal.of_moments([(2.0, dull)])


@pytest.mark.parametrize(
    "value",
    ["", "[]", "{}", "[1]", '["x"]', '["' + "0" * 64 + ',101,0.0"]', '["' + "0" * 64 + ',9,-1"]',
     '["' + "0" * 64 + ',9,nan"]', "[" * 4000, '["' + "\u0660" * 64 + ',9,1"]'],
)  # fmt: skip
def test_what_is_no_list_of_seconds_is_no_fingerprint_of_a_video(value: str) -> None:
    with pytest.raises(NotAFingerprint):
        Signal(SignalType.VPDQ, value)


@pytest.mark.parametrize("kind", list(SignalType))
def test_the_examples_of_the_reference_are_read(kind: SignalType) -> None:
    examples = REFERENCE[kind.value].get_examples()
    for form in [form for form in Form if kind.digits or form is not Form.HASHES]:
        signals = [Signal(kind, example) for example in dict.fromkeys(examples)]
        reading = read(write(signals, form), form)
        assert reading.signals == tuple(signals)
        assert reading.refused_lines == ()


def test_the_fingerprint_of_a_video_is_that_of_the_reference() -> None:
    assert Signal.of_video(io.BytesIO(VIDEO)).value == VideoMD5Signal.hash_from_bytes(VIDEO)


def test_nothing_but_fingerprints_is_written() -> None:
    for form in (Form.LINES, Form.HMA):
        for signal, line in zip(ours(), write(ours(), form).splitlines(), strict=True):
            rest = line.replace(signal.value, "").replace(signal.signal_type.value, "")
            assert rest.strip('{}": ') == ""


def test_a_fingerprint_given_twice_is_written_once() -> None:
    assert write(ours() * 2, Form.LINES) == write(ours(), Form.LINES)


@pytest.mark.parametrize(
    ("form", "good", "bad"),
    [
        (Form.LINES, "pdq {}", ["pdq", "pdq {}0", "PDQ {}", "phash {}", "{}", "pdq  {} x"]),
        (Form.CSV, "pdq,{},a,b,c", ["pdq", '"pdq,{}', "x,{},", ",", "pdq,=1+1"]),
        (
            Form.HMA,
            '{{"pdq": "{}"}}',
            ["[]", "{{}}", "nul", '{{"pdq": 5}}', '{{"x": "{}"}}', "[" * 4000],
        ),
        (Form.HASHES, "{}", ["{}0", "g" * 64, "hash=", "é" * 64, "0" * 10_000]),
    ],
)
def test_lines_that_do_not_hold_are_named_and_the_others_read(
    form: Form, good: str, bad: list[str]
) -> None:
    first, second = (signal.value for signal in ours()[:2])
    lines = [good.format(first), "", *[line.format(first) for line in bad], good.format(second)]
    reading = read("\n".join(lines), form)
    assert [signal.value for signal in reading.signals] == [first, second]
    assert reading.refused_lines == tuple(range(3, 3 + len(bad)))


@given(st.text(max_size=300), st.sampled_from(Form))
def test_no_text_breaks_the_reader(text: str, form: Form) -> None:
    reading = read(text, form)
    assert read(write(reading.signals, Form.LINES), Form.LINES).signals == reading.signals
