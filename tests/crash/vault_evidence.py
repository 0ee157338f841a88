"""Evidence, cut off anywhere: what was kept is there, and what was done has its line."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from stillmine.app.storage import evidence, opening
from stillmine.app.storage.evidence import Evidence
from stillmine.app.storage.vault import Vault

from .scenario import Bug, Confirm, Scenario
from .vault_life import (
    OLD,
    cheapen,
    check_vault,
    content,
    facts,
    home_of,
    prepare_vault,
    reopen_vault,
    told,
    unlock,
)
from .vault_mistakes import nothing, swap

CASE, OTHER = "0123abcd", "4567cdef"


def _as_writer(room: Path) -> Any:
    cheapen()
    home = home_of(room)
    root, _ = unlock(home, OLD)
    return opening.open_vault(home, root, writing=True)


def _keep(vault: Vault, name: str, case: str = CASE) -> str:
    source = io.BytesIO(content(name))
    return vault.evidence.put(name.encode(), source, case=case, why="import")


def _read(vault: Vault, kept: str) -> bytes:
    with vault.evidence.open(kept, why="report") as file:
        return file.read()


def _named(vault: Vault) -> dict[str, str]:
    return {each.name.decode(): each.evidence for each in vault.evidence.all()}


def _prepare(room: Path) -> None:
    prepare_vault(room)
    with _as_writer(room) as vault:
        for name in ("early", "unwanted proof"):
            _keep(vault, name)
        _keep(vault, "other", OTHER)


# ---- what is done --------------------------------------------------------------------------------


def _put(room: Path, confirm: Confirm) -> None:
    with _as_writer(room) as vault:
        for name in ("first", "large film"):
            _keep(vault, name)
            confirm(f"proof {name}")
        confirm(f"seen {_read(vault, _named(vault)['first']).hex()[:8]}")
    with _as_writer(room) as vault:
        confirm(f"seen {_read(vault, _named(vault)['other']).hex()[:8]}")


def _forget(room: Path, confirm: Confirm) -> None:
    with _as_writer(room) as vault:
        vault.evidence.forget(_named(vault)["unwanted proof"])
        confirm("away unwanted proof")
        _keep(vault, "later")
        confirm("proof later")
    with _as_writer(room) as vault:
        vault.evidence.forget_case(OTHER)
        confirm("away other")


def _read_and_say(room: Path, confirm: Confirm) -> None:
    """Say what was read while it is open still, as somebody who looks at it does."""
    with _as_writer(room) as vault:
        for name in ("early", "other"):
            with vault.evidence.open(_named(vault)[name], why="report") as file:
                confirm(f"seen {file.read().hex()[:8]}")


# ---- what has to be so ---------------------------------------------------------------------------

Seen = tuple[dict[str, str], list[tuple[str, str]]]


def _look(vault: Vault, confirmed: Sequence[str], away: frozenset[str]) -> Seen:
    kept = _named(vault)
    must = {"early", "unwanted proof", "other"} - away | told(confirmed, "proof")
    assert must <= kept.keys(), f"lost: {must - kept.keys()}"
    gone = told(confirmed, "away") & kept.keys()
    assert not gone, f"still there: {gone}"
    lines = []
    for case in (CASE, OTHER):
        vault.custody.check(case)
        lines += [(each.what, each.evidence) for each in vault.custody.entries(case=case)]
    _agree(kept, lines)
    opened = sum(what == "opened" for what, _name in lines)
    assert opened >= len(told(confirmed, "seen")), "somebody read it, and no line says so"
    return kept, lines


def _agree(kept: dict[str, str], lines: list[tuple[str, str]]) -> None:
    """Each piece has a line that it was kept, and each such line has its piece or an end."""
    said = {name for what, name in lines if what == "kept"}
    ended = {name for what, name in lines if what in ("forgotten", "not-kept")}
    assert set(kept.values()) <= said - ended, "evidence without a line, or with one that ends it"
    assert said - ended <= set(kept.values()), "a line says that it is there, and it is not"


def _check(room: Path, confirmed: Sequence[str], away: frozenset[str] = frozenset()) -> None:
    with _as_writer(room) as vault:
        seen = _look(vault, confirmed, away)
    home = home_of(room)
    for path in (home.catalogue, *home.checkpoints.iterdir()):
        path.unlink()
    with _as_writer(room) as vault:
        assert _look(vault, confirmed, away) == seen, "the objects say otherwise than the list"
        for name, kept in seen[0].items():
            assert _read(vault, kept) == content(name), f"{name} is not what was put in"
        vault.set_record("setting", "lock", {"minutes": 15})  # not sealed: it went with the list
    check_vault(room, facts(()))


def _check_forget(room: Path, confirmed: Sequence[str]) -> None:
    _check(room, confirmed, frozenset({"unwanted proof", "other"}))


EVIDENCE = (
    Scenario("evidence", _prepare, _put, _check, reopen_vault),
    Scenario("evidence read", _prepare, _read_and_say, _check, reopen_vault),
    Scenario("evidence forgotten", _prepare, _forget, _check_forget, reopen_vault),
)


# ---- mistakes to plant ---------------------------------------------------------------------------


def _backwards(vault: Vault, parts: Any, add: Callable[..., None] = Vault.add_sealed) -> None:
    add(vault, list(reversed(parts)))


@contextlib.contextmanager
def _noted_late(
    self: Evidence, kept: str, *, why: str, told_of: Callable[..., Any] = Evidence.open
) -> Iterator[BinaryIO]:
    found, _case = self._find(kept)
    with self._vault.open_kept(found) as (_header, file):
        yield file
    with told_of(self, kept, why=why):
        pass


EVIDENCE_BUGS = {
    "evidence before its line": Bug(
        "proof that nobody noted", swap(Vault, add_sealed=_backwards), ("evidence",)
    ),
    "evidence not settled": Bug(
        "a line of what is not there", swap(evidence, settle=nothing), ("evidence",)
    ),
    "evidence opened before its line": Bug(
        "read by nobody", swap(Evidence, open=_noted_late), ("evidence read",)
    ),
}
