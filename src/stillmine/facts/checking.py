"""Find what is wrong with a fact before anyone is shown it; every change has to pass."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from stillmine.facts.fact import Fact, Source, Value
from stillmine.facts.places import places
from stillmine.facts.schemas import DEADLINES, OFFICIAL, SCHEMAS, Kind

_HOST = re.compile(r"https?://([^/?#:@]+)([/?#].*)?")
_ADDRESSES = (
    "url",
    "report_url",
    "help_url",
    "privacy_url",
    "notices_url",
    "copyright_url",
    "complaint_url",
)
_MOST_QUOTED = 240  # signs


def problems(kind: Kind, fact: Fact, today: date) -> Iterator[str]:
    """Yield a line for each thing that is wrong; nothing where the fact may be shown."""
    if fact.place not in places():
        yield f"{fact.place} is no place"
    allowed = official_domains(kind, fact.fact)
    for field, value in fact.values.items():
        for source in value.sources:
            if source.checked_on > today:
                yield f"{field} was read in the future"
        yield from _quoted(kind, field, value)
        if SCHEMAS[kind][field].acted_on:
            yield from _not_official(field, value, allowed)
        if field in _ADDRESSES and kind is not Kind.LAW and not _within(str(value.said), allowed):
            yield f"{field} lies on no domain that speaks for it: {value.said}"
    yield from _deadline(fact)


def _deadline(fact: Fact) -> Iterator[str]:
    lengths = fact.values.keys() & set(DEADLINES)
    if len(lengths) > 1:
        yield f"several times to remove it: {sorted(lengths)}"
    if lengths and "deadline_trigger" not in fact.values:
        yield "a time to remove it, and nobody says when it starts"


def _quoted(kind: Kind, field: str, value: Value) -> Iterator[str]:
    if len(value.quote) > _MOST_QUOTED:
        yield f"{field} quotes too much; the sentence that counts is enough"
    counts = field.startswith("elements.") or field in (*DEADLINES, "deadline_trigger")
    if kind is Kind.LAW and counts and not value.quote:
        yield f"{field} goes into a letter, and the words of the law are not quoted"


def official_domains(kind: Kind, fact: str) -> frozenset[str]:
    """Return the domains that speak for a fact."""
    table = _domains()[kind.value]
    if kind is Kind.LAW:
        return frozenset(table["hosts"])
    return frozenset(table.get(fact.removeprefix(kind.value + "/"), ()))


@cache
def _domains() -> dict[str, Any]:
    text = (files("stillmine.facts") / "official_domains.toml").read_text("utf-8")
    return tomllib.loads(text)


def _not_official(field: str, value: Value, allowed: frozenset[str]) -> Iterator[str]:
    if not any(_speaks(source, allowed) for source in value.sources):
        yield f"{field} is acted on, and was read on no domain that speaks for it"


def _speaks(source: Source, allowed: frozenset[str]) -> bool:
    return source.kind in OFFICIAL and _within(source.url, allowed)


def _within(url: str, allowed: frozenset[str]) -> bool:
    found = _HOST.fullmatch(url)
    if not found:
        return False
    host, path = found[1].lower(), found[2] or "/"
    return any(_covers(domain, host, path) for domain in allowed)


def _covers(domain: str, host: str, path: str) -> bool:
    # "=" marks a domain below which anybody can have a name, as at a place for blogs; and a path
    # one on which anybody can have a page of their own.
    if domain.startswith("="):
        only, slash, below = domain[1:].partition("/")
        return host == only and (slash + below == "" or _lies_below(slash + below, path))
    return host == domain or host.endswith("." + domain)


def _lies_below(folder: str, path: str) -> bool:
    plain = re.split("[?#]", path)[0]
    if ".." in plain or "%" in plain or "\\" in plain:
        return False
    return plain == folder.rstrip("/") or plain.startswith(folder.rstrip("/") + "/")
