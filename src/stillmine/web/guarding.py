"""Before any page, see that it is our own browser, on this computer, that asks for itself.

A page of the internet can reach 127.0.0.1: by a form, a picture, or a name that suddenly points
here (DNS rebinding). So the host has to be ours, the browser has to say that the question came from
our own page (Fetch Metadata, W3C), and it has to bring the cookie. Everything else is "Not found",
whether or not there is such a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stillmine.web.entrance import Entrance
from stillmine.web.headers import with_ours
from stillmine.web.paths import OPENING, address

_METHODS = frozenset({"GET", "POST"})
# What our own pages load; never a frame, a worker, an object or a font.
_DESTINATIONS = frozenset({"document", "empty", "image", "script", "style"})
_ICON = f'<link rel="icon" href="{address("static", file="icon.svg")}">'.encode()
_TEXT = (b"content-type", b"text/plain; charset=utf-8")
_PAGE = (b"content-type", b"text/html; charset=utf-8")
_TOO_OLD = b"""<!doctype html><html lang="en"><title>Notes</title>
<h1>This browser is too old</h1>
<p>It does not say which page a question comes from, and that keeps other sites out.
Open the same address in a newer browser.</p>"""


@dataclass(frozen=True, slots=True)
class Asking:
    """What the guard looks at of a request."""

    method: str
    path: str
    headers: Mapping[str, str]
    doubled: bool

    @classmethod
    def of(cls, scope: Scope) -> Asking:
        """Read the request; of several headers of one name, that there were several is noted."""
        pairs = [
            (name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]
        ]
        once = {"host", "origin", "cookie", "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest"}
        names = [name for name, _value in pairs if name in once]
        return cls(scope["method"], scope["path"], dict(pairs), len(names) != len(set(names)))

    def header(self, name: str) -> str:
        """Return a header, or nothing."""
        return self.headers.get(name, "")


class Guard:
    """ASGI middleware that lets only our own browser through to the pages."""

    def __init__(self, pages: ASGIApp, entrance: Entrance, port: int) -> None:
        """Guard the pages that are reached on this port."""
        self._pages = pages
        self._entrance = entrance
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it to the pages."""
        if scope["type"] != "http":
            return  # a connection that is no request is let fall

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = with_ours(message.get("headers", ()))
            await send(message)

        asking = Asking.of(scope)
        if not self._is_for_us(asking):
            await _answer(sealed, 404, b"Not found", _TEXT)
        elif asking.path.startswith(OPENING):
            await self._open(asking, sealed)
        elif self._is_our_browser(asking):
            await self._pages(scope, receive, sealed)
        else:
            await _answer(sealed, 404, b"Not found", _TEXT)

    def _is_for_us(self, asking: Asking) -> bool:
        """Say whether the host is ours and the request is of a kind that we answer at all."""
        return (
            asking.header("host") in self._hosts
            and asking.method in _METHODS
            and not asking.doubled
            # A browser that fetches ahead would use up the key, or leave, before anybody wished to.
            and not asking.header("sec-purpose")
            and not asking.header("purpose")
        )

    async def _open(self, asking: Asking, send: Send) -> None:
        """Swap the key for the cookie. It comes from a file, so the browser calls it cross-site."""
        key = asking.path.removeprefix(OPENING)
        navigates = asking.header("sec-fetch-mode") == "navigate"
        if not self._entrance.fits(key) or asking.method != "GET":
            await _answer(send, 404, b"Not found", _TEXT)
        elif not asking.header("sec-fetch-site"):
            await _answer(send, 400, _TOO_OLD, _PAGE)
        elif not navigates or asking.header("sec-fetch-dest") != "document":
            await _answer(send, 404, b"Not found", _TEXT)
        else:
            await self._swap(key, send)

    async def _swap(self, key: str, send: Send) -> None:
        cookie = self._entrance.swap(key)
        if cookie is None:
            await _answer(send, 404, b"Not found", _TEXT)
            return
        # Not a redirect: a strict cookie would not be sent along one that began in another place.
        # A refresh after no time takes the place of this address in the history.
        onward = (b"refresh", f"0; url={address('entry')}".encode())
        # Without an icon of its own the browser would ask for one that is not there.
        body = b'<!doctype html><html lang="en"><title>Notes</title>' + _ICON
        await _answer(send, 200, body, _PAGE, onward, (b"set-cookie", cookie.encode()))

    def _is_our_browser(self, asking: Asking) -> bool:
        return (
            self._entrance.admits(asking.header("cookie"))
            and asking.header("sec-fetch-dest") in _DESTINATIONS
            and self._comes_from_us(asking)
        )

    def _comes_from_us(self, asking: Asking) -> bool:
        """Say whether our own page asked, or the person typed the address."""
        site = asking.header("sec-fetch-site")
        origin = asking.header("origin")
        # Without a referrer a form of our own has the origin `null`; then the browser's word that
        # it came from the same origin has to do.
        ours = {"", "null", *(f"http://{host}" for host in self._hosts)}
        if site == "same-origin":
            return origin in ours
        navigates = asking.header("sec-fetch-mode") == "navigate"
        return site == "none" and asking.method == "GET" and navigates and not origin


async def _answer(send: Send, status: int, body: bytes, *headers: tuple[bytes, bytes]) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})
