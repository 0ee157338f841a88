"""What to do next in a case, and why: the one thing first, then what else there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from shlex import quote

from stillmine.act.case.model import Address, Case, Notice
from stillmine.act.clock import machine
from stillmine.act.clock.asked import COMPLAINT, HASH, goes_to_authority, lacking, laws_of
from stillmine.act.clock.authorities import Authority, authorities
from stillmine.act.clock.commands import COMMANDS
from stillmine.act.clock.due import Due, due
from stillmine.act.clock.ways import Way, person_to_talk_to, search_engines
from stillmine.messages import fill, translate
from stillmine.messages.act import FIELDS
from stillmine.messages.next_steps import STEPS

Ahead = tuple[Due, ...]

_LEADS = ("name", "url", "source", "checked_on", "law")
_LIVE = machine.WAITING | machine.STUCK | {machine.DRAFT}


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing that can be done now: what, why, the command for it, and where.

    `step` is a code. `name` and `url` say whom it leads to, and are from a page (`source`) that was
    read on `checked_on`; a step that leads to nobody has none of them. `law` is the law that such a
    one acts under, `address` the short name of the address that it is about.
    """

    step: str
    do: str
    why: str
    command: str = ""
    notice: str = ""
    name: str = ""
    url: str = ""
    source: str = ""
    checked_on: date | None = None
    law: str = ""
    address: str = ""

    @property
    def lines(self) -> Iterator[str]:
        """Yield the lines that a person reads."""
        yield self.do
        yield f"  {self.why}"
        if self.url:
            yield f"  {self.url}"
        if self.command:
            yield f"  {self.command}"
        yield ""


def next_steps(case: Case, notice: Notice | None, now: datetime) -> tuple[NextStep, ...]:
    """Return what can be done now, the first thing first: for one letter, or for the whole case."""
    steps = [*_before_all(case)]
    if notice is None:
        steps += _of_case(case, due(case, now))
    else:
        steps += _of_letter(case, notice, due(case, now))
    steps += _at_any_time(case)
    # The same way may help with several letters; it is said once, where it comes first.
    return tuple({(each.step, each.command, each.url): each for each in steps}.values())


def _step(case: Case, code: str, notice: Notice | None, way: Way | None, **facts: str) -> NextStep:
    do, why = STEPS[code]
    known = {"case": case.case, "country": case.country, **facts}
    if notice is not None:
        urls = [each.url for each in case.addresses if each.address in notice.addresses]
        known = {"notice": notice.notice, "to": notice.to, "url": next(iter(urls), ""), **known}
    if way is not None:
        known |= {"name": way.name, "law": way.law}
    step = NextStep(
        code,
        fill(translate(do), known),
        fill(translate(why), known),
        fill(COMMANDS[code], {name: quote(said) for name, said in known.items()}),
        notice.notice if notice else "",
        address=facts.get("address", ""),
    )
    if way is None:
        return step
    leads = {name: getattr(way, name) for name in _LEADS}
    return replace(step, **leads)


def _before_all(case: Case) -> Iterator[NextStep]:
    if case.threats:
        yield _step(case, "threats", None, None)


def _of_case(case: Case, ahead: Ahead) -> Iterator[NextStep]:
    yield from _places(case)
    live = [each for each in case.notices if each.state in _LIVE]
    for each in sorted(live, key=lambda each: each.state in machine.WAITING):
        yield from _of_letter(case, each, ahead)
    if not any(each.channel == HASH for each in case.notices):
        yield _step(case, "hash", None, None)
    letters = [each for each in live if each.channel != HASH]
    if not letters and any(each.state == machine.REMOVED for each in case.notices):
        yield from _after_removal(case, None)


def _places(case: Case) -> Iterator[NextStep]:
    """Yield what is to be done about the addresses themselves: proof first, then a letter."""
    if not case.addresses:
        yield _step(case, "address", None, None)
    proven = {each.address for each in case.proofs}
    asked = {name for each in case.notices if each.channel != HASH for name in each.addresses}
    still = [each for each in case.addresses if each.state != "gone"]
    yield from (_of_address(case, "proof", each) for each in still if each.address not in proven)
    yield from (_of_address(case, "write", each) for each in still if each.address not in asked)


