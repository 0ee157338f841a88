"""Print one Markdown table of all that was measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.recognise.peers import NAMES
from bench.recognise.scenes import KINDS
from bench.recognise.score import GRADIENT
from bench.recognise.tail import fitted
from bench.recognise.tally import OURS, Tally
from bench.recognise.transformations import HARD
from stillmine.imaging.likeness.decision import LEAST

GOAL, GOAL_HARD = 90.0, 80.0
Row = tuple[str, ...]


@dataclass
class Results:
    """What each kind of work counted."""

    copies: Tally = field(default_factory=Tally)
    low: Tally = field(default_factory=Tally)
    shots: Tally = field(default_factory=Tally)
    strange: Tally = field(default_factory=Tally)


def table(results: Results, names: Sequence[str], low_names: Sequence[str]) -> list[Row]:
    """Return the rows: what, ours, then each peer."""
    rows = _recall(results.copies, names) if results.copies.queries else []
    if results.low.queries:
        rows += _low(results.low, results.copies, low_names)
    if results.shots.queries:
        rows += _shots(results.shots)
    return rows + _false(results)


def printed(rows: Sequence[Row]) -> str:
    """Return the rows as Markdown."""
    columns = ("", OURS, *NAMES)
    lines = [columns, tuple("---" for _ in columns)]
    lines += [(*row, *[""] * (len(columns) - len(row))) for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _recall(tally: Tally, names: Sequence[str]) -> list[Row]:
    """Return recall by transformation, in percent."""
    columns = (OURS, *(name for name in NAMES if name in tally.found))
    easy = [name for name in names if name not in HARD]
    rows: list[Row] = [
        (f"**{title}**", *(f"{tally.mean(some, by):.1f}" for by in columns))
        for title, some in ((f"mean recall of {len(names)}, %", names), ("but hard ones", easy))
        if some
    ]
    for name in names:
        mark = " (hard)" if name in HARD else ""
        short = tally.recall(name) < (GOAL_HARD if name in HARD else GOAL)
        values = [f"{tally.recall(name, by):.0f}" for by in columns]
        values[0] += " (short of the goal)" if short else ""
        rows.append((f"{name}{mark}", *values))
    return rows


def _low(low: Tally, rest: Tally, names: Sequence[str]) -> list[Row]:
    """Return recall on pictures of low texture: by kind, then by change."""
    rows: list[Row] = [
        (f"**ordinary, mean of {len(names)} changes, %**", f"{rest.mean(names):.1f}")
    ]
    for kind in (*KINDS, GRADIENT):
        asked = [name for name in names if low.asked[f"{kind} {name}"]]
        if asked:
            many = max(low.asked[f"{kind} {name}"] for name in asked)
            mean = low.mean([f"{kind} {name}" for name in asked])
            title = f"nothing but a {kind}" if kind == GRADIENT else kind
            rows.append((f"**low texture: {title} ({many} pictures), %**", f"{mean:.1f}"))
    both = [f"{kind} {name}" for kind in ("smooth", GRADIENT) for name in names]
    found, many = (sum(counts[name] for name in both) for counts in (low.found[OURS], low.asked))
    rows.append(
        ("low texture: smooth and gradients together, %", f"{100 * found / max(1, many):.1f}")
    )
    for name in names:
        each = (f"{kind} {low.recall(f'{kind} {name}'):.0f}" for kind in KINDS)
        rows.append((f"low texture: {name}", ", ".join(each)))
    return rows


def _shots(shots: Tally) -> list[Row]:
    """Return how often another shot of a scene was taken for the picture."""
    asked, same = shots.asked["burst"], shots.found[OURS]["burst"]
    return [
        ("another shot of the scene, named as the picture", f"{same} of {asked}"),
        ("another shot, named as a third shot in the bank", f"{len(shots.other_shot)} of {asked}"),
    ]


def _false(results: Results) -> list[Row]:
    """Return what was wrongly named, and the tail of what was not."""
    rows: list[Row] = []
    groups = {"copies": results.copies, "low texture": results.low, "strangers": results.strange}
    for title, tally in groups.items():
        if not tally.queries:
            continue
        peers = [f"{tally.false[by]} in {tally.peer_pairs:,}" for by in NAMES if by in tally.found]
        value = f"{len(tally.wrong)} in {tally.pairs:,}"
        rows.append((f"false pairs, {title}", value, *peers))
        tail = fitted(tally.near, tally.pairs)
        if tail is not None:
            said = (
                f"{tail.rate(LEAST):.1e}, at most {tail.most(LEAST):.1e} (95 %, {tail.over} scores)"
            )
            rows.append((f"fitted rate a pair at {LEAST:.0f}, {title}", said))
            rows.append(
                (f"fitted fall a point, {title}", f"{tail.fall:.3f} (at least {tail.slow:.3f})")
            )
    shots = len(results.copies.other_shot)
    if not results.copies.queries:
        return rows
    rows.append(("copies that also name another shot", f"{shots} of {results.copies.queries}"))
    spent = results.copies.seconds
    each = {what: 1000 * spent[what] / results.copies.queries for what in spent}
    rows += [(f"CPU ms a changed copy, {what}", f"{ms:.0f}") for what, ms in each.items()]
    return rows


def wrong(results: Results) -> list[str]:
    """Return every wrong name, for whoever wants to look at it."""
    groups = (results.copies, results.low, results.shots, results.strange)
    return [
        f"{title}: {' / '.join(str(part) for part in row)}"
        for group in groups
        for title, rows in (("false", group.wrong), ("another shot", group.other_shot))
        for row in rows
    ]
