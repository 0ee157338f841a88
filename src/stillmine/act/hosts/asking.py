"""Ask a registry who has a domain or an address (RDAP: RFC 7480, 9082, 9083)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from stillmine.app.network import Permit
from stillmine.app.network.address import require_encrypted
from stillmine.app.network.web import Fetched, fetch, read_location
from stillmine.errors import AskedTooOften, NotInRegistry, StrangeAnswer

_MOST = 1 << 20
_SECONDS = 20.0
_WANTED = (("Accept", "application/rdap+json, application/json;q=0.9"),)
_KINDS = {"domain": "domain", "ip": "ip network"}
_MOST_WAIT = 7 * 24 * 3600
_USUAL_WAIT = 60

Fetch = Callable[..., Fetched]


def ask_registry(
    permit_for: Callable[[str], Permit], server: str, kind: str, name: str, ask: Fetch = fetch
) -> tuple[Mapping[str, Any], str]:
    """Return what a registry answers about a `domain` or an `ip`, and from which address.

    Raises NotInRegistry, AskedTooOften, StrangeAnswer, NotEncrypted, and what `fetch` raises.
    """
    url = f"{server.rstrip('/')}/{kind}/{name}"
    require_encrypted(url)
    found = ask(permit_for(server), url, headers=_WANTED, limit=_MOST, seconds=_SECONDS)
    host = read_location(found.url).host
    if found.status == 404:
        raise NotInRegistry(host=host, name=name)
    if found.status in (429, 503):
        raise AskedTooOften(host=host, seconds=_wait(found.header("retry-after")))
    if found.status != 200 or found.cut:
        raise StrangeAnswer(host=host, reason=f"status-{found.status}")
    return _read(found.body, kind, host), found.url


def _read(body: bytes, kind: str, host: str) -> Mapping[str, Any]:
    try:
        answer = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as cause:
        raise StrangeAnswer(host=host, reason="no-json") from cause
    if not isinstance(answer, dict) or answer.get("objectClassName") != _KINDS[kind]:
        raise StrangeAnswer(host=host, reason="other-kind")
    return answer


def _wait(said: str) -> int:
    """Return the seconds that a Retry-After header asks for (RFC 9110, 10.2.3)."""
    if said.isascii() and said.isdigit():
        return min(int(said[:9]), _MOST_WAIT)
    try:
        until = parsedate_to_datetime(said)
    except (TypeError, ValueError):
        return _USUAL_WAIT
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    left = (until - datetime.now(UTC)).total_seconds()
    return int(min(max(left, 1), _MOST_WAIT))
