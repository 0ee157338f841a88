"""A program of somebody else indexes a folder and looks for its pictures, without a vault."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from stillmine.imaging import Decoder, drawn
from stillmine.imaging.drawn import draw
from stillmine.imaging.likeness import LikenessIndex, find_copies, index_folder

SIZE = (640, 480)
PAGE = Path(__file__).parents[2] / "docs/recognise.md"


def jpeg(pixels) -> bytes:
    out = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(out, "JPEG", quality=60)
    return out.getvalue()


@pytest.fixture(scope="module")
def folders(tmp_path_factory) -> tuple[Path, Path]:
    whole = tmp_path_factory.mktemp("folders")
    own, reported = whole / "own pictures", whole / "reported"
    (own / "deep").mkdir(parents=True)
    reported.mkdir()
    (own / "0.jpg").write_bytes(draw(0, size=SIZE))
    (own / "deep/2.jpg").write_bytes(draw(2, size=SIZE))
    (own / "broken.jpg").write_bytes(b"\xff\xd8\xff" + bytes(200))
    (own / "text.txt").write_text("text")
    mine = drawn.pixels(2, SIZE)
    (reported / "a.jpg").write_bytes(jpeg(mine[40:400, 500:60:-1]))
    (reported / "b.jpg").write_bytes(draw(101, size=SIZE))
    (reported / "c.txt").write_text("text")
    (reported / "d.jpg").write_bytes(jpeg(np.hstack([mine, drawn.pixels(0, SIZE), mine])))
    return own, reported


@pytest.fixture(scope="module")
def decoder():
    with Decoder(workers=1) as decoder:
        yield decoder


@pytest.fixture(scope="module")
def bank(folders, decoder):
    return index_folder(folders[0], decoder)


def test_a_folder_becomes_an_index_that_calls_pictures_by_their_path(bank, folders):
    assert list(bank.index) == ["0.jpg", "deep/2.jpg"]
    assert bank.skipped == ((folders[0] / "broken.jpg", "imaging.cannot-decode"),)


def test_copies_are_found_in_files_in_their_order(bank, folders, decoder):
    files = [*sorted(folders[1].iterdir()), folders[1] / "not there"]
    found = list(find_copies(bank.index, files, decoder))
    assert [looked.file for looked in found] == files
    first, stranger, text, several, missing = found
    assert [(copy.item, copy.best.mirrored) for copy in first.copies] == [("deep/2.jpg", True)]
    assert first.copies[0].best.kind == "part-of"
    assert first.copies[0].expected_false < 1e-6
    assert stranger.copies == text.copies == missing.copies == ()
    assert (first.problem, stranger.problem) == (None, None)
    assert missing.problem == "imaging.cannot-read"
    items = sorted(copy.item for copy in several.copies)
    assert items == ["0.jpg", "deep/2.jpg", "deep/2.jpg"]


def test_an_index_that_was_saved_answers_the_same(bank, folders, decoder):
    again = LikenessIndex.from_bytes(bank.index.to_bytes())
    (one,) = find_copies(again, [folders[1] / "a.jpg"], decoder)
    (other,) = find_copies(bank.index, [folders[1] / "a.jpg"], decoder)
    assert one == other


def test_an_empty_folder_makes_an_empty_index(tmp_path, folders, decoder):
    bank = index_folder(tmp_path, decoder)
    assert len(bank.index) == 0
    (looked,) = find_copies(bank.index, [folders[1] / "a.jpg"], decoder)
    assert looked.copies == ()


def test_a_folder_that_is_not_there_is_an_error(tmp_path, decoder):
    with pytest.raises(FileNotFoundError):
        index_folder(tmp_path / "none", decoder)


def test_the_example_in_the_documents_runs_as_it_stands(folders):
    (example,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    program = folders[0].parent / "example.py"
    program.write_text(example)
    done = subprocess.run(
        [sys.executable, program.name], cwd=program.parent, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    lines = done.stdout.splitlines()
    assert lines[0].startswith("a.jpg deep/2.jpg part-of ")
    assert len(lines) == 4
