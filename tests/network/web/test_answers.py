"""Whatever bytes a server sends are an answer or a named problem, and never more than asked."""

from __future__ import annotations

import gzip

from hypothesis import given, settings
from hypothesis import strategies as st

from stillmine.app.network.web.answers import MOST_HEAD, read_body, read_head
from stillmine.app.sources.stream import Stream
from stillmine.errors import ArchiveDamaged, StrangeAnswer

_LIMIT = 1000
_LINES = st.lists(
    st.sampled_from(
        [
            b"Content-Length: 5", b"Content-Length: 7, 7", b"Content-Length: -1",
            b"Content-Length:", b"Transfer-Encoding: chunked", b"Transfer-Encoding: gzip, chunked",
            b" folded", b"\tx",
            b"Content-Encoding: gzip", b"Content-Encoding: deflate", b"Content-Encoding: x, gzip",
            b"no colon", b": no name", b"Location: /", b"X" * 300, b"\xff: \xfe", b"A:",
        ]
    ),
    max_size=6,
)  # fmt: skip
_BODIES = st.one_of(
    st.binary(max_size=200),
    st.just(gzip.compress(bytes(100_000))),
    st.lists(
        st.sampled_from(
            [
                b"5\r\n",
                b"Hello",
                b"\r\n",
                b"0\r\n\r\n",
                b"FFFFFFFF\r\n",
                b"-1\r\n",
                b"\n",
                b"zz\r\n",
            ]
        ),
        max_size=8,
    ).map(b"".join),
)


def stream_of(wire: bytes, piece: int) -> Stream:
    """Return bytes as they come from a line: never more than `piece` at once."""
    left = memoryview(wire)

    def read(count: int) -> bytes:
        nonlocal left
        taken, left = bytes(left[: min(count, piece)]), left[min(count, piece) :]
        return taken

    return Stream(read)


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from([b"HTTP/1.1 200 OK", b"HTTP/1.0 404", b"HTTP/1.1 204 x", b"HTTP/1.1 100 x"]),
    _LINES,
    st.sampled_from([b"\r\n", b"\n"]),
    _BODIES,
    st.integers(1, 5000),
    st.sampled_from(["GET", "HEAD"]),
)
def test_an_answer_put_together_from_odd_parts_is_read_or_refused(
    status: bytes, lines: list[bytes], end: bytes, body: bytes, piece: int, method: str
) -> None:
    wire = end.join([status, *lines, b"", body])
    try:
        stream = stream_of(wire, piece)
        head = read_head(stream)
        found, cut = read_body(stream, head, method, _LIMIT)
    except (StrangeAnswer, ArchiveDamaged):
        return
    assert len(found) <= _LIMIT
    assert cut in (True, False)
    assert 200 <= head.status < 600


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.integers(1, 100))
def test_noise_is_no_answer(wire: bytes, piece: int) -> None:
    try:
        read_head(stream_of(wire, piece))
    except (StrangeAnswer, ArchiveDamaged):
        return
    assert wire.startswith(b"HTTP/1.")


def test_how_a_line_is_cut_into_pieces_changes_nothing() -> None:
    wire = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
    wire += b"Content-Encoding: gzip\r\nX: a\r\n b\r\n\r\n"
    packed = gzip.compress(b"Hello " * 50)
    wire += b"%x\r\n%b\r\n0\r\n\r\n" % (len(packed), packed)
    for piece in (1, 2, 3, 7, 100, 10_000):
        stream = stream_of(wire, piece)
        head = read_head(stream)
        assert head.first("x") == "a b"
        assert read_body(stream, head, "GET", _LIMIT) == (b"Hello " * 50, False)


def test_no_more_of_a_head_is_read_than_is_sensible() -> None:
    taken = 0

    def read(count: int) -> bytes:
        nonlocal taken
        piece = b"X: y\r\n" * (count // 6 + 1) if taken else b"HTTP/1.1 200 OK\r\n"
        taken += len(piece)
        return piece

    try:
        read_head(Stream(read))
    except StrangeAnswer:
        assert taken < 4 * MOST_HEAD
    else:
        raise AssertionError("a head without an end was read")
