"""Own names: what may be searched for, adding one, and showing that it is the person's own."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.responses import Response

from stillmine.errors import StillmineError
from stillmine.messages.names import LOGGED
from stillmine.messages.pages_names import KINDS, NAME, NAME_ADD, NAMES, SENDS
from stillmine.web.asking import Form, ask
from stillmine.web.routing import Page
from stillmine.web.showing import clock, day, onward, page, say_text, trouble
from stillmine.web.visit import Visit

_CALLED = {
    "bluesky": "Bluesky",
    "codeberg": "Codeberg",
    "discord": "Discord",
    "facebook": "Facebook",
    "github": "GitHub",
    "hackernews": "Hacker News",
    "instagram": "Instagram",
    "reddit": "Reddit",
    "snapchat": "Snapchat",
    "tiktok": "TikTok",
    "x": "X",
}
"""How sites call themselves, in every language."""
_BESIDE = {"watch.wrong-name": "text"}
_ABOUT_CODES = frozenset({"expired", "code-first", "clock"})


def names(visit: Visit) -> Response:
    """List the own names: which may be searched for, and which are still to be shown."""
    answer: Any = visit.door.do("watch.name.list", log=True)
    facts: dict[str, Any] = {
        "names": [_row(each) for each in answer.names],
        "log": [_logged(each) for each in reversed(answer.log)],
        "removed": visit.asked("removed"),
    }
    return page(visit, "watch_names.html", words=NAMES, **facts)


def _row(each: Any) -> dict[str, str]:
    kind = say_text(KINDS[each.kind][0])
    return {"name": each.name, "text": each.text, "kind": _site(each) or kind, "said": _said(each)}


def _site(each: Any) -> str:
    return _CALLED.get(each.at, str(each.at))


def _said(each: Any) -> str:
    if each.kind == "name":
        return say_text(NAMES["beside"])
    if each.shown is None:
        return say_text(NAMES["not_yet"])
    key = "shown_export" if each.way == "export" else "shown"
    return say_text(NAMES[key], day=day(datetime.fromisoformat(each.shown)))


def _logged(each: Any) -> tuple[str, str]:
    what = say_text(LOGGED[each.what], text=each.text, site=_CALLED.get(each.site, each.site))
    return clock(datetime.fromisoformat(each.at)), what.strip()


def add(visit: Visit) -> Response:
    """Note a handle, an address or a name; then it is said how to show that it is own."""
    wrong = _missing(visit) if visit.posted else {}
    form: Form | None = None
    if not wrong:
        at = visit.typed("at") if visit.typed("kind") == "handle" else ""
        form = ask(visit, "watch.name.add", fixed={"at": at}, beside=_BESIDE)
        answer: Any = form.answer
        if answer is not None:
            return onward("name", own=answer.name)
        wrong = dict(form.wrong)
    facts: dict[str, Any] = {
        "kinds": [(name, say_text(said), say_text(hint)) for name, (said, hint) in KINDS.items()],
        "sites": [("", say_text(NAME_ADD["at_server"])), *sorted(_sites().items())],
        "typed": {field: visit.typed(field) for field in ("kind", "text", "at")},
        "wrong": wrong,
        "trouble": form.trouble if form else None,
    }
    status = 409 if wrong or facts["trouble"] else 200
    return page(visit, "watch_name_add.html", status=status, words=NAME_ADD, **facts)


def _sites() -> dict[str, str]:
    from stillmine.watch.names.sites import SITES  # it loads what reads addresses

    return {name: _CALLED.get(name, name) for name in SITES}


def _missing(visit: Visit) -> dict[str, str]:
    wrong = {}
    if visit.typed("kind") not in KINDS:
        wrong["kind"] = say_text(NAME_ADD["kind_needed"])
    has_server = "@" in visit.typed("text").removeprefix("@")
    if visit.typed("kind") == "handle" and not visit.typed("at") and not has_server:
        wrong["at"] = say_text(NAME_ADD["at_needed"])
    return wrong


def name(visit: Visit) -> Response:
    """Show one name, how to show that it is own, and take it out where that is asked for."""
    answer: Any = visit.door.do("watch.name.list")
    each = next((one for one in answer.names if one.name == visit.parts["own"]), None)
    if each is None:
        return onward("names")
    try:
        if visit.typed("do") == "remove":
            visit.door.do("watch.name.remove", name=each.name)
            return onward("names", removed=1)
        if visit.typed("do") == "code":
            visit.door.do("watch.name.add", text=each.text, kind=each.kind, at=each.at)
            return onward("name", own=each.name)
    except StillmineError as problem:
        return _name(visit, answer, each, {}, trouble(problem))
    return _prove(visit, answer, each)


def _way(each: Any) -> str:
    """Return the way in which a name can be shown to be own: profile, mail, export, or name."""
    if each.kind in ("mail", "name"):
        return str(each.kind)
    from stillmine.watch.names.sites import SITES  # it loads what reads addresses

    # A server of the fediverse is none of the known sites; it tells the text of its profiles.
    return "profile" if each.at not in SITES or SITES[each.at].asked else "export"


def _prove(visit: Visit, answer: Any, each: Any) -> Response:
    """Have the action look whether it is own; what is wrong stands beside the file."""
    way, agreed = _way(each), visit.sent.first("agree")
    handed = next(iter(visit.sent.files.get("file", ())), None)
    fixed: dict[str, Any] = {"name": each.name, "mail": None, "export": None}
    if way == "mail":
        fixed["mail"] = handed.path if handed else None
    elif way == "export":
        typed = visit.typed("export")
        fixed["export"] = handed.path if handed else Path(typed) if typed else None
    if visit.posted and not agreed and way in ("mail", "export") and fixed[way] is None:
        return _name(visit, answer, each, {"file": say_text(NAME[f"{way}_needed"])}, None)
    beside = {} if way == "profile" else {"watch.not-shown": "file", "keep.cannot-read": "file"}
    form = ask(visit, "watch.name.prove", fixed=fixed, beside=beside)
    if form.answer is not None:
        return onward("name", own=each.name, shown=1)
    if form.agreement is not None:
        for part, text in SENDS[way].items():
            setattr(form.agreement, part, say_text(text, site=_site(each)))
    wrong, said = form.wrong, form.trouble
    if form.error is not None and form.error.facts.get("reason") in _ABOUT_CODES:
        wrong, said = {}, trouble(form.error)
    return form.aside(visit) or _name(visit, answer, each, wrong, said)


def _name(
    visit: Visit, answer: Any, each: Any, wrong: dict[str, str], said: tuple[str, str] | None
) -> Response:
    way = _way(each)
    until = datetime.fromisoformat(each.until) if each.until else None
    holds = until is not None and until > datetime.now(UTC)
    facts: dict[str, Any] = {
        "each": each,
        "way": way,
        "site": _site(each),
        "said": _said(each),
        "code": each.code if holds else "",
        "over": until is not None and not holds,
        "until": clock(until) if until and holds else "",
        "just_shown": visit.asked("shown"),
        "alone": way == "name" and not any(_is_firm(one) for one in answer.names),
        "path": visit.typed("export"),
        "wrong": wrong,
        "trouble": said,
    }
    status = 409 if wrong or said else 200
    return page(visit, "watch_name.html", status=status, words=NAME, **facts)


def _is_firm(each: Any) -> bool:
    """Say whether a real name may be searched for beside it."""
    return each.way in ("profile", "mail")


ROUTES = (
    Page("names", names),
    Page("name.add", add),
    Page("name", name, uploads=True),
)
