"""Sealed records and fingerprints, cut off anywhere: wholly old or wholly new, never back again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from stillmine.app.storage import opening
from stillmine.app.storage.vault import Vault
from stillmine.imaging import Sample
from stillmine.keep import forget, rekey

from .scenario import Confirm, Scenario
from .vault_evidence import EVIDENCE
from .vault_life import (
    NEW,
    OLD,
    cheapen,
    check_vault,
    context,
    facts,
    home_of,
    prepare_vault,
    reopen_vault,
    told,
    unlock,
)

SAMPLE = Sample(None, 0, b"what an item is known by" * 400)


def _as_writer(room: Path) -> Any:
    cheapen()
    home = home_of(room)
    root, _ = unlock(home, OLD, NEW)
    return opening.open_vault(home, root, writing=True)


# ---- records -------------------------------------------------------------------------------------


def _prepare_records(room: Path) -> None:
    prepare_vault(room)
    with _as_writer(room) as vault:
        vault.records.put("person", "ines", 1)
        vault.records.put("case", "first", {"of": "two"})


def _change_records(room: Path, confirm: Confirm) -> None:
    with _as_writer(room) as vault:
        vault.records.put("person", "ines", 2)
        confirm("ines 2")
        vault.records.put("person", "omar", 1)
        confirm("omar 1")
        vault.records.put("person", "ines", 3)
        confirm("ines 3")
    with _as_writer(room) as vault:
        vault.records.forget("case", "first")
        confirm("case gone")


def _check_records(room: Path, confirmed: Sequence[str]) -> None:
    with _as_writer(room) as vault:
        before = _noted(vault, confirmed)
        objects = len(vault.catalogue.kept()) - vault.catalogue.count()
        keys = sum(row.record for _c, _t, row in vault.epoch.rows())
    home = home_of(room)
    for path in (home.catalogue, *home.checkpoints.iterdir()):
        path.unlink()
    with _as_writer(room) as vault:
        assert _noted(vault, confirmed) == before, "the objects say something else than the list"
        assert objects == keys, "a record lies about of which nobody knows"
        vault.set_record("setting", "lock", {"minutes": 15})  # not sealed: it went with the list
    check_vault(room, facts(()))


def _noted(vault: Vault, confirmed: Sequence[str]) -> dict[str, Any]:
    least = max((int(n) for n in told(confirmed, "ines")), default=1)
    found = vault.records.all("person")
    assert "ines" in found, "ines is lost"
    assert found["ines"] in range(least, 4), f"ines is {found['ines']}, not {least} or newer"
    assert found.get("omar") in ((1,) if "omar 1" in confirmed else (1, None)), "omar is lost"
    case = vault.records.get("case", "first")
    allowed = (None,) if "case gone" in confirmed else (None, {"of": "two"})
    assert case in allowed, f"the case is {case}"
    if "ines 3" not in confirmed:
        assert case is not None, "the case went before anybody asked"
    return {**found, "case": case}


# ---- fingerprints --------------------------------------------------------------------------------


def _prepare_known(room: Path) -> None:
    prepare_vault(room)
    with _as_writer(room) as vault:
        for item in vault.items():
            vault.fingerprints.put(item.item, [SAMPLE])
        vault.fingerprints.keep_index(vault.fingerprints.generation, b"ready" * 100)


def _forget_known(room: Path, confirm: Confirm) -> None:
    with _as_writer(room) as vault:
        item = next(i.item for i in vault.items() if i.shown_name == "unwanted")
    forget.forget(context(home_of(room)), forget.ForgetRequest((item,)))
    confirm(f"item {item}")
    confirm("forgotten unwanted")


def _check_known(room: Path, confirmed: Sequence[str]) -> None:
    with _as_writer(room) as vault:
        known = {item for item, _seconds, _fingerprint in vault.fingerprints.all()}
        kept = {item.item for item in vault.items()}
        assert known <= kept, "what was forgotten is known still"
        assert not known & told(confirmed, "item")
        if told(confirmed, "item"):
            assert vault.fingerprints.index() is None, "a ready index knows what was forgotten"
    check_vault(room, facts(confirmed, forgetting=("unwanted",)))


def _rekey_known(room: Path, confirm: Confirm) -> None:
    cheapen()
    rekey.rekey(context(home_of(room)), rekey.RekeyRequest(OLD, NEW))
    confirm("rekeyed")


def _check_rekeyed(room: Path, confirmed: Sequence[str]) -> None:
    cheapen()
    home = home_of(room)
    root, _ = unlock(home, *((NEW,) if confirmed else (OLD, NEW)))
    with opening.open_vault(home, root) as vault:
        known = {item for item, _seconds, _fingerprint in vault.fingerprints.all()}
        kept = {item.item for item in vault.items()}
        assert known <= kept
        missing = {item.item for item in vault.items() if not vault.fingerprints.of(item.item)}
        assert known | missing == kept, "some are neither known nor to be made anew"
    left = {path.name for path in home.watch.iterdir()} if home.watch.exists() else set()
    assert left <= {"fingerprints.db"}, f"leftovers: {left}"
    phrases, shut = ((NEW,), (OLD,)) if confirmed else ((OLD, NEW), ())
    check_vault(room, replace(facts(()), phrases=phrases, shut=shut))


RECORDS = (
    Scenario("records", _prepare_records, _change_records, _check_records, reopen_vault),
    Scenario("known", _prepare_known, _forget_known, _check_known, reopen_vault),
    Scenario("known rekey", _prepare_known, _rekey_known, _check_rekeyed, reopen_vault),
    *EVIDENCE,
)
