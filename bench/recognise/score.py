"""Ask the recogniser for changed copies and for strangers' pictures, and count what it says."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np

from bench.recognise.bank import Bank, Plan, a_quarter, another, family, low
from bench.recognise.peers import NAMES
from bench.recognise.photos import Photo
from bench.recognise.scenes import KINDS, nothing_but_a_gradient
from bench.recognise.tally import OURS, Tally
from bench.recognise.transformations import changed
from stillmine.imaging.likeness.decision import LEAST
from stillmine.imaging.likeness.features import SCAN
from stillmine.imaging.likeness.fingerprints import fingerprint
from stillmine.imaging.likeness.index import LikenessIndex
from stillmine.imaging.likeness.matches import Match

Rgb = np.ndarray
# Scores from here on are noted even where nothing is named: the tail that is fitted.
NEAR = 20.0
SHOTS = 3
GRADIENT = "gradient"


def copies(bank: Bank, photo: Photo, names: Sequence[str]) -> Tally:
    """Ask for every changed copy of a photograph."""
    tally, rgb = Tally(), photo.rgb()
    for name in names:
        query = changed(rgb, name, photo.number, bank.grounds)
        _ask(bank.index, query, photo.name, name, tally)
        if bank.peers is not None:
            _ask_peers(bank, query, photo, name, tally)
    return tally


def low_copies(bank: Bank, photo: Photo, names: Sequence[str]) -> Tally:
    """Ask for every changed copy of its low-texture versions; counted by kind and change."""
    tally = Tally()
    for kind in KINDS:
        rgb = low(photo, kind)
        plain = GRADIENT if nothing_but_a_gradient(rgb) else kind
        for name in names:
            query = changed(rgb, name, photo.number, bank.grounds)
            _ask(bank.low, query, f"{kind} {photo.name}", f"{plain} {name}", tally)
    return tally


def shots(bank: Bank, photo: Photo) -> Tally:
    """Ask for other shots of a photograph's scene, and whether a copy names a shot in the bank."""
    tally = Tally()
    for number in range(1, SHOTS + 1):
        _ask(bank.index, another(photo, number), photo.name, "burst", tally)
    return tally


def strange(bank: Bank, photo: Photo) -> Tally:
    """Ask for a stranger's photograph and what was made of it, among items of all kinds.

    All that was made of the same photograph is left out of the counting.
    """
    tally = Tally()
    for name, make in _strange(photo):
        query = make()
        for index in (bank.index, bank.low):
            _ask(index, query, photo.name, name, tally)
    return tally


def tasks(plan: Plan, names: Sequence[str], low_names: Sequence[str]) -> Iterator[Task]:
    """Name all pieces of work; each takes a bank and can be done by any process."""
    for photo in plan.photos:
        yield "copies", photo.name, partial(copies, photo=photo, names=names)
        yield "low", photo.name, partial(low_copies, photo=photo, names=low_names)
        yield "shots", photo.name, partial(shots, photo=photo)
    for photo in plan.strangers:
        yield "strange", photo.name, partial(strange, photo=photo)


Task = tuple[str, str, Callable[[Bank], Tally]]


def _strange(photo: Photo) -> Iterator[tuple[str, Callable[[], Rgb]]]:
    """Name and make what is asked of a stranger's photograph."""
    yield "stranger", photo.rgb
    yield "stranger's quarter", partial(a_quarter, photo, 0)
    for kind in KINDS:
        yield f"stranger's {kind}", partial(low, photo, kind)


def _ask(index: LikenessIndex, query: Rgb, true: str, name: str, tally: Tally) -> None:
    """Ask once and count."""
    started = time.process_time()
    seen = fingerprint(query, SCAN)
    between = time.process_time()
    matches = index.query(seen, NEAR)
    tally.seconds["fingerprint"] += between - started
    tally.seconds["compare"] += time.process_time() - between
    tally.queries += 1
    tally.asked[name] += 1
    related = sum(family(entry) == family(true) for entry in index)
    tally.pairs += len(index) - related
    named = [match for match in matches if match.score >= LEAST]
    tally.found[OURS][name] += any(match.name == true for match in named)
    best: dict[str, Match] = {}
    for match in matches:
        if family(match.name) != family(true):
            best.setdefault(match.name, match)
        elif match.score >= LEAST and match.name.startswith("burst "):
            tally.other_shot.append((name, true, match.name, match.score))
    tally.near += [match.score for match in best.values()]
    tally.wrong += [
        (name, true, match.name, match.score) for match in best.values() if match.score >= LEAST
    ]


def _ask_peers(bank: Bank, query: Rgb, photo: Photo, name: str, tally: Tally) -> None:
    """Ask the peers the same and count."""
    assert bank.peers is not None
    place = bank.plan.photos.index(photo)
    tally.peer_pairs += len(bank.plan.photos) + len(bank.plan.strangers) - 1
    for by, found in zip(NAMES, bank.peers.found(query), strict=True):
        tally.found[by][name] += bool(found[place])
        tally.false[by] += int(found.sum() - found[place])
