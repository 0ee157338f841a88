"""Ask the authorities that the person chose, at the moment when a proof has its root."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from stillmine.act.proof.authorities import Authority, chosen, trust
from stillmine.act.proof.pieces import Stamp
from stillmine.act.proof.stamping import NotStamped, stamp_root
from stillmine.act.proof.stamps import Trust
from stillmine.app.context import Context
from stillmine.app.settings import read_settings
from stillmine.app.storage.vault import Vault
from stillmine.errors import NothingMayLeave

NOBODY = "none"


@dataclass(slots=True)
class Asking:
    """Called with a root, it returns the stamps; `missing` then holds who gave none, and why."""

    context: Context
    action: str
    authorities: tuple[Authority, ...]
    trust: Trust
    missing: list[NotStamped] = field(default_factory=list)

    def __call__(self, root: bytes) -> Sequence[Stamp]:
        """Ask all of them about this root. Raises Stopped."""
        return self.ask(root, self.authorities)

    def ask(self, root: bytes, authorities: Sequence[Authority]) -> Sequence[Stamp]:
        """Ask these about this root. Raises Stopped, and NothingMayLeave without a yes."""
        if authorities and not self.context.agreed_to_send:
            raise NothingMayLeave(agreed="-", asked="time-stamp authorities")
        found = stamp_root(root, authorities, self.trust, action=self.action, job=self.context.job)
        self.missing.extend(found.missing)
        return found.stamps


def authorities_of(vault: Vault, names: Sequence[str] = ()) -> tuple[Authority, ...]:
    """Return the authorities of these names, or those of the setting `stamp-with`, or the usual.

    `none` stands for nobody. Raises UnknownStamper.
    """
    wanted = [*names] or [each for each in read_settings(vault).stamp_with.split(",") if each]
    return () if NOBODY in wanted else chosen(wanted)


def asking(context: Context, vault: Vault, action: str, names: Sequence[str] = ()) -> Asking:
    """Return what `keep_proof` calls for time stamps, in the name of an action that sends."""
    return Asking(context, action, authorities_of(vault, names), trust())
