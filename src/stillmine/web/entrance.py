"""The key that opens the pages once, and the cookie it is swapped for.

The key is in an address, and addresses end up in histories, so it works a single time. A cookie is
shared by all ports of a host (RFC 6265, 8.5), so its name is as hard to guess as its value.
"""

from __future__ import annotations

import secrets
import threading

_BYTES = 32


class Entrance:
    """Who may come in: whoever brings the key first, and then the browser that got the cookie."""

    def __init__(self) -> None:
        """Make a key, and a cookie that nobody has yet."""
        self._key: str | None = secrets.token_urlsafe(_BYTES)
        self._name = "n" + secrets.token_hex(8)
        self._token: str | None = None
        self._lock = threading.Lock()

    @property
    def key(self) -> str:
        """The key, for the one who opens the browser; empty once it was used."""
        return self._key or ""

    def fits(self, key: str) -> bool:
        """Say whether this is the key and it was not used yet."""
        return self._key is not None and secrets.compare_digest(self._key.encode(), key.encode())

    def swap(self, key: str) -> str | None:
        """Take the key and return the value of the `Set-Cookie` header; None for any other key."""
        with self._lock:
            if not self.fits(key):
                return None
            self._key = None
            self._token = secrets.token_urlsafe(_BYTES)
            return f"{self._name}={self._token}; Path=/; HttpOnly; SameSite=Strict"

    def admits(self, cookies: str) -> bool:
        """Say whether a `Cookie` header holds the cookie, once."""
        token = self._token
        if token is None:
            return False
        found = [part.strip() for part in cookies.split(";")]
        mine = [part.partition("=")[2] for part in found if part.startswith(f"{self._name}=")]
        return len(mine) == 1 and secrets.compare_digest(mine[0].encode(), token.encode())

    def close(self) -> str:
        """Let nobody in any more; return the `Set-Cookie` that takes the cookie away."""
        with self._lock:
            self._key = self._token = None
        return f"{self._name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"
