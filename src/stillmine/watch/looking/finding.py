"""One copy that was found at a place, and the independent facts that speak for it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any

from stillmine.app.network.web.references import canonical
from stillmine.app.storage.looks import Looks
from stillmine.watch.copies import Resemblance

_KEY_BYTES = 8
_WEB = ("https://", "http://")


class Fact(Enum):
    """What speaks for a finding; an alert needs two.

    SAME_BYTES: every byte was compared. SAME_SUM: the site itself tells the sum (MD5) of the file.
    LOOKS_ALIKE: details of the picture agree with an own one. WHOLE_ALIKE: the whole of it does as
    well, light for light. AGAIN_HERE: another own picture was found at the same place. NAMED_HERE:
    the page holds a name or handle of the person.
    """

    SAME_BYTES = "same-bytes"
    SAME_SUM = "same-sum"
    LOOKS_ALIKE = "looks-alike"
    WHOLE_ALIKE = "whole-alike"
    AGAIN_HERE = "again-here"
    NAMED_HERE = "named-here"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Resemblance):
    """One item, seen at one canonical address: at most one of each such pair is ever reported.

    `finding` is its key: 16 hexadecimal digits of a keyed sum. `page` is where people see it,
    `picture` the file's own address ("" where only a sum was told). Of a folder both are paths.
    `seen_at` is ISO, UTC. `headers` are some of the answer that held the picture.
    """

    finding: str
    place: str
    page: str
    picture: str
    seen_at: str
    facts: tuple[Fact, ...]
    headers: tuple[tuple[str, str], ...]


def key_of(looks: Looks, item: str, page: str) -> str:
    """Return the key of the finding of an item at a page, however its address is written.

    A path is written in one way only.
    """
    place = canonical(page) if page.startswith(_WEB) else page
    return looks.sum_of("finding", item, place)[:_KEY_BYTES].hex()


def written(finding: Finding) -> str:
    """Return a finding as JSON."""
    plain = asdict(finding)
    plain["facts"] = [fact.value for fact in finding.facts]
    return json.dumps(plain, separators=(",", ":"))


def read_finding(text: str) -> Finding:
    """Read what `written` wrote. Raises ValueError, TypeError or KeyError for anything else."""
    return finding_of(json.loads(text))


def finding_of(plain: dict[str, Any]) -> Finding:
    """Return the finding of facts that were read from JSON; raises as `read_finding` does."""
    quad = plain["quad"]
    plain["quad"] = tuple((float(x), float(y)) for x, y in quad) if quad else None
    plain["facts"] = tuple(Fact(each) for each in plain["facts"])
    plain["headers"] = tuple((str(name), str(value)) for name, value in plain["headers"])
    return Finding(**plain)
