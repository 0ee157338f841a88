"""A person covers a part of a picture, from a file or from the vault."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from PIL import Image

from stillmine.app.actions import Outcome
from stillmine.cli.main import run_line
from stillmine.errors import (
    CannotCoverPicture,
    CannotWriteHere,
    InsideHome,
    NoFaceFinder,
    NoSuchBox,
    NoSuchFile,
    WrongUsage,
)
from stillmine.share.cover import CoverRequest, Place, cover_picture
from tests.imaging.samples import animated, saved


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.png"
    path.write_bytes(saved("PNG"))
    return path


def test_a_file_is_covered_without_a_vault_and_stays_as_it_was(ada, photo, tmp_path):
    before = photo.read_bytes()
    request = CoverRequest(str(photo), box=("10,20,30,40",), to=tmp_path / "out")
    answer = cover_picture(ada.context, request)
    assert answer.boxes == (Place(10, 20, 30, 40),)
    assert answer.outcome is Outcome.DONE
    assert not answer.undoable
    assert photo.read_bytes() == before
    assert answer.file is not None
    assert "photo" not in answer.file.name
    image = Image.open(io.BytesIO(answer.file.read_bytes())).convert("RGB")
    assert image.crop((10, 20, 40, 60)).getextrema() == ((0, 0),) * 3
    assert [path.name for path in (tmp_path / "out").iterdir()] == [answer.file.name]


def test_an_item_of_the_vault_is_covered_by_its_number(ada, photo, tmp_path):
    (item,) = ada.keeps(photo)
    request = CoverRequest(item[:12], box=("0,0,8,8",), to=tmp_path / "out")
    answer = ada.does(cover_picture, request)
    assert answer.file is not None
    assert Image.open(io.BytesIO(answer.file.read_bytes())).size == (320, 240)


def test_proposing_writes_nothing(ada, tmp_path):
    path = tmp_path / "blank.png"
    Image.new("RGB", (400, 300), "white").save(path)
    request = CoverRequest(str(path), text=True, propose=True, to=tmp_path / "out")
    answer = cover_picture(ada.context, request)
    assert answer.file is None
    assert answer.nothing_found
    assert answer.outcome is Outcome.NOTHING_FOUND
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({}, WrongUsage),
        ({"propose": True, "box": ("1,1,1,1",)}, WrongUsage),
        ({"box": ("1,1,1,1",) * 10_001}, WrongUsage),
        ({"box": ("1,1,0,1",)}, NoSuchBox),
        ({"box": ("900,900,5,5",)}, NoSuchBox),
        ({"box": ("hello",)}, NoSuchBox),
    ],
    ids=["nothing", "boxes to propose", "too many", "flat", "outside", "words"],
)
def test_a_slip_of_the_keyboard_writes_nothing(ada, photo, tmp_path, change, error):
    with pytest.raises(error):
        cover_picture(ada.context, CoverRequest(str(photo), to=tmp_path / "out", **change))
    assert not list((tmp_path / "out").glob("*"))


def test_what_cannot_be_covered_is_said_in_words(ada, tmp_path):
    path = tmp_path / "moving.gif"
    path.write_bytes(animated("GIF"))
    with pytest.raises(CannotCoverPicture) as refused:
        cover_picture(ada.context, CoverRequest(str(path), box=("0,0,5,5",), to=tmp_path))
    assert " " in refused.value.facts["why"]
    with pytest.raises(NoSuchFile):
        cover_picture(ada.context, CoverRequest(str(tmp_path / "away"), box=("0,0,5,5",)))
    with pytest.raises(NoSuchFile):
        cover_picture(ada.context, CoverRequest(str(tmp_path), box=("0,0,5,5",)))


def test_a_place_that_cannot_be_written_to_is_told(ada, photo):
    with pytest.raises(InsideHome):
        cover_picture(ada.context, CoverRequest(str(photo), box=("0,0,5,5",), to=ada.home.root))
    with pytest.raises(CannotWriteHere):
        cover_picture(ada.context, CoverRequest(str(photo), box=("0,0,5,5",), to=photo / "x"))


def test_faces_need_their_finder(ada, photo, monkeypatch):
    monkeypatch.setattr("stillmine.imaging.cover.proposing._FINDER", "no_such_package")
    with pytest.raises(NoFaceFinder):
        cover_picture(ada.context, CoverRequest(str(photo), faces=True))


def test_the_command_warns_of_what_can_be_undone(photo, tmp_path, capfd):
    line = ["--json", "--home", str(tmp_path / "home"), "share", "cover", str(photo)]
    line += ["--box", "0,0,50,50", "--to", str(tmp_path / "out")]
    assert run_line([*line, "--style", "pixelate"]) == 0
    out, err = capfd.readouterr()
    answer = json.loads(out)["answer"]
    assert answer["undoable"]
    assert "covering-undoable" in err
    assert run_line(line) == 0
    out, err = capfd.readouterr()
    assert not json.loads(out)["answer"]["undoable"]
    assert "warning" not in err
    data = Path(json.loads(out)["answer"]["file"]).read_bytes()
    assert Image.open(io.BytesIO(data)).getpixel((5, 5)) == (0, 0, 0)
