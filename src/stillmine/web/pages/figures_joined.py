"""The files of many people joined: curves of how long it took, each with a table beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from stillmine.messages import translate
from stillmine.messages.figures import CHANNELS, HOURS_SAID
from stillmine.messages.pages_papers import READY
from stillmine.messages.pages_statistics import JOINED
from stillmine.web.asking import Form, ask
from stillmine.web.pages.ready import delivering, dull_name, files_on
from stillmine.web.routing import Needs, Page
from stillmine.web.showing import page, say_text
from stillmine.web.visit import Visit

_MOST_CURVES, _MOST_ROWS = 6, 40
"""More would make the page heavy; all of it is in the files."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One curve as a page draws it: what it is called, and the paths of its line and its band."""

    title: str
    line: str
    band: str


def joined(visit: Visit) -> Response:
    """Take many files of figures, and show what at least five cases have in common."""
    form: Form | None = None
    wrong = ""
    if visit.posted and not visit.sent.files.get("handed"):
        wrong = say_text(JOINED["nothing"])
    elif visit.posted:
        with delivering(visit) as held:
            fixed: dict[str, Any] = {"files": (), "at_least": 5}
            fixed |= {"plot": dull_name("svg"), "table": dull_name("json")}
            form = ask(visit, "act.statistics.merge", fixed=fixed, delivery=held.delivery)
            files = files_on(held) if form.answer is not None else []
        if form.answer is not None:
            return _shown(visit, form.answer, files)
        if form.trouble is not None:
            wrong = " ".join(form.trouble)
    return page(visit, "figures_join.html", status=409 if wrong else 200, words=JOINED, wrong=wrong)


def _shown(visit: Visit, answer: Any, files: list[Any]) -> Response:
    from stillmine.act.statistics.plot import FIELD, marks  # what draws the file draws the page

    by_cases = sorted(answer.cells, key=lambda each: (-each.cases, each.platform, each.channel))
    facts: dict[str, Any] = {
        "answer": answer,
        "curves": [_curve(each) for each in by_cases if each.curve][:_MOST_CURVES],
        "rows": [_row(each) for each in by_cases[:_MOST_ROWS]],
        "more": max(0, len(by_cases) - _MOST_ROWS),
        "field": FIELD,
        "marks": marks(),
        "files": files,
        "ready": READY,
    }
    return page(visit, "figures_joined.html", words=JOINED, **facts)


def _curve(cell: Any) -> Curve:
    from stillmine.act.statistics.plot import paths_of

    facts = {"platform": cell.platform, "channel": _way(cell), "cases": cell.cases}
    return Curve(say_text(JOINED["curve"], **facts), *paths_of(cell.curve))


def _way(cell: Any) -> str:
    return translate(CHANNELS[cell.channel])


def _row(cell: Any) -> tuple[str, ...]:
    half = translate(HOURS_SAID[str(int(cell.half))]) if cell.half else say_text(JOINED["not_seen"])
    last = say_text(JOINED["not_seen"])
    if cell.curve:
        step = cell.curve[-1]
        share, low, high = (round(100 * part) for part in (step.lasts, step.low, step.high))
        last = say_text(JOINED["between"], share=share, low=low, high=high)
    return (
        cell.platform,
        _way(cell),
        str(cell.cases),
        half,
        last,
        _share(cell.in_time),
        _share(cell.back),
    )


def _share(share: int | None) -> str:
    return say_text(JOINED["not_seen"]) if share is None else say_text(JOINED["share"], share=share)


ROUTES = (Page("figures.joined", joined, Needs.NOTHING, uploads=True),)
