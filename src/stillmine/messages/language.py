"""Find the translation of a sentence; where there is none, English stands."""

from __future__ import annotations

import functools
import gettext
from pathlib import Path

_LOCALE = Path(__file__).parent / "locale"


@functools.cache
def _catalogue(language: str | None, folder: Path) -> gettext.NullTranslations:
    wanted = None if language is None else [language]
    return gettext.translation("stillmine", folder, languages=wanted, fallback=True)


def translate(text: str, language: str | None = None, folder: Path = _LOCALE) -> str:
    """Return the text in a language such as `de`; None takes the one the system is set to."""
    return _catalogue(language, folder).gettext(text) if text else ""


def translate_counted(
    one: str, many: str, count: int, language: str | None = None, folder: Path = _LOCALE
) -> str:
    """Return the form of a sentence that fits a count, by the language's own plural rule."""
    return _catalogue(language, folder).ngettext(one, many, count)
