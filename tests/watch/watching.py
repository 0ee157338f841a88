"""Somebody who looks for copies: their places, their yes to sending, and what they choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from stillmine.app import unlocking
from stillmine.app.context import Context
from stillmine.app.jobs import Job
from stillmine.app.storage.opening import open_vault
from stillmine.app.unlocking import root_key
from stillmine.imaging import Decoder
from stillmine.keep import rekey, setup, ways_in
from stillmine.watch.looking.finding import Fact, Finding
from stillmine.watch.placing.adding import AddAnswer, AddRequest, add
from stillmine.watch.placing.store import WatchedPlace, read_places
from stillmine.watch.preparing import prepare
from tests.keep.conftest import Person
from tests.servers.sites import Site
from tests.watch.looking.looker import ORIGINALS, stranger

KEY = "0123456789abcdef"


@dataclass
class Watcher(Person):
    """A person who said yes to sending, and no to the question before all."""

    agrees: bool = True
    says: str | None = "no"
    key: str = "a-key-of-mine"
    questions: list[str] = field(default_factory=list)

    def secret(self, kind: str, question: str = "") -> str:
        self.questions.append(kind)
        return self.key

    def choose(self, question: str, choices: Sequence[str]) -> str | None:
        self.questions.append(question)
        return self.says

    @property
    def context(self) -> Context:
        return replace(super().context, agreed_to_send=self.agrees, choose=self.choose)

    def adds(self, kind: str, target: str, *options: str, **more: Any) -> AddAnswer:
        return add(self.context, AddRequest(kind, target, options, **more))

    def vault(self, *, writing: bool = False) -> Any:
        return open_vault(self.home, root_key(self.context), writing=writing)

    @property
    def places(self) -> list[WatchedPlace]:
        with self.vault() as vault:
            return read_places(vault)


def finding(number: int = 0, **more: Any) -> Finding:
    """Return a finding as the engine makes them."""
    usual: dict[str, Any] = {
        "finding": f"{number:016x}",
        "place": "0a1b2c3d",
        "item": f"{number:032x}",
        "page": f"https://board.example/thread/{number}",
        "picture": f"https://board.example/src/{number}.jpg",
        "seen_at": "2026-05-01T10:00:00+00:00",
        "kind": "part-of",
        "score": 42.5,
        "expected_false": 1e-7,
        "quad": ((0.0, 0.0), (640.0, 0.0), (640.0, 480.0), (0.0, 480.0)),
        "visible": 0.75,
        "mirrored": False,
        "inverted": False,
        "width": 640,
        "height": 480,
        "seconds": None,
        "facts": (Fact.LOOKS_ALIKE, Fact.WHOLE_ALIKE),
        "headers": (("date", "Fri, 01 May 2026 10:00:00 GMT"),),
    }
    return Finding(**{**usual, **more})


def two_pictures(folder: Path, **more: Any) -> Watcher:
    """Return somebody with a vault of two pictures that are known by how they look.

    It costs some seconds: who needs many takes a copy of it for each.
    """
    with pytest.MonkeyPatch.context() as patch:
        for module in (unlocking, setup, ways_in, rekey):
            patch.setattr(module, "WORK_FACTOR", 1)
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        watcher = Watcher(folder / "home")
        watcher.sets_up()
        for number, data in enumerate(ORIGINALS):
            (folder / f"{number}.jpg").write_bytes(data)
        watcher.keeps(*(folder / f"{number}.jpg" for number in (0, 1)), **more)
        with watcher.vault() as vault, Decoder() as decoder:
            prepare(vault, decoder, Job())
    return watcher


def leak(site: Site, *pictures: bytes, path: str = "/thread", nobody: bool = True) -> str:
    """Have a site show pictures on a page, and one of a stranger; return its address."""
    names = [site.says(f"{path}/{n}.jpg", data) for n, data in enumerate(pictures)]
    if nobody:
        names.append(site.says(f"{path}/other.jpg", stranger(1)))
    page = "".join(f'<img src="{name}">' for name in names)
    html = f"<html><body>{page}</body></html>".encode()
    return site.says(path, html, ("Content-Type", "text/html"))
