"""Keep with a case what was answered about its sites, and find it again without asking anybody."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from stillmine.act.case.model import Case
from stillmine.act.case.store import keep_case, noted
from stillmine.act.hosts.seeing import Seen, Skipped
from stillmine.app.storage.vault import Vault

_KIND = "host"


def keep_seen(vault: Vault, case: Case, seen: Seen, now: datetime, **facts: str) -> None:
    """Keep what was answered, in place of what was before, and note it in the timeline."""
    vault.records.put(_KIND, _name(case, seen.site), asdict(seen))
    keep_case(vault, noted(case, now, "host.found", site=seen.site, **facts))


def find_seen(vault: Vault, case: Case, site: str) -> Seen | None:
    """Return what was kept about a site of a case, or None."""
    kept = vault.records.get(_KIND, _name(case, site))
    return _seen(kept) if isinstance(kept, dict) else None


def forget_seen(vault: Vault, case: Case) -> None:
    """Forget what was kept about the sites of a case."""
    for name in vault.records.all(_KIND):
        if name.startswith(_name(case, "")):
            vault.records.forget(_KIND, name)


def _name(case: Case, site: str) -> str:
    return f"{case.case} {site}"


def _seen(kept: dict[str, Any]) -> Seen:
    # What a newer version keeps beside these is let be.
    known = {each.name: kept[each.name] for each in fields(Seen) if each.name in kept}
    known.update(
        headers=tuple((name, value) for name, value in kept.get("headers", ())),
        addresses=tuple(kept.get("addresses", ())),
        skipped=tuple(
            Skipped(each["what"], each["code"], each.get("facts", {}))
            for each in kept.get("skipped", ())
        ),
    )
    return Seen(**known)
