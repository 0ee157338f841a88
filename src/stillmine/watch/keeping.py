"""Findings in the vault: each is one sealed record, with what the person did about it."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal, get_args

from stillmine.app.network.web.references import canonical
from stillmine.app.storage.vault import Vault
from stillmine.errors import UnknownFinding
from stillmine.watch.copies import Kind
from stillmine.watch.looking.finding import Finding, finding_of, read_finding, written

KIND = "watch.finding"
State = Literal["new", "dismissed", "taken-up"]
_WRONG = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
_NAMES = frozenset(each.name for each in fields(Finding))
_SHORTEST = 2
_WEB = ("https://", "http://")
_LONGEST = {"finding": 16, "place": 64, "item": 64, "page": 8192, "picture": 8192, "seen_at": 40}
_MOST_HEADERS = 20
_LONGEST_HEADER = 2000
_CORNERS = 4
_FLAGS = ("mirrored", "inverted")
_SIZES = ("width", "height")
_SHARES = ("visible", "expected_false")


@dataclass(frozen=True, slots=True)
class KeptFinding:
    """A finding, what the person did about it, and the case that it was taken up in."""

    finding: Finding
    state: State = "new"
    case: str = ""


def read_strictly(text: str) -> Finding:
    """Read a finding that may have been written by anybody. Raises ValueError for what is none."""
    try:
        found = read_finding(text)
        sound = _is_sound(found)
    except _WRONG as problem:
        raise ValueError("no finding") from problem
    if not sound:
        raise ValueError("no finding")
    return found


def same_place(finding: Finding) -> tuple[str, str]:
    """Return by what two findings are the same: the item, and the page however it is written.

    Not by their key: that is another one after `keep rekey`. In the name of a file on this computer
    a `#` is a sign like others.
    """
    page = finding.page
    return finding.item, canonical(page) if page.startswith(_WEB) else page


def all_findings(vault: Vault) -> list[KeptFinding]:
    """Return all findings, the newest first."""
    found = [_read(kept) for kept in vault.records.all(KIND).values()]
    return sorted(found, key=lambda each: (each.finding.seen_at, each.finding.finding))[::-1]


def keep_new(vault: Vault, findings: Iterable[Finding]) -> list[Finding]:
    """Keep those findings that are not known yet; return them. Durable when this returns."""
    known = {same_place(each.finding) for each in all_findings(vault)}
    new: list[Finding] = []
    for each in findings:
        if same_place(each) not in known:
            known.add(same_place(each))
            new.append(each)
    vault.records.put_all(KIND, {each.finding: _plain(KeptFinding(each)) for each in new})
    return new


def chosen(kept: Sequence[KeptFinding], names: Iterable[str]) -> list[KeptFinding]:
    """Return the findings with these numbers, or whose numbers begin so. Raises UnknownFinding."""
    found = []
    for name in names:
        wanted = name.strip().lower()
        fits = [each for each in kept if each.finding.finding.startswith(wanted)]
        if len(wanted) < _SHORTEST or len(fits) != 1:
            raise UnknownFinding(finding=name)
        found += fits
    return list({each.finding.finding: each for each in found}.values())


def note(vault: Vault, changed: Iterable[KeptFinding]) -> None:
    """Keep what the person did about findings; durable when this returns."""
    vault.records.put_all(KIND, {each.finding.finding: _plain(each) for each in changed})


def when(finding: Finding) -> datetime:
    """Return when a finding was seen."""
    return datetime.fromisoformat(finding.seen_at)


def _plain(kept: KeptFinding) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(written(kept.finding))
    return {**plain, "state": kept.state, "case": kept.case}


def _read(kept: Mapping[str, Any]) -> KeptFinding:
    plain = {name: value for name, value in kept.items() if name in _NAMES}
    states: dict[Any, State] = {each: each for each in get_args(State)}
    state = states.get(kept.get("state"), "new")
    return KeptFinding(finding_of(plain), state, str(kept.get("case", "")))


def _is_sound(found: Finding) -> bool:
    texts = all(
        isinstance(value := getattr(found, name), str) and len(value) <= longest
        for name, longest in _LONGEST.items()
    )
    return (
        texts
        and len(found.finding) == _LONGEST["finding"]
        and set(found.finding + found.item) <= set("0123456789abcdef")
        and bool(found.item and found.page)
        and when(found).tzinfo is not None
        and found.kind in get_args(Kind)
        and _has_sound_numbers(found)
        and _has_sound_headers(found)
    )


def _has_sound_numbers(found: Finding) -> bool:
    numbers = [found.score, found.seconds, *(getattr(found, name) for name in _SHARES)]
    corners = [number for corner in found.quad or () for number in corner]
    sizes = [getattr(found, name) for name in _SIZES]
    return (
        all(isinstance(getattr(found, name), bool) for name in _FLAGS)
        and all(isinstance(getattr(found, name), (int, float)) for name in _SHARES)
        and all(each is None or math.isfinite(each) for each in (*numbers, *corners))
        and len(found.quad or [()] * _CORNERS) == _CORNERS
        and all(each is None or (isinstance(each, int) and each > 0) for each in sizes)
    )


def _has_sound_headers(found: Finding) -> bool:
    return len(found.headers) <= _MOST_HEADERS and all(
        len(name) + len(value) <= _LONGEST_HEADER for name, value in found.headers
    )
