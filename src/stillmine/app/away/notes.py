"""Small notes that are sealed under the watch key: what locked runs have to know and to remember.

Each is an age file of its own in the home, sealed to a key that is derived from the watch key.
Nothing in them is irreplaceable: a note that is lost or damaged is as if it was never written.
"""

from __future__ import annotations

import json
from typing import Any

from stillmine.app.home import Home
from stillmine.app.storage import durable, twin
from stillmine.crypto import X25519Identity, decrypt, derive, encrypt
from stillmine.errors import StillmineError

_MOST = 256 << 10  # bytes
_OLD = 3600.0  # seconds after which a draft has nobody who still writes it


def put(home: Home, key: bytes, name: str, value: Any) -> None:
    """Keep a note, in place of the one of this name; durable on return."""
    identity = _identity(key, name)
    content = json.dumps(value, allow_nan=False).encode("ascii")
    sealed = encrypt(content, [identity.recipient])
    with durable.named_failures():
        durable.make_folder(home.watch)
    durable.sweep(home.watch, older_than=_OLD)
    durable.write_file(home.watch / f"{name}.age", sealed, unfinished=home.watch)


def get(home: Home, key: bytes, name: str) -> dict[str, Any] | None:
    """Return a note; None where there is none, or none that this key opens."""
    try:
        with (home.watch / f"{name}.age").open("rb") as file:
            sealed = file.read(_MOST + 1)
        if len(sealed) > _MOST:
            return None
        found = json.loads(decrypt(sealed, [_identity(key, name)]))
    except (*twin.NOT_GOOD, StillmineError, OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def remove(home: Home, name: str) -> None:
    """Remove a note; none of that name is fine."""
    with durable.named_failures():
        durable.remove(home.watch / f"{name}.age")


def _identity(key: bytes, name: str) -> X25519Identity:
    return X25519Identity.from_secret(derive(key, f"note/{name}"))
