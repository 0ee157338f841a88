"""Files that lie sealed, or in an archive, are given to the child piece by piece."""

from __future__ import annotations

import io

import pytest

from stillmine.errors import ItemDamaged
from stillmine.imaging import Decoder, Kind, Problem
from stillmine.imaging.source import opened
from tests.imaging import samples


class Sealed(io.BytesIO):
    """What cannot be handed over as a descriptor; it counts what was asked of it."""

    given = 0

    def read(self, size: int | None = -1) -> bytes:
        piece = super().read(size)
        self.given += len(piece)
        return piece


def large(data: bytes) -> Sealed:
    """Make a file that is too long to be sent at once: a reader of the format stops before."""
    return Sealed(data + bytes(6 << 20))


def test_a_large_file_is_looked_at_as_well_as_a_small_one(
    decoder: Decoder, files: dict[str, bytes]
) -> None:
    for name in ("jpeg", "png", "gif"):
        file = large(files[name])
        file.seek(17)
        assert decoder.look(file).format == name
        assert decoder.look(file).problem is None
        assert file.tell() == 17


def test_only_the_pieces_that_are_needed_are_read(decoder: Decoder) -> None:
    file = Sealed(samples.saved("PNG") + bytes(200 << 20))
    assert decoder.look(file).problem is None
    assert file.given < 20 << 20


def test_a_video_in_pieces_is_a_video(decoder: Decoder) -> None:
    video = samples.video("mp4", "mpeg4")
    box = (5 << 20).to_bytes(4, "big") + b"free" + bytes((5 << 20) - 8)
    look = decoder.look(Sealed(video + box))
    assert (look.kind, look.problem) == (Kind.VIDEO, None)


def test_damage_that_is_found_on_the_way_is_told_and_the_pool_goes_on(
    decoder: Decoder, files: dict[str, bytes]
) -> None:
    class Broken(Sealed):
        def read(self, size: int | None = -1) -> bytes:
            raise ItemDamaged(item="0", what="object-damaged")

    with pytest.raises(ItemDamaged):
        decoder.look(Broken(bytes(9 << 20)))
    assert decoder.look(io.BytesIO(files["png"])).problem is None


def test_a_disk_that_fails_on_the_way_is_a_code(decoder: Decoder) -> None:
    class Failing(Sealed):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(5, "a bad sector")

    assert decoder.look(Failing(bytes(9 << 20))).problem == Problem.CANNOT_READ


def test_a_child_that_asks_for_what_it_was_not_promised_is_ended(hostile) -> None:
    assert hostile("ask_for_more").look(io.BytesIO(b"small")).problem == Problem.DECODER_CRASHED


def test_a_child_that_asks_for_too_much_is_ended(hostile) -> None:
    pool = hostile("ask_for_too_much")
    assert pool.look(Sealed(bytes(9 << 20))).problem == Problem.DECODER_CRASHED


def test_what_cannot_be_wound_back_is_sent_whole(decoder: Decoder, files: dict[str, bytes]) -> None:
    class Once(Sealed):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise OSError

    assert decoder.look(Once(files["webp"])).format == "webp"


def test_the_same_pieces_go_over_pipes(files: dict[str, bytes], monkeypatch) -> None:
    monkeypatch.delattr("socket.send_fds")
    with Decoder(workers=1) as decoder:
        assert decoder.look(large(files["png"])).problem is None


def test_a_promise_holds_only_while_the_file_is_open(decoder: Decoder) -> None:
    file = Sealed(bytes(9 << 20))
    with opened(file) as source:
        assert source.stream is file
        assert source.data == b""
    assert file.tell() == 0
