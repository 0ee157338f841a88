"""Journeys that a person takes at their own pace: which steps there are, and where somebody is.

A journey knows no page and no command. It says which step comes next, given what was answered; who
shows it asks one thing at a time.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

Answers = Mapping[str, str]
"""What was answered so far, by the name of the answer."""


def _always(_answers: Answers) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Step:
    """One step, and whether a person who answered so needs it."""

    name: str
    needed: Callable[[Answers], bool] = _always


@dataclass(frozen=True, slots=True)
class Journey:
    """A list of steps. Answers may make some of them needless; the others keep their order.

    `may_be_kept` tells from the answers whether it may be written down how far somebody is.
    """

    name: str
    steps: tuple[Step, ...]
    may_be_kept: Callable[[Answers], bool] = _always

    def way(self, answers: Answers) -> tuple[str, ...]:
        """Return the names of the steps that somebody who answered so takes."""
        return tuple(step.name for step in self.steps if step.needed(answers))

    def knows(self, step: str) -> bool:
        """Say whether there is a step of this name, needed or not."""
        return any(each.name == step for each in self.steps)

    def after(self, step: str, answers: Answers) -> str | None:
        """Return the next step that is needed, or None behind the last one."""
        return next(iter(self._needed(step, answers, behind=True)), None)

    def before(self, step: str, answers: Answers) -> str | None:
        """Return the step before that is needed, or None at the first one."""
        return next(iter(self._needed(step, answers, behind=False)[::-1]), None)

    def _needed(self, step: str, answers: Answers, *, behind: bool) -> tuple[str, ...]:
        place = [each.name for each in self.steps].index(step)
        part = self.steps[place + 1 :] if behind else self.steps[:place]
        return tuple(each.name for each in part if each.needed(answers))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody is on a journey. Times are ISO 8601, UTC."""

    journey: str
    at: str
    answers: Answers = field(default_factory=dict)
    progress: str = field(default_factory=lambda: secrets.token_hex(8))
    began: str = field(default_factory=lambda: _now())
    changed: str = field(default_factory=lambda: _now())

    def moved(self, at: str, **answers: str) -> Progress:
        """Return the progress at another step, with further answers; an empty one is taken out."""
        known = {**self.answers, **answers}
        kept = {name: answer for name, answer in known.items() if answer}
        return replace(self, at=at, answers=kept, changed=_now())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
