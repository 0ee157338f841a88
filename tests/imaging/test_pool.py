"""The pool of children: many threads, no leaks, and a clear error if none can start."""

from __future__ import annotations

import io
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import stillmine.imaging
from stillmine.errors import DecoderWillNotStart
from stillmine.imaging import Decoder, Problem


def test_the_room_exports_exactly_what_it_promises() -> None:
    assert stillmine.imaging.__all__ == sorted(stillmine.imaging.__all__)
    assert all(hasattr(stillmine.imaging, name) for name in stillmine.imaging.__all__)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts descriptors in /proc")
def test_two_hundred_files_leave_no_descriptor_and_no_process_behind(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    path = tmp_path / "picture"
    path.write_bytes(files["jpeg"])
    before = _descriptors()
    with Decoder() as decoder:
        for number in range(200):
            held = io.BytesIO(files["png"][: 40 + number * 10])
            decoder.look(path if number % 2 else held)

    assert _descriptors() == before
    assert _our_children() == set()


def _descriptors() -> set[str]:
    return {path.name for path in Path("/proc/self/fd").iterdir()}


def _our_children() -> set[str]:
    tasks = Path("/proc/self/task")
    return {
        child
        for task in tasks.iterdir()
        for child in (task / "children").read_text().split()
        if Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    }


def test_many_threads_share_a_few_children(files: dict[str, bytes]) -> None:
    names = ["jpeg", "png", "gif", "webp", "pdf"] * 8
    with Decoder(workers=2) as decoder, ThreadPoolExecutor(8) as threads:
        seen = list(threads.map(lambda name: decoder.look(io.BytesIO(files[name])), names))

    assert [look.format for look in seen] == names
    assert {look.problem for look in seen} == {None}


def test_a_child_that_cannot_start_is_an_error_of_its_own() -> None:
    with Decoder(program=("/nowhere/python",)) as decoder, pytest.raises(DecoderWillNotStart):
        decoder.look(io.BytesIO(b""))
    with Decoder(program=("/bin/false",)) as decoder, pytest.raises(DecoderWillNotStart):
        decoder.look(io.BytesIO(b""))


def test_a_pool_that_was_closed_can_be_used_again(files: dict[str, bytes]) -> None:
    decoder = Decoder(workers=1)
    decoder.look(io.BytesIO(files["png"]))
    decoder.close()
    try:
        assert decoder.look(io.BytesIO(files["png"])).format == "png"
    finally:
        decoder.close()


def test_pipes_serve_where_descriptors_cannot_travel(
    files: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows has no such sockets: files go as bytes, and the clock is ours."""
    monkeypatch.delattr(socket, "send_fds")
    path = tmp_path / "picture"
    path.write_bytes(files["webp"])
    with Decoder(workers=1) as decoder:
        assert decoder.look(path).format == "webp"
        assert decoder.thumbnail(io.BytesIO(files["png"])) is not None
        assert decoder.look(io.BytesIO(files["png"][:99])).problem == Problem.CANNOT_DECODE


def test_over_pipes_a_child_that_never_answers_is_ended_too(
    files: dict[str, bytes],
    hostile: Callable[..., Decoder],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(socket, "send_fds")

    assert hostile("sleep", seconds=1).look(io.BytesIO(files["png"])).problem == (
        Problem.TOOK_TOO_LONG
    )
