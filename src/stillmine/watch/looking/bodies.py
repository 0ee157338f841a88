"""What waits in the queue, written down: what to ask for, and who is to know of the answer."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any, NamedTuple

from stillmine.app.network.web.references import canonical, host_of
from stillmine.app.storage.looks import Looks, Task
from stillmine.watch.copies import Copy, Resemblance
from stillmine.watch.places.kind import Ask, KeyGoes, Role, Shown

MOST_PAGES_OF_ONE = 20
"""Pages that show one picture, of which each gets a finding where it is the person's."""


class Spot(NamedTuple):
    """A page of a place that shows a picture; `named` says that the person's name stands on it."""

    place: str
    page: str
    named: bool = False


@dataclass(frozen=True, slots=True)
class Alike(Resemblance):
    """A copy that was recognised, without anything of the picture it was recognised in."""

    same_bytes: bool = False
    same_sum: bool = False
    headers: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, copy: Copy, *, same_bytes: bool) -> Alike:
        """Return what was recognised; where every byte is the same, chance has no say."""
        surer = {"kind": "exact", "expected_false": 0.0} if same_bytes else {}
        return cls(**copy.alone | surer, same_bytes=same_bytes)


@dataclass(frozen=True, slots=True)
class AskBody:
    """Something that a place asks for. `at` is where it leads now, after `hops` redirects."""

    ask: Ask
    at: str
    hops: int = 0


@dataclass(frozen=True, slots=True)
class PictureBody:
    """A picture that pages show.

    `stage` is "preview" or "full". `alike` is what its preview looked like; `sums` are the items
    that have the MD5 that the site tells. `large` says that it is longer than most.
    """

    picture: str
    preview: str
    md5: str
    size: int
    stage: str
    at: str
    spots: tuple[Spot, ...]
    sums: tuple[str, ...] = ()
    alike: tuple[Alike, ...] = field(default=())
    hops: int = 0
    large: bool = False
    pause: float = 0.0

    @property
    def address(self) -> str:
        """Under which address it is remembered."""
        return self.picture or self.preview

    def asks_full(self, alike: tuple[Alike, ...] = (), *, large: bool = False) -> PictureBody:
        """Return what asks for the picture itself, after its preview."""
        return replace(self, stage="full", at=self.picture, hops=0, large=large, alike=alike)


def ask_task(looks: Looks, place: str, ask: Ask) -> Task:
    """Return what waits for a question of a place."""
    once = looks.sum_of("ask", place, canonical(ask.url), ask.role.value)
    return Task(place, host_of(ask.url), "ask", once, pack_ask(AskBody(ask, ask.url)))


def picture_task(looks: Looks, body: PictureBody) -> Task:
    """Return what waits for a picture."""
    once = looks.sum_of("picture", canonical(body.address))
    return Task(body.spots[0].place, host_of(body.at), "picture", once, pack_picture(body))


def body_of(shown: Shown, spot: Spot, sums: tuple[str, ...], pause: float) -> PictureBody:
    """Return how a picture is asked for: by its preview first, where there is one."""
    small = bool(shown.preview) and shown.preview != shown.picture
    first = shown.preview if small else shown.picture
    return PictureBody(
        shown.picture,
        shown.preview,
        shown.md5,
        shown.size,
        "preview" if small else "full",
        first,
        (spot,),
        sums,
        pause=pause,
    )


def pack_ask(body: AskBody) -> str:
    """Write down a question; the person's key is never in it."""
    ask = body.ask
    plain = [
        ask.url, ask.role.value, ask.headers, ask.pause, ask.note, ask.version, ask.at_home,
        ask.key_goes.value, ask.key_name,
    ]  # fmt: skip
    return _packed({"ask": plain, "at": body.at, "hops": body.hops})


def read_ask(text: str) -> AskBody:
    """Read what `pack_ask` wrote."""
    plain = json.loads(text)
    return AskBody(plain_ask(plain["ask"]), plain["at"], plain["hops"])


def plain_ask(row: list[Any]) -> Ask:
    """Return a question out of its plain values."""
    url, role, headers, pause, note, version, at_home, key_goes, key_name = row
    return Ask(
        url, Role(role), tuple((str(a), str(b)) for a, b in headers), pause, note, version,
        at_home, KeyGoes(key_goes), key_name,
    )  # fmt: skip


def pack_picture(body: PictureBody) -> str:
    """Write down a picture that is to be asked for."""
    return _packed(asdict(body) | {"spots": [list(each) for each in body.spots]})


def read_picture(text: str) -> PictureBody:
    """Read what `pack_picture` wrote."""
    plain = json.loads(text)
    plain["spots"] = tuple(Spot(*each) for each in plain["spots"])
    plain["sums"] = tuple(plain["sums"])
    plain["alike"] = tuple(alike_of(each) for each in plain["alike"])
    return PictureBody(**plain)


def pack_alike(alike: Alike) -> str:
    """Write down what was recognised."""
    return _packed(asdict(alike))


def read_alike(text: str) -> Alike:
    """Read what `pack_alike` wrote."""
    return alike_of(json.loads(text))


def alike_of(plain: dict[str, Any]) -> Alike:
    """Return what was recognised out of its plain values."""
    quad = plain["quad"]
    plain["quad"] = tuple((float(x), float(y)) for x, y in quad) if quad else None
    plain["headers"] = tuple((str(name), str(value)) for name, value in plain["headers"])
    return Alike(**plain)


def _packed(plain: dict[str, Any]) -> str:
    return json.dumps(plain, separators=(",", ":"))
