"""What comes out of a sealed file is what went in, however it is written and read."""

from __future__ import annotations

import contextlib
import io
import itertools
import os
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillmine.crypto import (
    HybridIdentity,
    Opener,
    Passphrase,
    Recipient,
    Sealer,
    X25519Identity,
    X25519Recipient,
    decrypt,
    encrypt,
)
from stillmine.errors import Damaged, NoKeyFits, NotARecipient, RecipientsDoNotMix

CHUNK = 65536
KEY = X25519Identity.from_secret(bytes(range(32)))
near_chunks = st.builds(
    lambda chunks, off: max(0, chunks * CHUNK + off), st.integers(0, 4), st.integers(-2, 2)
)
sizes = st.one_of(st.integers(0, 5 * CHUNK), near_chunks)


def seal_in_pieces(plain: bytes, cuts: list[int]) -> bytes:
    sink = io.BytesIO()
    places = [0, *sorted(cut % (len(plain) + 1) for cut in cuts), len(plain)]
    with Sealer(sink, [KEY.recipient]) as sealer:
        for start, end in itertools.pairwise(places):
            assert sealer.write(memoryview(plain)[start:end]) == end - start
    return sink.getvalue()


@given(size=sizes, cuts=st.lists(st.integers(0, 2**32), max_size=6))
@settings(max_examples=60, deadline=None)
def test_any_size_in_any_pieces_comes_back(size: int, cuts: list[int]) -> None:
    plain = os.urandom(size)
    sealed = seal_in_pieces(plain, cuts)
    assert decrypt(sealed, [KEY]) == plain
    assert len(sealed) == len(encrypt(plain, [KEY.recipient]))


@given(before=sizes, size=sizes, after=st.integers(0, 100), narrow=st.booleans())
@settings(max_examples=60, deadline=None)
def test_reading_from_a_file_is_the_same_as_writing_it(
    before: int, size: int, after: int, narrow: bool
) -> None:
    class Narrow(io.BytesIO):
        def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]  # one kind is enough
            return super().readinto(buffer[: 7000 if narrow else None])

    plain, sink = os.urandom(before + size + after), io.BytesIO()
    with Sealer(sink, [KEY.recipient]) as sealer:
        sealer.write(plain[:before])
        assert sealer.read_from(Narrow(plain[before : before + size])) == size
        sealer.write(plain[before + size :])
    assert decrypt(sink.getvalue(), [KEY]) == plain


@given(size=sizes, data=st.data())
@settings(max_examples=60, deadline=None)
def test_reading_anywhere_gives_the_same_as_a_slice(size: int, data: st.DataObject) -> None:
    plain = os.urandom(size)
    opener = Opener(io.BytesIO(encrypt(plain, [KEY.recipient])), [KEY])
    model = io.BytesIO(plain)
    for _ in range(data.draw(st.integers(1, 12))):
        origin = data.draw(st.sampled_from([os.SEEK_SET, os.SEEK_CUR, os.SEEK_END]))
        base = {os.SEEK_SET: 0, os.SEEK_CUR: model.tell(), os.SEEK_END: size}[origin]
        place = data.draw(st.integers(0, size + 10))
        assert opener.seek(place - base, origin) == model.seek(place)
        wanted = data.draw(st.one_of(st.integers(-1, 3 * CHUNK), st.none()))
        assert opener.read(wanted) == model.read(wanted)
        buffer, same = bytearray(place % 99_999), bytearray(place % 99_999)
        assert opener.readinto(buffer) == model.readinto(same)
        assert buffer == same
        assert opener.tell() == model.tell()
    assert opener.size == size


def test_the_source_may_hold_something_before_the_sealed_file() -> None:
    source = io.BytesIO(b"before" + encrypt(b"plain" * 30_000, [KEY.recipient]))
    source.seek(6)
    opener = Opener(source, [KEY])
    opener.seek(-5, os.SEEK_END)
    assert opener.read() == b"plain"
    opener.seek(0)
    assert opener.read(10) == b"plainplain"


def test_other_readers_can_stand_on_an_opener() -> None:
    text = "ä line\n" * 30_000
    opener = Opener(io.BytesIO(encrypt(text.encode(), [KEY.recipient])), [KEY])
    assert io.TextIOWrapper(io.BufferedReader(opener), "utf-8").read() == text


