"""Take in the findings that arrived in the inbox, as they do from every look, locked or not."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.storage import inbox
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import unlocked
from stillmine.errors import DiskFull, HomeReadOnly, VaultBusy, WriteFailed
from stillmine.watch import keeping
from stillmine.watch.existing import keep_existed
from stillmine.watch.keeping import KeptFinding
from stillmine.watch.looking.finding import Finding, written

VERSION = 1
_MOST_LETTER = 1 << 20
_NOT_NOW = (DiskFull, HomeReadOnly, VaultBusy, WriteFailed)
_Done = TypeVar("_Done")


@dataclass(frozen=True, slots=True)
class TakenIn:
    """All findings, which of them are new in the vault, and which letters could not be read.

    `waiting` of them are in the inbox still: another run writes, or nothing can be written here.
    They are taken in next time. `damaged` are the names of letters.
    """

    findings: tuple[KeptFinding, ...] = ()
    new: tuple[Finding, ...] = ()
    waiting: int = 0
    damaged: tuple[str, ...] = ()


@dataclass(slots=True)
class _Arrived:
    """What lies in the inbox: our letters by name, in their order, and what is damaged."""

    findings: dict[str, Finding]
    damaged: list[str]


def drop(home: Home, finding: Finding) -> None:
    """Seal a finding to the vault's public key, which needs no key of it; safe on return."""
    letter = {"stillmine_inbox": VERSION, "what": keeping.KIND, **json.loads(written(finding))}
    inbox.drop(home, json.dumps(letter, separators=(",", ":")).encode("ascii"))


def with_findings(
    context: Context, work: Callable[[Vault, TakenIn], _Done], *, writing: bool = False
) -> _Done:
    """Take in what arrived, and give all findings to `work`, which only reads.

    It may be cut off anywhere and be done again: a letter goes once its finding is safe, and a
    finding that is known is not kept twice. What cannot be written now stays where it is; then
    `work` is done once more, with what can be read. With `writing`, what looks learnt of archives
    is kept even where nothing arrived.
    """
    if writing or inbox.waiting(Home(context.home)):
        try:
            with unlocked(context, writing=True) as vault:
                return work(vault, taken_in(vault))
        except _NOT_NOW:
            pass
    with unlocked(context) as vault:
        return work(vault, _looked_at(vault))


def taken_in(vault: Vault) -> TakenIn:
    """Make records of what arrived, in a vault that is open for writing."""
    arrived = _arrived(vault)
    new = keeping.keep_new(vault, arrived.findings.values())
    for name in arrived.findings:
        inbox.remove(vault.home, name)
    keep_existed(vault)
    kept = tuple(keeping.all_findings(vault))
    return TakenIn(kept, tuple(new), 0, tuple(arrived.damaged))


def _looked_at(vault: Vault) -> TakenIn:
    """Return the same where nothing can be written: what waits is shown, and stays."""
    arrived = _arrived(vault)
    kept = keeping.all_findings(vault)
    # Most often nothing waits: then none of them has to be looked at for it.
    known = {keeping.same_place(each.finding) for each in kept if arrived.findings}
    new = {keeping.same_place(each): each for each in arrived.findings.values()}
    waiting = tuple(each for key, each in new.items() if key not in known)
    shown = (*(KeptFinding(each) for each in waiting), *kept)
    return TakenIn(shown, waiting, len(waiting), tuple(arrived.damaged))


def _arrived(vault: Vault) -> _Arrived:
    """Read the letters. One of another kind, or of a newer version, is left alone."""
    arrived = _Arrived({}, [])
    for name, content in inbox.letters(vault.home, vault.epoch):
        if content is None:
            arrived.damaged.append(name)
            continue
        text = _ours(content)
        if text is None:
            continue
        try:
            arrived.findings[name] = keeping.read_strictly(text)
        except ValueError:
            arrived.damaged.append(name)
    return arrived


def _ours(content: bytes) -> str | None:
    """Return the finding in a letter, as JSON; None where the letter is about something else."""
    if len(content) > _MOST_LETTER:
        return None
    try:
        letter = json.loads(content)
        ours = letter.pop("stillmine_inbox") == VERSION and letter.pop("what") == keeping.KIND
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return json.dumps(letter) if ours else None
