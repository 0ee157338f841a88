"""Tell from what a site answered whether something is still there: only what the answer allows.

A status counts where it can mean one thing only. What means several things, such as a wall to log
in at, a check for robots or an error of the site, is "cannot tell", never "gone".
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from stillmine.act.clock.page_words import PageWords, plain
from stillmine.app.network.web import Location, read_location

THERE, GONE, CHANGED, CANNOT_TELL = "there", "gone", "changed", "cannot-tell"
_GONE_BY_STATUS = {404: "not-found", 410: "not-found", 451: "by-law"}
_OK = range(200, 300)
_TROUBLE = 500
_LOGIN = re.compile(
    r"(?:^|[/._-])(?:log-?in|sign-?in|sign-?up|authorize|authenticate|sso|checkpoint|consent|"
    r"age-?(?:gate|check|verif\w*)|challenge|captcha)(?:$|[/._?-])",
    re.IGNORECASE,
)
_ROBOT_CHECK = re.compile(
    r"^(?:just a moment|attention required|are you (?:a )?(?:human|robot)|access denied|"
    r"security check|verify(?:ing)? you are human|ddos guard|one more step|please wait)\b"
)
_FEW_WORDS = 80  # signs: a page that its scripts fill later
_SHORT = 1500  # signs: a page that says little besides that something is gone
_NO_BLANKS = ("ja", "ko", "zh")
_BARE = re.compile(r"(?:error )?4(?:04|10)")


@dataclass(frozen=True, slots=True)
class Answered:
    """What a site answered, without any picture. `page` is None where it is no page of text."""

    asked: str
    url: str
    status: int
    kind: str
    page: PageWords | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What that means: there, gone, changed or cannot-tell, and a code for the reason."""

    state: str
    why: str


def judged(answered: Answered, titles: tuple[str, ...] = ()) -> Seen:
    """Return what an answer means. `titles` are those that proof has of the same address."""
    if answered.status in _GONE_BY_STATUS:
        return Seen(GONE, _GONE_BY_STATUS[answered.status])
    if answered.status not in _OK:
        return Seen(CANNOT_TELL, "refused" if answered.status < _TROUBLE else "trouble")
    if answered.kind.startswith(("image/", "video/", "audio/")):
        return Seen(THERE, "file")
    if answered.page is None:
        return Seen(THERE, "answers")
    return _by_words(answered, answered.page, tuple(filter(None, map(plain, titles))))


def _by_words(answered: Answered, page: PageWords, known: tuple[str, ...]) -> Seen:
    if page.title and page.title in known:
        return Seen(THERE, "same-title")
    if wall := _wall(answered, page):
        return Seen(CANNOT_TELL, wall)
    if _says_gone(page):
        return Seen(GONE, "says-so")
    if page.scripts and len(page.words) < _FEW_WORDS:
        return Seen(CANNOT_TELL, "needs-browser")
    if _went_to_the_front(answered):
        return Seen(CHANGED, "front-page")
    return Seen(CHANGED, "other-title") if known and page.title else Seen(THERE, "answers")


def _wall(answered: Answered, page: PageWords) -> str:
    if _ROBOT_CHECK.search(page.title):
        return "robot-check"
    here, there = read_location(answered.asked), read_location(answered.url)
    led = (here.host, here.target) != (there.host, there.target)
    if led and _LOGIN.search(f"{there.host}{_path(there)}"):
        return "login"
    return "login" if page.asks_for_password and len(page.words) < _SHORT else ""


def _says_gone(page: PageWords) -> bool:
    heads = (page.title, *page.headings)
    if any(_BARE.fullmatch(text) or _phrases().search(text) for text in heads):
        return True
    # In the middle of a long page the same words may be about anything, such as a comment.
    return len(page.words) < _SHORT and bool(_phrases().search(page.words))


@cache
def _phrases() -> re.Pattern[str]:
    table = tomllib.loads((files(__package__) / "gone.toml").read_text("utf-8"))
    # Words of scripts without blanks have no edges between them.
    edged = {name: rf"\b(?:{'|'.join(each)})\b" for name, each in table.items()}
    bare = (f"(?:{'|'.join(table[name])})" for name in _NO_BLANKS)
    others = (each for name, each in edged.items() if name not in _NO_BLANKS)
    return re.compile("|".join((*others, *bare)))


def _went_to_the_front(answered: Answered) -> bool:
    return read_location(answered.url).target == "/" != _path(read_location(answered.asked))


def _path(location: Location) -> str:
    return location.target.partition("?")[0]
