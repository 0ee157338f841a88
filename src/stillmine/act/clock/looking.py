"""Ask a site whether something is still there, with as little as possible, and never for a picture.

First only the head of the answer (HEAD). Where that is not answered with success, which many sites
do not do honestly, the same with GET and one byte. Only a page of text is then read, without
anything it would load. Nobody is logged in, and no cookie is sent or kept.
"""

from __future__ import annotations

from stillmine.act.clock.page_words import MOST_PAGE, read_words
from stillmine.act.clock.seeing import CANNOT_TELL, Answered, Seen, judged
from stillmine.app.network import Permit
from stillmine.app.network.web import Fetched, fetch
from stillmine.errors import (
    AddressRefused,
    CannotReach,
    NotAWebAddress,
    NotEncrypted,
    StrangeAnswer,
)

_TEXT = frozenset({"text/html", "application/xhtml+xml", "text/plain", ""})
_ONE_BYTE = ("Range", "bytes=0-0")
_FOR_TEXT = ("Accept", "text/html")
_SECONDS = 20.0
_OK = range(200, 300)


def look(permit: Permit, url: str, titles: tuple[str, ...] = ()) -> Seen:
    """Return what can be seen at an address; a site that does not answer is "cannot tell".

    Raises NothingMayLeave, and ProxyTrouble: then nothing was asked, and nothing would be.
    """
    try:
        return judged(_answer(permit, url), titles)
    except CannotReach:
        return Seen(CANNOT_TELL, "no-answer")
    except NotEncrypted:
        return Seen(CANNOT_TELL, "not-encrypted")
    except (AddressRefused, NotAWebAddress):
        return Seen(CANNOT_TELL, "no-public-address")
    except StrangeAnswer:
        return Seen(CANNOT_TELL, "strange")


def _answer(permit: Permit, url: str) -> Answered:
    head = _head(permit, url)
    kind = _kind(head)
    if head.status not in _OK or kind not in _TEXT:
        return Answered(url, head.url, head.status, kind)
    found = fetch(permit, url, headers=(_FOR_TEXT,), limit=MOST_PAGE, seconds=_SECONDS)
    if _kind(found) not in _TEXT:
        # It turned into something else between the two questions; its bytes are dropped unread.
        return Answered(url, found.url, found.status, _kind(found))
    page = read_words(found.body, found.header("content-type"))
    return Answered(url, found.url, found.status, _kind(found), page)


def _head(permit: Permit, url: str) -> Fetched:
    try:
        found = fetch(permit, url, method="HEAD", headers=(_FOR_TEXT,), seconds=_SECONDS)
    except (CannotReach, StrangeAnswer):
        found = None
    if found is not None and found.status in _OK:
        return found
    return fetch(permit, url, headers=(_FOR_TEXT, _ONE_BYTE), limit=1, seconds=_SECONDS)


def _kind(found: Fetched) -> str:
    return found.header("content-type").partition(";")[0].strip().lower()
