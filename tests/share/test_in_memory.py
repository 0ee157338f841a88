"""Files that came with a form are inspected, cleaned, opened and made in memory, not on a disk."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest

from stillmine.app import delivering
from stillmine.app.context import Context
from stillmine.app.delivering import Delivery
from stillmine.app.sources.handed import HandedFile, memory_file
from stillmine.errors import StillSpeaks, TargetExists, TooMuchAtOnce
from stillmine.imaging.clean.exiftool import ExifTool
from stillmine.share.clean import CleanRequest, clean
from stillmine.share.inspect import InspectRequest, inspect
from tests.counterparts import need
from tests.imaging.clean import stills
from tests.imaging.clean.stills import CANARY
from tests.share.test_cleaning import Nobody

MEBIBYTE = 1 << 20


def handed(name: str, data: bytes) -> HandedFile:
    content = memory_file()
    content.write(data)
    content.seek(0)
    return HandedFile(name, content, len(data))


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    """Return a context with a delivery; nothing may be written anywhere."""
    delivery = Delivery(4 * MEBIBYTE)
    yield Context(tmp_path / "home", Nobody(), delivery=delivery)
    delivery.close()
    assert list(tmp_path.rglob("*")) == []


def given_away(context: Context) -> list[tuple[str, bytes]]:
    assert context.delivery
    return [(each.name, each.content.read()) for each in context.delivery.files]


def test_a_clean_copy_is_handed_back_under_a_name_that_says_nothing(context: Context) -> None:
    first = handed("IMG_20240312_101112.jpg", stills.jpeg(exif=stills.exif()))
    second = handed("b.png", stills.PNG_LEAKS["larger picture after the end"]())
    third = handed("c.jpg", stills.jpeg(exif=stills.exif()))
    context = replace(context, handed=(first, second, third))
    answer = clean(context, CleanRequest((), Path()))
    assert answer.skipped == ()
    copies = given_away(context)
    assert [name for name, _ in copies] == ["picture-01.jpg", "picture-01.png", "picture-02.jpg"]
    assert all(CANARY not in data for _, data in copies)
    assert [one.lossless for one in answer.cleaned] == [True] * 3
    for each in (first, second, third):
        each.content.close()


def test_what_is_no_picture_is_left_out_with_its_reason(context: Context) -> None:
    file = handed("a.jpg", b"nothing of the kind")
    answer = clean(replace(context, handed=(file,)), CleanRequest((), Path()))
    assert len(answer.skipped) == 1
    assert given_away(context) == []
    file.content.close()


def test_more_than_may_be_in_memory_is_refused(context: Context) -> None:
    assert context.delivery
    context.delivery.most = 100
    file = handed("a.jpg", stills.jpeg())
    with pytest.raises(TooMuchAtOnce):
        clean(replace(context, handed=(file,)), CleanRequest((), Path()))
    assert given_away(context) == []
    file.content.close()


def test_a_file_from_a_form_says_the_same_as_one_on_the_disk(
    context: Context, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = stills.jpeg(exif=stills.exif())
    path = tmp_path_factory.mktemp("there") / "IMG_20240312_101112.jpg"
    path.write_bytes(data)
    there = inspect(context, InspectRequest(path))
    file = handed(path.name, data)
    here = inspect(replace(context, handed=(file,)), InspectRequest(Path()))
    assert here.file == there.file
    # A browser does not pass on when a file was changed, and nothing is made up.
    assert [each for each in there.says if each.what != "file-times"] == list(here.says)
    assert any(each.what == "name-pattern" for each in here.says)
    file.content.close()


def test_two_files_of_one_name_are_not_handed_over_in_one_delivery(context: Context) -> None:
    delivering.give(Path("a.txt"), [b"one"], context)
    assert delivering.is_taken(Path("a.txt"), context)
    draft = delivering.write_draft(Path(), [b"two"], context)
    with pytest.raises(TargetExists):
        draft.publish(Path("a.txt"))
    draft.discard()
    assert given_away(context) == [("a.txt", b"one")]


@pytest.mark.parametrize("kind", ["of the system", "of bytes"])
def test_a_file_in_memory_can_be_read_at_two_places_at_once(kind: str) -> None:
    content = io.BytesIO() if kind == "of bytes" else memory_file()
    content.write(b"0123456789")
    first = HandedFile("a", content, 10)
    second = first.again()
    first.content.seek(5)
    assert second.content.read(2) == b"01"
    assert first.content.read(2) == b"56"
    second.content.close()
    first.content.seek(0)
    assert first.content.read() == b"0123456789"
    first.content.close()


@pytest.mark.parametrize("kind", ["of the system", "of bytes"])
def test_the_other_reader_looks_at_copies_that_have_no_path(kind: str) -> None:
    need("exiftool")
    with ExifTool() as reader, _held(kind, stills.jpeg()) as silent:
        reader.check(silent)
    # More than fits into a pipe: it has to take all of it, or to say that it has enough.
    telling = stills.jpeg(exif=stills.exif()) + bytes(3 * MEBIBYTE)
    with (
        ExifTool() as reader,
        _held(kind, telling) as speaks,
        pytest.raises(StillSpeaks) as raised,
    ):
        reader.check(speaks)
    assert raised.value.facts["part"] != "exiftool cannot read it"


def _held(kind: str, data: bytes) -> BinaryIO:
    content = io.BytesIO() if kind == "of bytes" else memory_file()
    content.write(data)
    return content
