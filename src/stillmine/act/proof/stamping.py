"""Ask authorities for time stamps: only a digest goes out, and who does not answer is named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stillmine.act.proof.authorities import Authority
from stillmine.act.proof.pieces import Stamp
from stillmine.act.proof.stamps import Trust
from stillmine.app.jobs import Job
from stillmine.app.network.permit import Permit
from stillmine.app.network.web import Fetched, fetch
from stillmine.crypto.timestamp import check_stamp, request_stamp
from stillmine.errors import CannotReach, StillmineError, Stopped

_SECONDS = 15.0
_LARGEST = 1 << 20
_OK = 200
_HEADERS = (
    ("Content-Type", "application/timestamp-query"),
    ("Accept", "application/timestamp-reply"),
)

Post = Callable[[Permit, str, bytes], Fetched]


@dataclass(frozen=True, slots=True)
class NotStamped:
    """An authority that gave no stamp, and the code that says why; `why` is its reason."""

    authority: str
    code: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Stamped:
    """What the authorities answered, and those of whom there is no stamp."""

    stamps: tuple[Stamp, ...]
    missing: tuple[NotStamped, ...]


def post(permit: Permit, url: str, body: bytes) -> Fetched:
    """Send a question to an authority."""
    return fetch(
        permit,
        url,
        method="POST",
        body=body,
        headers=_HEADERS,
        limit=_LARGEST,
        seconds=_SECONDS,
        redirects=0,
    )


def stamp_root(
    root: bytes,
    authorities: Sequence[Authority],
    trust: Trust,
    *,
    action: str,
    job: Job | None = None,
    send: Post = post,
) -> Stamped:
    """Ask each authority to vouch for these 32 bytes; return the answers that hold.

    Each is one connection to one place, for which `action` has the person's yes. An answer is
    checked before it is taken: its signature, its number, what it is about. One that fails is
    named and the others are asked. Raises only Stopped.
    """
    stamps: list[Stamp] = []
    missing: list[NotStamped] = []
    if job:
        job.begin("act.stamping", len(authorities), "authorities")
    for authority in authorities:
        try:
            stamps.append(_asked(root, authority, trust, action, send))
        except Stopped:
            raise
        except StillmineError as problem:
            why = str(problem.facts.get("reason", ""))
            missing.append(NotStamped(authority.name, problem.code, why))
        if job:
            job.advance()
    return Stamped(tuple(stamps), tuple(missing))


def _asked(root: bytes, authority: Authority, trust: Trust, action: str, send: Post) -> Stamp:
    question = request_stamp(root)
    answer = send(Permit.for_host(action, authority.url), authority.url, question.body)
    if answer.status != _OK or answer.cut:
        raise CannotReach(host=authority.title, reason=f"status {answer.status}")
    # An answer whose root is not known here is taken too: it may be known where it is checked.
    stamp = check_stamp(
        answer.body, root, roots=trust.roots, known=trust.known, nonce=question.nonce
    )
    return Stamp(authority.name, stamp.at, answer.body, stamp.certificates)
