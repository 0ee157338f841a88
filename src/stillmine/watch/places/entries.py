"""Read RSS and Atom: which pages a feed leads to, and the pictures that it shows itself.

Own code over the one-pass tokenizer, so that no native parser and no entity that unfolds without
end meets a stranger's feed. What is not well-formed is read as far as it goes.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from stillmine.watch.places.kind import Reply
from stillmine.watch.reading.tags import Tag, Words, tags

MOST_FEED = 8 << 20
_MOST_ENTRIES = 1000
_MOST_FILES = 200  # of one entry
_CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
_ENCODING = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{1,40})")
_ROOTS = {"rss", "feed", "rdf"}
_ENTRIES = {"item", "entry"}
_SAID = {"description", "encoded", "content", "summary", "div", "p", "span"}
_FILES = {"enclosure", "content", "link"}


@dataclass(slots=True)
class Entry:
    """One entry: the page it leads to as written, what it says (HTML), the files it has."""

    page: str = ""
    said: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    previews: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Feed:
    """The entries of a feed; `is_one` says whether it is a feed at all, `next` what follows."""

    is_one: bool = False
    entries: list[Entry] = field(default_factory=list)
    next: str = ""
    base: str = ""


def read_feed(reply: Reply) -> Feed:
    """Return what a feed has. Raises nothing, whatever it is."""
    # What CDATA holds is plain text, in which a tokenizer for pages would see tags.
    text = _CDATA.sub(lambda found: html.escape(found[1]), _decoded(reply.body[:MOST_FEED]))
    feed = Feed()
    inside = ""
    for each in tags(text):
        if isinstance(each, Tag):
            inside = _tag(feed, each)
        elif feed.entries:
            _words(feed.entries[-1], inside, each)
    return feed


def _tag(feed: Feed, tag: Tag) -> str:
    """Note what a tag says, and return its name without what stands before a colon."""
    before, _, name = tag.name.rpartition(":")
    if name in _ROOTS and not feed.is_one:
        feed.is_one = True
        feed.base = tag.given.get("xml:base", "")
    elif name in _ENTRIES:
        if len(feed.entries) < _MOST_ENTRIES:
            feed.entries.append(Entry())
        else:
            feed.entries[-1] = Entry()
    elif not feed.entries:
        if name == "link" and tag.given.get("rel") == "next":
            feed.next = tag.given.get("href", "")
    else:
        _in_entry(feed.entries[-1], before, name, tag.given)
    return "media" if before == "media" else name


def _in_entry(entry: Entry, before: str, name: str, given: dict[str, str]) -> None:
    """Note what a tag inside an entry shows, or leads to."""
    relation = given.get("rel", "alternate")
    if name == "link" and relation == "alternate" and not before:
        entry.page = entry.page or given.get("href", "")
    elif name == "thumbnail":
        entry.previews.append(given.get("url", ""))
    elif name == "img":
        _add(entry, given.get("src", ""))
    elif name in _FILES and (given.get("url") or relation == "enclosure"):
        # Sound is not looked at; where nothing is said of its type, it may be a picture.
        shown = not given.get("type", "").startswith(("audio/", "text/", "application/"))
        _add(entry, (given.get("url") or given.get("href", "")) if shown else "")


def _add(entry: Entry, address: str) -> None:
    if address and len(entry.files) < _MOST_FILES:
        entry.files.append(address)


def _words(entry: Entry, inside: str, words: Words) -> None:
    if inside == "link" and words.text.strip():
        entry.page = entry.page or words.text.strip()
    elif inside in _SAID and words.text.strip():
        entry.said.append(words.text)


def _decoded(body: bytes) -> str:
    """Return the text of a feed: by its mark, as UTF-8, then as it says itself."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    said = _ENCODING.match(body.lstrip()[:200])
    for name in ("utf-8", said[1].decode("ascii") if said else "cp1252"):
        try:
            b" ".decode(name)  # raises LookupError for names that are of no text, such as `hex`
            return body.decode(name)
        except (LookupError, UnicodeError):
            continue
    return body.decode("utf-8", "replace")
