"""A mail server on loopback that takes letters and shows them (the part of SMTP that is needed)."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from email.message import EmailMessage


class Mailbox:
    """Takes mail for everybody. `letters` are the messages, `to` whom each was for."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.to: list[str] = []
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _talking(self))
        self.port = int(self._server.server_address[1])
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """End it."""
        self._server.shutdown()
        self._server.server_close()


def _talking(box: Mailbox) -> type[socketserver.StreamRequestHandler]:
    return type("Talking", (_Talking,), {"box": box})


class _Talking(socketserver.StreamRequestHandler):
    box: Mailbox

    def handle(self) -> None:
        self._say(220)
        for line in iter(self.rfile.readline, b""):
            verb = line[:4].upper()
            if verb == b"DATA":
                self._say(354)
                self._take()
            elif verb == b"RCPT":
                self.box.to.append(line.decode().partition("<")[2].partition(">")[0])
            self._say(221 if verb == b"QUIT" else 250)
            if verb == b"QUIT":
                return

    def _take(self) -> None:
        lines = []
        for line in iter(self.rfile.readline, b".\r\n"):
            lines.append(line[1:] if line.startswith(b".") else line)
        letter = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        self.box.letters.append(letter)

    def _say(self, code: int) -> None:
        self.wfile.write(b"%d so be it\r\n" % code)
