"""What an action is handed: nothing about the person or the machine is global."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from stillmine.app.jobs import Job
from stillmine.app.sources.handed import HandedFile

if TYPE_CHECKING:
    from stillmine.app.delivering import Delivery


class KeySource(Protocol):
    """Where the secret that opens the vault comes from; each interface has its own."""

    def passphrase(self) -> str:
        """Return the passphrase, asking the person if need be."""
        ...

    def device_key(self) -> Path | None:
        """Return the file with the device key, if the person named one."""
        ...

    def secret(self, kind: str, question: str = "") -> str:
        """Return a secret that turned out to be needed, asking the person if need be.

        `kind` is a `SecretKind`. Raise NoPassphrase where nobody can be asked.
        """
        ...


def _now() -> datetime:
    return datetime.now(UTC)


def _nobody_to_ask(_question: str, _choices: Sequence[str]) -> str | None:
    """Stand in for a person where nobody can be asked."""


@dataclass(frozen=True, slots=True)
class Context:
    """The home, the keys, the clock, the job, and the person's yes to sending.

    `choose` asks what turned out to have to be known: a key of `messages.questions` and the
    choices; it gives one of them, or None where nobody can be asked. `handed` are files that came
    with the question, in memory, beside those that the request names. With `delivery`, files that
    the answer has are handed back in memory, and no folder is written to.
    """

    home: Path
    keys: KeySource
    job: Job = field(default_factory=Job)
    now: Callable[[], datetime] = _now
    agreed_to_send: bool = False
    choose: Callable[[str, Sequence[str]], str | None] = _nobody_to_ask
    handed: tuple[HandedFile, ...] = ()
    delivery: Delivery | None = None
