"""Unlock the vault for a while, and lock it again."""

from __future__ import annotations

from dataclasses import dataclass

from stillmine.app import away, keyholder
from stillmine.app.actions import Answer, action, given
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.settings import MOST_MINUTES, read_settings
from stillmine.app.storage.opening import open_vault
from stillmine.app.unlocking import root_key


@dataclass(frozen=True, slots=True)
class UnlockRequest:
    """For how long to keep the vault open."""

    minutes: int = given(
        "Lock again after so many minutes without use; 0 for what the settings say.", default=0
    )


@dataclass(frozen=True, slots=True)
class UnlockAnswer(Answer):
    """After how many minutes without use the vault locks itself."""

    lock_after_minutes: int


@action("keep.unlock")
def unlock(context: Context, request: UnlockRequest) -> UnlockAnswer:
    """Keep the vault open for the next commands, until it is locked or left alone."""
    home = Home(context.home)
    root = root_key(context)
    with open_vault(home, root) as vault:
        away.renew(vault)
        wanted = request.minutes or read_settings(vault).lock_after_minutes
    minutes = max(1, min(wanted, MOST_MINUTES))
    keyholder.start(home, root, minutes)
    return UnlockAnswer(minutes)


@dataclass(frozen=True, slots=True)
class LockRequest:
    """Nothing is needed to lock."""


@dataclass(frozen=True, slots=True)
class LockAnswer(Answer):
    """Whether the vault was open; it is locked now in any case."""

    was_unlocked: bool


@action("keep.lock")
def lock(context: Context, request: LockRequest) -> LockAnswer:
    """Lock the vault now. The process that held its keys ends."""
    del request
    home = Home(context.home)
    was_unlocked = keyholder.end(home)
    if not was_unlocked:
        home.require_vault()  # a stick that was pulled out is locked all the same
    return LockAnswer(was_unlocked)
