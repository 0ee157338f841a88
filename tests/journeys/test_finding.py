"""`stillmine try` shows a changed copy being found: made, looked for and placed."""

import re
from pathlib import Path

import numpy as np

from stillmine.imaging.drawn import draw
from stillmine.imaging.lettering import in_letters
from stillmine.imaging.reposted import reposted
from stillmine.journeys import finding
from stillmine.journeys.finding import find_changed_copy
from stillmine.keep.forget import ForgetRequest, forget
from stillmine.messages.walk import WALK
from tests.keep.conftest import Person, _quick, newcomer, person  # noqa: F401  fixtures

PICTURE = draw(3, size=(640, 480))


def test_a_changed_copy_is_made_found_and_marked(person: Person, tmp_path):  # noqa: F811  fixture
    (tmp_path / "text.txt").write_text("no picture")
    (tmp_path / "mine.jpg").write_bytes(PICTURE)
    files = [tmp_path / "text.txt", tmp_path / "mine.jpg"]
    (_, kept) = person.keeps(*files).added
    told = find_changed_copy(person.context, tmp_path / "elsewhere", files)
    assert told.good
    assert (told.facts["mirrored"], told.facts["strangers"]) == ("yes", 0)
    assert len(set(map(len, told.drawing))) == 1
    assert "█" in "".join(told.drawing)
    person.does(forget, ForgetRequest((kept.item,)))
    again = find_changed_copy(person.context, tmp_path / "again", files)
    assert (again.good, again.instead) == (False, "found-not")


def test_where_nothing_can_be_seen_nothing_is_claimed(person: Person, tmp_path):  # noqa: F811  fixture
    (tmp_path / "text.txt").write_text("no picture")
    told = find_changed_copy(person.context, tmp_path / "elsewhere", [tmp_path / "text.txt"])
    assert told.instead == "found-nothing-to-see"
    assert not (tmp_path / "elsewhere").exists()


def test_every_outcome_has_words():
    source = Path(finding.__file__).read_text(encoding="utf-8")
    assert set(re.findall(r'instead="([\w-]+)"', source)) <= set(WALK)


def test_the_corners_of_a_reposted_picture_are_where_it_was_put():
    """The bright half of a picture is told from the dark one at the place that is said."""
    import io

    from PIL import Image

    half = np.zeros((300, 400, 3), np.uint8)
    half[:, 200:] = 255
    out = io.BytesIO()
    Image.fromarray(half).save(out, "JPEG", quality=95)
    made = reposted(out.getvalue())
    grey = np.asarray(Image.open(io.BytesIO(made.jpeg)).convert("L"))
    (right, top), (left, _), (_, bottom), _ = made.corners
    middle, row = round((left + right) / 2), round((top + bottom) / 2)
    assert left < right, "mirrored: the picture's own left is right"
    assert grey[row, middle - 20] > 200
    assert grey[row, middle + 20] < 50


def test_letters_show_what_is_dark_and_keep_marks_inside():
    import io

    from PIL import Image

    picture = np.full((120, 200, 3), 255, np.uint8)
    picture[:, 150:] = 0
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "JPEG", quality=95)
    lines = in_letters(out.getvalue(), [(-50, -50), (100, -50), (100, 900), (-50, 900)])
    assert lines[0][0] == lines[-1][0] == "█"
    assert lines[5][-1] == "@"
    assert lines[5][10] == " "
