"""Make an archival PDF of a document: all inside it, the same bytes for the same document.

PDF/A-3a (ISO 19005-3, with tags for screen readers) that is PDF/UA-1 (ISO 14289-1) as well. Typst
sets it. It is given our own template and, as data, the texts; nothing of a document is ever read
as markup. It sees no file but those in memory and the fonts, and has nothing to ask the network.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from stillmine.act.papers import fonts
from stillmine.act.papers.document import Document
from stillmine.act.papers.laying import Laid, lay
from stillmine.errors import CannotTypeset, NoTypesetter

_TEMPLATE = Path(__file__).with_name("template.typ")
_STANDARDS = ["a-3a", "ua-1"]
_MOST_FILES = 64 << 20  # bytes of all files and pictures inside


class Typeset(NamedTuple):
    """The PDF, and the signs that no font here could draw; they stand in it by their numbers."""

    pdf: bytes
    not_drawn: tuple[str, ...]


def has_typesetter() -> bool:
    """Say whether papers can be made as PDF on this computer."""
    return find_spec("typst") is not None


def typeset(document: Document) -> Typeset:
    """Return a document as PDF. Raise NoTypesetter, CannotTypeset."""
    if not has_typesetter():
        raise NoTypesetter
    lacking = fonts.lacking(lay(document, ()).signs)
    families = fonts.system_families(lacking)
    if families:
        try:
            return _set(document, lacking - families.keys(), families)
        except CannotTypeset:
            # A font of the system that is not what it says. Ours alone will do.
            return _set(document, lacking, {})
    return _set(document, lacking, {})


def _set(document: Document, lacking: frozenset[str], system: Mapping[str, str]) -> Typeset:
    import typst

    laid = lay(document, lacking)
    laid.data["fonts"] = [*fonts.own_families(), *sorted(set(system.values()))]
    with tempfile.TemporaryDirectory() as nothing:  # an empty folder is all that could be read
        try:
            pdf = typst.compile(  # type: ignore[call-overload]  # its stub knows no files in memory
                _files(laid),
                root=nothing,
                font_paths=typst.Fonts(bool(system), True, [str(fonts.FOLDER)]),
                package_path=nothing,
                package_cache_path=nothing,
                format="pdf",
                pdf_standards=_STANDARDS,
                timestamp=int(document.dated.timestamp()),
            )
        except RuntimeError as problem:  # typst.TypstError is one
            raise CannotTypeset from problem
    return Typeset(bytes(pdf), tuple(sorted(lacking)))


def _files(laid: Laid) -> dict[str, bytes]:
    if sum(map(len, laid.files.values())) > _MOST_FILES:
        raise CannotTypeset
    data = json.dumps(laid.data).encode()
    return {"main.typ": _TEMPLATE.read_bytes(), "data.json": data, **laid.files}
