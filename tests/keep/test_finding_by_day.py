"""Finding what was kept by kind, album and day, together with words."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from stillmine.errors import WrongUsage
from stillmine.imaging import drawn
from stillmine.keep import importing
from stillmine.keep.finding import FindRequest, ListRequest, find, list_items


@pytest.fixture
def kept(person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Keep a note each day for three days, at noon here, and a picture on the last of them."""
    first = datetime(2026, 5, 1, 12).astimezone()
    for number in range(3):
        now = round((first + timedelta(days=number)).timestamp()) * 1_000_000_000
        monkeypatch.setattr(importing.time, "time_ns", lambda now=now: now)
        note = tmp_path / f"note {number}.txt"
        note.write_text(f"words {number}")
        person.keeps(note, album="odd" if number % 2 else "even")
    picture = tmp_path / "note of the lake.jpg"
    picture.write_bytes(drawn.draw(3, size=(64, 48)))
    person.keeps(picture)
    return person


def listed(kept, **wanted: str) -> list[str]:
    return sorted(each.name for each in kept.does(list_items, ListRequest(**wanted)).items)


def found(kept, *words: str, **wanted: str) -> list[str]:
    return sorted(each.name for each in kept.does(find, FindRequest(words, **wanted)).items)


def test_a_day_begins_and_ends_at_midnight_here(kept):
    assert listed(kept, since="2026-05-02") == ["note 1.txt", "note 2.txt", "note of the lake.jpg"]
    assert listed(kept, until="2026-05-02") == ["note 0.txt", "note 1.txt"]
    assert listed(kept, since="2026-05-02", until="2026-05-02") == ["note 1.txt"]
    assert listed(kept, since="2026-05-03", until="2026-05-01") == []
    answer = kept.does(list_items, ListRequest(since="2026-05-02", newest=1))
    assert (len(answer.items), answer.fitting, answer.kept) == (1, 3, 4)


def test_words_go_together_with_kind_album_and_day(kept):
    assert len(found(kept, "note")) == 4
    assert found(kept, "note", kind="picture") == ["note of the lake.jpg"]
    assert found(kept, "note", album="odd") == ["note 1.txt"]
    assert found(kept, "note", since="2026-05-03", kind="document") == ["note 2.txt"]
    assert found(kept, "lake", until="2026-05-02") == []
    answer = kept.does(find, FindRequest(("note",), newest=1, since="2026-05-02"))
    assert (len(answer.items), answer.fitting) == (1, 3)


@pytest.mark.parametrize("typed", ["yesterday", "2026-13-01", "0000-00-00", "9999-12-31x", "٢"])
def test_what_is_no_day_is_said(kept, typed):
    with pytest.raises(WrongUsage):
        listed(kept, since=typed)
    with pytest.raises(WrongUsage):
        found(kept, "note", until=typed)


def test_the_last_day_that_there_is_does_not_break_the_search(kept):
    with pytest.raises(WrongUsage):
        listed(kept, until="9999-12-31")