def _of_address(case: Case, code: str, address: Address) -> NextStep:
    return _step(case, code, None, None, address=address.address, url=address.url)


def _of_letter(case: Case, notice: Notice, ahead: Ahead) -> Iterator[NextStep]:
    if _looks_gone(case, notice):
        yield _step(case, "note-removed", notice, None)
    if notice.channel == HASH:
        if notice.state == machine.DRAFT:
            yield _step(case, "hash-finish", notice, None)
    elif notice.state == machine.DRAFT:
        yield from _of_draft(case, notice)
    elif notice.state == machine.REMOVED:
        yield from _after_removal(case, notice)
    elif notice.state in machine.WAITING:
        yield from _while_waiting(case, notice, ahead)
    elif notice.state in machine.STUCK:
        yield from _when_stuck(case, notice)


def _looks_gone(case: Case, notice: Notice) -> bool:
    if notice.channel in (HASH, COMPLAINT) or machine.REMOVED not in machine.MOVES[notice.state]:
        return False
    about = [each.state for each in case.addresses if each.address in notice.addresses]
    return bool(about) and all(state == "gone" for state in about)


def _of_draft(case: Case, notice: Notice) -> Iterator[NextStep]:
    gaps = [each.element for law in laws_of(notice) for each in lacking(notice, law.fact)]
    if gaps:
        missing = (translate(FIELDS[f"elements.{gap}"]).lower() for gap in dict.fromkeys(gaps))
        yield _step(case, "complete", notice, None, lacks=", ".join(missing))
    yield _step(case, "send", notice, None)


def _after_removal(case: Case, notice: Notice | None) -> Iterator[NextStep]:
    yield _step(case, "look", notice, None)
    for way in search_engines():
        yield _step(case, "search-gone", notice, way)
    if all(each.state == "gone" for each in case.addresses):
        yield _step(case, "close", notice, None)


def _while_waiting(case: Case, notice: Notice, ahead: Ahead) -> Iterator[NextStep]:
    awaited = [each for each in ahead if each.notice == notice.notice]
    if any(each.over and each.legal for each in awaited):
        yield _step(case, "silent", notice, None)
        yield from _when_stuck(case, notice)
        return
    if any(each.over for each in awaited):
        yield _step(case, "ask-again", notice, None)
    left = next((each.left for each in awaited if not each.over), None)
    if left is not None:
        yield _step(case, "wait", notice, None, left=left)
    if notice.state == machine.PARTLY:
        yield _step(case, "rest", notice, None)
    if not goes_to_authority(notice):
        yield _step(case, "look", notice, None)
        first = (each for each in _untold(case, notice) if each.first)
        yield from (_step(case, "authority-now", notice, Way.of(each)) for each in first)


def _when_stuck(case: Case, notice: Notice) -> Iterator[NextStep]:
    if notice.state == machine.REAPPEARED:
        yield _step(case, "proof-again", notice, None)
    if notice.state in (machine.REAPPEARED, machine.SILENT):
        yield _step(case, "send-again", notice, None)
    if not goes_to_authority(notice):
        for authority in _untold(case, notice):
            yield _step(case, "authority", notice, Way.of(authority))
    for way in search_engines():
        yield _step(case, "search", notice, way)
    yield _step(case, "host", notice, None)


def _untold(case: Case, notice: Notice) -> Iterator[Authority]:
    """Yield the authorities that no letter of the case went to yet."""
    sent = [each for each in case.notices if each.steps and goes_to_authority(each)]
    told = {law.fact for each in sent for law in laws_of(each)}
    yield from (each for each in authorities(case, notice) if each.law not in told)


def _at_any_time(case: Case) -> Iterator[NextStep]:
    yield _step(case, "police", None, None)
    yield _step(case, "lawyer", None, None)
    way = person_to_talk_to(case.country)
    if way is not None:
        yield _step(case, "talk", None, way)
