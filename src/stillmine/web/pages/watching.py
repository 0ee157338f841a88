"""What was found: the list, one finding with the match drawn over the own picture, and a case."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import fields
from pathlib import Path
from typing import Any

from starlette.responses import Response

from stillmine.errors import StillmineError, UnknownFinding
from stillmine.messages import translate
from stillmine.messages.compare import COPY
from stillmine.messages.pages_vault import ADD, ITEM
from stillmine.messages.pages_watching import FINDING, FOUND, TAKE_UP, YOUNG
from stillmine.messages.watching import FACTS
from stillmine.web.asking import Form, ask
from stillmine.web.outlining import is_all, outline
from stillmine.web.pages.first_question import answer_to, question, turn_away
from stillmine.web.pages.people import countries
from stillmine.web.pages.watch_doors import doors
from stillmine.web.paths import PATHS, address
from stillmine.web.routing import Page
from stillmine.web.showing import clock, day, onward, page, say_text, trouble
from stillmine.web.visit import Visit

PART = 20
"""So many findings are on one page."""
_MOST_SEEN = 20  # pages of archives that are named
_LONG = 90  # signs of an address in a list; the page of the finding has all of them
_SHORT = 8
_NEWS = "findings-that-came"
_CAN_BE_SEEN = ("picture", "animation")
_QUESTION = question(
    ADD, "under_18", legend=TAKE_UP["age"], prefix="age_", needed=TAKE_UP["age_needed"]
)
_BESIDE = {
    "act.age-not-said": "under_18",
    "facts.unknown-country": "country",
    "act.unknown-case": "case",
}


def found(visit: Visit) -> Response:
    """Show a part of what was found, what is sure before what is a maybe."""
    everything = bool(visit.asked("all"))
    answer = _found(visit, everything=everything)
    part, parts = part_of(visit, len(answer.findings), PART)
    first = (part - 1) * PART
    shown = answer.findings[first : first + PART]
    facts = {
        "answer": answer,
        "findings": [row(each, visit.door.notes[_NEWS]) for each in shown],
        "doors": doors(),
        "everything": everything,
        "part": part,
        "parts": parts,
        "first": first + 1,
        "last": first + len(shown),
        "existed": [each.line for each in answer.existed[:_MOST_SEEN]],
    }
    return page(visit, "watch_found.html", words=FOUND, **facts)


def _found(visit: Visit, *, everything: bool) -> Any:
    """Take in what arrived, return what was found, and remember until locking what is new."""
    answer: Any = visit.door.do("watch.found", all=everything)
    visit.door.notes.setdefault(_NEWS, set()).update(answer.arrived)
    visit.door.note_news_seen()
    return answer


def part_of(visit: Visit, count: int, size: int) -> tuple[int, int]:
    """Return which part of a list was asked for, and how many parts there are."""
    asked = visit.asked("part")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    parts = max(1, -(-count // size))
    return min(max(1, number), parts), parts


def row(each: Any, news: Container[str] = ()) -> dict[str, Any]:
    """Return a finding as a list shows it; `news` are the numbers of those that just came."""
    tags = [FOUND["new"]] if each.finding in news else []
    tags += [] if each.sure else [FOUND["maybe"]]
    tags += [FOUND["aside"]] if each.state == "dismissed" else []
    tags += [FOUND["in_case"]] if each.case and each.state != "dismissed" else []
    return {
        "finding": each.finding,
        "what": _called(each),
        "page": each.page if len(each.page) <= _LONG else each.page[:_LONG] + "…",
        "seen": say_text(FOUND["seen"], at=clock(each.seen_at)),
        "place": each.place_name,
        "tags": [say_text(tag) for tag in tags],
    }


def _called(each: Any) -> str:
    """Return what the own item is called: its label, never the name of its file."""
    if each.forgotten:
        return say_text(FOUND["forgotten"])
    return each.label or f"{say_text(FINDING['yours'])} {each.item[:_SHORT]}"


def _one(visit: Visit) -> Any:
    """Return the finding that the address names. Raises UnknownFinding."""
    name = visit.parts["finding"]
    for each in _found(visit, everything=True).findings:
        if each.finding == name:
            return each
    raise UnknownFinding(finding=name)


def finding(visit: Visit) -> Response:
    """Show one finding, put it aside, or bring it back."""
    each, wrong = _one(visit), None
    if visit.posted:
        try:
            undo = visit.typed("do") == "undo"
            visit.door.do("watch.dismiss", findings=(each.finding,), undo=undo)
            return onward("finding", finding=each.finding, saved="1")
        except StillmineError as problem:
            wrong = trouble(problem)
    heading = FINDING["title_forgotten" if each.forgotten else "title"]
    drawn, can_be_seen, said = _drawing(visit, each)
    facts = {
        "each": each,
        "heading": say_text(heading, what=_called(each)),
        "online": is_online(each.page),
        "where": [(say_text(FINDING["seen"]), clock(each.seen_at)), *_place(each)],
        "sentences": () if each.forgotten else _sentences(each),
        "reasons": [translate(FACTS[fact]) for fact in each.facts],
        "drawn": drawn,
        "drawn_said": said,
        "can_be_seen": can_be_seen,
        "saved": bool(visit.asked("saved")),
        "case": case_address(each.case) if each.case else "",
        "wrong": wrong,
    }
    status = 409 if wrong else 200
    return page(visit, "watch_finding.html", status=status, words=FINDING, item=ITEM, **facts)


def is_online(url: str) -> bool:
    """Say whether an address leads to the web: nothing else ever becomes a link."""
    return url.startswith(("http://", "https://"))


def case_address(case: str) -> str:
    """Return where the page of a case is, where there is such a page."""
    return address("case", case=case) if "case" in PATHS else ""


def _place(each: Any) -> list[tuple[str, str]]:
    return [(say_text(FINDING["place"]), each.place_name)] if each.place_name else []


def _sentences(each: Any) -> list[str]:
    """Return what kind of copy it is and how sure that is, as everywhere else."""
    from stillmine.watch.copies import Copy  # it loads what knows pictures again

    known: dict[str, Any] = {part.name: getattr(each, part.name, None) for part in fields(Copy)}
    rest = Copy(**{**known, "path": Path()}).sentences[1:]
    what = each.label or say_text(FINDING["yours"])
    return [say_text(COPY[each.kind], what=what), *rest]


def _drawing(visit: Visit, each: Any) -> tuple[str, bool, str]:
    """Return the corners of the frame, whether there is a picture to hold, and what is said."""
    if each.forgotten:
        return "", False, ""
    own: Any = visit.door.do("keep.show", item=each.item)
    if own.kind not in _CAN_BE_SEEN or own.problem is not None:
        return "", False, say_text(FINDING["video"]) if own.kind == "video" else ""
    if not (each.quad and each.width and each.height):
        return "", True, ""
    points = outline(each.quad, each.width, each.height)
    drawn = " ".join(f"{x:g},{y:g}" for x, y in points)
    said = FINDING["drawn_all" if is_all(points) else "drawn"] if points else ""
    return drawn, True, say_text(said) if said else ""


def take_up(visit: Visit) -> Response:
    """Ask for the case, or for what a new one needs; then write the addresses down there."""
    each = _one(visit)
    wrong = _missing(visit) if visit.posted else {}
    if wrong:
        return _take_up(visit, each, wrong, None)
    form = ask(visit, "watch.take-up", fixed={"findings": (each.finding,)}, beside=_BESIDE)
    answer: Any = form.answer
    if answer is None:
        return form.aside(visit) or _take_up(visit, each, form.wrong, form)
    if answer.case is None:
        return young(visit, address("finding", finding=each.finding))
    added = [one.url for one in (*answer.added, *answer.already)]
    facts = {"case": answer.case, "to": case_address(answer.case), "added": added}
    return page(visit, "watch_taken.html", words=TAKE_UP, finding=each.finding, **facts)


def _missing(visit: Visit) -> dict[str, str]:
    if visit.typed("case"):
        return {}
    wrong = {}
    if not visit.typed("country"):
        wrong["country"] = say_text(TAKE_UP["country_needed"])
    if not answer_to(visit, _QUESTION):
        wrong["under_18"] = say_text(_QUESTION.needed)
    return wrong


def _take_up(visit: Visit, each: Any, wrong: dict[str, str], form: Form | None) -> Response:
    listed: Any = visit.door.do("act.case.list")
    cases = [
        (one.case, say_text(TAKE_UP["named"], case=one.case, day=day(one.opened)))
        for one in listed.cases
    ]
    facts = {
        "finding": each.finding,
        "question": _QUESTION,
        "cases": [("", say_text(TAKE_UP["new"])), *cases],
        "countries": countries(TAKE_UP["choose"]),
        "chosen": {
            "case": visit.typed("case"),
            "country": visit.typed("country") or visit.door.country,
            "under_18": answer_to(visit, _QUESTION),
        },
        "wrong": wrong,
        "trouble": form.trouble if form else None,
    }
    status = 409 if wrong or facts["trouble"] else 200
    return page(visit, "watch_take_up.html", status=status, words=TAKE_UP, **facts)


def young(visit: Visit, back: str) -> Response:
    """Say that nothing goes on where somebody may have been under 18, and who helps."""
    return turn_away(visit, YOUNG["title"], YOUNG["text"], back)


ROUTES = (
    Page("found", found),
    Page("finding", finding),
    Page("finding.case", take_up),
)
