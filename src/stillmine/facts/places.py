"""Countries and their parts: the codes that laws, lines and people are sorted by."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

EVERYWHERE = "INT"
_UNION = "EU"


class Place(NamedTuple):
    """A country or a part of one: its ISO 3166 code and its name in English."""

    code: str
    name: str
    in_union: bool = False


@cache
def places() -> dict[str, Place]:
    """Return every place by its code."""
    table = tomllib.loads((files("stillmine.facts") / "places.toml").read_text("utf-8"))
    union = frozenset(table["union"])
    return {code: Place(code, name, code in union) for code, name in table["names"].items()}


def place_of(text: str) -> Place | None:
    """Return the place that somebody typed, as a code or by its English name; None if unknown."""
    wanted = " ".join(text.split()).casefold()
    code = places().get(wanted.upper().replace("_", "-"))
    if code:
        return code
    return next((each for each in places().values() if each.name.casefold() == wanted), None)


def wider_places(place: Place) -> tuple[str, ...]:
    """Return the codes whose facts hold at this place, the nearest first."""
    codes = [place.code]
    country = place.code.partition("-")[0]
    if country != place.code:
        codes.append(country)
    if places()[country].in_union:
        codes.append(_UNION)
    return (*codes, *([] if place.code == EVERYWHERE else [EVERYWHERE]))
