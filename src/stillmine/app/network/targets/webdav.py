"""A backup on a WebDAV server: Nextcloud, ownCloud, many rented disks."""

from __future__ import annotations

import secrets
import threading
import time
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote, unquote

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    MaxRetryError,
    NewConnectionError,
    SSLError,
)

from stillmine.app.network.address import Address, require_encrypted
from stillmine.app.network.targets.multistatus import Found, read_multistatus
from stillmine.app.network.targets.target import (
    PARTS,
    Entry,
    Listed,
    checked,
    chunks_of,
    is_stale,
    naming_stream,
    size_of,
    walk,
)
from stillmine.errors import (
    AlreadyThere,
    ConnectionLost,
    NotABackupPlace,
    NotEncrypted,
    NotThere,
    StillmineError,
    StrangeAnswer,
    TargetAway,
    TargetFull,
    TargetRefused,
    WrongTargetSecret,
)

_REPEATABLE = frozenset({"GET", "PROPFIND", "MKCOL", "DELETE"})
_PATIENCE = (0.2, 0.05)
"""Seconds to wait before asking once more when the server is in trouble, for instance
because two programs met at the same file."""
_MOST_LISTING = 64 << 20
_ASK = (
    b'<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><resourcetype/>'
    b"<getcontentlength/><getlastmodified/><quota-available-bytes/></prop></propfind>"
)


def _meaning(status: int, name: str) -> StillmineError | None:
    """Say what a status of the server means for a backup; None is success."""
    if 200 <= status < 300:
        return None
    if status >= 500 and status != 507:
        return ConnectionLost(reason=f"status-{status}")
    by_status: dict[int, StillmineError] = {
        401: WrongTargetSecret(reason="status-401"),
        403: TargetRefused(reason="status-403"),
        404: NotThere(name=name),
        405: NotABackupPlace(reason="not-webdav"),
        409: TargetAway(reason="status-409"),
        412: AlreadyThere(name=name),
        413: TargetFull(reason="status-413"),
        423: TargetRefused(reason="locked"),
        507: TargetFull(reason="status-507"),
    }
    return by_status.get(status) or StrangeAnswer(reason=f"status-{status}")


@contextmanager
def _named() -> Iterator[None]:
    try:
        yield
    except SSLError as cause:
        raise NotEncrypted(host="", reason="certificate") from cause
    except (NewConnectionError, ConnectTimeoutError) as cause:
        raise TargetAway(reason=type(cause).__name__) from cause
    except MaxRetryError as cause:
        raise TargetAway(reason=type(cause.reason).__name__) from cause
    except (HTTPError, OSError) as cause:
        raise ConnectionLost(reason=type(cause).__name__) from cause


