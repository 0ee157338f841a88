"""Have a root noted in Bitcoin's block chain, through calendars that gather many sums (optional).

A calendar gets a sum that is made of the root and random bytes, so that nobody can look up whether
a root is there. It promises to keep it at once, and hours later says which block holds it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stillmine.act.proof.block_chain import LARGEST, Node, read_node, read_proof, write_proof
from stillmine.act.proof.stamping import NotStamped
from stillmine.app.network.permit import Permit
from stillmine.app.network.web import Fetched, fetch, read_location
from stillmine.errors import CannotReach, StillmineError, Stopped

USUAL = "usual"
# What the library of OpenTimestamps asks, and whose answers it follows, read on 22 November 2026:
# https://github.com/opentimestamps/python-opentimestamps/blob/master/opentimestamps/calendar.py
POOLS = (
    "https://a.pool.opentimestamps.org",
    "https://b.pool.opentimestamps.org",
    "https://a.pool.eternitywall.com",
)
_KNOWN = (
    ".calendar.opentimestamps.org",
    ".calendar.eternitywall.com",
    ".calendar.catallaxy.com",
)
_NONCE = 16
_SECONDS = 15.0
_OK, _NOT_YET = 200, 404
_HEADERS = (("Accept", "application/vnd.opentimestamps.v1"),)

Ask = Callable[[Permit, str, bytes | None], Fetched]


@dataclass(frozen=True, slots=True)
class Noted:
    """What calendars say of a root: the `.ots` file, the blocks that hold it, and who gave none.

    `changed` says whether this is more than was known before.
    """

    content: bytes
    blocks: tuple[int, ...]
    missing: tuple[NotStamped, ...]
    changed: bool


def ask(permit: Permit, url: str, body: bytes | None) -> Fetched:
    """Send a sum to a calendar, or ask it for one that it has."""
    return fetch(
        permit,
        url,
        method="GET" if body is None else "POST",
        body=body or b"",
        headers=_HEADERS,
        limit=LARGEST,
        seconds=_SECONDS,
        redirects=0,
    )


def calendars_of(names: Sequence[str]) -> tuple[str, ...]:
    """Return the addresses of calendars; `usual` stands for those that the library asks.

    Raises NotAWebAddress, AddressRefused.
    """
    found: list[str] = []
    for each in names:
        found += POOLS if each == USUAL else [read_location(each).url.rstrip("/")]
    return tuple(dict.fromkeys(found))


def note_root(
    root: bytes, kept: bytes, calendars: Sequence[str], *, action: str, send: Ask = ask
) -> Noted:
    """Hand a root to calendars, or, where that was done (`kept`), ask for the blocks.

    Raises BadStamp where `kept` is no proof about this root, and Stopped.
    """
    tree = read_proof(kept, root) if kept else Node(root)
    missing: list[NotStamped] = []
    if not kept:
        promised = tree.append(secrets.token_bytes(_NONCE)).hash()
        for url in calendars:
            _take(promised, f"{url}/digest", promised.message, (action, send), missing)
    else:
        _look_up(tree, calendars, (action, send), missing)
    blocks = tuple(sorted({each for node in tree.all() for each in node.blocks}))
    some = any(node.pending or node.blocks for node in tree.all())
    content = write_proof(tree) if some else b""
    return Noted(content, blocks, tuple(missing), content != kept)


def _look_up(
    tree: Node, calendars: Sequence[str], how: tuple[str, Ask], missing: list[NotStamped]
) -> None:
    for node in list(tree.all()):
        # What is in a block already needs no calendar any more.
        if any(each.blocks for each in node.all()):
            continue
        for url in node.pending:
            if _is_known(url, calendars):
                _take(node, f"{url}/timestamp/{node.message.hex()}", None, how, missing)


def _take(
    node: Node, url: str, body: bytes | None, how: tuple[str, Ask], missing: list[NotStamped]
) -> None:
    """Add what a calendar says of a node; name it where it says nothing that can be used."""
    action, send = how
    host = url.split("/")[2]
    try:
        answer = send(Permit.for_host(action, url), url, body)
        if body is None and answer.status == _NOT_YET:
            return
        if answer.status != _OK or answer.cut:
            raise CannotReach(host=host, reason=f"status {answer.status}")
        node.take(read_node(answer.body, node.message))
    except Stopped:
        raise
    except StillmineError as problem:
        missing.append(NotStamped(host, problem.code, str(problem.facts.get("reason", ""))))


def _is_known(url: str, calendars: Sequence[str]) -> bool:
    """Say whether a calendar that a proof names may be asked: known ones, and the person's own.

    Otherwise whoever made a proof could choose where this program connects to.
    """
    if url in calendars:
        return True
    try:
        location = read_location(url)
    except StillmineError:
        return False
    return location.scheme == "https" and location.host.endswith(_KNOWN)
