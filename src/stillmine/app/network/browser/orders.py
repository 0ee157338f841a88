"""What the process that drives the browser is told to do, as plain data."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

VIEW_WIDTH, VIEW_HEIGHT = 1280, 900
MOST_WIDTH, MOST_HEIGHT = 4000, 16000  # of a picture of the page; no graphics chip draws more
MOST_REQUESTS = 3000
MOST_MOVES = 12  # how often a page may send its reader on
MOST_ADDRESS = 1 << 16  # of an address that is told; one with data in it can have megabytes
MOST_BODY = 64 << 20
MOST_URL = 2048  # an address may look like coded bytes, and is needed to ask for removal


@dataclass(frozen=True, slots=True)
class Orders:
    """Which page, how much of it, through which door, and for how long at most."""

    url: str
    covered: bool
    seconds: float
    limit_bytes: int
    program: str
    sandbox: bool
    door: str
    user: str
    password: str

    def written(self) -> bytes:
        """Return them as one line."""
        return json.dumps(asdict(self)).encode("ascii") + b"\n"


def read_orders(line: bytes) -> Orders:
    """Return what one line says. Raises ValueError or TypeError where it says nothing of ours."""
    return Orders(**json.loads(line))
