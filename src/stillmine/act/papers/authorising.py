"""A paper by which the person in the pictures lets somebody sign and ask for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from stillmine.act.case.model import AGENT, Case
from stillmine.act.case.store import find_case
from stillmine.act.papers.document import (
    Blanks,
    Block,
    Document,
    Fields,
    Heading,
    Listing,
    Paragraph,
    Quote,
)
from stillmine.act.papers.giving import PaperAnswer, give, require_place
from stillmine.act.papers.saying import last_noted, paper_size, read_at, words
from stillmine.app.actions import action, given
from stillmine.app.context import Context
from stillmine.app.unlocking import unlocked
from stillmine.errors import WrongUsage
from stillmine.facts import OFFICIAL, Kind, facts_of
from stillmine.messages.papers import AUTHORISE, PAPER

_MAY = ("may_ask", "may_follow", "may_complain", "may_see")
_NOT = ("not_show", "not_settle", "not_court", "not_pass_on")
_STANDING = "elements.standing"


@dataclass(frozen=True, slots=True)
class AuthoriseRequest:
    """Who may act for the person of a case, and until when."""

    case: str = given("The case, by its name or how it begins.")
    agent: str = given("The name of the helper who is to sign.")
    file: Path = given("The file to write; it ends in .pdf or .txt.", positional=True)
    person: str = given("The name of the person in the pictures.", default="")
    organisation: str = given("Whom the helper works for.", default="")
    reach: str = given("How to reach the helper: a mail address or a number.", default="")
    until: str | None = given("The last day on which it holds, like 2027-05-31.", default=None)


@action("act.authorise")
def authorise(context: Context, request: AuthoriseRequest) -> PaperAnswer:
    """Write a paper that lets a helper ask and sign for the person in the pictures."""
    require_place(request.file, context)
    until = _day(request.until)
    with unlocked(context) as vault:
        case = find_case(vault, request.case)
    document = authorisation(case, request, until)
    return give(document, request.file, context)


def authorisation(case: Case, request: AuthoriseRequest, until: date | None) -> Document:
    """Return the paper; the day of signing is written on it by hand."""
    say = words(AUTHORISE)
    blocks: list[Block] = [
        Fields(_parties(case, request, until)),
        Heading(say("what")),
        Paragraph(say("what_text")),
        Listing(tuple(map(say, _MAY)), numbered=True),
        Heading(say("limits")),
        Listing(tuple(map(say, _NOT)), numbered=True),
        Heading(say("where")),
        *_places(case),
        Heading(say("name")),
        Paragraph(say("name_text")),
        Heading(say("end")),
        Paragraph(say("end_text")),
        Heading(say("sign")),
        Blanks(tuple((say(who), say("sign_place")) for who in ("sign_person", "sign_agent"))),
        *_laws(),
    ]
    running = words(PAPER)("running", case=case.case)
    dated = last_noted(case)
    return Document(say("title"), dated, tuple(blocks), running, paper=paper_size(case.country))


def _parties(
    case: Case, request: AuthoriseRequest, until: date | None
) -> tuple[tuple[str, str], ...]:
    say, blank = words(AUTHORISE), words(PAPER)("to_fill")
    # Where an agent signs already, the sender is the agent, and not the person.
    own_name = case.sender.subject if case.sender.role == AGENT else case.sender.name
    rows = (
        (say("person"), request.person or own_name or case.person or blank),
        (say("agent"), request.agent),
        (say("works_for"), request.organisation),
        (say("reach"), request.reach or blank),
        (say("case"), case.case),
        (say("until"), until.isoformat() if until else say("until_withdrawn")),
    )
    return tuple((name, value) for name, value in rows if value)


def _places(case: Case) -> tuple[Block, ...]:
    say = words(AUTHORISE)
    if not case.addresses:
        return (Paragraph(say("where_none")),)
    found = tuple(each.url for each in case.addresses)
    return (Paragraph(say("where_text")), Listing(found, numbered=True))


def _laws() -> tuple[Block, ...]:
    """Return what laws say about who may ask, where that was read on an official page."""
    say = words(AUTHORISE)
    quotes = [
        Quote(value.quote, read_at(str(fact.said("name")), value.source))
        for fact in facts_of(Kind.LAW)
        if (value := fact.values.get(_STANDING)) and value.quote and fact.said("name")
        if value.source.kind in OFFICIAL and _is_about_helpers(value.quote.lower())
    ]
    return (Heading(say("laws")), Paragraph(say("laws_text")), *quotes) if quotes else ()


def _is_about_helpers(quote: str) -> bool:
    # What a law says of minors and their parents is no word on a helper of an adult.
    return "behalf" in quote and "minor" not in quote and "child" not in quote


def _day(typed: str | None) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError as problem:
        raise WrongUsage(problem="--until takes a day, like 2027-05-31.") from problem
