"""Ask Have I Been Pwned in which leaks a mail address is, with the person's own key.

The form of the question and of the answers: https://haveibeenpwned.com/API/v3#BreachesForAccount
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stillmine.app.network import Permit
from stillmine.app.network.web import Fetched, fetch
from stillmine.app.network.web.queries import escaped_name
from stillmine.errors import BreachKeyRefused, BreachWait, StrangeAnswer
from stillmine.messages import fill, translate
from stillmine.messages.breaches import BREACH

ACTION = "watch.breach.mail"
ACCOUNTS = "https://haveibeenpwned.com/api/v3/breachedaccount/"
_KEY = re.compile(r"[0-9a-fA-F]{32}")
_MOST_ANSWER = 8 << 20  # descriptions of some hundred leaks
_MOST_BREACHES = 2000
_LONGEST = 200  # signs of one text
_SECONDS = 30.0
_LONGEST_WAIT = 24 * 3600


@dataclass(frozen=True, slots=True)
class Breach:
    """One leak that the address is in: where, when, and what leaked of the people in it.

    `sure` is whether Have I Been Pwned could see that it is real; `stealer` that programs took it
    from infected devices, and `spam` that it is a list of people who send unwanted mail.
    """

    title: str
    domain: str
    on: str
    leaked: tuple[str, ...]
    sure: bool
    stealer: bool
    spam: bool

    @property
    def lines(self) -> Iterator[str]:
        """Yield the lines that a person reads."""
        yield f"{self.title}  {self.on}" + (f"  {self.domain}" if self.domain else "")
        if self.leaked:
            yield "    " + fill(translate(BREACH["leaked"]), {"leaked": ", ".join(self.leaked)})
        for is_so, said in ((not self.sure, "unsure"), (self.stealer, "stealer")):
            if is_so:
                yield "    " + translate(BREACH[said])
        if self.spam:
            yield "    " + translate(BREACH["spam"])
        yield ""


def breaches_of(address: str, key: str) -> tuple[Breach, ...]:
    """Ask once; return the leaks of an address, the newest first; none where it is in none.

    Raises BreachKeyRefused, BreachWait, StrangeAnswer, and what `fetch` raises.
    """
    if not _KEY.fullmatch(key):
        raise BreachKeyRefused
    permit = Permit.for_host(ACTION, ACCOUNTS)
    found = fetch(
        permit,
        f"{ACCOUNTS}{escaped_name(address)}?truncateResponse=false",
        headers=(("hibp-api-key", key), ("Accept", "application/json")),
        limit=_MOST_ANSWER,
        seconds=_SECONDS,
        redirects=0,
    )
    if found.status == 404:
        return ()
    if found.status == 401:
        raise BreachKeyRefused
    if found.status == 429:
        raise BreachWait(seconds=_wait(found))
    if found.status != 200 or found.cut:
        raise StrangeAnswer(reason=f"status-{found.status}", host=permit.destination)
    return _read(found.body, permit.destination)


def _wait(found: Fetched) -> int:
    said = found.header("retry-after")
    return min(int(said), _LONGEST_WAIT) if re.fullmatch(r"[0-9]{1,9}", said) else 60


def _read(body: bytes, host: str) -> tuple[Breach, ...]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as cause:
        raise StrangeAnswer(reason="not-json", host=host) from cause
    if not isinstance(said, list) or not all(isinstance(each, dict) for each in said):
        raise StrangeAnswer(reason="no-list", host=host)
    breaches = [_breach(each) for each in said[:_MOST_BREACHES]]
    return tuple(sorted(breaches, key=lambda each: each.on, reverse=True))


def _breach(said: Mapping[str, Any]) -> Breach:
    classes = said.get("DataClasses")
    return Breach(
        title=_text(said, "Title") or _text(said, "Name"),
        domain=_text(said, "Domain"),
        on=_text(said, "BreachDate"),
        leaked=tuple(
            each[:_LONGEST]
            for each in (classes if isinstance(classes, list) else ())[:_LONGEST]
            if isinstance(each, str)
        ),
        sure=said.get("IsVerified") is True and said.get("IsFabricated") is not True,
        stealer=said.get("IsStealerLog") is True or said.get("IsMalware") is True,
        spam=said.get("IsSpamList") is True,
    )


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    return value[:_LONGEST] if isinstance(value, str) else ""
