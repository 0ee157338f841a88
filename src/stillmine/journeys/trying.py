"""See everything work, on one's own pictures or drawn ones, in a place that is thrown away."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.jobs import Job
from stillmine.app.sources.finding import Skipped, find_files
from stillmine.errors import NoSuchFile
from stillmine.imaging.drawn import draw
from stillmine.journeys.walk import STEPS, TypedPassphrase, Walk
from stillmine.messages import fill, translate
from stillmine.messages.walk import WALK

_DRAWN = 12


@dataclass(frozen=True, slots=True)
class TryRequest:
    """Pictures to try with."""

    pictures: tuple[Path, ...] = given(
        "Pictures or folders of your own; none to let the program draw some.", default=()
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name, whether it went as it should, what was done."""

    step: str
    good: bool
    what: str

    @property
    def line(self) -> str:
        """The step as one line for a person."""
        return f"{'✓' if self.good else '✗'} {self.what}"


@dataclass(frozen=True, slots=True)
class TryAnswer(Answer):
    """All steps, in their order, and how many pictures took part.

    `marked` shows in letters the screenshot in which a copy was found, with its place marked.
    """

    pictures: int
    steps: tuple[Step, ...]
    marked: tuple[str, ...]
    all_good: bool

    @property
    def outcome(self) -> Outcome:
        """Return gaps where a step did not go as it should."""
        return Outcome.DONE if self.all_good else Outcome.GAPS


@action("try")
def try_everything(context: Context, request: TryRequest) -> TryAnswer:
    """See it work: keep, find, back up, lose and restore pictures, in a throw-away place."""
    steps: list[Step] = []
    marked: tuple[str, ...] = ()
    with tempfile.TemporaryDirectory(prefix="stillmine-try-") as name:
        folder = Path(name)
        pictures = _given(request.pictures) or _drawn(folder / "pictures", context.job)
        keys = TypedPassphrase(secrets.token_hex(12))
        # The steps' own jobs are quiet: what is shown is how far the walk is.
        inner = replace(context, home=folder / "home", keys=keys, job=Job())
        walk = Walk(folder, inner, keys, pictures)
        context.job.begin("try.walking", STEPS, "steps")
        for step, told in walk.steps():
            words = translate(WALK[told.instead or step])
            steps.append(Step(step, told.good, fill(words, told.facts)))
            marked = told.drawing or marked
            context.job.advance()
    return TryAnswer(len(pictures), tuple(steps), marked, all(step.good for step in steps))


def _given(paths: Sequence[Path]) -> list[Path]:
    """Return the files meant; one of each content's name is enough for a walk."""
    found = list(find_files(paths, Path("/nowhere-at-all")))
    for entry in found:
        if isinstance(entry, Skipped) and entry.code == NoSuchFile.code:
            raise NoSuchFile(file=str(entry.file))
    return [entry for entry in found if not isinstance(entry, Skipped)]


def _drawn(folder: Path, job: Job) -> list[Path]:
    """Draw ordinary photographs. They are nobody's, so they may lie on the disk as they are."""
    folder.mkdir()
    job.begin("try.drawing", _DRAWN, "pictures")
    pictures = []
    for number in range(_DRAWN):
        path = folder / f"a drawing, number {number + 1}.jpg"
        path.write_bytes(draw(number, size=(1200, 900)))
        pictures.append(path)
        job.advance()
    return pictures
