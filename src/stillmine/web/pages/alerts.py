"""Alerts: by which way somebody is told, at which hours, and whether it gets through."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from stillmine.app.actions import Secret
from stillmine.app.network.alerts.writing import write_address
from stillmine.errors import StillmineError
from stillmine.messages.pages_alerts import ADD, ALERTS, FIELDS, KINDS, TRY_TO
from stillmine.web.asking import Form, ask
from stillmine.web.pages.alert_fields import fields_of
from stillmine.web.routing import Page
from stillmine.web.showing import onward, page, say_text, trouble, trouble_of
from stillmine.web.visit import Visit

_DESKTOP = "desktop"
_BESIDE = {"watch.wrong-alert": "address", "network.not-encrypted": "address"}
_SAVED = {"1": "saved", "2": "added", "3": "removed"}


def alerts(visit: Visit) -> Response:
    """List the ways to be told; try them, take one out, or choose when and how often."""
    said: tuple[str, str] | None = None
    do = visit.typed("do")
    try:
        if do == "remove":
            visit.door.do("watch.alert.remove", alert=visit.typed("alert"))
            return onward("alerts", done=3)
        if do == "hours":
            said = ask(visit, "watch.alert.hours").trouble
            if said is None:
                return onward("alerts", done=1)
        elif visit.posted and (aside := _try(visit)) is not None:
            return aside
    except StillmineError as problem:
        said = trouble(problem)
    return _alerts(visit, said)


def _try(visit: Visit) -> Response | None:
    """Ask for the yes, and then send the one sentence once, beside the pages."""
    answer: Any = visit.door.do("watch.alert.list")
    alerts = () if visit.sent.first("agree") else visit.sent.every("alerts")
    form = ask(visit, "watch.alert.try", fixed={"alerts": alerts}, then="alert.tried")
    if form.agreement is not None:
        ways = ", ".join(_called(each) for each in answer.alerts)
        form.agreement.what = answer.says
        form.agreement.to = say_text(TRY_TO, ways=ways)
    return form.aside(visit)


def _called(each: Any) -> str:
    said = say_text(KINDS[each.kind][0])
    return f"{said} ({each.host})" if each.host else said


def _alerts(visit: Visit, said: tuple[str, str] | None) -> Response:
    answer: Any = visit.door.do("watch.alert.list")
    begin, _, end = answer.hours.partition("-")
    hours = [(str(hour), say_text(ALERTS["hour"], hour=hour)) for hour in range(24)]
    facts: dict[str, Any] = {
        "ways": [(each.alert, say_text(KINDS[each.kind][0]), each.host) for each in answer.alerts],
        "says": answer.says,
        "hours": hours,
        "begin": begin.partition(":")[0] or "0",
        "end": end.partition(":")[0] or "0",
        "how": answer.how,
        "named": "yes" if answer.named else "no",
        "done": _SAVED.get(visit.asked("done"), ""),
        "trouble": said,
    }
    return page(visit, "watch_alerts.html", status=409 if said else 200, words=ALERTS, **facts)


def tried(visit: Visit) -> Response:
    """Say by which ways the sentence went out, and which did not work."""
    answer = visit.answer()
    if answer is None:
        return onward("alerts")
    facts: dict[str, Any] = {
        "told": [_called(each) for each in answer.told],
        "missed": [
            (say_text(KINDS[each.kind][0]), " ".join(trouble_of(each.code)))
            for each in answer.skipped
        ],
    }
    return page(visit, "watch_alert_tried.html", words=ALERTS, **facts)


def add(visit: Visit) -> Response:
    """Show the ways in which somebody can be told, with what to know of each."""
    kinds = [(number, *KINDS[name]) for number, name in enumerate(KINDS, 1)]
    return page(visit, "watch_alert_add.html", words=ADD, kinds=kinds)


def kind(visit: Visit) -> Response:
    """Take what one way needs, and say what leaves before it is kept."""
    asked = visit.parts["kind"]
    name = next((each for at, each in enumerate(KINDS, 1) if str(at) == asked), None)
    if name is None:
        return onward("alert.add")
    typed = {
        each.name: visit.sent.first(each.name) if each.secret else visit.typed(each.name)
        for each in fields_of(name)
    }
    wrong = _missing(visit, name, typed)
    form: Form | None = None
    if not wrong:
        fixed = {"kind": name, "address": _address(visit, name, typed)}
        form = ask(visit, "watch.alert.add", fixed=fixed, beside=_BESIDE)
        if form.answer is not None:
            return onward("alerts", done=2)
        if form.agreement is not None and name != _DESKTOP:
            form.agreement.to = _to(name, typed)
        if (aside := form.aside(visit)) is not None:
            return aside
        wrong = dict(form.wrong)
    return _kind(visit, name, typed, wrong, form.trouble if form else None)


def _address(visit: Visit, name: str, typed: dict[str, str]) -> Secret | None:
    """Return the address: as it was typed whole, or made of the fields; None for the desktop."""
    if name == _DESKTOP or not visit.posted or visit.sent.first("agree"):
        return None
    return Secret(visit.typed("address") or write_address(name, typed))


def _missing(visit: Visit, name: str, typed: dict[str, str]) -> dict[str, str]:
    if not visit.posted or visit.sent.first("agree") or visit.typed("address"):
        return {}
    fields = fields_of(name)
    wrong = {each.name: "needed" for each in fields if not (each.optional or typed[each.name])}
    wrong |= {each.name: "server" for each in fields if not each.fits(typed[each.name])}
    return {field: say_text(ADD[key]) for field, key in wrong.items()}


def _to(name: str, typed: dict[str, str]) -> str:
    """Return where it goes, without what is unseen."""
    shown = [typed[each.name] for each in fields_of(name) if not each.secret and typed[each.name]]
    return ", ".join([say_text(KINDS[name][0]), *shown])


def _kind(
    visit: Visit,
    name: str,
    typed: dict[str, str],
    wrong: dict[str, str],
    said: tuple[str, str] | None,
) -> Response:
    fields = [
        {
            "name": each.name,
            "label": say_text(FIELDS[each.words][0]),
            "hint": say_text(FIELDS[each.words][1]) if FIELDS[each.words][1] else "",
            "secret": each.secret,
            "value": "" if each.secret else typed[each.name],
        }
        for each in fields_of(name)
    ]
    facts: dict[str, Any] = {
        "heading": KINDS[name][0],
        "about": KINDS[name][1],
        "fields": fields,
        "wrong": wrong,
        "trouble": said,
    }
    status = 409 if wrong or said else 200
    return page(visit, "watch_alert_kind.html", status=status, words=ADD, **facts)


ROUTES = (
    Page("alerts", alerts),
    Page("alert.tried", tried),
    Page("alert.add", add),
    Page("alert.kind", kind),
)
