"""An OpenTimestamps calendar on loopback: it promises, and later it names a block."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentimestamps.core.notary import BitcoinBlockHeaderAttestation, PendingAttestation
from opentimestamps.core.op import OpAppend, OpPrepend, OpSHA256
from opentimestamps.core.serialize import BytesSerializationContext
from opentimestamps.core.timestamp import Timestamp

BLOCK = 876543


class Calendar:
    """A calendar, made with the library of OpenTimestamps. `kind` may be `garbage` or `broken`.

    `given` are the sums that it was handed. With `confirmed`, each is in a block.
    """

    def __init__(self, kind: str = "right") -> None:
        self.kind = kind
        self.given: list[bytes] = []
        self.confirmed = False
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.port = int(self._server.server_address[1])
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """End it."""
        self._server.shutdown()
        self._server.server_close()

    def kept(self, digest: bytes) -> Timestamp:
        """Return a promise about a sum: what it keeps is made of the sum and bytes of its own."""
        self.given.append(digest)
        stamp = Timestamp(digest)
        end = stamp.ops.add(OpPrepend(b"\x01" * 4)).ops.add(OpSHA256())
        end.attestations.add(PendingAttestation(self.url))
        return stamp

    def looked_up(self, commitment: bytes) -> Timestamp | None:
        """Return how a sum that it keeps leads to a block."""
        if not self.confirmed:
            return None
        stamp = Timestamp(commitment)
        end = stamp.ops.add(OpAppend(b"\x02" * 32)).ops.add(OpSHA256()).ops.add(OpSHA256())
        end.attestations.add(BitcoinBlockHeaderAttestation(BLOCK))
        return stamp


def _handler(calendar: Calendar) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_arguments: object) -> None:
            """Say nothing on the screen."""

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            self._say(calendar.kept(body) if self.path == "/digest" else None)

        def do_GET(self) -> None:
            self._say(calendar.looked_up(bytes.fromhex(self.path.rpartition("/")[2])))

        def _say(self, stamp: Timestamp | None) -> None:
            status = 503 if calendar.kind == "broken" else 200 if stamp else 404
            self.send_response(status)
            answer = b""
            if status == 200:
                context = BytesSerializationContext()
                stamp.serialize(context)
                answer = b"\xf0\xff" if calendar.kind == "garbage" else context.getbytes()
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

    return Handler
