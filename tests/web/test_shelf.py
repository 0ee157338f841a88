"""Files in memory that pages hold: bounded, gone when dropped, and each read at its own place."""

from __future__ import annotations

from stillmine.app.sources.handed import HandedFile, memory_file
from stillmine.web.shelf import Shelf


def file(size: int) -> HandedFile:
    content = memory_file()
    content.write(b"x" * size)
    content.seek(0)
    return HandedFile("a.jpg", content, size)


def test_the_oldest_files_make_way_where_there_are_too_many_bytes():
    shelf = Shelf(100)
    first, second = shelf.hold([file(40)]), shelf.hold([file(40)])
    third = shelf.hold([file(40)])
    assert shelf.find(first.name) is None
    assert first.given == []
    assert shelf.find(second.name) is second
    assert shelf.find(third.name) is third
    shelf.clear()


def test_what_is_larger_than_all_there_may_be_is_held_alone():
    shelf = Shelf(100)
    old, new = shelf.hold([file(10)]), shelf.hold([file(500)])
    assert shelf.find(old.name) is None
    assert len(new.given) == 1
    shelf.clear()


def test_what_was_made_of_files_stands_beside_them_with_its_number():
    shelf = Shelf(100)
    held = shelf.hold([file(10), file(10)])
    held.delivery.take("b.jpg", [b"made"])
    assert [each.size for each in held.given] == [10, 10]
    assert [(number, each.name) for number, each in held.made] == [(2, "b.jpg")]
    shelf.clear()
    assert held.delivery.files == []


def test_whoever_is_handed_a_file_closes_nothing_but_their_own():
    shelf = Shelf(100)
    held = shelf.hold([file(10)])
    with held.handed() as (mine,):
        assert mine.content.read(4) == b"xxxx"
    assert mine.content.closed
    assert held.given[0].content.read() == b"x" * 10
    shelf.drop(held.name)
    shelf.drop(held.name)
    assert shelf.find(held.name) is None
