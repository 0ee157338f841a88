"""What long work came to, without waiting for it: the answers that pages of long work show.

A page whose address has `{work}` finds its answer by that name. `WORKS` has an answer for each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stillmine.act.hosts.looking import answer_of
from stillmine.act.hosts.seeing import Seen
from stillmine.app.network.practice import practice_site
from stillmine.watch.alerting.commands import NotTried, Shown, TryAnswer
from stillmine.web.door import Door
from tests.pages.furnishing import HOSTILE, LONG, do, handed, recorded

Parts = Mapping[str, str]
WORKS: Mapping[str, Callable[[Door, Parts], Any]] = {
    "added": lambda door, _: do(
        door,
        "keep.add",
        handed("no picture.jpg", b"This is no picture."),
        handed(f"{HOSTILE}{LONG}.jpg", b""),
        paths=(),
    ),
    "computer.seen": lambda door, _: do(door, "doctor"),
    "proof.told": lambda door, _: do(
        door, "act.verify", handed("p1.wacz", b"PK no proof"), file=Path()
    ),
    "alert.tried": lambda _door, _: TryAnswer(
        (Shown("1", "mail", "mail.example"),),
        (NotTried("2", "ntfy", "alert.refused"),),
        "Something to read.",
    ),
    "checked": lambda door, _: do(door, "keep.verify"),
    "backed": lambda door, _: do(door, "keep.backup.run"),
    "looked": lambda door, _: do(door, "watch.look", places=(_folder(door),), now=True),
    "case.proven": lambda door, so_far: do(
        door, "act.capture", url="https://board.example/1", level="address", **so_far
    ),
    "case.taken": lambda door, so_far: do(
        door,
        "act.case.import",
        handed(f"{LONG[:90]}.txt", b"[12.11.26, 18:03] X: more"),
        files=(),
        no_stamp=True,
        **so_far,
    ),
    "case.looked": lambda door, so_far: _looked_again(door, **so_far),
    "case.hosted": lambda _door, _: answer_of(_seen_site(), datetime.now(UTC).date()),
}
"""By the name of a page that shows the answer of long work: that answer, and how to get it."""


def _folder(door: Door) -> str:
    """Return the place to look at that is on this computer."""
    every = do(door, "watch.place.list").places
    return next(each.place for each in every if each.kind == "folder")


def _looked_again(door: Door, case: str) -> Any:
    """Look at a page of a case that is on this computer, whether it is still there."""
    with practice_site({"/gallery": ("text/html", b"<title>A gallery</title>")}) as site:
        do(door, "act.case.add", case=case, addresses=(f"{site}/gallery",))
        return do(door, "act.recheck", case=case, addresses=(f"{site}/gallery",))


def _seen_site() -> Seen:
    """Return what was seen of a site, as registries answered once."""
    return Seen(
        site="google.com",
        at="2026-11-22T10:00:00+00:00",
        headers=(("server", "cloudflare"), ("cf-ray", "8e")),
        addresses=("130.59.31.80",),
        address="130.59.31.80",
        domain=recorded("verisign-google.com.json"),
        domain_source="https://rdap.verisign.com/com/v1/domain/google.com",
        network=recorded("ripe-130.59.31.80.json"),
        network_source="https://rdap.db.ripe.net/ip/130.59.31.80",
    )