def test_a_sink_that_takes_little_at_a_time_gets_everything() -> None:
    class Narrow(io.BytesIO):
        def write(self, data: memoryview, /) -> int:  # type: ignore[override]  # one kind is enough
            return super().write(data[:1000])

    plain, sink = os.urandom(200_000), Narrow()
    with Sealer(sink, [KEY.recipient]) as sealer:
        sealer.write(plain)
    assert decrypt(sink.getvalue(), [KEY]) == plain


def test_a_source_that_gives_little_at_a_time_is_read_whole() -> None:
    class Narrow(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(size or 0, 1000))

    plain = os.urandom(200_000)
    assert Opener(Narrow(encrypt(plain, [KEY.recipient])), [KEY]).read() == plain


def test_a_file_whose_writing_was_broken_off_is_refused() -> None:
    sink = io.BytesIO()
    with contextlib.suppress(KeyError), Sealer(sink, [KEY.recipient]) as sealer:
        sealer.write(bytes(CHUNK + 1))
        raise KeyError
    assert len(sink.getvalue()) > CHUNK
    with pytest.raises(Damaged):
        decrypt(sink.getvalue(), [KEY])


def test_nothing_is_written_after_a_write_that_failed() -> None:
    class Full(io.BytesIO):
        full = False

        def write(self, data: memoryview, /) -> int:  # type: ignore[override]  # one kind is enough
            if self.full:
                raise OSError
            return super().write(data)

    sink = Full()
    sealer = Sealer(sink, [KEY.recipient])
    sink.full = True
    with pytest.raises(OSError):  # noqa: PT011  # a bare one is what a full disk gives here
        sealer.write(bytes(2 * CHUNK))
    sink.full = False
    with pytest.raises(ValueError, match="failed"):
        sealer.write(b"more")
    with pytest.raises(ValueError, match="failed"):
        sealer.close()


def test_two_files_with_the_same_content_have_nothing_in_common() -> None:
    one, two = (encrypt(bytes(1000), [KEY.recipient]) for _ in range(2))
    assert one[-1016:] != two[-1016:]
    assert one[40:90] != two[40:90]


def test_each_of_several_recipients_can_open() -> None:
    keys = [X25519Identity.generate() for _ in range(20)]
    sealed = encrypt(b"plain", [key.recipient for key in keys])
    assert all(decrypt(sealed, [key]) == b"plain" for key in keys)
    assert decrypt(sealed, [KEY, keys[7]]) == b"plain"
    with pytest.raises(NoKeyFits):
        decrypt(sealed, [KEY])


def test_a_weaker_recipient_cannot_join_a_stronger_one() -> None:
    strong, phrase = HybridIdentity.generate().recipient, Passphrase("a", work_factor=1)
    mixes: list[list[Recipient]] = [
        [strong, KEY.recipient],
        [phrase, KEY.recipient],
        [phrase, phrase],
    ]
    for mix in mixes:
        with pytest.raises(RecipientsDoNotMix):
            encrypt(b"", mix)
    with pytest.raises(ValueError, match="recipient"):
        encrypt(b"", [])


def test_nothing_is_sealed_for_a_key_that_anyone_can_compute() -> None:
    with pytest.raises(NotARecipient):
        encrypt(b"", [X25519Recipient(bytes(32))])


def test_threads_seal_and_open_at_the_same_time() -> None:
    plain = os.urandom(3 * CHUNK)
    opened: list[bytes] = []

    def work() -> None:
        opened.extend(decrypt(encrypt(plain, [KEY.recipient]), [KEY]) for _ in range(5))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert opened == [plain] * 20


def test_a_closed_opener_gives_nothing() -> None:
    opener = Opener(io.BytesIO(encrypt(b"plain", [KEY.recipient])), [KEY])
    opener.close()
    with pytest.raises(ValueError, match="closed"):
        opener.read(1)


def test_a_place_before_the_start_is_refused() -> None:
    opener = Opener(io.BytesIO(encrypt(b"plain", [KEY.recipient])), [KEY])
    with pytest.raises(ValueError, match="before"):
        opener.seek(-1)
    with pytest.raises(ValueError, match="origin"):
        opener.seek(0, 9)
