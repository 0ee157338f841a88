"""What leaked elsewhere: whether a password, or a mail address of the person, is among it."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from stillmine.errors import NoPassphrase
from stillmine.messages import fill, translate
from stillmine.messages.breaches import BREACH
from stillmine.messages.pages_breaches import BREACHES, MAIL, PASSWORD
from stillmine.web.asking import ask
from stillmine.web.routing import Needs, Page
from stillmine.web.showing import page, say_text
from stillmine.web.visit import Visit

_MOST = 200  # leaks that are shown
_BESIDE_PASSWORD = {
    "keep.no-such-file": "set",
    "keep.cannot-read": "set",
    "watch.not-a-leak-set": "set",
}
_BESIDE_MAIL = {"watch.breach-key-refused": "key", "watch.address-not-proven": "address"}


def breaches(visit: Visit) -> Response:
    """Ask what to look for."""
    return page(visit, "watch_leaks.html", words=BREACHES)


def password(visit: Visit) -> Response:
    """Look for a password. It is held only until the yes, and is in no page that comes back."""
    if not visit.posted:
        visit.door.forget_pending()  # one that waited for a yes that did not come
    form = ask(visit, "watch.breach.password", beside=_BESIDE_PASSWORD)
    if (aside := form.aside(visit)) is not None:
        return aside
    if form.answer is not None:
        return page(visit, "watch_leak_password_is.html", words=PASSWORD, answer=form.answer)
    wrong = dict(form.wrong)
    if "password" in wrong:
        wrong["password"] = say_text(PASSWORD["needed"])
    facts: dict[str, Any] = {
        "set": visit.typed("set"),
        "wrong": wrong,
        "trouble": form.trouble,
    }
    status = 409 if wrong or form.trouble else 200
    return page(visit, "watch_leak_password.html", status=status, words=PASSWORD, **facts)


def mail(visit: Visit) -> Response:
    """Ask in which leaks an address of the person is, with their own key."""
    if not visit.posted:
        visit.door.forget_pending()
    listed: Any = visit.door.do("watch.name.list")
    own = [each.text for each in listed.names if each.kind == "mail" and each.way == "mail"]
    wrong: dict[str, str] = {}
    said: tuple[str, str] | None = None
    try:
        form = ask(visit, "watch.breach.mail", beside=_BESIDE_MAIL)
        if (aside := form.aside(visit)) is not None:
            return aside
        if form.answer is not None:
            return _leaks(visit, form.answer)
        wrong, said = dict(form.wrong), form.trouble
    except NoPassphrase:
        if not visit.door.is_unlocked():
            raise  # it was locked meanwhile
        wrong = {"key": say_text(MAIL["key_needed"])}
    if visit.posted and not own:
        wrong, said = {}, None
    facts: dict[str, Any] = {
        "own": [(each, each) for each in own],
        "address": visit.typed("address"),
        "wrong": wrong,
        "trouble": said,
    }
    status = 409 if wrong or said else 200
    return page(visit, "watch_leak_mail.html", status=status, words=MAIL, **facts)


def _leaks(visit: Visit, answer: Any) -> Response:
    leaks = [
        {
            "title": each.title,
            "domain": each.domain,
            "on": each.on,
            "lines": [*_lines(each)],
        }
        for each in answer.breaches[:_MOST]
    ]
    advice = [MAIL["advice"]] if answer.breaches else []
    facts: dict[str, Any] = {
        "answer": answer,
        "leaks": leaks,
        "advice": [say_text(each) for each in (*advice, MAIL["always"], MAIL["stealer"])],
    }
    return page(visit, "watch_leak_mail_is.html", words=MAIL, **facts)


def _lines(each: Any) -> list[str]:
    """Return what is said of one leak."""
    leaked = fill(translate(BREACH["leaked"]), {"leaked": ", ".join(each.leaked)})
    said = [leaked] if each.leaked else []
    said += [translate(BREACH["unsure"])] if not each.sure else []
    said += [translate(BREACH["stealer"])] if each.stealer else []
    said += [translate(BREACH["spam"])] if each.spam else []
    return said


ROUTES = (
    Page("breaches", breaches, Needs.NOTHING),
    Page("breach.password", password, Needs.NOTHING),
    Page("breach.mail", mail),
)
