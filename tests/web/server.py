"""The pages on a real port, and somebody who speaks HTTP to them by hand."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from stillmine.web.door import Door
from stillmine.web.routing import Page
from stillmine.web.serving import Pages

TYPED = {"sec-fetch-site": "none", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
OURS = TYPED | {"sec-fetch-site": "same-origin"}
SCRIPT = {"sec-fetch-site": "same-origin", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty"}
PATIENCE = 20.0


@dataclass
class Answer:
    """What came back: the status, the headers by name, the body, and all `Set-Cookie` lines."""

    status: int
    headers: dict[str, str]
    body: bytes
    cookies: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.body.decode()


class Visitor:
    """A program that sends whatever it likes, and keeps the cookie that it was given."""

    def __init__(self, door: Door, shown: Sequence[Page] = ()) -> None:
        self.door = door
        self.pages = Pages(door, shown)
        self.port = self.pages.port
        self.host = f"127.0.0.1:{self.port}"
        self.opening = self.pages.address.removeprefix(f"http://{self.host}")
        self.cookie = ""
        self._thread = threading.Thread(target=self.pages.run, daemon=True)
        self._thread.start()

    def asks(
        self,
        path: str,
        method: str = "GET",
        headers: Mapping[str, str] = OURS,
        body: Any = None,
        **more: str,
    ) -> Answer:
        """Send one request on a connection of its own."""
        sent = {"host": self.host, **({"cookie": self.cookie} if self.cookie else {})}
        sent |= {**headers, **{name.replace("_", "-"): value for name, value in more.items()}}
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            line.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            if isinstance(body, bytes) and "content-length" not in sent:
                sent["content-length"] = str(len(body))
            for name, value in sent.items():
                line.putheader(name, value)
            line.endheaders()
            if body is not None:
                line.send(body)
            came = line.getresponse()
            got = came.getheaders()
            cookies = [value for name, value in got if name.lower() == "set-cookie"]
            named = {name.lower(): value for name, value in got}
            return Answer(came.status, named, came.read(), cookies)
        finally:
            line.close()

    def comes_in(self) -> Visitor:
        """Use the key, and keep the cookie."""
        answer = self.asks(self.opening, headers=TYPED)
        assert answer.status == 200
        self.cookie = answer.cookies[0].partition(";")[0]
        return self

    def sends(self, path: str, fields: Mapping[str, str], **more: str) -> Answer:
        """Send a form as our own page does."""
        from urllib.parse import urlencode

        kind = {"content-type": "application/x-www-form-urlencoded", "origin": "null"}
        return self.asks(path, "POST", OURS | kind | more, urlencode(fields).encode())

    def connects(self) -> socket.socket:
        """Open a bare connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def raw(self, sent: bytes) -> bytes:
        """Send bytes as they are, and return all that comes until the other side closes."""
        with self.connects() as line:
            line.sendall(sent)
            got = b""
            while part := line.recv(65536):
                got += part
                if b"\r\n\r\n" in got and b"content-length" in got:
                    head, _, body = got.partition(b"\r\n\r\n")
                    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
                    if len(body) >= length:
                        break
            return got

    def is_ended(self) -> bool:
        """Wait for the server to end, and say whether it did."""
        self._thread.join(PATIENCE)
        return not self._thread.is_alive()

    def close(self) -> None:
        self.pages.end()
        assert self.is_ended()
