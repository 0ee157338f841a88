"""The services that alerts go to, as their own descriptions say: what they take and answer.

ntfy: docs.ntfy.sh/publish, "Publish as JSON". gotify: gotify.net/api-docs, POST /message.
Matrix: spec.matrix.org, client-server API v1.11 (login, join, send). Signal gateway:
bbernhard.github.io/signal-cli-rest-api, POST /v2/send. Mail is a real server (aiosmtpd).
"""

from __future__ import annotations

import json
import re
import ssl
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.servers.process import free_port


@dataclass(frozen=True, slots=True)
class Taken:
    """One request: its method and path, its headers in lower case, and its JSON."""

    asked: str
    headers: dict[str, str]
    said: Any


class Services:
    """A web server on loopback that answers as ntfy, gotify, Matrix and a Signal gateway do."""

    def __init__(self, context: ssl.SSLContext | None = None, leads_to: str = "") -> None:
        self.taken: list[Taken] = []
        self.refuses = False
        self.silent = threading.Event()
        self.silent.set()
        self._leads_to = leads_to
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _answering(self))
        if context is not None:
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self.silent.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, asked: str, said: Any) -> tuple[int, Any]:
        """Return the status and the JSON of an answer, as the services describe them."""
        if self.refuses:
            return 403, {"code": 40301, "http": 403, "error": "forbidden"}
        for pattern, status, answer in _ANSWERS:
            if re.fullmatch(pattern, asked):
                return status, {**answer, **(said if asked == "POST /" else {})}
        return 404, {"errcode": "M_UNRECOGNIZED", "error": "Unrecognized request"}


_ANSWERS: tuple[tuple[str, int, dict[str, Any]], ...] = (
    ("POST /", 200, {"id": "sPs71M8A2T", "time": 1, "event": "message"}),
    ("POST /message", 200, {"id": 1, "appid": 1, "priority": 5}),
    ("POST /v2/send", 201, {"timestamp": "1"}),
    ("POST /_matrix/client/[^/]*/login", 200, {"access_token": "a", "user_id": "@me:home",
                                               "device_id": "D", "home_server": "home"}),
    ("POST /_matrix/client/[^/]*/join/.*", 200, {"room_id": "!room:home"}),
    ("PUT /_matrix/client/[^/]*/rooms/[^/]*/send/m.room.message/.*", 200, {"event_id": "$e"}),
    ("POST /_matrix/client/[^/]*/logout", 200, {}),
)  # fmt: skip


def _answering(services: Services) -> type[BaseHTTPRequestHandler]:
    class Answering(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def _take(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            said = json.loads(body) if body else None
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = f"{self.command} {self.path.partition('?')[0]}"
            services.taken.append(Taken(asked, headers, said))
            services.silent.wait(30)
            if services._leads_to:
                self.send_response(307)
                self.send_header("Location", services._leads_to)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            status, answer = services.answer(asked, said)
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = _take  # noqa: N815  names that the library wants

    return Answering


class Mail:
    """A real mail server on loopback, which wants a name and a password where it speaks TLS."""

    def __init__(self, context: ssl.SSLContext | None = None, login: bool = False) -> None:
        self.envelopes: list[Envelope] = []
        self.greeted: list[str] = []
        self.logins: list[tuple[bytes, bytes]] = []
        self.port = free_port()
        self._controller = Controller(
            self,
            hostname="127.0.0.1",
            port=self.port,
            tls_context=context,
            require_starttls=context is not None,
            authenticator=self._known if login else None,
            auth_required=login,
        )
        self._controller.start()

    def _known(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login, data.password))
        return AuthResult(success=True)

    async def handle_DATA(  # noqa: N802  a name that the library wants
        self, _server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.greeted.append(str(session.host_name))
        self.envelopes.append(envelope)
        return "250 OK"

    def close(self) -> None:
        self._controller.stop()
