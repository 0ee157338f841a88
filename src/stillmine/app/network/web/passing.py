"""Pass bytes between the browser and a site, counted, until one of them is done."""

from __future__ import annotations

import selectors
import socket
import threading
from collections.abc import Callable
from contextlib import suppress

from stillmine.app.network.web.proxy_head import Asked
from stillmine.errors import CannotReach

_PIECE = 1 << 16
_IDLE = 90.0  # seconds in which nobody says anything
_STUCK = 30.0  # seconds in which the other side takes nothing


class Allowance:
    """How many bytes may still pass, for all lines together."""

    def __init__(self, most: int, on_full: Callable[[], None] | None = None) -> None:
        """Take the most bytes, and whom to tell when they are used up."""
        self._most, self._on_full = most, on_full
        self._lock = threading.Lock()
        self.spent = 0
        self._told = False

    def spend(self, count: int) -> bool:
        """Count bytes; say whether they still fit. Tells, once, when they do not."""
        with self._lock:
            self.spent += count
            fits = self.spent <= self._most
            tell = not fits and not self._told
            self._told |= tell
        if tell and self._on_full is not None:
            self._on_full()
        return fits

    def require(self) -> None:
        """Raise CannotReach where nothing more may pass."""
        if self.spent > self._most:
            raise CannotReach(host="door", reason="too-much")


def pass_between(
    browser: socket.socket, site: socket.socket, asked: Asked, allowance: Allowance
) -> None:
    """Pass on what each says until the site is done, both are silent, or nothing may pass any more.

    From a plain request only its body goes on; whatever comes after it is not passed.
    """
    request = _Request(None if asked.tunnel else max(0, asked.body - len(asked.early)))
    if asked.tunnel and asked.early:
        site.sendall(asked.early)
    for line in (browser, site):
        line.settimeout(_STUCK)
    with selectors.DefaultSelector() as waiting, suppress(TimeoutError):
        waiting.register(site, selectors.EVENT_READ)
        waiting.register(browser, selectors.EVENT_READ)
        while ready := waiting.select(_IDLE):
            for key, _ in ready:
                from_site = key.fileobj is site
                piece = site.recv(_PIECE) if from_site else request.piece(browser)
                if not piece and not from_site:
                    waiting.unregister(browser)
                    request.over(site)
                elif not piece or not allowance.spend(len(piece)):
                    return
                else:
                    (browser if from_site else site).sendall(piece)


class _Request:
    """What may still go from the browser to the site: so many bytes, or None for no end."""

    def __init__(self, left: int | None) -> None:
        self._left = left

    def piece(self, browser: socket.socket) -> bytes:
        """Return the next bytes that may go on; nothing where the browser is done."""
        piece = browser.recv(_PIECE)
        if self._left is None:
            return piece
        piece = piece[: self._left]
        self._left -= len(piece)
        return piece

    def over(self, site: socket.socket) -> None:
        """Tell the site that nothing more comes; some take that for a wish to end at once."""
        if self._left is None:
            with suppress(OSError):
                site.shutdown(socket.SHUT_WR)
