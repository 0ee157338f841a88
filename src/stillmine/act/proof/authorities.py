"""Who can be asked for a time stamp, and whose word on time is taken."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from stillmine.act.proof.stamps import Trust, known_of
from stillmine.app.network.roots import system_roots
from stillmine.app.network.web import read_location
from stillmine.crypto.chain import read_certificates
from stillmine.errors import (
    AddressRefused,
    CannotReadFile,
    NoSuchFile,
    NotACertificate,
    NotAWebAddress,
    UnknownStamper,
)

_LARGEST = 8 << 20
_STRANGE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Authority:
    """A time-stamp authority: its short name, its address, and where that was read.

    `pause` is how many seconds it wants to have between two requests of one program.
    """

    name: str
    title: str
    url: str
    terms: str = ""
    pause: int = 0
    usual: bool = False
    known: tuple[str, ...] = ()
    kind: str = "yours"
    source: str = ""
    checked_on: date | None = None


@cache
def all_authorities() -> tuple[Authority, ...]:
    """Return the authorities that the program knows, the usual ones first."""
    text = (files(__package__) / "authorities.toml").read_text(encoding="utf-8")
    found = [
        Authority(
            each["name"],
            each["title"],
            each["url"],
            each["terms"],
            each["pause"],
            each["usual"],
            tuple(each["known"]),
            each["kind"],
            each["source"],
            each["checked_on"],
        )
        for each in tomllib.loads(text)["authority"]
    ]
    return tuple(found)


def chosen(names: Sequence[str]) -> tuple[Authority, ...]:
    """Return the authorities of these names or addresses; the usual ones for none.

    `name=https://…` gives an address a name of your own. Raises UnknownStamper.
    """
    if not names:
        return tuple(each for each in all_authorities() if each.usual)
    return tuple(_one(each) for each in names)


def trust(root_files: Sequence[Path] = ()) -> Trust:
    """Return whose word on time is taken: this computer's roots, known ones, and those in files.

    Raises NoSuchFile, CannotReadFile, NotACertificate.
    """
    given = [der for path in root_files for der in _certificates(path)]
    known = (total for each in all_authorities() for total in each.known)
    return Trust((*given, *system_roots()), known_of(known))


def _one(text: str) -> Authority:
    for each in all_authorities():
        if text in (each.name, each.url):
            return each
    name, _, url = text.rpartition("=") if text.count("=") == 1 else ("", "", text)
    try:
        host = read_location(url).host
    except (NotAWebAddress, AddressRefused) as error:
        known = ", ".join(each.name for each in all_authorities())
        raise UnknownStamper(name=text, known=known) from error
    short = _STRANGE.sub("-", (name or host).lower()).strip("-")[:40]
    return Authority(short or "own", name or host, url)


def _certificates(path: Path) -> tuple[bytes, ...]:
    try:
        with path.open("rb") as file:
            return read_certificates(file.read(_LARGEST))
    except FileNotFoundError as error:
        raise NoSuchFile(file=path.name) from error
    except OSError as error:
        raise CannotReadFile(file=path.name) from error
    except NotACertificate as error:
        raise NotACertificate(file=path.name) from error
