"""Attempts to look for somebody by a picture: only copies of that very picture are ever found."""

from __future__ import annotations

import ast
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from stillmine.imaging import drawn
from stillmine.watch import searching
from stillmine.watch.compare import CompareRequest, compare

SIZE = (640, 480)
SOURCES = Path(__file__).parents[3] / "src" / "stillmine"


class Head:
    """Somebody's head with depth: whoever they are is in its proportions, skin, hair and eyes.

    Two photographs of one person are no two copies of one picture: when a head turns, what is near
    moves more than what is far, and light falls on it from elsewhere.
    """

    def __init__(self, person: int) -> None:
        who = np.random.default_rng(person)
        self.skin = who.uniform([175, 130, 105], [235, 190, 165])
        self.hair = who.uniform(20, 110, 3)
        self.eyes, self.mouth, self.nose = who.uniform(0.85, 1.2, 3)

    def photographed(self, scene: int, *, turned: float, raised: float, smiling: float):
        """Return a photograph of them, and the box of the face in it."""
        x, y = np.meshgrid(np.linspace(-1, 1, 230), np.linspace(-1.25, 1.25, 290))
        inside = (x / 0.8) ** 2 + (y / 1.1) ** 2
        depth = np.sqrt(np.clip(1 - inside, 0, None))
        light = np.random.default_rng([scene, 1]).normal(0, 1, 2)
        shade = 0.8 + 0.25 * (light[0] * x + light[1] * y) / np.hypot(*light) + 0.15 * depth
        face = self.skin * shade[..., None]
        for at_x, at_y, near, size, colour in self._features(smiling):
            moved_x = at_x * np.cos(turned) + near * np.sin(turned)
            moved_y = at_y * np.cos(raised) + near * np.sin(raised)
            spot = ((x - moved_x) / (size[0] * np.cos(turned))) ** 2 + (
                (y - moved_y) / size[1]
            ) ** 2
            soft = np.clip(1.4 - spot, 0, 1)[..., None]
            face = face * (1 - soft) + np.asarray(colour) * (0.8 + 0.2 * shade[..., None]) * soft
        strands = np.random.default_rng([scene, 2]).normal(0, 22, (290, 230, 1))
        hairy = ((y < -0.55 + 0.25 * np.sin(3 * x + scene)) & (inside < 1.2))[..., None]
        face = np.where(hairy, self.hair + strands, face)
        whole = drawn.pixels(scene, SIZE).copy()
        left, top = 120 + 40 * (scene % 5), 90
        box = (left, top, left + 230, top + 290)
        under = whole[top : top + 290, left : left + 230]
        grain = np.random.default_rng([scene, 3]).normal(0, 4, under.shape)
        shown = np.where((inside < 1.15)[..., None], face + grain, under)
        whole[top : top + 290, left : left + 230] = shown.clip(0, 255).astype(np.uint8)
        return Image.fromarray(whole), box

    def _features(self, smiling: float):
        """Yield where each part of a face is, how far it stands out, its size and its colour."""
        dark = self.skin * 0.55
        for side in (-1, 1):
            at = 0.33 * side * self.eyes
            yield at, -0.4, 0.55, (0.2, 0.04), self.hair
            yield at, -0.2, 0.5, (0.15, 0.07), (245, 245, 245)
            yield at, -0.2, 0.55, (0.06, 0.06), self.hair
        yield 0.0, 0.15 * self.nose, 0.95, (0.12, 0.2 * self.nose), dark * 1.5
        yield 0.0, 0.3 * self.nose, 0.9, (0.13, 0.04), dark
        yield 0.0, 0.6, 0.7, (0.28 * self.mouth * smiling, 0.06 + 0.05 * smiling), (165, 75, 80)


def saved(picture, path, quality=88):
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    path.write_bytes(out.getvalue())


@pytest.fixture
def found(namer, monkeypatch):
    """Give an empty folder where strangers' pictures will lie, and one helper for each search."""
    monkeypatch.setattr(searching, "LOOKERS", 1)
    folder = namer.desk / "found"
    folder.mkdir()
    return folder


def looks(namer, folder):
    answer = compare(namer.context, CompareRequest((folder,)))
    return {Path(each.path).name for each in answer.matches}


def test_a_face_or_a_portrait_finds_that_picture_and_no_other_one_of_the_same_person(namer, found):
    ex, other_ex = Head(7), Head(11)
    first, box = ex.photographed(1, turned=0, raised=0, smiling=1)
    portrait, _ = other_ex.photographed(0, turned=0.1, raised=0, smiling=1)
    for name, picture in (("face.jpg", first.crop(box)), ("portrait.jpg", portrait)):
        saved(picture, namer.desk / name, 95)
        namer.keeps(namer.desk / name)
    saved(first, found / "the very picture.jpg", 70)
    for head, scene, turned, raised, smiling in (
        (ex, 2, 0.5, 0.1, 0.5),
        (other_ex, 4, -0.35, 0.15, 0.6),
    ):
        again, _ = head.photographed(scene, turned=turned, raised=raised, smiling=smiling)
        saved(again, found / f"same person {scene}.jpg")
    assert looks(namer, found) == {"the very picture.jpg"}


def test_no_code_that_looks_for_pictures_knows_what_a_face_is():
    # Faces are found in one place, to cover them before sharing; watching must not reach it.
    for path in (SOURCES / "watch").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [f"{node.module}.{each.name}" for each in node.names]
            for name in names:
                assert "face" not in name.lower(), f"{path.name} imports {name}"
                assert ".cover" not in name, f"{path.name} imports {name}"
