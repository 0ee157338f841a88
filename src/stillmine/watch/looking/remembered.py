"""What a page showed, packed, so that a page that did not change is read without being sent."""

from __future__ import annotations

import json
import zlib
from datetime import datetime

from stillmine.watch.looking.bodies import plain_ask
from stillmine.watch.places.kind import Existed, Found, Shown

_MOST = 256 << 10
_MOST_PLAIN = 32 << 20


def packed_found(found: Found) -> bytes | None:
    """Return what was read of a page, without pictures that are written into it.

    None where it is too much to be kept: then the page is asked for in full each time.
    """
    plain = {
        "shown": [list(each) for each in found.shown],
        "more": [
            [*each[:1], each.role.value, *each[2:7], each.key_goes.value, each.key_name]
            for each in found.more
        ],
        "existed": [[one.page, one.at.isoformat(), *one[2:]] for one in found.existed],
        "cut": found.cut,
    }
    data = zlib.compress(json.dumps(plain, separators=(",", ":")).encode(), 6)
    return data if len(data) <= _MOST else None


def read_found(data: bytes) -> Found:
    """Read what `packed_found` wrote."""
    text = zlib.decompressobj().decompress(data, _MOST_PLAIN)
    plain = json.loads(text)
    return Found(
        shown=tuple(Shown(*each) for each in plain["shown"]),
        more=tuple(plain_ask(each) for each in plain["more"]),
        existed=tuple(
            Existed(page, datetime.fromisoformat(at), status, copy)
            for page, at, status, copy in plain["existed"]
        ),
        cut=plain["cut"],
    )
