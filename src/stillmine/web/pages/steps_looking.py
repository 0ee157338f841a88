"""The step of one look together: with its own yes, in memory, and what it showed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.responses import Response

from stillmine.app.actions import Answer
from stillmine.app.jobs import Job
from stillmine.errors import AddressRefused, NotAWebAddress
from stillmine.journeys.consenting import COMPARE, INSPECT, SITE, Together, Yes
from stillmine.journeys.known import LOOK
from stillmine.journeys.side_by_side import compare_brought
from stillmine.journeys.where_to_ask import WhereToAsk, where_to_ask, with_host
from stillmine.messages.pages_helping import AGREED, HOST, TOLD
from stillmine.messages.pages_helping import LOOK as WORDS
from stillmine.messages.pages_journeys import ASK
from stillmine.web.asking import Form, ask
from stillmine.web.door import find_action
from stillmine.web.journeying import Trip, place_of
from stillmine.web.pages.helping_told import part_of
from stillmine.web.pages.people import countries
from stillmine.web.pages.steps_helping import kept_case, together
from stillmine.web.pages.steps_working import Tried, begin_work, came_of
from stillmine.web.showing import clock, onward, say_text, trouble

Wrong = dict[str, str]


def look(trip: Trip) -> Response:
    """Take what is to be looked at, once there is a yes for it; then show what came of it."""
    both, kind, do = together(trip), trip.answers[LOOK], trip.visit.typed("do")
    if trip.visit.posted and do == "more":
        both.choose()
        return trip.to("wish", **{LOOK: ""})
    if trip.visit.posted and do == "on":
        return trip.onward()
    if both.last is not None:
        return _shown(trip, both)
    tried = came_of(trip.visit)
    if tried is not None and tried.problem is not None:
        return _spent(trip, tried)
    if not both.may_look(kind, _now(trip)):
        return onward("journey.step", **place_of(trip.journey, "consent"))
    return _BEGIN[kind](trip, both) if trip.visit.posted else _asked(trip, {})


def _now(trip: Trip) -> Any:
    return trip.visit.door.context().now()


def _asked(trip: Trip, wrong: Wrong) -> Response:
    """Ask for the files or the address of this look."""
    kind = trip.answers[LOOK]
    facts: dict[str, Any] = {
        "kind": kind,
        "heading": WORDS[kind],
        "lede": WORDS[f"{kind}_lede"],
        "typed": trip.visit.typed,
        "countries": countries(),
        "at_country": trip.visit.typed("country") or trip.visit.door.country,
        "wrong": wrong,
    }
    status = 409 if wrong else 200
    return trip.page("helping_look.html", status=status, words=WORDS, **facts)


def _spent(trip: Trip, tried: Tried) -> Response:
    """Say what stood in the way of a look; its yes is used up, so it has to be asked again."""
    problem = trouble(tried.problem) if tried.problem else None
    again = place_of(trip.journey, "consent")
    return trip.page("helping_spent.html", status=409, words=WORDS, problem=problem, again=again)


def _take(trip: Trip, both: Together) -> Yes:
    """Use up the yes; where a case is kept, it is noted there with its time."""
    yes = both.take(trip.answers[LOOK], _now(trip))
    case = kept_case(trip)
    if case is not None:
        said = say_text(
            AGREED["note_look"], time=clock(yes.said_at), title=say_text(TOLD[yes.look])
        )
        trip.visit.door.do("act.case.note", case=case, text=said)
    return yes


def _compare(trip: Trip, both: Together) -> Response:
    sent = trip.visit.sent
    own, found = tuple(sent.files.get("own", ())), tuple(sent.files.get("found", ()))
    wrong = {
        name: say_text(WORDS["needed"])
        for name, files in (("own", own), ("found", found))
        if not files
    }
    if wrong:
        return _asked(trip, wrong)
    door = trip.visit.door
    return _run(
        trip,
        both,
        "watch.compare",
        lambda job: compare_brought(door.context(job=job), own, found),
    )


def _inspect(trip: Trip, both: Together) -> Response:
    files = trip.visit.sent.handed()
    if len(files) != 1:
        return _asked(trip, {"file": say_text(WORDS["one"])})
    door, inspect = trip.visit.door, find_action("share.inspect")
    request = inspect.request(file=files[0].path)
    return _run(
        trip,
        both,
        inspect.name,
        lambda job: inspect.run(door.context(job=job, handed=files), request),
    )


def _run(trip: Trip, both: Together, action: str, run: Callable[[Job], Answer]) -> Response:
    """Look beside the pages, in memory; the files are let go when it is done."""
    yes, files = _take(trip, both), trip.visit.sent.taken()

    def looked(job: Job) -> Answer:
        both.note(yes, run(job))
        return Answer()

    return begin_work(trip, action, looked, files.close)


def _site(trip: Trip, both: Together) -> Response:
    typed, country = trip.visit.typed("address"), trip.visit.typed("country")
    if not typed:
        return _asked(trip, {"address": say_text(WORDS["no_address"])})
    try:
        answer = where_to_ask(trip.visit.door.context(), typed, **_letter(trip, country))
    except (NotAWebAddress, AddressRefused):
        return _asked(trip, {"address": say_text(WORDS["no_site"])})
    trip.visit.door.country = country or trip.visit.door.country
    both.note(_take(trip, both), answer)
    return trip.stay()


def _letter(trip: Trip, country: str) -> dict[str, str]:
    return {"country": country, "language": trip.visit.door.language or "en"}


def _shown(trip: Trip, both: Together) -> Response:
    """Show what the look came to; a site that is not known can be looked up, after a yes."""
    if both.last is None:
        return trip.stay()
    answer, problem = both.last.answer, None
    if isinstance(answer, WhereToAsk):
        form = _looked_up(trip, both, answer)
        if form is not None and (aside := form.aside(trip.visit)) is not None:
            return aside
        answer, problem = both.last.answer, form.trouble if form else None
    facts: dict[str, Any] = {
        "part": part_of(both.last),
        "said": say_text(WORDS["said"], time=clock(both.last.yes.said_at)),
        "host": HOST,
        "told": TOLD,
        "asking": ASK,
        "can_ask": isinstance(answer, WhereToAsk) and answer.platform is None and not answer.found,
        "problem": problem,
    }
    return trip.page("helping_looked.html", words=WORDS, **facts)


def _looked_up(trip: Trip, both: Together, asked: WhereToAsk) -> Form | None:
    """Ask who runs the site, after a yes to sending; or take in what that told."""
    visit, last = trip.visit, both.last
    work = visit.door.works.find(visit.asked("work"))
    if work is not None and work.answer is not None and last is not None:
        more = _letter(trip, visit.door.country)
        both.note(last.yes, with_host(visit.door.context(), asked, work.answer, **more))
        visit.door.works.seen(work)
    if not visit.posted:
        return None
    fixed: dict[str, Any] = {
        "site": asked.site,
        "case": "",
        "kept": False,
        "rdap": "",
        "without_site": False,
    }
    parts = place_of(trip.journey, trip.step)
    return ask(visit, "act.host", fixed=fixed, then="journey.step", parts=parts)


_BEGIN: Mapping[str, Callable[[Trip, Together], Response]] = {
    COMPARE: _compare,
    INSPECT: _inspect,
    SITE: _site,
}

LOOKING: Mapping[str, Callable[[Trip], Response]] = {"look": look}
