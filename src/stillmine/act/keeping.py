"""Keep proof in a case: bundled, signed by the key of the case, sealed in the vault, and noted."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stillmine.act.case.keys import case_key
from stillmine.act.case.model import Case, KeptFile, Proof
from stillmine.act.case.store import find_case, keep_case, next_name, noted, with_proof
from stillmine.act.proof import Made, Page, Piece, Stamp, make_bundle
from stillmine.app.network.browser import Exchange
from stillmine.app.storage.vault import Vault

BUNDLE = b"proof.wacz"

Stamper = Callable[[bytes], Sequence[Stamp]]


@dataclass(frozen=True, slots=True)
class ToKeep:
    """What is to become proof: `kind` is `capture` or what else it is; the rest as in `Proof`."""

    kind: str
    pieces: Sequence[Piece]
    facts: Mapping[str, Any]
    exchanges: Sequence[Exchange] = ()
    page: Page | None = None
    address: str = ""
    level: str = ""
    title: str = ""
    files: tuple[KeptFile, ...] = ()


def no_stamps(_root: bytes) -> Sequence[Stamp]:
    """Ask no authority for a time stamp."""
    return ()


def keep_proof(
    vault: Vault, name: str, wanted: ToKeep, *, now: datetime, stamp: Stamper = no_stamps
) -> tuple[Case, Proof, Made]:
    """Bundle, sign, stamp and seal proof, and note it in the case `name`; safe when this returns.

    The case is read anew, as it may have changed while the proof was gathered. Raises UnknownCase,
    and what the bundle and the vault may raise: then the case is as it was.
    """
    case = find_case(vault, name)
    bundle = io.BytesIO()
    made = make_bundle(
        bundle,
        made=now,
        facts=wanted.facts,
        pieces=wanted.pieces,
        exchanges=wanted.exchanges,
        page=wanted.page,
        key=case_key(vault, case),
        stamp=stamp,
    )
    evidence = vault.evidence.put(BUNDLE, bundle, case=case.case, why=wanted.kind)
    proof = Proof(
        proof=next_name("p", (each.proof for each in case.proofs)),
        kind=wanted.kind,
        made=now.isoformat(timespec="seconds"),
        evidence=evidence,
        root=made.root,
        size=made.size,
        address=wanted.address,
        level=wanted.level,
        title=wanted.title,
        stamped=made.stamped,
        files=wanted.files,
    )
    facts = {"proof": proof.proof, "address": proof.address, "level": proof.level}
    case = with_proof(case, proof)
    case = noted(case, now, f"proof-{wanted.kind}", **{k: v for k, v in facts.items() if v})
    keep_case(vault, case)
    return case, proof, made
