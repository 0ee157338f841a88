"""Proof for a case: of a page, of what the person has; look again, and find who runs a site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from stillmine.messages import say, translate
from stillmine.messages.cases import KINDS
from stillmine.messages.pages_cases import PROOFS
from stillmine.messages.pages_journeys import PROOF
from stillmine.web.asking import Form, ask
from stillmine.web.pages.case import case_of, step_at
from stillmine.web.routing import Page
from stillmine.web.showing import onward, page, say_text
from stillmine.web.visit import Visit


def keep_proof(visit: Visit, case: Any, then: str, parts: Mapping[str, str]) -> Form:
    """Keep proof of the page of a case that a form names; `then` shows what came of it."""
    wanted = visit.typed("address")
    url = next((each.url for each in case.addresses if each.address == wanted), "")
    return ask(visit, "act.capture", fixed={"case": case.case, "url": url}, then=then, parts=parts)


def ask_host(visit: Visit, case: Any, then: str, parts: Mapping[str, str]) -> Form:
    """Ask who runs the site that a form names, after a yes to sending.

    With a case, its pages go by their short names too, and what is found is kept there.
    """
    wanted = visit.typed("site")
    pages = case.addresses if case is not None else ()
    site = next((each.url for each in pages if each.address == wanted), wanted)
    fixed: dict[str, Any] = {"case": case.case if case is not None else "", "site": site}
    fixed |= {"kept": False, "rdap": "", "without_site": False}
    return ask(visit, "act.host", fixed=fixed, then=then, parts=parts)


def found_hosts(answer: Any) -> list[tuple[Any, str]]:
    """Return whom to ask, as looking up a site told, each with what they can do."""
    return [(each, say_text(PROOFS[f"host_{each.part}"])) for each in answer.whom_to_ask]


def proof(visit: Visit) -> Response:
    """Keep proof of a page: its address, or the page with its pictures covered, or all of it."""
    case, wrong = case_of(visit), None
    if visit.posted:
        form = keep_proof(visit, case, "case.proven", {"case": case.case})
        aside = form.aside(visit)
        if aside is not None:
            return aside
        wrong = form.trouble or (" ".join(form.wrong.values()), "")
    step = step_at(visit)
    kept = {each.address for each in case.proofs}
    pages = sorted(case.addresses, key=lambda each: each.address in kept)
    chosen = step.address if step else next((each.address for each in pages), "")
    facts: dict[str, Any] = {
        "case": case.case,
        "pages": pages,
        "kept": kept,
        "chosen": chosen,
        "wrong": wrong,
    }
    status = 409 if wrong else 200
    return page(visit, "case_proof.html", status=status, words=PROOFS, proof=PROOF, **facts)


def proven(visit: Visit) -> Response:
    """Say what proof was kept, and what its reader should know."""
    answer = visit.answer()
    if answer is None:
        return onward("case", case=visit.parts["case"])
    return page(visit, "case_proven.html", words=PROOFS, answer=answer, case=visit.parts["case"])


def files(visit: Visit) -> Response:
    """Take in what the person has as proof; it is sealed in memory."""
    name, wrong = visit.parts["case"], ""
    agreed = visit.sent.first("agree")
    if visit.posted and not agreed and not any(visit.sent.files.values()):
        wrong = say_text(PROOFS["nothing"])
    elif visit.posted:
        fixed = {"case": name, "files": ()}
        form = ask(visit, "act.case.import", fixed=fixed, then="case.taken", parts={"case": name})
        aside = form.aside(visit)
        if aside is not None:
            return aside
        wrong = " ".join(form.trouble or ()) or " ".join(form.wrong.values())
    case_of(visit)
    facts: dict[str, Any] = {
        "case": name,
        "wrong": wrong,
        "note": visit.typed("note"),
        "proof": PROOF,
    }
    return page(visit, "case_files.html", status=409 if wrong else 200, words=PROOFS, **facts)


def taken(visit: Visit) -> Response:
    """Say what became of each file."""
    answer = visit.answer()
    if answer is None:
        return onward("case", case=visit.parts["case"])
    facts: dict[str, Any] = {
        "added": [(each.file.name, translate(KINDS[each.kind])) for each in answer.added],
        "already": len(answer.already),
        "skipped": [(each.file.name, say(each.code, {})[0]) for each in answer.skipped],
    }
    return page(visit, "case_taken.html", words=PROOFS, case=visit.parts["case"], **facts)


def look(visit: Visit) -> Response:
    """Look whether the pages are still there, after a yes."""
    case, wrong = case_of(visit), None
    if visit.posted:
        fixed = {"case": case.case, "addresses": ()}
        parts = {"case": case.case}
        form = ask(visit, "act.recheck", fixed=fixed, then="case.looked", parts=parts)
        aside = form.aside(visit)
        if aside is not None:
            return aside
        wrong = form.trouble
    facts: dict[str, Any] = {"case": case.case, "pages": case.addresses, "wrong": wrong}
    return page(visit, "case_look.html", status=409 if wrong else 200, words=PROOFS, **facts)


def looked(visit: Visit) -> Response:
    """Say what was seen at each page."""
    answer = visit.answer()
    if answer is None:
        return onward("case", case=visit.parts["case"])
    seen = [(each, say_text(PROOFS[f"seen_{each.state}"])) for each in answer.looked]
    return page(visit, "case_looked.html", words=PROOFS, case=visit.parts["case"], seen=seen)


def host(visit: Visit) -> Response:
    """Find out who runs a site, after a yes."""
    case, wrong = case_of(visit), None
    if visit.posted:
        form = ask_host(visit, case, "case.hosted", {"case": case.case})
        aside = form.aside(visit)
        if aside is not None:
            return aside
        wrong = form.trouble or (" ".join(form.wrong.values()), "")
    facts: dict[str, Any] = {"case": case.case, "pages": case.addresses, "wrong": wrong}
    return page(visit, "case_host.html", status=409 if wrong else 200, words=PROOFS, **facts)


def hosted(visit: Visit) -> Response:
    """Say who runs a site, and whom to ask."""
    answer = visit.answer()
    if answer is None:
        return onward("case", case=visit.parts["case"])
    facts: dict[str, Any] = {"case": visit.parts["case"], "site": answer.site}
    facts["found"] = found_hosts(answer)
    return page(visit, "case_hosted.html", words=PROOFS, **facts)


ROUTES = (
    Page("case.proof", proof),
    Page("case.proven", proven),
    Page("case.files", files, uploads=True),
    Page("case.taken", taken),
    Page("case.look", look),
    Page("case.looked", looked),
    Page("case.host", host),
    Page("case.hosted", hosted),
)
