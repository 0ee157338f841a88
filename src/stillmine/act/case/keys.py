"""The key that signs the proof of one case: made when first needed, forgotten with the case."""

from __future__ import annotations

import secrets

from stillmine.act.case.model import Case
from stillmine.app.storage.vault import Vault
from stillmine.crypto import EvidenceKey

_KIND = "case-key"
_SECRET = "secret"  # noqa: S105 - the name of a field


def case_key(vault: Vault, case: Case) -> EvidenceKey:
    """Return the key of a case. A new one is random and safe when this returns.

    Each case has its own, so that the proof of two people cannot be told to come from one vault.
    A vault that was opened for reading can only be asked for a key that is there.
    """
    kept = vault.records.get(_KIND, case.case)
    if kept is None:
        kept = {_SECRET: secrets.token_hex(32)}
        vault.records.put(_KIND, case.case, kept)
    return EvidenceKey.from_secret(bytes.fromhex(kept[_SECRET]))


def known_key(vault: Vault, case: Case) -> EvidenceKey | None:
    """Return the key of a case, None before there is one. Nothing is written."""
    kept = vault.records.get(_KIND, case.case)
    return EvidenceKey.from_secret(bytes.fromhex(kept[_SECRET])) if kept else None


def forget_case_key(vault: Vault, case: Case) -> None:
    """Forget the key of a case; that there is none is fine."""
    vault.records.forget(_KIND, case.case)
