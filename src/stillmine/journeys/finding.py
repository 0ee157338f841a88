"""Show a changed copy being found: made here out of one of the pictures, in a place of its own."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

from stillmine.app.context import Context
from stillmine.errors import NoRecogniser
from stillmine.imaging import Decoder
from stillmine.imaging.drawn import draw
from stillmine.imaging.lettering import in_letters
from stillmine.imaging.reposted import Reposted, reposted
from stillmine.journeys.told import Told
from stillmine.watch.compare import CompareAnswer, CompareRequest, compare

_SIDE = 1600
# Numbers of drawings that no walk keeps; of scenes that differ, as the drawn bowls of fruit do not.
_STRANGERS = (9002, 9004)
_NEAR = 0.05  # of the screenshot's height


def find_changed_copy(context: Context, folder: Path, pictures: Sequence[Path]) -> Told:
    """Put a changed copy and strangers' pictures into an archive, and look for copies in it."""
    copy = copy_of_one(pictures)
    if copy is None:
        return Told(good=True, instead="found-nothing-to-see")
    folder.mkdir()
    with zipfile.ZipFile(folder / "downloaded.zip", "w") as archive:
        archive.writestr("screenshot.jpg", copy.jpeg)
        for number in _STRANGERS:
            archive.writestr(f"{number}.jpg", draw(number, size=(800, 600)))
    try:
        answer = compare(context, CompareRequest((folder,)))
    except NoRecogniser:
        return Told(good=True, instead="found-no-recogniser")
    return _told(answer, copy)


def copy_of_one(pictures: Sequence[Path]) -> Reposted | None:
    """Make the copy of the first picture that can be seen; strangers' files are decoded apart."""
    with Decoder(workers=1) as decoder:
        for path in pictures:
            small = decoder.thumbnail(path, side=_SIDE)
            if small is not None:
                return reposted(small)
    return None


def _told(answer: CompareAnswer, copy: Reposted) -> Told:
    found = [match for match in answer.matches if match.inside == "screenshot.jpg"]
    if not found or found[0].quad is None or found[0].height is None:
        return Told(good=False, instead="found-not")
    match, quad, height = found[0], found[0].quad, found[0].height
    away = max(
        max(abs(x - a), abs(y - b)) for (x, y), (a, b) in zip(quad, copy.corners, strict=True)
    )
    facts: dict[str, object] = {
        "kind": match.kind,
        "mirrored": "yes" if match.mirrored else "no",
        "corners": " ".join(f"({x:.0f}, {y:.0f})" for x, y in quad),
        "strangers": len(answer.matches) - len(found),
        "looked_at": answer.looked_at,
    }
    good = match.mirrored and away <= _NEAR * height
    return Told(
        good=good and len(answer.matches) == len(found),
        facts=facts,
        drawing=in_letters(copy.jpeg, quad),
    )
