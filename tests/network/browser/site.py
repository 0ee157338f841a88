"""A site on this computer with its own certificate: what it answers is what a test says."""

from __future__ import annotations

import io
import os
import random
import shutil
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from PIL import Image

from tests.servers.tools import tool

HTML = "text/html; charset=utf-8"
LOUD = ((255, 0, 255), (0, 255, 0))  # colours that nothing else on the pages has


def picture(form: str = "PNG", *, seed: int = 1, side: int = 48) -> bytes:
    """Draw noise in two loud colours: its bytes and its look are like nothing else."""
    chance = random.Random(seed)
    image = Image.new("RGB", (side, side))
    image.putdata([chance.choice(LOUD) for _ in range(side * side)])
    out = io.BytesIO()
    image.save(out, form, **({"lossless": True} if form == "WEBP" else {}))
    return out.getvalue()


Answer = tuple[int, dict[str, str], bytes] | Callable[["Visitor"], None]


class Visitor(BaseHTTPRequestHandler):
    """One request to the site."""

    protocol_version = "HTTP/1.1"
    server: Site

    def do_GET(self) -> None:
        """Answer with what the test put at this path."""
        path = self.path.partition("?")[0]
        self.server.asked.append(path)
        found = self.server.pages.get(path, (404, {"Content-Type": HTML}, b"<p>not here</p>"))
        with suppress(OSError):
            if callable(found):
                found(self)
            else:
                self.says(*found)

    do_POST = do_GET  # noqa: N815  the library's name for it

    def says(self, status: int, headers: dict[str, str], body: bytes) -> None:
        """Give one whole answer."""
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: Any) -> None:
        """Say nothing on the terminal."""


class Site(ThreadingHTTPServer):
    """A site that runs until it is closed."""

    daemon_threads = True

    def __init__(self, certificate: Path | None) -> None:
        super().__init__(("127.0.0.1", 0), Visitor)
        self.pages: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.scheme = "http"
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.socket = context.wrap_socket(self.socket, server_side=True)
            self.scheme = "https"
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def place(self) -> str:
        """Return host and port, as the guard is told what a test may reach."""
        return f"localhost:{self.server_port}"

    def url(self, path: str) -> str:
        """Return the whole address of a path."""
        return f"{self.scheme}://{self.place}{path}"

    def page(self, path: str, body: str, **headers: str) -> str:
        """Put a page there; return its address."""
        self.pages[path] = (200, {"Content-Type": HTML, **headers}, body.encode())
        return self.url(path)

    def file(self, path: str, media_type: str, body: bytes) -> str:
        """Put a file there; return its address."""
        self.pages[path] = (200, {"Content-Type": media_type}, body)
        return self.url(path)

    def handle_error(self, *_who: Any) -> None:
        """Let browsers hang up when they like."""


def make_certificate(folder: Path) -> Path:
    """Make a certificate that nobody vouches for, with its key; return the file."""
    both = folder / "site.pem"
    subprocess.run(
        [
            tool("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt",
            "ec_paramgen_curve:P-256", "-nodes", "-days", "3", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost", "-keyout", str(folder / "key.pem"),
            "-out", str(folder / "leaf.pem"),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    both.write_bytes((folder / "key.pem").read_bytes() + (folder / "leaf.pem").read_bytes())
    return both


@contextmanager
def open_site(certificate: Path | None) -> Iterator[Site]:
    """Run a site; close it at the end."""
    site = Site(certificate)
    try:
        yield site
    finally:
        site.shutdown()
        site.server_close()


def _parents() -> dict[int, tuple[int, str]]:
    """Return of each process who started it, and its command."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                told = (entry / "stat").read_text().rpartition(")")[2].split()
                command = (entry / "cmdline").read_text("utf-8", "replace").replace("\0", " ")
                if told[0] != "Z":
                    found[int(entry.name)] = (int(told[1]), command)
    return found


def below(pid: int) -> dict[int, str]:
    """Return the processes that one started, and those that these started, with their commands."""
    parents = _parents()
    found: dict[int, str] = {}
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        children = {n: command for n, (parent, command) in parents.items() if parent == one}
        waiting += [n for n in children if n not in found]
        found |= children
    return found


def pages_of_this_test() -> list[int]:
    """Return the processes in which browsers that this test started show pages."""
    return [n for n, command in below(os.getpid()).items() if "--type=renderer" in command]


def is_running(pid: int) -> bool:
    """Say whether a process is there and no mere remainder."""
    return pid in _parents()


def program() -> str | None:
    """Return the browser that the tests use."""
    return shutil.which("chromium") or shutil.which("google-chrome")
