"""Cases in the vault: each is one sealed record, so that it outlives the catalogue."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any, TypeVar

from stillmine.act.case.model import (
    Address,
    Case,
    Event,
    KeptFile,
    Notice,
    Proof,
    Sender,
    Step,
)
from stillmine.app.storage.vault import Vault
from stillmine.errors import UnknownCase, UnknownPartOfCase

_KIND = "case"
_Part = TypeVar("_Part", bound=Address | Notice | Proof)
_SHORTEST = 2


def new_case_name() -> str:
    """Return a name for a new case: eight hexadecimal digits that say nothing of it."""
    return secrets.token_hex(4)


def keep_case(vault: Vault, case: Case) -> None:
    """Keep a case in place of what was kept of it; durable when this returns."""
    kept = asdict(case)
    vault.records.put(_KIND, kept.pop("case"), kept)


def all_cases(vault: Vault) -> list[Case]:
    """Return all cases, the newest first."""
    found = [_case(name, kept) for name, kept in vault.records.all(_KIND).items()]
    return sorted(found, key=lambda each: (each.opened, each.case), reverse=True)


def find_case(vault: Vault, name: str) -> Case:
    """Return the case of this name, or whose name begins so. Raise UnknownCase."""
    wanted = name.strip().lower()
    found = [each for each in all_cases(vault) if each.case.startswith(wanted)]
    if len(wanted) < _SHORTEST or len(found) != 1:
        raise UnknownCase(case=name)
    return found[0]


def forget_case(vault: Vault, case: Case) -> None:
    """Forget the record of a case; its evidence is forgotten by whoever keeps that."""
    vault.records.forget(_KIND, case.case)


def noted(case: Case, at: datetime, what: str, /, **facts: str) -> Case:
    """Return the case with one more line in its timeline."""
    event = Event(at.isoformat(timespec="seconds"), what, facts)
    return replace(case, events=(*case.events, event))


def next_name(letter: str, used: Iterable[str]) -> str:
    """Return the next short name in a case: `a3` after `a1` and `a2`."""
    return f"{letter}{1 + max((int(each[1:]) for each in used), default=0)}"


def address_of(case: Case, name: str) -> Address:
    """Return an address by its short name, or by the address itself. Raise UnknownPartOfCase."""
    for each in case.addresses:
        if name in (each.address, each.url):
            return each
    raise UnknownPartOfCase(part=name, case=case.case)


def proof_of(case: Case, name: str) -> Proof:
    """Return a proof by its short name. Raise UnknownPartOfCase."""
    for each in case.proofs:
        if name == each.proof:
            return each
    raise UnknownPartOfCase(part=name, case=case.case)


def notice_of(case: Case, name: str) -> Notice:
    """Return a notice by its short name. Raise UnknownPartOfCase."""
    for each in case.notices:
        if name == each.notice:
            return each
    raise UnknownPartOfCase(part=name, case=case.case)


def with_proof(case: Case, proof: Proof) -> Case:
    """Return the case with this proof, in the place of the one of its name or as the last."""
    return replace(case, proofs=_with(case.proofs, proof, "proof"))


def with_notice(case: Case, notice: Notice) -> Case:
    """Return the case with this notice, in the place of the one of its name or as the last."""
    return replace(case, notices=_with(case.notices, notice, "notice"))


def with_address(case: Case, address: Address) -> Case:
    """Return the case with this address, in the place of the one of its name or as the last."""
    return replace(case, addresses=_with(case.addresses, address, "address"))


def _with(parts: tuple[_Part, ...], part: _Part, name: str) -> tuple[_Part, ...]:
    names = [getattr(each, name) for each in parts]
    new = getattr(part, name)
    at = names.index(new) if new in names else len(parts)
    return (*parts[:at], part, *parts[at + 1 :])


def _case(name: str, kept: Mapping[str, Any]) -> Case:
    whole = _known(Case, kept)
    whole.update(
        sender=Sender(**_known(Sender, kept.get("sender", {}))),
        addresses=tuple(Address(**_known(Address, each)) for each in kept.get("addresses", ())),
        proofs=tuple(_proof(each) for each in kept.get("proofs", ())),
        notices=tuple(_notice(each) for each in kept.get("notices", ())),
        events=tuple(Event(**_known(Event, each)) for each in kept.get("events", ())),
    )
    return Case(case=name, **whole)


def _proof(kept: Mapping[str, Any]) -> Proof:
    whole = _known(Proof, kept)
    whole.update(
        stamped=tuple(kept.get("stamped", ())),
        files=tuple(KeptFile(**_known(KeptFile, each)) for each in kept.get("files", ())),
    )
    return Proof(**whole)


def _notice(kept: Mapping[str, Any]) -> Notice:
    whole = _known(Notice, kept)
    whole.update(
        regimes=tuple(kept.get("regimes", ())),
        addresses=tuple(kept.get("addresses", ())),
        steps=tuple(Step(**_known(Step, each)) for each in kept.get("steps", ())),
    )
    return Notice(**whole)


def _known(kind: type[Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    # What a newer version keeps beside these is let be.
    return {each.name: kept[each.name] for each in fields(kind) if each.name in kept}
