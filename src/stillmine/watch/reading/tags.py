"""Take the text of a page apart into tags and words, as browsers do (HTML, 13.2.5), in one pass.

Own code because the standard library's parser takes time in the square of the length of some pages,
and the fast parsers are native code, which a hostile page is not to meet in this process. Every
sign is looked at a bounded number of times: what is never closed reaches to the end of the page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple


class Tag(NamedTuple):
    """A tag that opens something: its name in small letters, and the first value of each name."""

    name: str
    given: dict[str, str]


class Words(NamedTuple):
    """Text, and the element it is the raw content of: `script`, `style`, `title`, or nothing."""

    text: str
    inside: str


_MOST_GIVEN = 200  # attributes of one tag
_NAME = re.compile(r"[a-zA-Z][^\s/>]*")
_GIVEN = re.compile(r"[\s/]*([^\s/>=][^\s/>=]*)")
_VALUE = re.compile(r"\s*=\s*")
_BARE = re.compile(r"[^\s>]*")
_TO_THE_END_OF_A_TAG = re.compile(r"[\s/]*>?")
# Inside these nothing is a tag but their own end.
_RAW = {"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"}
_WITH_ENTITIES = {"title", "textarea"}
_END_OF = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}


def tags(text: str) -> Iterator[Tag | Words]:
    """Yield the tags and the words of a page in their order. Raises nothing, whatever it is."""
    at = 0
    while at < len(text):
        opens = text.find("<", at)
        if opens < 0:
            yield Words(html.unescape(text[at:]), "")
            return
        if opens > at:
            yield Words(html.unescape(text[at:opens]), "")
        name = _NAME.match(text, opens + 1)
        if name is None:
            at = _behind_no_tag(text, opens)
            continue
        tag, at = _tag(text, name)
        yield tag
        if tag.name in _RAW:
            end = _END_OF[tag.name].search(text, at)
            raw = text[at : end.start() if end else len(text)]
            yield Words(html.unescape(raw) if tag.name in _WITH_ENTITIES else raw, tag.name)
            at = end.start() if end else len(text)


def _behind_no_tag(text: str, at: int) -> int:
    """Return where to go on behind a comment, the end of an element, or a mere `<`."""
    if text.startswith("<!--", at):
        # Also `<!-->` is a whole comment, as browsers have it.
        return _behind(text, "-->", at + 2)
    if text.startswith(("<!", "<?", "</"), at):
        return _behind(text, ">", at)
    return at + 1


def _behind(text: str, sign: str, at: int) -> int:
    found = text.find(sign, at)
    return len(text) if found < 0 else found + len(sign)


def _tag(text: str, name: re.Match[str]) -> tuple[Tag, int]:
    """Return a tag and where it ends; one that never ends reaches to the end of the page."""
    given: dict[str, str] = {}
    at = name.end()
    while found := _GIVEN.match(text, at):
        at = found.end()
        value = ""
        if said := _VALUE.match(text, at):
            value, at = _value(text, said.end())
        if len(given) < _MOST_GIVEN:
            given.setdefault(found[1].lower(), html.unescape(value))
    end = _TO_THE_END_OF_A_TAG.match(text, at)
    # Where no `>` follows, as in `<a =x>`, what is up to the next one is passed over.
    whole = end is not None and end[0].endswith(">")
    return Tag(name[0].lower(), given), end.end() if end and whole else _behind(text, ">", at)


def _value(text: str, at: int) -> tuple[str, int]:
    quote = text[at : at + 1]
    if quote in {'"', "'"}:
        end = text.find(quote, at + 1)
        return (text[at + 1 :], len(text)) if end < 0 else (text[at + 1 : end], end + 1)
    bare = _BARE.match(text, at)
    return (bare[0], bare.end()) if bare else ("", at)
