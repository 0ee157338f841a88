"""A very small store that loses nothing, to try the harness on.

Items lie in `objects/`, their names in an encrypted SQLite catalogue; `keys` is a small file that
is replaced whole.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite

KEY = "ab" * 32
PRAGMAS = ["journal_mode = DELETE", "synchronous = EXTRA"]


def sync(path: Path) -> None:
    """Make a file's bytes, or a folder's names, durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


sync_folder = sync


def write_all(handle: int, data: bytes) -> None:
    """Write all of `data`, however little each call takes."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def fresh_name(path: Path) -> Path:
    """Return a name for a file that is not done yet."""
    return path.with_name(f"{path.name}.{os.urandom(4).hex()}.part")


def create(path: Path) -> int:
    """Open a new file; refuse one that exists."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


def put(path: Path, data: bytes) -> None:
    """Write `path` so that it is there whole and durable, or as it was before."""
    part = fresh_name(path)
    handle = create(part)
    try:
        write_all(handle, data)
        os.fsync(handle)
    finally:
        os.close(handle)
    part.replace(path)
    sync_folder(path.parent)


class Store:
    """Open or make the store in `home`, and remove what an earlier crash left."""

    def __init__(self, home: Path) -> None:
        self.home = home
        (home / "objects").mkdir(parents=True, exist_ok=True)
        sync_folder(home)
        sync_folder(home.parent)
        self.db = sqlite.connect(home / "catalogue.db", isolation_level=None)
        self.db.execute(f"PRAGMA key = \"x'{KEY}'\"")
        for pragma in PRAGMAS:
            self.db.execute(f"PRAGMA {pragma}")
        self.db.execute("CREATE TABLE IF NOT EXISTS item (name TEXT PRIMARY KEY, hash TEXT)")
        known = {f"{name}.object" for (name,) in self.db.execute("SELECT name FROM item")}
        for path in (*home.glob("*.part"), *(home / "objects").iterdir()):
            if path.name not in known:
                path.unlink()

    def add(self, name: str, data: bytes) -> None:
        """Keep an item; when this returns, it is safe."""
        self._object(name, data)
        self._row(name, data)

    def _object(self, name: str, data: bytes) -> None:
        put(self.home / "objects" / f"{name}.object", data)

    def _row(self, name: str, data: bytes) -> None:
        self.db.execute("BEGIN IMMEDIATE")
        row = (name, hashlib.sha256(data).hexdigest())
        self.db.execute("INSERT OR REPLACE INTO item VALUES (?, ?)", row)
        self.db.execute("COMMIT")

    def forget(self, name: str) -> None:
        """Drop an item: the row first, so that no row is ever without its object."""
        self._drop_row(name)
        self._drop_object(name)

    def _drop_row(self, name: str) -> None:
        self.db.execute("DELETE FROM item WHERE name = ?", (name,))

    def _drop_object(self, name: str) -> None:
        (self.home / "objects" / f"{name}.object").unlink()

    def items(self) -> dict[str, bytes]:
        """Return all items; each must be what was put in."""
        found = {}
        for name, digest in self.db.execute("SELECT name, hash FROM item"):
            data = (self.home / "objects" / f"{name}.object").read_bytes()
            assert hashlib.sha256(data).hexdigest() == digest, f"{name} is damaged"
            found[name] = data
        return found

    def rekey(self, keys: dict[str, str]) -> None:
        """Replace the key file whole."""
        put(self.home / "keys", json.dumps(keys).encode())

    def keys(self) -> dict[str, str]:
        """Return the key file's content."""
        found: dict[str, str] = json.loads((self.home / "keys").read_bytes())
        return found

    def close(self) -> None:
        """Let go of the catalogue."""
        self.db.close()
