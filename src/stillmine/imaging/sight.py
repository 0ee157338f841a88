"""What every decoder tells about a file before and after it decodes it. Runs in the child."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from stillmine.imaging.kinds import Problem

if TYPE_CHECKING:
    from PIL import Image


@dataclass(frozen=True, slots=True)
class Sight:
    """The numbers that a file declares about itself."""

    width: int | None = None
    height: int | None = None
    frames: int | None = None
    seconds: float | None = None


class Opened(Protocol):
    """A file whose head was read. `sight` is known; nothing large was decoded yet."""

    sight: Sight

    def decode(self, side: int) -> Image.Image:
        """Really decode the first frame, whole but no larger than `side` needs it."""
        ...


class Unseen(Exception):
    """A file cannot be looked at, and why."""

    def __init__(self, problem: Problem) -> None:
        """Keep the reason."""
        super().__init__(problem.value)
        self.problem = problem
