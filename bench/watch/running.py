"""Set up a throw-away home and a web of leaks, look until nothing is left, and note it all."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import cv2

from bench.measuring import new_vault
from bench.watch.bank import PictureBank, new_bank
from bench.watch.looker import Order
from bench.watch.memory import Memory
from bench.watch.writes import Marks, Written, has_strace, read_trace, scanned, traced
from stillmine.app.context import Context
from stillmine.app.fingerprinting import make_missing
from stillmine.app.jobs import Job
from stillmine.app.storage.looks import Looks, OwnSum, WantedPlace
from stillmine.app.unlocking import unlocked
from stillmine.imaging import Decoder
from stillmine.keep.add import AddRequest, add
from tests.servers.leak_web.clock import Clock
from tests.servers.leak_web.log import Entry
from tests.servers.leak_web.serving import FIXED, LeakWeb
from tests.servers.leak_web.world import Plan, World

_PAUSE_BETWEEN = 3600.0  # seconds by the clock of the web, until what was left is looked for
_DAY = 86400.0
_MOST_ROUNDS = 40
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Wish:
    """How large the web is, how fast time goes by, and what else is done.

    `again` looks once more on the next day; `kills` is how often a look is killed on the way.
    """

    plan: Plan
    photos: Path | None = None
    speed: float = 100.0
    trace: bool = True
    again: bool = True
    kills: int = 0
    patience: float = 5.0
    bases: int = 24


@dataclass(slots=True)
class Measured:
    """What came of all looks. `items` are the numbers that the vault gave to the own pictures."""

    world: World
    bank: PictureBank
    items: list[str]
    log: list[Entry]
    marks: Marks
    port: int
    findings: list[dict[str, Any]] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    written: Written | None = None
    scanned: Counter[str] = field(default_factory=Counter)
    baits: int = 0
    kills: int = 0
    looks: int = 0
    first_look: int = 0
    unfinished: bool = False
    memory: float = 0.0
    strayed: list[str] = field(default_factory=list)


def measured(wish: Wish) -> Measured:
    """Do all of it. Everything that is made is gone at the end."""
    cv2.setNumThreads(1)
    with tempfile.TemporaryDirectory(prefix="stillmine-watch-") as name:
        folder = Path(name)
        (folder / "certificates").mkdir()
        (folder / "temporary").mkdir()
        bank = new_bank(wish.photos, wish.plan.planted, bases=wish.bases)
        context, items, sums = _own(folder, bank)
        web = LeakWeb(wish.plan, bank, Clock.starting(wish.speed), folder / "certificates")
        try:
            return _Looking(wish, folder, context, web).run(items, sums, bank)
        finally:
            web.close()


def _own(folder: Path, bank: PictureBank) -> tuple[Context, list[str], list[OwnSum]]:
    """Keep the own pictures in a new vault; return their numbers and sums."""
    context, _ = new_vault(folder / "home")
    own = folder / "own"
    own.mkdir()
    for number, data in enumerate(bank.own):
        (own / f"{number}.jpg").write_bytes(data)
    answer = add(context, AddRequest((own,)))
    shutil.rmtree(own)
    by_name = {Path(each.file).stem: each.item for each in (*answer.added, *answer.already)}
    items = [by_name[str(number)] for number in range(len(bank.own))]
    sums = [_sums(item, data) for item, data in zip(items, bank.own, strict=True)]
    return context, items, sums


def _sums(item: str, data: bytes) -> OwnSum:
    md5 = hashlib.md5(data, usedforsecurity=False).hexdigest()
    return OwnSum(item, md5, hashlib.sha256(data).hexdigest(), len(data))


class _Looking:
    """Looks at one web until nothing is left, each time in a new process, as a timer does it."""

    def __init__(self, wish: Wish, folder: Path, context: Context, web: LeakWeb) -> None:
        self.wish, self.folder, self.context, self.web = wish, folder, context, web
        self.chance = random.Random(wish.plan.seed)
        self.key, self.epoch = b"", 0
        self.kills = 0
        self.memory = 0.0

    def run(self, items: list[str], sums: list[OwnSum], bank: PictureBank) -> Measured:
        """Look today, and tomorrow."""
        self._prepare(sums)
        found = Measured(self.web.world, bank, items, self.web.log, Marks(), self.web.port)
        self.web.shown_to = found.marks.note
        with self._tracing(found) as trace:
            self._until_nothing_is_left(found, trace)
            found.first_look = len(self.web.log)
            if self.wish.again:
                self.web.clock = self.web.clock.later(_DAY + _PAUSE_BETWEEN)
                self._until_nothing_is_left(found, trace)
        found.scanned = scanned([self.folder / "home", self.folder / "temporary"], found.marks)
        found.baits, found.kills = self.web.bait.calls, self.kills
        found.memory = self.memory
        found.strayed = sorted(each.name for each in (self.folder / "temporary").iterdir())
        found.findings = _lines(self.folder / "findings.jsonl")
        return found

    def _prepare(self, sums: Sequence[OwnSum]) -> None:
        """Hand over places and sums, as an open vault does; from here on it is locked."""
        with unlocked(self.context, writing=True) as vault, Decoder(workers=2) as decoder:
            make_missing(vault, decoder, Job())
            self.epoch = vault.epoch.number
            self.key = vault.root.watch_key(self.epoch)
            with contextlib.closing(Looks(vault.home, self.key, self.epoch)) as looks:
                looks.prepare(list(self._places()), sums, ())

    def _places(self) -> Iterator[WantedPlace]:
        wanted = (each for site in self.web.world.sites for each in site.places())
        for number, each in enumerate(wanted):
            options = tuple(sorted(each.options.items()))
            yield WantedPlace(f"{number:08x}", each.kind, each.target, options)

    @contextlib.contextmanager
    def _tracing(self, found: Measured) -> Iterator[Path | None]:
        """Give where a trace is to be written to, and read it while it is written."""
        if not (self.wish.trace and has_strace()):
            yield None
            return
        pipe = self.folder / "trace"
        os.mkfifo(pipe)
        found.written = Written()

        def read() -> None:
            with pipe.open(encoding="ascii", errors="replace") as lines:
                read_trace(lines, found.marks, found.written)

        reading = threading.Thread(target=read, daemon=True)
        reading.start()
        # While this end is open the reader sees no end, however many looks there are.
        with pipe.open("w"):
            yield pipe
        reading.join()

    def _until_nothing_is_left(self, found: Measured, trace: Path | None) -> None:
        for _ in range(_MOST_ROUNDS):
            answer = self._look(trace)
            found.looks += 1
            if answer is None:
                continue  # it was killed
            found.answers.append(answer)
            if not answer["looked"]["waiting"]:
                return
            self.web.clock = self.web.clock.later(_PAUSE_BETWEEN)
        found.unfinished = True

    def _look(self, trace: Path | None) -> dict[str, Any] | None:
        """Look once; return what it said, or nothing where it was killed."""
        order, answer = self.folder / "order.json", self.folder / "answer.json"
        clock = self.web.clock
        bounds = {
            "seconds": self.wish.patience,
            "whole": 400 * _DAY,
            "pictures": 200_000,
            "queue": 2_000_000,
        }
        told = Order(
            os.fspath(self.folder / "home"),
            self.key.hex(),
            self.epoch,
            (clock.origin, clock.since, clock.speed),
            self.web.port,
            FIXED,
            bounds,
        )
        order.write_text(json.dumps(asdict(told)), encoding="utf-8")
        answer.unlink(missing_ok=True)
        findings = self.folder / "findings.jsonl"
        module = ["-m", "bench.watch.looker", *map(os.fspath, (order, answer, findings))]
        command = [sys.executable, "-B", *module]
        process = subprocess.Popen(
            command if trace is None else traced(command, trace),
            cwd=_ROOT,
            env=self._environment(),
            start_new_session=True,
        )
        memory = Memory(process.pid, besides="strace")
        self._perhaps_kill(process)
        process.wait()
        self.memory = max(self.memory, memory.end())
        if process.returncode and not answer.exists() and not self._was_killed(process):
            raise SystemExit(f"the look ended with {process.returncode}")
        return json.loads(answer.read_bytes()) if answer.exists() else None

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "STILLMINE_ALLOW_LOOPBACK": self.web.places,
            "SSL_CERT_FILE": os.fspath(self.web.authority.file),
            "TMPDIR": os.fspath(self.folder / "temporary"),
            "HOME": os.fspath(self.folder / "temporary"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "OMP_NUM_THREADS": "1",
        }

    def _perhaps_kill(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a look after a while, all of it at once, as a power cut does."""
        if self.kills >= self.wish.kills:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(self.chance.uniform(2.0, 8.0))
            return
        self.kills += 1
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        time.sleep(0.5)

    def _was_killed(self, process: subprocess.Popen[bytes]) -> bool:
        return self.kills > 0 and process.returncode in {-signal.SIGKILL, 128 + signal.SIGKILL}


def _lines(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
