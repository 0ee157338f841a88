"""Languages that nobody speaks, made of the program's own words, to see which words are left out.

Each sentence is said longer, in other letters and between brackets, and comes in by the same door
as every translation. Whatever stands on a page without brackets did not come by that door. For the
other direction the letters are Hebrew ones, so that the page is laid out as for those who read so.
"""

from __future__ import annotations

import importlib.machinery
import importlib.util
import re
import string
from pathlib import Path
from types import ModuleType

from babel.messages import Catalog
from babel.messages.mofile import write_mo

LONGER, MIRRORED = "eo", "he"
"""Codes of two languages that the program does not speak; the second is read from the right."""
_SCRIPT = Path(__file__).parents[2] / "scripts/translate"
_ACCENTED = str.maketrans("aceinosuyzACEINOSUYZ", "àçéîñöšüýžÀÇÉÎÑÖŠÜÝŽ")
_HEBREW = {ord(sign): 0x5D0 + number % 27 for number, sign in enumerate(string.ascii_letters)}
_PLACE = re.compile(r"(\{[a-z][a-z0-9_]*\})")


def write_languages(folder: Path) -> None:
    """Write both catalogues as the program reads them."""
    for language, said in ((LONGER, longer), (MIRRORED, mirrored)):
        catalogue = Catalog(locale=language, charset="utf-8")
        for words, _where in _translating().words().values():
            if isinstance(words, tuple):
                catalogue.add(words, tuple(said(each) for each in words))
            else:
                catalogue.add(words, said(words))
        path = folder / language / "LC_MESSAGES" / "stillmine.mo"
        path.parent.mkdir(parents=True)
        with path.open("wb") as file:
            write_mo(file, catalogue)


def longer(words: str) -> str:
    """Return words with accents, two fifths longer, in brackets; places stay as they are."""
    return f"⟦{_outside_places(words, _ACCENTED)}{' lõrém' * -(-len(words) * 2 // 30)}⟧"


def mirrored(words: str) -> str:
    """Return words in letters that are read from the right, in brackets."""
    return f"⟦{_outside_places(words, _HEBREW)}⟧"


def _outside_places(words: str, letters: dict[int, int]) -> str:
    parts = _PLACE.split(words)
    return "".join(part if at % 2 else part.translate(letters) for at, part in enumerate(parts))


def _translating() -> ModuleType:
    """Return the script that knows all words that are translated."""
    loader = importlib.machinery.SourceFileLoader("translating", str(_SCRIPT))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module
