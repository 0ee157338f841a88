"""Join the lines of many people, and show only what at least five of them have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from stillmine.act.statistics.buckets import begins, ends
from stillmine.act.statistics.rows import GONE, REAPPEARED, Row
from stillmine.act.statistics.survival import Observed, Step, kaplan_meier, median
from stillmine.messages import fill, translate
from stillmine.messages.figures import CELL, CHANNELS, HOURS_SAID

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """What is known of one place and way: how many cases, and what share is still online when.

    `curve` ends where fewer than five are left to be seen, and at 30 days. `half` is the hour by
    which half were removed, None where that was not seen. `in_time` and `back` are whole percents:
    of those for which the time of a law was kept or ran out, and of the removed ones that came
    back. They are None where fewer than five cases stand behind them.
    """

    platform: str
    channel: str
    cases: int
    half: float | None
    in_time: int | None
    back: int | None
    curve: tuple[Step, ...]

    @property
    def line(self) -> str:
        """Return the cell on one line, for a person."""
        facts = {
            "platform": self.platform,
            "channel": translate(CHANNELS[self.channel]),
            "cases": self.cases,
            "hours": _said(self.half),
        }
        parts = [fill(translate(CELL["half" if self.half else "not-half"]), facts)]
        if self.curve:
            last = self.curve[-1]
            facts |= {
                "left": round(100 * last.lasts),
                "low": round(100 * last.low),
                "high": round(100 * last.high),
                "hours": _said(last.hours),
            }
            parts.append(fill(translate(CELL["left"]), facts))
        for name, share in (("in-time", self.in_time), ("back", self.back)):
            if share is not None:
                parts.append(fill(translate(CELL[name]), {"share": share}))
        return " ".join(parts)


def cells_of(rows: Iterable[Row], fewest: int = FEWEST) -> tuple[tuple[Cell, ...], int]:
    """Return the cells that may be shown, and how many are held back.

    `fewest` is at least five. How many lines a cell that is held back has, nobody is told.
    """
    fewest = max(FEWEST, fewest)
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.platform, row.channel), []).append(row)
    shown = tuple(
        _cell(platform, channel, group, fewest)
        for (platform, channel), group in sorted(groups.items())
        if len(group) >= fewest
    )
    return shown, len(groups) - len(shown)


def _cell(platform: str, channel: str, rows: Sequence[Row], fewest: int) -> Cell:
    steps = kaplan_meier([observed(row) for row in rows])
    curve = tuple(_rounded(step) for step in steps if step.at_risk >= fewest)
    in_time = Counter(row.within_statutory for row in rows if row.within_statutory is not None)
    gone = Counter(row.outcome for row in rows if row.outcome in GONE)
    return Cell(
        platform,
        channel,
        len(rows),
        median(curve),
        _share(in_time[True], in_time.total(), fewest),
        _share(gone[REAPPEARED], gone.total(), fewest),
        curve,
    )


def observed(row: Row) -> Observed:
    """Return what is known of the time of a line, of which only the step is known.

    Removed within a step: it ended at the end of the step at the latest, so the curve is never
    better than the truth. Not removed: it lasted until the begin of its step at least. All lines
    have the same steps, and for such data this is the estimate of greatest likelihood (Turnbull,
    J. R. Stat. Soc. B 38, 1976, 290-295). After 30 days nothing more is told apart.
    """
    if row.hours_to_removal is not None:
        end = ends(row.hours_to_removal)
        return Observed(begins(row.hours_to_removal) if end is None else end, end is not None)
    return Observed(begins(row.hours_waited or "0-2"), ended=False)


def _rounded(step: Step) -> Step:
    parts = (round(part, 2) for part in (step.lasts, step.low, step.high, step.error))
    return Step(step.hours, step.at_risk, *parts)


def _share(part: int, whole: int, fewest: int) -> int | None:
    return round(100 * part / whole) if whole >= fewest else None


def _said(hours: float | None) -> str:
    return translate(HOURS_SAID[str(int(hours))]) if hours is not None else ""


def plain(cells: Iterable[Cell]) -> Iterator[dict[str, object]]:
    """Yield each cell as it is written to a file of figures."""
    for cell in cells:
        yield {
            "platform": cell.platform,
            "channel": cell.channel,
            "cases": cell.cases,
            "half_removed_within_hours": cell.half,
            "percent_within_statutory": cell.in_time,
            "percent_back_of_removed": cell.back,
            "still_online": [
                {
                    "after_hours": step.hours,
                    "at_risk": step.at_risk,
                    "share": step.lasts,
                    "low": step.low,
                    "high": step.high,
                }
                for step in cell.curve
            ],
        }
