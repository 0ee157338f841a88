"""All that can go wrong, said once.

Each class has a stable code, which programs may rely on, and an exit code of its own.
The two sentences a person reads for a code are in `stillmine.messages`.

* StillmineError                 app.unexpected
  - WrongUsage                   app.wrong-usage
  - Stopped                      app.stopped
"""

from __future__ import annotations

from typing import ClassVar

Fact = str | int | bool


class StillmineError(Exception):
    """Something went wrong that a person can be told about."""

    code: ClassVar[str] = "app.unexpected"
    exit_code: ClassVar[int] = 1

    def __init__(self, **facts: Fact) -> None:
        """Keep only facts that are safe to show on a screen somebody else may see."""
        super().__init__(self.code)
        self.facts = facts


class WrongUsage(StillmineError):
    """The command was not understood."""

    code = "app.wrong-usage"
    exit_code = 2


class Stopped(StillmineError):
    """The person asked for the work to stop; what was confirmed is kept."""

    code = "app.stopped"
    exit_code = 130
