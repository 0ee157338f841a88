"""How the process that drives the browser tells what it sees: a line of JSON, then bytes.

Each message is one line `{"event": …, "sizes": [n, …], …}` followed by as many bytes as the sizes
say together. Written by `stillmine.app.network.browser.child`, read by its parent.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any, BinaryIO

LONGEST_LINE = 8 << 20


@dataclass(frozen=True, slots=True)
class Message:
    """What happened, with facts and pieces of bytes."""

    event: str
    facts: dict[str, Any]
    pieces: tuple[bytes, ...]


def write_message(
    out: BinaryIO, event: str, facts: dict[str, Any], pieces: Sequence[bytes] = ()
) -> None:
    """Write one message, whole. Raises OSError where nobody listens any more."""
    head = {"event": event, "facts": facts, "sizes": [len(piece) for piece in pieces]}
    out.write(json.dumps(head).encode("ascii") + b"\n")
    for piece in pieces:
        out.write(piece)
    out.flush()


def read_messages(source: IO[bytes]) -> Iterator[Message]:
    """Yield whole messages until the other side ends, in whatever way; half of one is dropped."""
    while (line := source.readline(LONGEST_LINE)).endswith(b"\n"):
        head = json.loads(line)
        pieces = tuple(source.read(size) for size in head["sizes"])
        if any(len(piece) != size for piece, size in zip(pieces, head["sizes"], strict=True)):
            return
        yield Message(head["event"], head["facts"], pieces)
