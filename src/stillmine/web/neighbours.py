"""Whose program it is that connects: another account of this computer is not let in.

The cookie and the key keep others out already; this keeps them from trying. Linux says in
/proc/net/tcp and tcp6 whose every connection is (proc(5)). Other systems have no such table that a
program may read without more rights, and there the cookie and the key have to do.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from ipaddress import IPv4Address
from pathlib import Path

Place = tuple[str, int]
"""A number of an address, such as 127.0.0.1, and a port."""

_TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
_LOCAL, _REMOTE, _OWNER = 1, 2, 7  # columns of the tables
_ROOT = "0"


def is_of_another_account(client: Place, server: Place) -> bool:
    """Say whether the system says that somebody else's program connects.

    The root account may: it reads whatever it likes, and on some systems (WSL) it is root that
    brings the browser's words here. Where the system does not say, nobody is turned away.
    """
    owner = owner_of(client, server)
    return owner is not None and owner not in {_ROOT, str(os.getuid())}


def owner_of(client: Place, server: Place, tables: tuple[Path, ...] = _TABLES) -> str | None:
    """Return the number of the account whose connection it is; None where that cannot be told.

    It is empty where the system knows of our end of the connection and not of the other one.
    """
    theirs, ours = set(_written(client)), set(_written(server))
    knows_us = False
    for local, remote, owner in _rows(tables):
        if local in theirs and remote in ours:
            return owner
        knows_us = knows_us or (local in ours and remote in theirs)
    return "" if knows_us else None


def _rows(tables: tuple[Path, ...]) -> Iterator[tuple[str, str, str]]:
    for table in tables:
        try:
            with table.open(encoding="ascii") as lines:
                for line in lines:
                    columns = line.split(None, _OWNER + 1)
                    yield columns[_LOCAL], columns[_REMOTE], columns[_OWNER]
        except (OSError, UnicodeDecodeError, IndexError):
            continue  # no such table here, or not for us


def _written(place: Place) -> tuple[str, str]:
    """Return a place as the tables write it, alone and inside an address of version 6."""
    host, port = place
    number = int.from_bytes(IPv4Address(host).packed, sys.byteorder)
    mapped = f"{0:016X}{int.from_bytes(bytes((0, 0, 255, 255)), sys.byteorder):08X}"
    return f"{number:08X}:{port:04X}", f"{mapped}{number:08X}:{port:04X}"
