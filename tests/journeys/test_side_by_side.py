"""Pictures that somebody brings are found in files that they bring, with no vault and no disk."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest

from stillmine.app.actions import Outcome
from stillmine.app.context import Context
from stillmine.app.jobs import Job
from stillmine.app.sources.handed import HandedFile, memory_file
from stillmine.errors import Stopped
from stillmine.imaging.drawn import draw
from stillmine.journeys.side_by_side import compare_brought
from stillmine.web.door import FormKeys

PICTURE = draw(41, size=(800, 600))


Brings = Callable[[str, bytes], HandedFile]


@pytest.fixture
def brings() -> Iterator[Brings]:
    """Return what hands a file over in memory; the memory is given back at the end."""
    every: list[HandedFile] = []

    def handed(name: str, content: bytes) -> HandedFile:
        file = memory_file()
        file.write(content)
        file.seek(0)
        every.append(HandedFile(name, file, len(content)))
        return every[-1]

    yield handed
    for each in every:
        each.content.close()


@pytest.fixture
def context(tmp_path: Path) -> Context:
    """Return a context whose home does not exist."""
    return Context(tmp_path / "home", FormKeys())


def archive(**files: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        for name, content in files.items():
            written.writestr(f"{name}.jpg", content)
    return out.getvalue()


def test_a_copy_is_found_also_in_an_archive_and_a_stranger_s_picture_is_not(context, brings):
    files = (
        brings("same.jpg", PICTURE),
        brings("all.zip", archive(one=draw(41, size=(500, 375)), two=draw(77, size=(640, 480)))),
        brings("other.jpg", draw(90, size=(640, 480))),
        brings("words.txt", b"no picture"),
    )
    own = (brings("mine.jpg", PICTURE), brings("mine too.jpg", draw(55, size=(800, 600))))
    answer = compare_brought(context, own, files)
    found = [(each.path.name, each.inside, each.item, each.name) for each in answer.matches]
    assert found == [
        ("same.jpg", None, "1", "mine.jpg"),
        ("all.zip", "one.jpg", "1", "mine.jpg"),
    ]
    assert answer.matches[0].kind == "exact"
    assert (answer.own, answer.others, answer.outcome) == (2, 1, Outcome.DONE)
    assert not context.home.exists()


def test_where_nothing_is_found_that_is_said(context, brings):
    own, files = (brings("mine.jpg", PICTURE),), (brings("b.jpg", draw(77, size=(640, 480))),)
    answer = compare_brought(context, own, files)
    assert (answer.matches, answer.outcome) == ((), Outcome.NOTHING_FOUND)


def test_what_cannot_be_looked_at_is_named_and_the_rest_is_compared(context, brings):
    own = (brings("mine.jpg", PICTURE), brings("broken.jpg", b"\xff\xd8 nothing"))
    files = (brings("cut.jpg", PICTURE[:300]), brings("same.jpg", PICTURE))
    answer = compare_brought(context, own, files)
    assert [each.file for each in answer.unknown] == ["broken.jpg"]
    assert [each.file for each in answer.skipped] == ["cut.jpg"]
    assert [each.path.name for each in answer.matches] == ["same.jpg"]
    assert answer.outcome is Outcome.GAPS


def test_with_no_picture_among_the_own_ones_there_is_nothing_to_compare(context, brings):
    own, files = (brings("a.txt", b"words"),), (brings("b.jpg", PICTURE),)
    answer = compare_brought(context, own, files)
    assert (answer.looked_at, [each.file for each in answer.unknown]) == (0, ["a.txt"])
    assert answer.outcome is Outcome.GAPS


def test_it_stops_when_asked(tmp_path, brings):
    job = Job()
    job.stop_asked = True
    context = Context(tmp_path / "home", FormKeys(), job)
    with pytest.raises(Stopped):
        compare_brought(context, (brings("a.jpg", PICTURE),), (brings("b.jpg", PICTURE),))
