"""What a decoder that was taken over could do: the child really tries it here."""

from __future__ import annotations

import io
import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stillmine.imaging import Decoder, Problem, shapes
from stillmine.imaging.source import opened
from stillmine.imaging.wire import count
from tests.imaging.hostile_child import ATTEMPTS

Start = Callable[..., Decoder]
linux = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() != "x86_64",
    reason="the planted system call numbers are those of Linux on x86_64",
)


@pytest.fixture
def asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(shapes.SHAPES, "attempt", {"refused": count(1)})
    monkeypatch.setitem(shapes.SHAPES, "write", {"refused": count(1)})


@linux
@pytest.mark.usefixtures("asks")
def test_nothing_outside_the_process_can_be_reached(hostile: Start, tmp_path: Path) -> None:
    pool = hostile("none")
    (tmp_path / "file").write_bytes(b"x")
    with opened(tmp_path / "file") as source:
        done = [
            name
            for which, name in enumerate(ATTEMPTS)
            if pool.run("attempt", source, {"which": which})[0]["refused"] != 1
        ]

    assert done == []


@linux
@pytest.mark.usefixtures("asks")
def test_what_recognises_is_locked_in_as_what_decodes(
    hostile: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stillmine.imaging.decoder.HEAVY", frozenset({"attempt"}))
    pool = hostile("none")
    (tmp_path / "file").write_bytes(b"x")
    with opened(tmp_path / "file") as source:
        done = [
            name
            for which, name in enumerate(ATTEMPTS)
            if pool.run("attempt", source, {"which": which})[0]["refused"] != 1
        ]

    assert done == []


@linux
@pytest.mark.usefixtures("asks")
def test_even_a_file_that_we_hold_for_writing_is_read_only_there(
    hostile: Start, tmp_path: Path
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"original")
    descriptor = os.open(path, os.O_RDWR)
    try:
        with opened(descriptor) as source:
            message, _ = hostile("none").run("write", source, {})
    finally:
        os.close(descriptor)

    assert message == {"refused": 1}
    assert path.read_bytes() == b"original"


@linux
def test_every_lock_is_on_here(decoder: Decoder) -> None:
    on = decoder.protections()

    assert on.memory
    assert on.processor_time
    assert on.no_file_writes
    assert on.system_call_filter


@pytest.mark.parametrize(
    ("task", "problem"),
    [
        ("allocate", Problem.OUT_OF_MEMORY),
        ("crash", Problem.DECODER_CRASHED),
        ("abort", Problem.DECODER_CRASHED),
        ("be_killed", Problem.OUT_OF_MEMORY),
        ("leave", Problem.DECODER_CRASHED),
        ("say_text", Problem.DECODER_CRASHED),
        ("say_more", Problem.DECODER_CRASHED),
        ("say_negative", Problem.DECODER_CRASHED),
        ("say_true", Problem.DECODER_CRASHED),
        ("send_bytes", Problem.DECODER_CRASHED),
        ("flood", Problem.DECODER_CRASHED),
    ],
)
def test_a_child_that_dies_or_lies_becomes_a_code(
    hostile: Start, task: str, problem: Problem, files: dict[str, bytes]
) -> None:
    seen = hostile(task, memory=256 * 1024 * 1024).look(io.BytesIO(files["png"]))

    assert seen.problem == problem


def test_kind_and_size_are_told_by_a_second_child_when_the_first_died(
    hostile: Start, files: dict[str, bytes]
) -> None:
    seen = hostile("crash").look(io.BytesIO(files["webp"]))

    assert (seen.format, seen.width, seen.height) == ("webp", 320, 240)


@pytest.mark.parametrize("task", ["spin", "sleep"])
def test_a_child_that_never_answers_is_ended(
    hostile: Start, task: str, files: dict[str, bytes]
) -> None:
    pool = hostile(task, seconds=1)

    assert pool.look(io.BytesIO(files["png"])).problem == Problem.TOOK_TOO_LONG
    assert pool.thumbnail(io.BytesIO(files["png"])) is not None


def test_the_next_file_gets_a_fresh_child(hostile: Start, files: dict[str, bytes]) -> None:
    pool = hostile("crash")
    for _ in range(3):
        assert pool.look(io.BytesIO(files["png"])).problem == Problem.DECODER_CRASHED
        assert pool.thumbnail(io.BytesIO(files["png"])) is not None
