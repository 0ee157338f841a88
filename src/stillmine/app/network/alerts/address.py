"""Read the address of an alert as Apprise writes it, and let nothing pass that is not plainly one.

Apprise knows more than a hundred services, reads lists of further addresses from files and the
web, and takes attachments, links and headers from an address. None of that is let through.
"""

from __future__ import annotations

import re
import unicodedata
from ipaddress import ip_address
from types import MappingProxyType
from urllib.parse import unquote

from stillmine.errors import WrongAlert
from stillmine.messages import translate
from stillmine.messages.alerting import WHY

KINDS = ("desktop", "mail", "ntfy", "gotify", "matrix", "signal")
LONGEST = 2048
_SCHEMES = MappingProxyType(
    {
        "mailto": "mail",
        "mailtos": "mail",
        "ntfy": "ntfy",
        "ntfys": "ntfy",
        "gotify": "gotify",
        "gotifys": "gotify",
        "matrix": "matrix",
        "matrixs": "matrix",
        "signal": "signal",
        "signals": "signal",
    }
)
# What may stand behind the question mark: who is written to and how they know the person.
_EXTRAS = MappingProxyType(
    {
        "mail": frozenset({"user", "pass", "smtp", "from", "to", "mode"}),
        "ntfy": frozenset({"mode", "priority", "auth", "token"}),
        "gotify": frozenset({"priority"}),
        "matrix": frozenset({"token", "discovery"}),
        "signal": frozenset({"from", "to"}),
    }
)
# An address within an address, also where the signs are written as numbers.
_ANOTHER = re.compile(r"[a-z][a-z0-9+.-]*:/", re.IGNORECASE)


def wrong(reason: str) -> WrongAlert:
    """Return the error that says why something cannot be used for alerts."""
    return WrongAlert(reason=reason, why=translate(WHY[reason]))


def read_address(text: str) -> str:
    """Return the kind of an address: one of `KINDS` but `desktop`.

    Raise WrongAlert with the reason `kind`, `signs` or `extras`. Whether the rest is complete is
    for the service's own reader to say.
    """
    if not text or len(text) > LONGEST or any(_never(sign) for sign in text):
        raise wrong("signs")
    scheme, found, rest = text.partition("://")
    kind = _SCHEMES.get(scheme.lower()) if found else None
    if kind is None:
        raise wrong("kind")
    # Twice: what is unpacked once more on the way must not turn into something else.
    plain = unquote(unquote(rest))
    if any(_never(sign) for sign in plain) or _ANOTHER.search(plain) or "\\" in plain:
        raise wrong("signs")
    for pair in re.split("[&;?]", rest.partition("?")[2]):
        name = unquote(pair.partition("=")[0]).lower()
        if pair and name not in _EXTRAS[kind]:
            raise wrong("extras")
    return kind


def is_at_home(host: str) -> bool:
    """Say whether a host is this computer, or a number within a private network.

    Such a service is the person's own: it may be called straight, and without encryption.
    """
    if host == "localhost":
        return True
    try:
        found = ip_address(host.strip("[]"))
    except ValueError:
        return False
    return found.is_private and not (found.is_unspecified or found.is_reserved)


def _never(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign)[0] == "C"
