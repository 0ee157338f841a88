"""Ask the person at the keyboard: hidden for secrets, shown for the rest."""

from __future__ import annotations

import getpass
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from stillmine.messages import fill, translate
from stillmine.messages.questions import QUESTIONS


def somebody_is_there() -> bool:
    """Say whether a person at a terminal can be asked."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def words(key: str, **facts: object) -> str:
    """Return one of the program's questions or announcements, with its facts."""
    return fill(translate(QUESTIONS[key]), facts)


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let Ctrl-C end the question at once: nothing is half-done while somebody types."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def hidden(question: str) -> str:
    """Return what is typed, without showing it."""
    with _interruptible():
        return getpass.getpass(question)


def shown(question: str) -> str:
    """Return what is typed; raise KeyboardInterrupt where the input ends."""
    with _interruptible():
        tell(question, end="")
        line = sys.stdin.readline()
    if not line:
        raise KeyboardInterrupt
    return line.strip()


def yes(question: str) -> bool:
    """Return True only for a clear yes."""
    answer = shown(question).lower()
    return answer.startswith("y") or answer == translate(QUESTIONS["yes"])


def tell(line: str, *, end: str = "\n") -> None:
    """Say something beside the answer, on standard error; that nobody listens is no error."""
    with suppress(OSError):
        sys.stderr.write(line + end)
        sys.stderr.flush()
