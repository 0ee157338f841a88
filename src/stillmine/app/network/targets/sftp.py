"""A backup on a machine that one logs in to by SSH."""

from __future__ import annotations

import secrets
import stat
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from stillmine.app.network.address import Address
from stillmine.app.network.targets import sftp_session as sftp
from stillmine.app.network.targets.sftp_session import Attributes, Session, Status, text
from stillmine.app.network.targets.ssh_program import SshProgram
from stillmine.app.network.targets.target import (
    PARTS,
    Entry,
    Listed,
    checked,
    chunks_of,
    is_stale,
    naming_stream,
    walk,
)
from stillmine.errors import (
    AlreadyThere,
    ConnectionLost,
    NotABackupPlace,
    NotThere,
    StillmineError,
    StrangeAnswer,
    TargetFull,
    TargetRefused,
)

_SAME = struct.pack(">I", 0)
_PRIVATE_FILE = struct.pack(">II", 4, 0o600)
_PRIVATE_FOLDER = struct.pack(">II", 4, 0o700)


class SftpTarget:
    """Blobs as files below a folder of the other machine."""

    def __init__(self, address: Address, secret: str | None) -> None:
        """Log in, and ask whether the folder is there; it is never created."""
        self._ssh = SshProgram(address, secret)
        try:
            self._session = Session(*self._ssh.pipes)
        except StillmineError as cause:
            problem = self._ssh.why() if isinstance(cause, ConnectionLost) else cause
            self._ssh.close()
            raise problem from cause
        path = address.path.removeprefix("/~/") if address.path.startswith("/~/") else address.path
        self._root = path.rstrip("/").encode() or b"/"
        self._known: set[str] = set()
        self._lock = threading.Lock()
        try:
            if not stat.S_ISDIR(self._look("", sftp.STAT).mode):
                raise NotABackupPlace(reason="not-a-folder")
            self._tidy()
        except NotThere as cause:
            self.close()
            raise NotABackupPlace(reason="no-such-folder") from cause
        except StillmineError:
            self.close()
            raise

    def names(self, prefix: str = "") -> Iterator[Entry]:
        """List folder by folder, going down only where the prefix leads."""
        return walk(prefix, self._listed)

    def put_new(self, name: str, source: Path) -> None:
        """Send under a name nobody looks at, then rename; that refuses a name in use."""
        self._require_free(checked(name))
        part = self._send(name, chunks_of(source))
        with self._named(name):
            try:
                self._session.ask(sftp.RENAME, self._at(part) + self._at(name))
            except Status:
                self.remove_part(part)
                self._require_free(name)
                raise

    def replace(self, name: str, data: bytes) -> None:
        """Send beside the old one, then swap; servers without a swap have a moment of neither."""
        part = self._send(checked(name), iter((data,)))
        pair = self._at(part) + self._at(name)
        with self._named(name):
            if b"posix-rename@openssh.com" in self._session.extensions:
                self._session.extended(b"posix-rename@openssh.com", pair)
                return
            self.remove(name)
            self._session.ask(sftp.RENAME, pair)

    @contextmanager
    def read(self, name: str) -> Iterator[BinaryIO]:
        """Stream a file."""
        if not stat.S_ISREG(self._look(checked(name)).mode):
            raise NotABackupPlace(reason="not-a-file")
        with self._named(name):
            flags = struct.pack(">I", sftp.FOR_READING)
            handle = self._session.ask(sftp.OPEN, self._at(name) + flags + _SAME, sftp.HANDLE)
        held = handle.text()
        try:
            yield naming_stream(self._session.reader(held), lambda: self._named(name))
        finally:
            with suppress(StillmineError, Status):
                self._session.ask(sftp.CLOSE, text(held))

    def remove(self, name: str) -> None:
        """Erase a file; a missing one is as good."""
        with suppress(NotThere), self._named(name):
            self._session.ask(sftp.REMOVE, self._at(checked(name)))

    def free_space(self) -> int | None:
        """Return what the disk over there has left, if the server can say."""
        if b"statvfs@openssh.com" not in self._session.extensions:
            return None
        with self._named(""):
            answer = self._session.extended(
                b"statvfs@openssh.com", text(self._root), sftp.EXTENDED_REPLY
            )
        _block, unit, _all, _free, available = (answer.number(">Q") for _ in range(5))
        return unit * available

    def close(self) -> None:
        """Hang up."""
        self._ssh.close()

    def remove_part(self, part: str) -> None:
        """Erase a half-written file, if the connection still allows it."""
        with suppress(StillmineError, Status):
            self._session.ask(sftp.REMOVE, self._at(part))

    def _send(self, name: str, pieces: Iterator[bytes]) -> str:
        """Write a part file, have it made durable where the server can, return its name."""
        self._make(PARTS)
        self._make(name.rpartition("/")[0])
        part = f"{PARTS}/{secrets.token_hex(16)}"
        flags = struct.pack(">I", sftp.FOR_NEW_FILE)
        try:
            with self._named(name):
                place = self._at(part) + flags + _PRIVATE_FILE
                handle = self._session.ask(sftp.OPEN, place, sftp.HANDLE).text()
                self._session.write_all(handle, pieces)
                if b"fsync@openssh.com" in self._session.extensions:
                    self._session.extended(b"fsync@openssh.com", text(handle))
                self._session.ask(sftp.CLOSE, text(handle))
        except StillmineError:
            self._known.clear()
            self.remove_part(part)
            raise
        return part

    def _make(self, folder: str) -> None:
        """Create a folder and those above it; a link in its place is refused."""
        if not folder or folder in self._known:
            return
        self._make(folder.rpartition("/")[0])
        with self._named(folder), self._lock:
            try:
                self._session.ask(sftp.MKDIR, self._at(folder) + _PRIVATE_FOLDER)
            except Status:
                if not stat.S_ISDIR(self._look(folder).mode):
                    raise NotABackupPlace(reason="not-a-folder") from None
        self._known.add(folder)

    def _require_free(self, name: str) -> None:
        with suppress(NotThere):
            self._look(name)
            raise AlreadyThere(name=name)

    def _look(self, name: str, how: int = sftp.LSTAT) -> Attributes:
        with self._named(name):
            return self._session.ask(how, self._at(name), sftp.ATTRS).attributes()

    def _list(self, folder: str) -> Iterator[tuple[str, Attributes]]:
        with self._named(folder):
            place = self._at(folder.rstrip("/"))
            handle = self._session.ask(sftp.OPENDIR, place, sftp.HANDLE).text()
            try:
                while True:
                    answer = self._session.ask(sftp.READDIR, text(handle), sftp.NAME)
                    for _ in range(answer.number()):
                        last = answer.text().decode("utf-8", "replace")
                        answer.text()
                        yield last, answer.attributes()
            except Status as status:
                if status.code != sftp.END:
                    raise
            finally:
                with suppress(StillmineError, Status):
                    self._session.ask(sftp.CLOSE, text(handle))

    def _listed(self, folder: str) -> Iterator[Listed]:
        for last, about in self._list(folder):
            if stat.S_ISDIR(about.mode) or stat.S_ISREG(about.mode):
                yield Listed(last, stat.S_ISDIR(about.mode), about.size)

    def _tidy(self) -> None:
        """Erase parts of uploads that broke off more than a day ago."""
        with suppress(NotThere):
            for last, about in list(self._list(PARTS)):
                if stat.S_ISREG(about.mode) and is_stale(about.modified):
                    self.remove_part(f"{PARTS}/{last}")

    def _at(self, name: str) -> bytes:
        return text(self._root.rstrip(b"/") + b"/" + name.encode() if name else self._root)

    @contextmanager
    def _named(self, name: str) -> Iterator[None]:
        try:
            yield
        except Status as status:
            raise self._meaning(status.code, name) from status

    def _meaning(self, code: int, name: str) -> StillmineError:
        """Say what a status means; a full disk is a plain failure here, so ask for the room."""
        if code == sftp.NO_SUCH_FILE:
            return NotThere(name=name)
        if code == sftp.DENIED:
            return TargetRefused(reason="sftp")
        if code == sftp.FAILURE and (free := self.free_space()) is not None and free < sftp.BLOCK:
            return TargetFull(reason="sftp")
        return StrangeAnswer(reason=f"sftp-{code}")
