"""Somebody with a watch key and two pictures, who looks at sites on loopback by a fast clock."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from stillmine.app.home import Home
from stillmine.app.jobs import Job
from stillmine.app.storage.looks import Looks, OwnSum, WantedPlace
from stillmine.imaging import Decoder, Role, drawn
from stillmine.watch.looking.bounds import Bounds
from stillmine.watch.looking.engine import Looked, look
from stillmine.watch.looking.finding import Finding, read_finding, written
from stillmine.watch.own import Own, own_of

SIZE = (480, 360)
KEY = b"k" * 32
EPOCH = 1
SPEED = 200.0
ITEMS = ("a" * 32, "b" * 32)


def jpeg(pixels: Any, quality: int = 80) -> bytes:
    out = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(out, "JPEG", quality=quality)
    return out.getvalue()


MINE = tuple(drawn.pixels(number, SIZE) for number in (0, 2))
ORIGINALS = tuple(jpeg(pixels, 92) for pixels in MINE)
PART = jpeg(MINE[0][40:320, 60:420], 70)
AGAIN = jpeg(MINE[0], 60)
SMALL = jpeg(np.asarray(Image.fromarray(np.ascontiguousarray(MINE[0])).resize((240, 180))), 80)


def stranger(number: int, quality: int = 80) -> bytes:
    """Return a picture of somebody else."""
    return jpeg(drawn.pixels(100 + number, SIZE), quality)


def sum_of(item: str, data: bytes) -> OwnSum:
    md5 = hashlib.md5(data, usedforsecurity=False).hexdigest()
    return OwnSum(item, md5, hashlib.sha256(data).hexdigest(), len(data))


SUMS = tuple(sum_of(item, data) for item, data in zip(ITEMS, ORIGINALS, strict=True))


@dataclass
class FastClock:
    """A clock on which a second is over soon; several processes see the same time."""

    origin: float = 1_900_000_000.0
    since: float = field(default_factory=time.monotonic)
    speed: float = SPEED
    forward: float = 0.0

    def now(self) -> float:
        return self.origin + self.forward + (time.monotonic() - self.since) * self.speed

    def wait(self, seconds: float) -> None:
        time.sleep(max(0.0, seconds) / self.speed)


def fingerprints(decoder: Decoder) -> list[tuple[str, float | None, bytes]]:
    """Return what is known of the own pictures."""
    return [
        (item, sample.seconds, sample.fingerprint)
        for item, data in zip(ITEMS, ORIGINALS, strict=True)
        for sample in decoder.fingerprints(io.BytesIO(data), Role.ITEM).samples
    ]


def empty_home(folder: Path) -> Home:
    """Make what there has to be of a home while its vault is locked."""
    home = Home(folder)
    (home.keys / f"epoch-{EPOCH:04d}").mkdir(parents=True)
    return home


@dataclass
class Looker:
    """A person's looks: places, and what was handed over."""

    home: Home
    own: Own
    decoder: Decoder
    clock: FastClock = field(default_factory=FastClock)
    told: list[Finding] = field(default_factory=list)

    def opened(self) -> contextlib.closing[Looks]:
        return contextlib.closing(Looks(self.home, KEY, EPOCH))

    def prepare(self, *places: WantedPlace, told: tuple[str, ...] = (), **more: Any) -> None:
        with self.opened() as looks:
            looks.prepare(places, SUMS, told, **more)

    def look(
        self,
        *,
        job: Job | None = None,
        bounds: Bounds | None = None,
        hand_over: Callable[[Finding], None] | None = None,
        **more: Any,
    ) -> Looked:
        with self.opened() as looks:
            return look(
                looks,
                self.own,
                self.decoder,
                job or Job(),
                hand_over=hand_over or self.told.append,
                bounds=bounds or Bounds(seconds=5.0),
                pulse=self.clock,
                **more,
            )

    def looks_at(self, *places: WantedPlace, **more: Any) -> Looked:
        self.prepare(*places)
        return self.look(**more)

    @property
    def found(self) -> set[tuple[str, str]]:
        """Return what was found: the item and the page."""
        return {(each.item, each.page) for each in self.told}


def place(kind: str, target: str, name: str = "p1", **options: str) -> WantedPlace:
    return WantedPlace(name, kind, target, tuple(sorted(options.items())))


def page_of(*pictures: str, more: str = "") -> bytes:
    """Return a page that shows some pictures."""
    shown = "".join(f'<p><img src="{each}"></p>' for each in pictures)
    return f"<!doctype html><title>x</title><body>{shown}{more}</body>".encode()


HTML = ("Content-Type", "text/html; charset=utf-8")
JPEG = ("Content-Type", "image/jpeg")
JSON = ("Content-Type", "application/json")


def codes(looked: Looked) -> set[str]:
    return {each.code for each in looked.problems}


def main(order_at: str) -> None:
    """Look once in a process of its own, which may be killed; tell findings to a file."""
    order = json.loads(Path(order_at).read_text())
    known = [(item, None, bytes.fromhex(data)) for item, data in order["known"]]
    clock = FastClock(order["origin"], order["since"], order["speed"])
    with Decoder(workers=1) as decoder, Path(order["told"]).open("a") as out:

        def hand_over(finding: Finding) -> None:
            out.write(written(finding) + "\n")
            out.flush()

        looker = Looker(Home(Path(order["home"])), own_of(known, SUMS, Job()), decoder, clock)
        looker.look(hand_over=hand_over)


def told_in(path: Path) -> list[Finding]:
    return [read_finding(line) for line in path.read_text().splitlines()] if path.exists() else []


if __name__ == "__main__":
    main(sys.argv[1])
