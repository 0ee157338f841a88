"""A community of Reddit, by its public feed: no account, no key."""

from __future__ import annotations

from stillmine.app.network.web.queries import asking
from stillmine.app.network.web.references import host_of
from stillmine.watch.places import typed
from stillmine.watch.places.answers import nothing, problem_of
from stillmine.watch.places.entries import read_feed
from stillmine.watch.places.feed import show_entry
from stillmine.watch.places.gathering import Gathering
from stillmine.watch.places.kind import Ask, Found, Kind, Place, Problem, Reply

_NAME = "reddit"
_TYPED = (
    r"(?:(?:https?://)?(?:www\.|old\.)?reddit\.com)?/?(?:r/)?(?P<name>[A-Za-z0-9][A-Za-z0-9_]{1,20})"
    r"(?:/(?:new|hot|top|rising)?/?(?:\.rss)?)?(?:\?.*)?"
)


def _check(target: str) -> str:
    return typed.name(target, _TYPED, kind=_NAME, reason="community")


def _first(place: Place) -> tuple[Ask, ...]:
    return (Ask(asking(f"https://www.reddit.com/r/{place.target}/new/.rss", limit=100)),)


def _read(_: Place, reply: Reply) -> Found:
    problem = problem_of(reply)
    if problem is not Problem.NONE:
        return nothing(problem)
    feed = read_feed(reply)
    if not feed.is_one:
        return nothing(Problem.NOT_UNDERSTOOD)
    gathering = Gathering(reply)
    for entry in feed.entries[:100]:
        page = gathering.address(entry.page) or reply.url
        said = show_entry(gathering, entry, page, reply.url)
        for url in said.links:
            # Reddit wants no programs on its pages; what a post links to is not Reddit's.
            if not _is_reddit(url):
                gathering.ask_page(url)
    return gathering.found()


def _is_reddit(url: str) -> bool:
    host = host_of(url)
    return host.endswith((".reddit.com", ".redd.it")) or host in {"reddit.com", "redd.it"}


REDDIT = Kind(_NAME, _check, _first, _read, they_learn="reddit")
