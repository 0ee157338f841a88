"""Settings: the country, the language, when to lock, and what the tab of the browser shows."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from stillmine.errors import WrongSetting
from stillmine.messages.language import languages
from stillmine.messages.pages_settings import SETTINGS
from stillmine.web.pages.people import countries
from stillmine.web.pages.watch_doors import doors
from stillmine.web.routing import Page
from stillmine.web.showing import onward, page, say_text
from stillmine.web.visit import Visit

# How each language calls itself, which is what its speakers look for.
_NAMES = {"en": "English", "es": "Español"}
_FIELDS = (
    ("country", "country", "wrong_country"),
    ("language", "language", "wrong_language"),
    ("lock_after_minutes", "minutes", "wrong_minutes"),
    ("title", "name", "wrong_name"),
)


def settings(visit: Visit) -> Response:
    """Show what was chosen, and change what the form changes."""
    door = visit.door
    answer: Any = door.do("keep.settings")
    now = {name: str(getattr(answer.settings, name)) for name, _field, _wrong in _FIELDS}
    wrong: dict[str, str] = {}
    if visit.posted:
        for name, field, problem in _FIELDS:
            typed = visit.typed(field)
            if typed != now[name]:
                now[name] = typed
                try:
                    door.do("keep.settings", change=name.replace("_", "-"), value=typed)
                except WrongSetting:
                    wrong[field] = say_text(SETTINGS[problem])
        door.country = ""
        door.read_settings()
        if not wrong:
            return onward("settings", saved="1")
    facts = {
        "now": {field: now[name] for name, field, _wrong in _FIELDS},
        "wrong": wrong,
        "countries": countries(SETTINGS["no_country"]),
        "languages": [("", say_text(SETTINGS["own_language"])), *_languages()],
        "saved": bool(visit.asked("saved")),
        "doors": doors(),
        "words_wait": _words_wait(visit),
    }
    return page(visit, "settings.html", status=409 if wrong else 200, words=SETTINGS, **facts)


def _words_wait(visit: Visit) -> bool:
    """Say whether the twelve words were never typed back, or not for these keys."""
    answer: Any = visit.door.do("keep.list", newest=1)
    return not answer.words_confirmed


def _languages() -> list[tuple[str, str]]:
    return [(code, _NAMES.get(code, code)) for code in languages()]


ROUTES = (Page("settings", settings),)
