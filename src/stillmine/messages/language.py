"""Find the translation of a sentence; where there is none, English stands."""

from __future__ import annotations

import contextlib
import functools
import gettext
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)
_instead: ContextVar[Mapping[str, str] | None] = ContextVar("instead", default=None)


@contextlib.contextmanager
def speaking(language: str | None, instead: Mapping[str, str] | None = None) -> Iterator[None]:
    """Have everything said in a language such as `es` for a while, in this thread or task.

    `instead` has sentences that are said in place of others, both in English. A thread that is
    started meanwhile begins without it (`contextvars.copy_context`).
    """
    before, said_before = _spoken.set(language), _instead.set(instead)
    try:
        yield
    finally:
        _spoken.reset(before)
        _instead.reset(said_before)


def spoken() -> str | None:
    """Return the language that `speaking` set; None stands for the one of the system."""
    return _spoken.get()


@functools.cache
def _catalogue(language: str | None, folder: Path) -> gettext.NullTranslations:
    wanted = None if language is None else [language]
    return gettext.translation("stillmine", folder, languages=wanted, fallback=True)


def translate(text: str, language: str | None = None, folder: Path = LOCALE) -> str:
    """Return the text in a language such as `de`; None takes the one that is spoken."""
    said = (_instead.get() or {}).get(text, text)
    return _catalogue(language or spoken(), folder).gettext(said) if said else ""


def translate_counted(
    one: str, many: str, count: int, language: str | None = None, folder: Path = LOCALE
) -> str:
    """Return the form of a sentence that fits a count, by the language's own plural rule.

    Where the two forms were translated as sentences of their own, it is the one that English takes.
    """
    catalogue = _catalogue(language or spoken(), folder)
    said = catalogue.ngettext(one, many, count)
    return catalogue.gettext(said) if said in (one, many) else said


def languages(folder: Path = LOCALE) -> tuple[str, ...]:
    """Return the languages that the program speaks, English first."""
    found = sorted(path.parents[1].name for path in folder.glob("*/LC_MESSAGES/stillmine.mo"))
    return ("en", *found)
