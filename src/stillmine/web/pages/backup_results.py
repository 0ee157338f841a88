"""What came of work with backups: saved, read back, mended, erased, practised."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.responses import Response

from stillmine.messages.pages_backups import BACKUPS, DONE
from stillmine.web.routing import Page
from stillmine.web.showing import day, onward, page, say_counted, say_text, size, trouble_of
from stillmine.web.visit import Visit

_MOST_ROWS = 100
_AWAY = frozenset({"backup.target-away", "backup.permission-denied", "backup.wrong-secret"})
_SHORT = 12  # signs of a number that stand for a file


@dataclass(frozen=True, slots=True)
class Part:
    """What is said of one place: its name or nothing, sentences, rows of what was wrong."""

    name: str
    lines: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    good: bool = True


@dataclass(frozen=True, slots=True)
class Result:
    """What a page of a result shows. `heading` is a key of `DONE`."""

    heading: str
    good: bool
    parts: tuple[Part, ...]


def backed(visit: Visit) -> Response:
    """Show what came of a piece of work."""
    answer = visit.answer()
    kind = type(answer).__name__
    if kind not in _TELLERS:
        return onward("backups")
    result = _TELLERS[kind](answer)
    facts: dict[str, Any] = {"result": result, "heads": _heads(kind), "list": BACKUPS}
    return page(visit, "backed.html", words=DONE, **facts)


def _heads(kind: str) -> tuple[str, ...]:
    heads = {
        "VerifyAnswer": ("file", "what", "now"),
        "DrillAnswer": ("item", "what"),
    }
    return tuple(say_text(DONE[each]) for each in heads.get(kind, ("file",)))


def _run(answer: Any) -> Result:
    parts = [Part(each.place, (_sent(each),)) for each in answer.runs]
    missed = _missed(answer.skipped)
    return Result("run_not" if missed else "run", not missed, (*parts, *missed))


def _sent(run: Any) -> str:
    if run.unchanged:
        return say_text(DONE["unchanged"])
    return say_counted(DONE["sent_one"], DONE["sent"], run.sent)


def _missed(skipped: Iterable[Any]) -> tuple[Part, ...]:
    return tuple(
        Part(
            each.place,
            (say_text(DONE["skipped"]), *trouble_of(each.code, name=each.place)),
            good=False,
        )
        for each in skipped
    )


def _verify(answer: Any) -> Result:
    parts = tuple(_checked(each) for each in answer.places)
    bad = [one for each in answer.places for one in each.damaged]
    codes = [each.code for each in answer.places if each.code]
    if any(not one.mended for one in bad) or any(not _is_away(code) for code in codes):
        return Result("damaged", False, parts)
    if codes:
        return Result("unchecked", False, parts)
    return Result("mended" if bad else "whole", True, parts)


def _is_away(code: str) -> bool:
    """Say whether a place could not be looked at, which says nothing of what lies there."""
    return code.startswith("network.") or code in _AWAY


def _checked(place: Any) -> Part:
    rows = damage_rows(place.damaged)
    lines: tuple[str, ...]
    if place.code:
        lines = (say_text(DONE["list_broken"]), *trouble_of(place.code, name=place.place))
    else:
        lines = (say_counted(DONE["checked_one"], DONE["checked"], place.read_back),)
    return Part(place.place, lines, rows, good=not place.code)


def damage_rows(damaged: Iterable[Any]) -> tuple[tuple[str, ...], ...]:
    """Return what a place lost or changed, as rows: the file, what was wrong, if it was mended."""
    return tuple(
        (
            _file(each.name),
            what_was_wrong(each.what),
            say_text(DONE["then_mended" if each.mended else "then_not"]),
        )
        for each in list(damaged)[:_MOST_ROWS]
    )


def what_was_wrong(what: str) -> str:
    """Return in words what was wrong with a file at a place."""
    return say_text(DONE[what if what in _WHATS else "other"])


_WHATS = frozenset({"missing", "wrong-size", "unreadable", "key-missing", "other-content"})


def _file(name: str) -> str:
    folder, slash, last = name.rpartition("/")
    return f"{folder}{slash}{last[:_SHORT]}…" if len(last) > 2 * _SHORT else name


def _prune(answer: Any) -> Result:
    parts = tuple(Part(each.place, (_erased(each),)) for each in answer.places)
    missed = _missed(answer.skipped)
    return Result("pruned_not" if missed else "pruned", not missed, (*parts, *missed))


def _erased(each: Any) -> str:
    if not each.erased:
        return say_text(DONE["erased_none"])
    facts = {"size": size(each.erased_size)}
    return say_counted(DONE["erased_one"], DONE["erased"], each.erased, **facts)


def _drill(answer: Any) -> Result:
    if not answer.passed:
        rows = [(each.item[:_SHORT], what_was_wrong(each.what)) for each in answer.failed]
        sample = answer.opened + len(answer.failed)
        count = say_text(DONE["failed_count"], opened=answer.opened, sample=sample)
        lines = (count, say_text(DONE["failed_text"]))
        return Result("failed", False, (Part(answer.place, lines, tuple(rows[:_MOST_ROWS])),))
    if answer.items:
        said = [say_text(DONE["passed_text"], opened=answer.opened, items=answer.items)]
        said.append(say_text(DONE["passed_sure"]))
    else:
        said = [say_text(DONE["passed_none"])]
    said.append(say_text(DONE["passed_on"], day=day(datetime.fromisoformat(answer.last_passed))))
    return Result("passed", True, (Part(answer.place, tuple(said)),))


def _repair(answer: Any) -> Result:
    mended, left = len(answer.repaired), answer.damaged
    said = []
    if mended:
        said.append(say_counted(DONE["repaired_count_one"], DONE["repaired_count"], mended))
    rows: tuple[tuple[str, ...], ...] = ()
    if left:
        said.append(say_text(DONE["repaired_left"]))
        rows = tuple((_file(each),) for each in left[:_MOST_ROWS])
    heading = "repaired_not" if left else "repaired" if mended else "repaired_whole"
    missed = _missed(answer.skipped) if left else ()
    return Result(heading, not left, (Part("", tuple(said), rows), *missed))


_TELLERS: Mapping[str, Callable[[Any], Result]] = {
    "RunAnswer": _run,
    "VerifyAnswer": _verify,
    "PruneAnswer": _prune,
    "DrillAnswer": _drill,
    "RepairAnswer": _repair,
}

ROUTES = (Page("backed", backed),)
