"""How far the person is with a service, in the vault: each is one sealed record.

About pictures of under-18s there is no record, ever: whoever opened the vault would learn of them.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Literal, get_args

from stillmine.app.storage.vault import Vault
from stillmine.app.telling.guides import GUIDES

KIND = "watch.enrolment"
Noted = Literal["begun", "done", "refused", "ended"]


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One service, and for what (`which`, such as an address), with what the person noted.

    `at` is when the state came to be so, `looked` when the person last looked how it stands, both
    as ISO in UTC; `ends` is a day, as ISO. `number` is what the service gave, never a PIN.
    """

    enrolment: str
    service: str
    which: str
    state: Noted
    at: str
    looked: str = ""
    ends: str = ""
    number: str = ""

    @property
    def noted_at(self) -> datetime:
        """Return when it came to be so."""
        return datetime.fromisoformat(self.at)

    @property
    def looked_at(self) -> datetime | None:
        """Return when the person last looked."""
        return datetime.fromisoformat(self.looked) if self.looked else None

    @property
    def ends_on(self) -> date | None:
        """Return the day on which it ends, where the person noted one."""
        return date.fromisoformat(self.ends) if self.ends else None


def new_enrolment() -> str:
    """Return a name for a new record: eight hexadecimal digits that say nothing of it."""
    return secrets.token_hex(4)


def all_enrolments(vault: Vault) -> list[Enrolment]:
    """Return all of them, the oldest first. One that this version cannot read is let be."""
    found = [
        each
        for name, kept in vault.records.all(KIND).items()
        if (each := _read(name, kept)) is not None
    ]
    return sorted(found, key=lambda each: (each.at, each.enrolment))


def find_enrolment(vault: Vault, service: str, which: str) -> Enrolment | None:
    """Return what is noted about a service, and for what it was."""
    wanted = (service, which.casefold())
    return next(
        (each for each in all_enrolments(vault) if (each.service, each.which.casefold()) == wanted),
        None,
    )


def keep_enrolment(vault: Vault, enrolment: Enrolment) -> None:
    """Keep it in place of what was noted before; durable when this returns."""
    kept = asdict(enrolment)
    vault.records.put(KIND, kept.pop("enrolment"), kept)


def forget_enrolment(vault: Vault, enrolment: Enrolment) -> None:
    """Forget it, and the number with it."""
    vault.records.forget(KIND, enrolment.enrolment)


def _read(name: str, kept: Mapping[str, Any]) -> Enrolment | None:
    states: dict[Any, Noted] = {each: each for each in get_args(Noted)}
    with contextlib.suppress(TypeError, ValueError, KeyError, AttributeError):
        others = {part: str(value) for part, value in kept.items() if part != "state"}
        found = Enrolment(name, state=states[kept["state"]], **others)
        # Each of these raises where it cannot be read.
        known = (found.noted_at.tzinfo, found.looked_at, found.ends_on)
        if known[0] and found.service in GUIDES:
            return found
    return None
