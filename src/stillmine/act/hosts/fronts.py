"""Tell which service stands before a site, by what it says of itself in its answers and names."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from stillmine.messages import fill, translate
from stillmine.messages import web as words


@dataclass(frozen=True, slots=True)
class Front:
    """A service before a site. `by` is what it was known by, `source` where that is written.

    `fact` names what is known of how to report to it, or is empty.
    """

    name: str
    by: tuple[str, ...]
    source: str
    fact: str = ""

    @property
    def lines(self) -> Iterator[str]:
        """Yield the lines that a person reads."""
        yield fill(translate(words.FRONT), {"name": self.name, "by": ", ".join(self.by)})
        yield "  " + fill(translate(words.SAID_BY), {"source": self.source})


def fronts_of(
    headers: Iterable[tuple[str, str]], name: str, networks: Iterable[str]
) -> tuple[Front, ...]:
    """Return the services before a site.

    `headers` are of its answer, `name` is the true one behind an alias, `networks` the names of
    the network where it answers and of who holds that.
    """
    said = [(header.lower(), value.strip()) for header, value in headers]
    held = [network for network in networks if network]
    found = []
    for known in _known():
        by = tuple(dict.fromkeys(_signs(known, said, name.lower(), held)))
        if by:
            found.append(Front(known["name"], by, known["source"], known.get("fact", "")))
    return tuple(found)


def _signs(
    known: Mapping[str, Any], said: list[tuple[str, str]], name: str, networks: list[str]
) -> Iterator[str]:
    for header, value in said:
        begins = known["headers"].get(header)
        if begins is not None and value.lower().startswith(begins):
            yield f"{header}: {value[:60]}"
    for ending in known["names"]:
        if name == ending or name.endswith(f".{ending}"):
            yield name
    for begins in known["networks"]:
        yield from (network for network in networks if network.lower().startswith(begins))


@cache
def _known() -> tuple[Mapping[str, Any], ...]:
    text = (files(__package__) / "fronts.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["front"])
