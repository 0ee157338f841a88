"""Say in words what could not be looked at, and why."""

from __future__ import annotations

from stillmine.app.storage.looks import Trouble
from stillmine.messages import fill, say, translate
from stillmine.messages.errors import ERRORS
from stillmine.messages.places import PROBLEMS
from stillmine.messages.watching import AT_HOST, TIMES


def why(trouble: Trouble) -> str:
    """Return what went wrong, at which host, and how often where that was more than once."""
    said = _in_words(trouble.code)
    if trouble.times > 1:
        said = fill(translate(TIMES), {"said": said, "times": trouble.times})
    if trouble.host:
        said = fill(translate(AT_HOST), {"said": said, "host": trouble.host})
    return said


def _in_words(code: str) -> str:
    if code in PROBLEMS:
        return translate(PROBLEMS[code])
    return say(code, {})[0] if code in ERRORS else code
