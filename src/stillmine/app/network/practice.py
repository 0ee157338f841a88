"""A small site on this computer, for `stillmine try` alone: no other computer can reach it."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from stillmine.app.network.web.guard import ALLOW

Pages = Mapping[str, tuple[str, bytes]]
"""What the site answers: by path, the type and the bytes."""


@contextmanager
def practice_site(pages: Pages) -> Iterator[str]:
    """Serve these on loopback, let this program alone go there meanwhile, and give the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _answering(pages))
    place = f"127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    before = os.environ.get(ALLOW)
    os.environ[ALLOW] = ",".join(filter(None, (before, place)))
    try:
        yield f"http://{place}"
    finally:
        if before is None:
            del os.environ[ALLOW]
        else:
            os.environ[ALLOW] = before
        server.shutdown()
        server.server_close()
        thread.join()


def _answering(pages: Pages) -> type[BaseHTTPRequestHandler]:
    class Answering(BaseHTTPRequestHandler):
        """Answers what is asked for, and writes nothing down."""

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            """Give one page."""
            kind, body = pages.get(self.path, ("", b""))
            self.send_response(200 if kind else 404)
            if kind:
                self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Answering
