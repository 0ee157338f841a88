"""The life of the very small store, for the harness; and the mistakes to plant in it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from .scenario import Confirm, Scenario
from .toy_bugs import BUGS
from .toy_store import Store

__all__ = ["BUGS", "SCENARIOS"]


def content(name: str) -> bytes:
    """Return some thousand bytes that only this name has."""
    return hashlib.shake_256(name.encode()).digest(6000 + len(name))


def _prepare(room: Path) -> None:
    store = Store(room / "home")
    store.add("old", content("old"))
    store.add("unwanted", content("unwanted"))
    store.rekey({"epoch": "1"})
    store.close()


def _check(room: Path, confirmed: Sequence[str]) -> None:
    store = Store(room / "home")
    items = store.items()
    sure = {"old", "unwanted"} | {c[4:] for c in confirmed if c.startswith("add ")}
    for name in sure - {"unwanted"}:
        assert items.get(name) == content(name), f"{name} is lost"
    assert "forget unwanted" not in confirmed or "unwanted" not in items, "forgotten item came back"
    epoch = int(store.keys()["epoch"])
    least = max([1, *(int(c.split()[1]) for c in confirmed if c.startswith("epoch "))])
    assert epoch >= least, f"keys went back to epoch {epoch}, confirmed {least}"
    _clean_run(store)
    left = sorted(p.name for p in (room / "home" / "objects").iterdir())
    assert left == sorted(f"{n}.object" for n in store.items()), f"leftovers: {left}"
    assert not list((room / "home").glob("*.part")), "leftovers beside the catalogue"
    store.close()


def _clean_run(store: Store) -> None:
    for name in ("fresh", "b"):
        store.add(name, content(name))
    store.rekey({"epoch": "99"})
    assert store.items()["b"] == content("b")
    assert store.keys() == {"epoch": "99"}


def _add(room: Path, confirm: Confirm) -> None:
    store = Store(room / "home")
    for name in ("a", "b"):
        store.add(name, content(name))
        confirm(f"add {name}")
    store.close()


def _forget(room: Path, confirm: Confirm) -> None:
    store = Store(room / "home")
    store.forget("unwanted")
    confirm("forget unwanted")
    store.close()


def _rekey(room: Path, confirm: Confirm) -> None:
    store = Store(room / "home")
    for epoch in ("2", "3"):
        store.rekey({"epoch": epoch, "why": "x" * 900})
        confirm(f"epoch {epoch}")
    store.close()


def _prepare_nothing(_room: Path) -> None:
    return


def _init(room: Path, confirm: Confirm) -> None:
    store = Store(room / "home")
    store.rekey({"epoch": "1"})
    confirm("epoch 1")
    store.add("a", content("a"))
    confirm("add a")
    store.close()


def _check_init(room: Path, confirmed: Sequence[str]) -> None:
    store = Store(room / "home")
    if "epoch 1" in confirmed:
        assert store.keys() == {"epoch": "1"}, "keys lost"
    if "add a" in confirmed:
        assert store.items() == {"a": content("a")}, "a lost"
    _clean_run(store)
    store.close()


def _reopen(room: Path) -> None:
    Store(room / "home").close()


SCENARIOS = (
    Scenario("init", _prepare_nothing, _init, _check_init),
    Scenario("add", _prepare, _add, _check, _reopen),
    Scenario("forget", _prepare, _forget, _check, _reopen),
    Scenario("rekey", _prepare, _rekey, _check, _reopen),
)
