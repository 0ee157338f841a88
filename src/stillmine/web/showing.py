"""Make a page of a template: escaped, in the person's language, with nothing left undefined."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse, RedirectResponse, Response

from stillmine.errors import StillmineError
from stillmine.messages import fill, say, spoken, translate, translate_counted
from stillmine.messages.pages_errors import NEXT
from stillmine.messages.pages_frame import FRAME
from stillmine.messages.pages_ground import GROUND
from stillmine.messages.visible import visible
from stillmine.web.paths import address
from stillmine.web.visit import Visit

_HERE = Path(__file__).parent
TITLE = "Notes"
"""What stands in the tab of the browser, on every page."""

# Embeddings and overrides of direction, which nobody types, and control characters but line breaks.
_TURNING = re.compile("[\u202a-\u202e\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})


def page(visit: Visit, template: str, *, status: int = 200, **facts: Any) -> Response:
    """Return the page that a template makes of facts.

    Every name that the template uses has to be given. Beside the facts it has `t` (say in the
    person's language), `tn` (the same for a count), `link` (the address of a page), `static`,
    `frame`, `title`, `language`, `direction`, `door` and `visit`.
    """
    html = _environment().get_template(template).render(_frame(visit) | facts)
    return HTMLResponse(html, status)


def onward(name: str, **parts: object) -> Response:
    """Return the answer that leads to another page, after a form was done."""
    return RedirectResponse(address(name, **parts), 303)


def trouble(error: StillmineError) -> tuple[str, str]:
    """Return what happened and what to do next, in the person's language."""
    return trouble_of(error.code, **error.facts)


def trouble_of(code: str, /, **facts: object) -> tuple[str, str]:
    """Return the same by the code of an error and its facts, as answers have them."""
    happened, then = say(code, {name: visible(fact) for name, fact in facts.items()})
    # A page has no command line; where the sentence names a command, a page says its own.
    return happened, translate(NEXT[code]) if code in NEXT else then


def say_text(text: str, /, **facts: Any) -> str:
    """Return a sentence in the person's language, with its facts."""
    return fill(translate(text), _isolated(facts)) if facts else translate(text)


def say_counted(one: str, many: str, count: int, /, **facts: Any) -> str:
    """Return the form of a sentence that fits a count; the count is the fact `count`."""
    return fill(translate_counted(one, many, count), {"count": count, **_isolated(facts)})


def _isolated(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts that cannot change the order of the sentence they come into (UAX 9, 2.7).

    A name that is read from the other side than the sentence stands between two invisible signs.
    """
    turned = direction_of(spoken() or "en") == "rtl"
    return {
        name: f"\u2068{fact}\u2069" if isinstance(fact, str) and (turned or _turns(fact)) else fact
        for name, fact in facts.items()
    }


def _turns(text: str) -> bool:
    if text.isascii():
        return False
    return any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text)


def own(text: object) -> Markup:
    """Return words that the program does not own: all of them seen, isolated for direction."""
    return Markup("<bdi>{}</bdi>").format(visible(text))


def quoted(text: str, words: object, language: str) -> Markup:
    """Return a sentence around its `{quote}`, which stays in its language and is marked with it."""
    before, _, after = translate(text).partition("{quote}")
    marked = Markup('{}<bdi lang="{}">{}</bdi>{}')
    return marked.format(before, language, visible(words), after)


def in_english(text: str) -> str:
    """Return our words about a fact, marked as English where nobody translated them (3.1.2)."""
    said = translate(text)
    if said != text or (spoken() or "en").partition("_")[0] == "en":
        return said
    return Markup('<span lang="en">{}</span>').format(said)


def _harmless(value: Any) -> Any:
    """Return what a template shows, with signs that turn the order of others written out.

    It is done to whatever a template puts in, so that no name of a file and no word of a site can
    look like another one. Inside a field the words stay as they are: there `exact` stands.
    """
    if isinstance(value, str) and not isinstance(value, Markup):
        return _TURNING.sub(lambda found: visible(found[0]), value)
    return value


def size(count: int) -> str:
    """Return a size in bytes as people read it: `3.2 MB`."""
    number, unit = float(count), "B"
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if number < 1000 or unit == "TB":
            break
        number /= 1000
    return f"{number:.0f} {unit}" if number >= 100 or unit == "B" else f"{number:.1f} {unit}"


def day(moment: datetime) -> str:
    """Return a date in this computer's time zone: `2026-11-22`."""
    return _local(moment).strftime("%Y-%m-%d")


def clock(moment: datetime) -> str:
    """Return a date and a time in this computer's time zone: `2026-11-22 23:50`."""
    return _local(moment).strftime("%Y-%m-%d %H:%M")


def _local(moment: datetime) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone()


def direction_of(language: str) -> str:
    """Return `rtl` for languages that are written from right to left."""
    return "rtl" if language.partition("_")[0] in _RIGHT_TO_LEFT else "ltr"


class _Templates(Environment):
    """Templates in which `words.copy` is the word that is called so, and no method of a table."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


@functools.cache
def _environment() -> Environment:
    made = _Templates(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_harmless,
    )
    made.globals |= {"t": say_text, "tn": say_counted, "link": address, "static": _static}
    made.filters |= {"own": own, "size": size, "day": day, "clock": clock, "visible": visible}
    made.filters |= {"exact": escape, "in_english": in_english}
    made.filters["quoted"] = quoted
    return made


def _static(file: str) -> str:
    return address("static", file=file)


def _frame(visit: Visit) -> dict[str, Any]:
    """Return what every page has, whatever it is about."""
    language = (visit.door.language or "en").replace("_", "-")
    return {
        "title": visit.door.settings.title or TITLE,
        "frame": FRAME,
        "ground": GROUND,
        "language": language,
        "direction": direction_of(visit.door.language or "en"),
        "door": visit.door,
        "visit": visit,
        "rooms": (),
        "lock_after": visit.door.settings.lock_after_minutes * 60 * visit.door.is_unlocked(),
        "leave_to": visit.door.settings.leave_to,
    }
