"""A picture that turned up is traced to the copy it came from, in careful words."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageEnhance

from stillmine.app.actions import Outcome
from stillmine.errors import CannotReadFile, CannotTrace, UnknownItem
from stillmine.imaging import drawn
from stillmine.messages import said_after
from stillmine.share import make, trace
from stillmine.share.trace import TraceAnswer
from tests.share.conftest import Person
from tests.share.conftest import _derive_in_no_time as derive_in_no_time

NAMES = ("Bo", "Cem", "Dora")


class Handed:
    """A picture of which three people have a copy each."""

    def __init__(self, owner: Person, folder: Path) -> None:
        self.owner, self.folder = owner, folder
        original = folder / "at the lake.jpg"
        original.write_bytes(drawn.draw(2, size=(800, 600)))
        self.original = original
        (self.item,) = owner.keeps(original)
        self.copies = {name: self._made_for(name) for name in NAMES}

    def _made_for(self, name: str) -> Path:
        request = make.MakeRequest((self.item,), name, self.folder, unsealed=True)
        return self.owner.does(make.make, request).made[0].file

    def leaks(self, picture: Image.Image, quality: int = 70) -> Path:
        """Save it as somebody found it."""
        file = self.folder / "found.jpg"
        picture.save(file, "JPEG", quality=quality)
        return file

    def traces(self, file: Path, item: str = "") -> TraceAnswer:
        return self.owner.does(trace.trace, trace.TraceRequest(file, item))


@pytest.fixture(scope="module")
def made(settled: dict[str, Person], tmp_path_factory: pytest.TempPathFactory) -> Handed:
    """Make the copies once: every test gets the home with them in its ledger."""
    folder = tmp_path_factory.mktemp("copies")
    owner = Person(folder / "home")
    shutil.copytree(settled["Ada"].folder, owner.folder)
    with pytest.MonkeyPatch.context() as patch:
        derive_in_no_time(patch)
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        return Handed(owner, folder)


@pytest.fixture
def handed(made: Handed, newcomer: Callable[[str], Person], tmp_path: Path) -> Handed:
    owner = newcomer("Ada")
    shutil.copytree(made.owner.folder, owner.folder)
    mine = copy.copy(made)
    mine.owner, mine.folder = owner, tmp_path
    return mine


def names(answer: TraceAnswer) -> list[str]:
    return [one.recipient for one in answer.named]


def test_a_changed_copy_is_traced_to_the_person_it_was_made_for(handed: Handed) -> None:
    with Image.open(handed.copies["Cem"]) as picture:
        part = picture.crop((60, 40, 700, 560)).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    ImageDraw.Draw(part).text((200, 200), "look", "yellow", font_size=80)
    answer = handed.traces(handed.leaks(ImageEnhance.Brightness(part).enhance(0.8)))
    assert answer.item == handed.item
    assert names(answer) == ["Cem"]
    assert answer.verdict == "named"
    assert answer.named[0].false_accusation <= 1e-6
    assert 0.4 < answer.used < 0.9
    assert answer.compared == 3
    assert answer.outcome is Outcome.DONE


def test_a_copy_bit_by_bit_is_answered_from_the_ledger(handed: Handed) -> None:
    answer = handed.traces(handed.copies["Dora"])
    assert (names(answer), answer.verdict) == (["Dora"], "exact-copy")


def test_the_original_itself_names_nobody(handed: Handed) -> None:
    answer = handed.traces(handed.original)
    assert (answer.item, names(answer), answer.verdict) == (handed.item, [], "cannot-say")
    assert answer.outcome is Outcome.NOTHING_FOUND


def test_a_picture_of_something_else_is_not_found(handed: Handed) -> None:
    other = handed.folder / "other.jpg"
    other.write_bytes(drawn.draw(3, size=(800, 600)))
    answer = handed.traces(other)
    assert (answer.item, names(answer), answer.verdict) == (None, [], "not-found")


def test_an_item_that_was_named_is_not_searched(handed: Handed) -> None:
    with Image.open(handed.copies["Bo"]) as picture:
        answer = handed.traces(handed.leaks(picture.resize((400, 300))), handed.item[:8])
    assert names(answer) == ["Bo"]


def test_an_item_that_nobody_was_given_has_nobody_to_compare(handed: Handed) -> None:
    lonely = handed.folder / "lonely.jpg"
    lonely.write_bytes(drawn.draw(4, size=(800, 600)))
    (item,) = handed.owner.keeps(lonely)
    for answer in (handed.traces(lonely), handed.traces(lonely, item)):
        assert (answer.item, names(answer), answer.compared) == (item, [], 0)
        assert answer.verdict == "nobody-to-compare"


def test_two_who_averaged_their_copies_are_both_named(handed: Handed) -> None:
    with Image.open(handed.copies["Bo"]) as one, Image.open(handed.copies["Dora"]) as other:
        answer = handed.traces(handed.leaks(Image.blend(one, other, 0.5)))
    assert sorted(names(answer)) == ["Bo", "Dora"]


def test_a_file_that_is_no_picture_is_told_apart(handed: Handed) -> None:
    text = handed.folder / "note.jpg"
    text.write_bytes(b"this is no picture")
    with pytest.raises(CannotTrace):
        handed.traces(text)
    with pytest.raises(CannotTrace):
        handed.traces(text, handed.item)
    with pytest.raises(CannotReadFile):
        handed.traces(handed.folder / "is not there.jpg")
    with pytest.raises(UnknownItem):
        handed.traces(handed.original, "0" * 32)


def test_half_a_file_is_no_error_of_the_program(handed: Handed) -> None:
    whole = handed.copies["Bo"].read_bytes()
    half = handed.folder / "half.jpg"
    half.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(CannotTrace):
        handed.traces(half)


def test_every_answer_that_names_somebody_says_what_it_does_not_prove(handed: Handed) -> None:
    answer = handed.traces(handed.copies["Bo"])
    facts = {name: getattr(answer, name) for name in TraceAnswer.__slots__}
    assert "no proof of who published" in said_after("share.trace", facts)
    assert "very file" in answer.named[0].line
    nobody = {**facts, "named": ()}
    assert "accuses nobody" in said_after("share.trace", nobody)


def test_the_chance_is_never_said_to_be_smaller_than_can_be_known(handed: Handed) -> None:
    with Image.open(handed.copies["Bo"]) as picture:
        answer = handed.traces(handed.leaks(picture, 90))
    assert answer.named[0].false_accusation >= 1e-15
    assert "1 in 1,000,000,000,000,000" in answer.named[0].line
