"""Put the answers into Markdown tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from bench.trace.attacks import ATTACKS, CORE, HARD, LIMITS
from bench.trace.measuring import LEVELS, LOW_ATTACKS, SENDER

Facts = dict[str, Any]


def report(answers: Sequence[Facts]) -> None:
    """Print all that was answered."""
    _attacks(answers)
    _collusion(answers)
    _nulls(answers)
    _quality(answers)
    _low(answers)


def _of(answers: Iterable[Facts], question: str) -> list[Facts]:
    return [facts for facts in answers if facts["question"] == question]


Rows = dict[str, list[Any]]


def _attacks(answers: Sequence[Facts]) -> None:
    ours: Rows = {}
    for facts in _of(answers, "attacks"):
        for name, row in facts["attacks"].items():
            ours.setdefault(name, []).append(row)
    theirs = _peers(answers)
    if not ours:
        return
    print("| attack | list | stillmine | least z | pictures |", *(f" {p} |" for p in theirs))
    print("| --- | --- | --- | --- | --- |" + " --- |" * len(theirs))
    lists = {"core": CORE, "hard": HARD, "limit": LIMITS}
    for title, names in lists.items():
        there = [name for name in names if name in ours]
        if there:
            means = np.mean([_rates(ours[name]) for name in there], 0)
            cells = [_peer_mean(rows, there) for rows in theirs.values()]
            print(f"| **mean** | {title} | **{_pair(means)}** | | |", *(f" {c} |" for c in cells))
    for name in [name for name in ATTACKS if name in ours]:
        title = next(title for title, names in lists.items() if name in names)
        least = min(row["z"] for row in ours[name])
        cells = [_peer_mean(rows, [name]) for rows in theirs.values()]
        print(
            f"| {name} | {title} | {_pair(_rates(ours[name]))} | {least:.1f} | {len(ours[name])} |",
            *(f" {cell} |" for cell in cells),
        )
    _wrong(ours)


def _peers(answers: Sequence[Facts]) -> dict[str, Rows]:
    theirs: dict[str, Rows] = {}
    for facts in _of(answers, "peers"):
        for peer, rows in facts["peers"].items():
            for name, right in rows.items():
                theirs.setdefault(peer, {}).setdefault(name, []).append(right)
    return theirs


def _wrong(ours: Rows) -> None:
    wrong = [
        (name, row["named"])
        for name, rows in ours.items()
        for row in rows
        if set(row["named"][0] + row["named"][1]) - {SENDER}
    ]
    print(f"\nInnocents named in {sum(map(len, ours.values()))} leaks: {len(wrong)}", *wrong[:5])


def _rates(rows: Sequence[Facts]) -> list[float]:
    """Return how often the right one, and nobody else, is named: of 20, of 1,000; in percent."""
    return [100 * float(np.mean([row["named"][at] == [SENDER] for row in rows])) for at in (0, 1)]


def _pair(rates: Sequence[float]) -> str:
    return f"{rates[0]:.1f} / {rates[1]:.1f}"


def _peer_mean(rows: Rows, names: Sequence[str]) -> str:
    there = [name for name in names if name in rows]
    if not there:
        return "-"
    return _pair(np.mean([100 * np.mean(rows[name], 0) for name in there], 0))


def _collusion(answers: Sequence[Facts]) -> None:
    rows: Rows = {}
    for facts in _of(answers, "collusion"):
        for name, row in facts["collusion"].items():
            rows.setdefault(name, []).append(row)
    if not rows:
        return
    print("\n| put together | pictures | at least one named, % | named on average | innocents |")
    print("| --- | --- | --- | --- | --- |")
    for name, found in rows.items():
        some = 100 * np.mean([right > 0 for _, right, _ in found])
        mean = np.mean([right for _, right, _ in found])
        wrong = sum(wrong for *_, wrong in found)
        print(f"| {name} | {len(found)} | {some:.0f} | {mean:.1f} of {found[0][0]} | {wrong} |")


def _nulls(answers: Sequence[Facts]) -> None:
    kinds: dict[str, list[list[float]]] = {}
    accused = 0
    for facts in _of(answers, "nulls"):
        for kind, row in facts["nulls"].items():
            kinds.setdefault(kind, []).extend(row["tails"])
            accused += row["accused"]
    for facts in _of(answers, "attacks"):
        for row in facts["attacks"].values():
            if row["nulls"][0]:
                kinds.setdefault("marked for another recipient", []).append(row["nulls"])
    if not kinds:
        return
    heads = "".join(f" at {level:g} |" for level in LEVELS)
    print(f"\n| innocents tested against | tests |{heads} largest z |")
    print("| --- | --- |" + " --- |" * (len(LEVELS) + 1))
    for kind, tails in kinds.items():
        table = np.array(tails)
        tests = table[:, 0].sum()
        rates = "".join(f" {part / tests:.2g} |" for part in table[:, 1:-1].sum(0))
        print(f"| {kind} | {tests:,.0f} |{rates} {table[:, -1].max():.2f} |")
    print(f"\nAccused of unmarked and foreign-marked pictures at the bound: {accused}")


def _quality(answers: Sequence[Facts]) -> None:
    found = _of(answers, "quality")
    if not found:
        return
    print("\n| | PSNR mean | least | SSIM mean | least |\n| --- | --- | --- | --- | --- |")
    for name in found[0]["quality"]:
        table = np.array([facts["quality"][name] for facts in found])
        (mean_p, mean_s), (least_p, least_s) = table.mean(0), table.min(0)
        print(f"| {name} | {mean_p:.1f} | {least_p:.1f} | {mean_s:.4f} | {least_s:.4f} |")
    seconds = {
        name: np.array([facts["seconds"][name] for facts in found]) for name in found[0]["seconds"]
    }
    one = seconds["extract"]
    known, whole = seconds["read"] / one, (seconds["place"] + seconds["read"]) / one
    print(
        f"\nCPU, median: one feature extraction of the original {1000 * np.median(one):.0f} ms; "
        f"marking {1000 * np.median(seconds['mark']):.0f} ms; reading where the place is known "
        f"{np.median(known):.1f} times one extraction; looking for the item and reading "
        f"{np.median(whole):.1f} times (most: {whole.max():.1f})"
    )


def _low(answers: Sequence[Facts]) -> None:
    found = _of(answers, "low")
    if not found:
        return
    kinds = sorted({name.split()[0] for name in found[0]["low"]})
    print("\n| low texture | " + " | ".join(kinds) + " |\n| --- |" + " --- |" * len(kinds))
    for attack in LOW_ATTACKS:
        cells = [100 * np.mean([f["low"][f"{kind} {attack}"] for f in found]) for kind in kinds]
        print(f"| {attack} | " + " | ".join(f"{cell:.0f}" for cell in cells) + " |")
    cells = [np.mean([f["low"][f"{kind} psnr"] for f in found]) for kind in kinds]
    print("| PSNR mean | " + " | ".join(f"{cell:.1f}" for cell in cells) + " |")
