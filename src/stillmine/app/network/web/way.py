"""The way out to the web: straight, through a proxy, or through Tor."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit

from stillmine.app.network.chosen_way import VARIABLE, chosen
from stillmine.app.network.web.location import read_host
from stillmine.errors import AddressRefused, NotAWebAddress, WrongSetting

EXAMPLES = "direct, tor, socks5://host:port, http://host:port"
_TOR = ("127.0.0.1", 9050)
_USUAL = {"socks5": 1080, "socks5h": 1080, "tor": 9050, "http": 8080}


@dataclass(frozen=True, slots=True)
class Way:
    """How to get out. With `tor`, each piece of work takes a path of its own, and .onion works."""

    kind: Literal["direct", "socks5", "http"] = "direct"
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    tor: bool = False

    def __repr__(self) -> str:
        """Leave the password out, so that no traceback or log can hold it."""
        return f"Way({self.named!r})"

    @property
    def named(self) -> str:
        """Return how the way is called where a person reads it."""
        if self.kind == "direct":
            return "direct"
        return f"{'tor' if self.tor else self.kind}://{self.host}:{self.port}"

    def alone(self) -> Way:
        """Return the way with a path through Tor that nothing else takes.

        Tor keeps streams with different SOCKS names apart (IsolateSOCKSAuth, its default), so
        that two cases of one person cannot be tied to each other by the place they came from.
        """
        if not self.tor:
            return self
        return Way(
            self.kind, self.host, self.port, secrets.token_hex(8), secrets.token_hex(8), tor=True
        )


DIRECT = Way()


def read_way(text: str, name: str = "proxy") -> Way:
    """Read how to get out, as `EXAMPLES` shows. Raises WrongSetting."""
    text = text.strip()
    if text in ("", "direct"):
        return DIRECT
    if text == "tor":
        return Way("socks5", *_TOR, tor=True)
    try:
        parts = urlsplit(text)
        host, port = read_host(parts.hostname or ""), parts.port
    except (ValueError, NotAWebAddress, AddressRefused) as cause:
        raise WrongSetting(name=name, wanted=EXAMPLES) from cause
    if parts.scheme not in _USUAL or parts.path.strip("/") or parts.query or parts.fragment:
        raise WrongSetting(name=name, wanted=EXAMPLES)
    return Way(
        "http" if parts.scheme == "http" else "socks5",
        host,
        port or _USUAL[parts.scheme],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        tor=parts.scheme == "tor",
    )


def way_out(environment: Mapping[str, str] = os.environ) -> Way:
    """Return the way in force: what `STILLMINE_PROXY` names, else what the person chose.

    The variables that other programs read (`https_proxy`) are not heeded: whoever set them did
    not think of this, and a way that is half right is worse than one that is plain.
    """
    return read_way(chosen(environment), VARIABLE)
