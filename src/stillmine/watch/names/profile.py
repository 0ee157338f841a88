"""Show that a handle is one's own by a code in the profile's own text: one polite look at it.

What is read is one field of one answer, about the account that the site itself names: so a code in
a comment, in a reply, in another profile, in a search result or in an address shows nothing.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from stillmine.app.network import Permit
from stillmine.app.network.web import Fetched, fetch
from stillmine.app.network.web.queries import origin_of
from stillmine.watch.manners.robots import MOST_ROBOTS, robots_of
from stillmine.watch.names.own_name import OwnName
from stillmine.watch.names.showing import not_shown
from stillmine.watch.names.sites import FEDIVERSE, SITES, Asked
from stillmine.watch.reading.tags import Words, tags

ACTION = "watch.name.prove"
OLD_ENOUGH = timedelta(days=30)
_MOST_ANSWER = 1 << 20
_SECONDS = 20.0
_JSON = ("Accept", "application/json")
_NEAR = timedelta(minutes=10)
_PAUSE = 2.0  # seconds between two questions to one host; more where the site asks for it
_LONGEST_PAUSE = 60.0


def asked_for(name: OwnName) -> Asked | None:
    """Return how the profile of a handle is asked for; None where that wants a login."""
    site = SITES.get(name.at)
    return FEDIVERSE if site is None else site.asked


def code_in_profile(name: OwnName, now: datetime, check: Callable[[], None]) -> str:
    """Look at a profile once; return the time, which the site agrees with (ISO, UTC).

    `check` is called while it waits, and may raise to stop. Raises NotShown, and what `fetch`
    raises.
    """
    asked = asked_for(name)
    if asked is None:
        raise not_shown("needs-login", site=name.at)
    account = _account(_answer(_address(asked, name), check), now)
    local = name.text.partition("@")[0] if asked is FEDIVERSE else name.text
    if _text(account, asked.owner).lower() != local:
        raise not_shown("other-account")
    if name.code is None or not says(_own_text(account, asked), name.code.code):
        raise not_shown("no-code")
    began = _time(account.get(asked.began))
    # Else whoever wants to look for somebody makes a new account that is called like theirs.
    if began is None or began > now - OLD_ENOUGH:
        raise not_shown("young")
    return now.astimezone(UTC).isoformat(timespec="seconds")


def says(text: str, code: str) -> bool:
    """Say whether a code stands in a text by itself, and not as a piece of something longer."""
    return bool(re.search(rf"(?<![\w-]){re.escape(code)}(?![\w-])", text, re.IGNORECASE))


def require_time_of(found: Fetched, now: datetime) -> None:
    """Raise NotShown unless the clock of a site says the same as this computer's.

    What has to wait for days must not be got by turning a clock.
    """
    try:
        said = parsedate_to_datetime(found.header("date"))
    except (ValueError, TypeError) as cause:
        raise not_shown("no-time") from cause
    if said.tzinfo is None or abs(said - now) > _NEAR:
        raise not_shown("clock")


def _address(asked: Asked, name: OwnName) -> str:
    # Both were looked at when they were noted: no sign in them ends a step of an address.
    local = name.text.partition("@")[0] if asked is FEDIVERSE else name.text
    return asked.address.format(handle=local, host=name.at)


def _answer(address: str, check: Callable[[], None]) -> Fetched:
    permit = Permit.for_host(ACTION, address)
    robots = fetch(
        permit, f"{origin_of(address)}/robots.txt", limit=MOST_ROBOTS, seconds=_SECONDS, redirects=0
    )
    asks = robots_of(robots.status, robots.body)
    # What is asked is offered to programs, by the person whose profile it is: as in a look, only
    # rules that name this program are about that (docs/watching.md).
    if (asks.named and not asks.allows(address)) or asks.pause > _LONGEST_PAUSE:
        raise not_shown("robots")
    _wait(max(_PAUSE, asks.pause), check)
    # A redirect is an answer of somebody else, or about somebody else.
    found = fetch(
        permit, address, headers=(_JSON,), limit=_MOST_ANSWER, seconds=_SECONDS, redirects=0
    )
    if found.status in {404, 410}:
        raise not_shown("no-profile")
    if found.status != 200 or found.cut:
        raise not_shown("refused")
    return found


def _wait(seconds: float, check: Callable[[], None]) -> None:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        check()
        time.sleep(min(left, 0.2))


def _account(found: Fetched, now: datetime) -> Mapping[str, Any]:
    require_time_of(found, now)
    try:
        answer = json.loads(found.body)
    except (ValueError, RecursionError) as cause:
        raise not_shown("refused") from cause
    if not isinstance(answer, dict):
        raise not_shown("no-profile")
    return answer


def _own_text(account: Mapping[str, Any], asked: Asked) -> str:
    text = _text(account, asked.text)
    if not asked.html:
        return text
    return " ".join(each.text for each in tags(text) if isinstance(each, Words))


def _text(account: Mapping[str, Any], field: str) -> str:
    value = account.get(field)
    return value if isinstance(value, str) else ""


def _time(value: object) -> datetime | None:
    try:
        if isinstance(value, int) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
        said = datetime.fromisoformat(value) if isinstance(value, str) else None
    except (ValueError, OverflowError, OSError):
        return None
    return said if said is None or said.tzinfo else said.replace(tzinfo=UTC)
