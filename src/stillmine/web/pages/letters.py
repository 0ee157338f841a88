"""Letters of a case: write one, see it field by field, note what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from starlette.responses import Response

from stillmine.errors import (
    CannotBecome,
    NotAMailAddress,
    StillmineError,
    TakesNoLetter,
    TimeCannotBe,
    UnknownRecipient,
)
from stillmine.messages.pages_cases import CASE
from stillmine.messages.pages_journeys import ASK
from stillmine.messages.pages_letters import COMPLAIN, LETTER, LETTERS
from stillmine.messages.visible import visible
from stillmine.web.asking import Form, ask
from stillmine.web.pages.case import case_of, step_at
from stillmine.web.pages.ready import delivering, ready
from stillmine.web.paths import address
from stillmine.web.routing import Page
from stillmine.web.showing import onward, page, say_text
from stillmine.web.visit import Visit

_BESIDE = {
    UnknownRecipient.code: "to",
    TakesNoLetter.code: "to",
    NotAMailAddress.code: "mail",
}
_BESIDE_NOTE = {CannotBecome.code: "state", TimeCannotBe.code: "on"}
# What may be noted at any time once a letter was sent, beside what its state lets be next.
_EVENTS = ("authority-notice", "court-order", "more-time")


def write_letter(visit: Visit, case: str) -> Form:
    """Write the letter that a form asks for; nothing is sent, and no file is written."""
    return ask(visit, "act.notice", fixed={"case": case, "out": None}, beside=_BESIDE)


def track(visit: Visit, case: str, **fixed: str) -> Form:
    """Note what became of a letter."""
    whole: dict[str, Any] = {"case": case, "receipt": None, **fixed}
    return ask(visit, "act.track", fixed=whole, beside=_BESIDE_NOTE)


def write(visit: Visit) -> Response:
    """Write a letter; then show it field by field, with what is missing and where it goes."""
    case = case_of(visit)
    form: Form | None = None
    if visit.posted:
        form = write_letter(visit, case.case)
        aside = form.aside(visit)
        if aside is not None:
            return aside
        if form.answer is not None:
            written: dict[str, Any] = {"case": case.case, "answer": form.answer}
            return page(visit, "letter_written.html", words=ASK, more=LETTERS, **written)
    step = step_at(visit)
    facts: dict[str, Any] = {
        "case": case,
        "signs": case.sender is not None and bool(case.sender.name),
        "pages": [(each.address, visible(each.url)) for each in case.addresses],
        "chosen": visit.sent.every("address") or _about(case, step),
        "to": visit.typed("to") or (step.name if step else ""),
        "found": hosts_of(visit, case, case.addresses),
        "wrong": form.wrong if form else {},
        "problem": form.trouble if form else None,
    }
    status = 409 if form else 200
    return page(visit, "letter_write.html", status=status, words=ASK, more=LETTERS, **facts)


def _about(case: Any, step: Any) -> tuple[str, ...]:
    """Return the addresses that are chosen at first: those of the step, or all without a letter."""
    if step is not None and step.address:
        return (step.address,)
    if step is not None and step.notice:
        found = (each.addresses for each in case.notices if each.notice == step.notice)
        return tuple(next(found, ()))
    asked = {name for each in case.notices if each.regimes for name in each.addresses}
    return tuple(each.address for each in case.addresses if each.address not in asked)


def hosts_of(visit: Visit, case: Any, pages: Sequence[Any]) -> list[tuple[str, str]]:
    """Return whom looking up the site of a page found: the part that is asked, and who that is."""
    for each in pages:
        try:
            kept: Any = visit.door.do("act.host", site=each.address, case=case.case, kept=True)
        except StillmineError:
            continue
        parts = [(ask.part, ask.name) for ask in kept.whom_to_ask if ask.part != "site"]
        if parts:
            return parts
    return []


def letter(visit: Visit) -> Response:
    """Show a letter, how it stands and how long they have; note what became of it."""
    name = visit.parts["case"]
    shown: Any = visit.door.do("act.letter", notice=visit.parts["letter"], case=name)
    form: Form | None = None
    if visit.posted:
        form = track(visit, name, notice=shown.notice)
        if form.answer is not None:
            return onward("letter", case=name, letter=shown.notice, saved="1")
        if "state" in form.wrong and not visit.typed("state"):
            form.wrong["state"] = say_text(LETTER["choose"])
    case = case_of(visit)
    clock: Any = visit.door.do("act.clock", case=name)
    facts: dict[str, Any] = {
        "case": case,
        "letter": shown,
        "pages": [each for each in case.addresses if each.address in shown.addresses],
        "times": [each for each in clock.due if each.notice == shown.notice],
        "waiting": [each for each in clock.not_started if each.notice == shown.notice],
        "choices": [(each, say_text(LETTER[each])) for each in _possible(shown)],
        "slug": shown.platform.rpartition("/")[2] or shown.to,
        "typed": visit.typed,
        "wrong": form.wrong if form else {},
        "problem": form.trouble if form else None,
        "saved": bool(visit.asked("saved")),
    }
    status = 409 if form else 200
    return page(visit, "letter.html", status=status, words=LETTER, list=CASE, **facts)


def _possible(shown: Any) -> list[str]:
    sent = bool(shown.steps)
    events = _EVENTS if sent and shown.kind == "letter" else ()
    return [*shown.possible, *events, *(("undo",) if sent else ())]


def files(visit: Visit) -> Response:
    """Make files of a letter: text, PDF, and a mail that a mail program opens."""
    name, about = visit.parts["case"], visit.parts["letter"]
    back = address("letter", case=name, letter=about)
    if not visit.posted:
        return onward("letter", case=name, letter=about)
    fixed: dict[str, Any] = {"case": name, "notice": about, "out": Path()}
    with delivering(visit) as held:
        form = ask(visit, "act.letter", fixed=fixed, delivery=held.delivery)
    if form.trouble is not None or not held.delivery.files:
        wrong = form.trouble or (say_text(LETTER["no_text"]), say_text(LETTER["no_text_next"]))
        return page(visit, "trouble.html", status=409, wrong=wrong)
    return ready(visit, held, back=back)


def complain(visit: Visit) -> Response:
    """Write to an authority about a letter that was refused or not answered."""
    name, about = visit.parts["case"], visit.parts["letter"]
    form: Form | None = None
    if visit.posted:
        fixed: dict[str, Any] = {"case": name, "notice": about, "write": None}
        form = ask(visit, "act.complain", fixed=fixed)
        if form.answer is not None:
            written: dict[str, Any] = {"case": name, "answer": form.answer}
            return page(visit, "letter_complaint.html", words=COMPLAIN, more=ASK, **written)
    step = step_at(visit)
    shown: Any = visit.door.do("act.letter", notice=about, case=name)
    advice: Any = visit.door.do("act.next", case=name, notice=about)
    ways = {each.law: each.name for each in advice.steps if each.law}
    if step is not None and step.law:
        ways = {step.law: step.name, **ways}
    facts: dict[str, Any] = {
        "case": name,
        "letter": shown,
        "ways": list(ways.items()),
        "problem": form.trouble if form else None,
    }
    status = 409 if form else 200
    return page(visit, "letter_complain.html", status=status, words=COMPLAIN, **facts)


ROUTES = (
    Page("letter.new", write),
    Page("letter", letter, uploads=True),
    Page("letter.files", files),
    Page("letter.complain", complain),
)