class WebDavTarget:
    """Blobs as files of a collection."""

    def __init__(self, address: Address, secret: str | None) -> None:
        """Take `user:password` or nothing, and ask whether the collection is there."""
        scheme = "https" if address.kind == "davs" else "http"
        host = f"[{address.host}]" if ":" in address.host else address.host
        require_encrypted(f"{scheme}://{host}")
        port = f":{address.port}" if address.port else ""
        self._origin = f"{scheme}://{host}{port}"
        self._root = quote(address.path.rstrip("/")) + "/"
        self._headers = {"user-agent": "stillmine"}
        if secret:
            # RFC 7617 wants UTF-8, which urllib3's own helper does not write
            self._headers["authorization"] = "Basic " + b64encode(secret.encode()).decode()
        self._pool = urllib3.connection_from_url(
            self._origin,
            maxsize=8,
            retries=False,
            timeout=urllib3.Timeout(connect=15, read=120),
        )
        self._known: set[str] = set()
        self._making = threading.RLock()
        try:
            with _not_there_is_no_place():
                self._propfind("", depth=0)
            self._tidy()
        except StillmineError:
            self._pool.close()
            raise

    def names(self, prefix: str = "") -> Iterator[Entry]:
        """Ask folder by folder, going down only where the prefix leads."""
        return walk(prefix, self._listed)

    def put_new(self, name: str, source: Path) -> None:
        """Send under a name nobody looks at, then move to the name if that is free."""
        self._put(checked(name), chunks_of(source), size_of(source), overwrite="F")

    def replace(self, name: str, data: bytes) -> None:
        """Send beside the old one, then move over it."""
        self._put(checked(name), (data,), len(data), overwrite="T")

    @contextmanager
    def read(self, name: str) -> Iterator[BinaryIO]:
        """Stream a file."""
        with _named():
            answer = self._request("GET", checked(name), preload=False)
        try:
            if problem := _meaning(answer.status, name):
                raise problem
            yield naming_stream(lambda room: answer.read(room), _named)
        finally:
            answer.close()

    def remove(self, name: str) -> None:
        """Delete a file; a missing one is as good."""
        with suppress(NotThere):
            self._ask("DELETE", checked(name))

    def free_space(self) -> int | None:
        """Return what the server says is left, if it says so."""
        return next((found.free for found in self._propfind("", depth=0)), None)

    def close(self) -> None:
        """Let the connections go."""
        self._pool.close()

    def _put(self, name: str, pieces: Iterable[bytes], size: int, overwrite: str) -> None:
        part = f"{PARTS}/{secrets.token_hex(16)}"
        self._make(PARTS)
        self._make(name.rpartition("/")[0])
        try:
            self._send(part, pieces, size)
            goal = {"destination": self._origin + self._root + name, "overwrite": overwrite}
            self._ask("MOVE", part, goal, name=name)
        except StillmineError:
            self._known.clear()
            with suppress(StillmineError):
                self._ask("DELETE", part)
            raise

    def _tidy(self) -> None:
        """Erase parts of uploads that broke off more than a day ago."""
        with suppress(NotThere, TargetRefused):
            for found in self._propfind(f"{PARTS}/", depth=1):
                if found.name and not found.folder and is_stale(found.modified):
                    self._ask("DELETE", f"{PARTS}/{quote(found.name)}")

    def _listed(self, folder: str) -> Iterator[Listed]:
        for found in self._propfind(folder, depth=1):
            yield Listed(found.name, found.folder, found.size)

    def _send(self, part: str, pieces: Iterable[bytes], size: int) -> None:
        """Put one file. Some servers say nothing clear when full, so ask them for the room."""
        with _named():
            status = self._request("PUT", part, {"content-length": str(size)}, pieces).status
        problem = _meaning(status, part)
        if status == 405 or status >= 500:
            free = self.free_space()
            full = free is not None and free < max(size, 1)
            problem = (TargetFull if full else ConnectionLost)(reason=f"status-{status}")
        if problem:
            raise problem

    def _make(self, folder: str) -> None:
        """Create a folder and those above it; one that is there already is fine."""
        # One at a time: a server locks the name meanwhile and refuses whoever asks for it too.
        with self._making:
            if not folder or folder in self._known:
                return
            self._make(folder.rpartition("/")[0])
            with _named():
                status = self._request("MKCOL", folder).status
            if status != 405 and (problem := _meaning(status, folder)):
                raise problem
            self._known.add(folder)

    def _propfind(self, folder: str, depth: int) -> tuple[Found, ...]:
        with _named():
            answer = self._request(
                "PROPFIND",
                folder,
                {"depth": str(depth), "content-type": "application/xml"},
                _ASK,
                preload=False,
            )
            try:
                listing = answer.read(_MOST_LISTING)
            finally:
                answer.close() if answer.status != 207 else answer.release_conn()
        if problem := _meaning(answer.status, folder):
            raise problem
        if answer.status != 207 or len(listing) == _MOST_LISTING:
            raise NotABackupPlace(reason="not-webdav")
        return read_multistatus(listing, unquote(self._root) + folder)

    def _ask(
        self,
        method: str,
        where: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | Iterable[bytes] | None = None,
        name: str = "",
    ) -> None:
        with _named():
            answer = self._request(method, where, headers, body)
        if problem := _meaning(answer.status, name or where):
            raise problem

    def _request(
        self,
        method: str,
        where: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | Iterable[bytes] | None = None,
        *,
        preload: bool = True,
    ) -> urllib3.BaseHTTPResponse:
        patience = list(_PATIENCE) if method in _REPEATABLE else []
        while True:
            answer = self._pool.urlopen(
                method,
                self._root + where,
                body=body,
                headers={**self._headers, **(headers or {})},
                redirect=False,
                preload_content=preload,
            )
            if answer.status < 500 or answer.status == 507 or not patience:
                return answer
            answer.close()
            time.sleep(patience.pop())


@contextmanager
def _not_there_is_no_place() -> Iterator[None]:
    try:
        yield
    except NotThere as cause:
        raise NotABackupPlace(reason="no-such-folder") from cause
