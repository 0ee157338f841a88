"""Which part of a host's name somebody registered, by the Public Suffix List that came with us.

The list is data by its own licence (MPL-2.0, publicsuffix.org), unchanged; its first lines say
which version it is. How it is read: https://github.com/publicsuffix/list/wiki/Format
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from stillmine.app.network.web.location import read_host
from stillmine.errors import AddressRefused, NotAWebAddress

_FILE = "public_suffix_list.dat"
_PRIVATE = "===BEGIN PRIVATE DOMAINS==="


@dataclass(frozen=True, slots=True)
class _Rules:
    """`plain` suffixes, those below which every name is one (`*.`), and what is none after all."""

    plain: frozenset[str]
    below: frozenset[str]
    excepted: frozenset[str]


def registered_domain(host: str) -> str | None:
    """Return the domain that a registry has in its book for a host: `example.co.uk`.

    None for numbers and for names that are nobody's, such as `co.uk`.
    """
    return _one_below(host, _rules()[0])


def site_of(host: str) -> str | None:
    """Return the part of a host that one owner has: `anna.github.io`, not `github.io`.

    Beside what registries give out this knows services that give names to their users.
    """
    return _one_below(host, _rules()[1])


def _one_below(host: str, rules: _Rules) -> str | None:
    if ":" in host or host.replace(".", "").isdigit():
        return None
    labels = host.split(".")
    count = _suffix_length(labels, rules)
    return ".".join(labels[-count - 1 :]) if len(labels) > count else None


def _suffix_length(labels: list[str], rules: _Rules) -> int:
    """Return how many labels at the end are a suffix: by the longest rule, one where none fits."""
    for start in range(len(labels)):
        name = ".".join(labels[start:])
        above = name.partition(".")[2]
        if name in rules.excepted:
            return len(labels) - start - 1
        if name in rules.plain or above in rules.below:
            return len(labels) - start
    return 1


@cache
def _rules() -> tuple[_Rules, _Rules]:
    """Return the rules of registries alone, and those with the private part of the list."""
    text = (files(__package__) / _FILE).read_text(encoding="utf-8")
    registries, _, private = text.partition(_PRIVATE)
    return _read(registries), _read(registries + private)


def _read(text: str) -> _Rules:
    lines = [line.split()[0] for line in text.splitlines() if line.strip() and line[:2] != "//"]
    plain = {_written(line) for line in lines if line[0] not in "!*"}
    below = {_written(line[2:]) for line in lines if line.startswith("*.")}
    excepted = {_written(line[1:]) for line in lines if line.startswith("!")}
    return _Rules(frozenset(plain), frozenset(below), frozenset(excepted))


def _written(name: str) -> str:
    """Return a name as hosts are written; one that no host can have stays as it is."""
    try:
        return read_host(name)
    except (NotAWebAddress, AddressRefused):
        return name
