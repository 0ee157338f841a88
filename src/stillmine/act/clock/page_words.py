"""Read of a page what a person would see of it at once: its title, its headings, its words."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from html.parser import HTMLParser

MOST_PAGE = 256 << 10  # bytes; titles and the words that count stand at the beginning
_MOST_WORDS = 20_000  # signs
_MOST_TITLE = 500  # signs
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
# Others are slow by design or no text at all; what is not listed here is read as UTF-8.
_ENCODINGS = re.compile(
    r"utf-?8|utf-16(le|be)?|iso-?8859-\d{1,2}|latin-?1|windows-125\d|cp125\d|koi8-[ru]|"
    r"shift_jis|euc-(jp|kr)|gb(k|2312|18030)|big5|tis-620|ascii|us-ascii"
)
_UNSEEN = frozenset({"script", "style", "noscript", "template", "svg"})
_HEADINGS = frozenset({"h1", "h2"})


@dataclass(frozen=True, slots=True)
class PageWords:
    """What a page says. `asks_for_password` and `scripts` tell what else is on it."""

    title: str
    headings: tuple[str, ...]
    words: str
    asks_for_password: bool
    scripts: int


def read_words(body: bytes, content_type: str = "") -> PageWords:
    """Return the words of a page; never raises, whatever the bytes are."""
    reader = _Reader()
    reader.feed(_decoded(body[:MOST_PAGE], content_type))
    return PageWords(
        plain(reader.title[:_MOST_TITLE]),
        tuple(filter(None, (plain(each[:_MOST_TITLE]) for each in reader.headings))),
        plain(" ".join(reader.words))[:_MOST_WORDS],
        reader.asks_for_password,
        reader.scripts,
    )


def plain(text: str) -> str:
    """Return a text for comparing: small letters and digits, single blanks, no other signs."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[\W_]+", " ", folded).split())


def _decoded(body: bytes, content_type: str) -> str:
    named = _CHARSET.search(content_type.encode("latin-1", "replace")) or _CHARSET.search(
        body[:2048]
    )
    name = named[1].decode("ascii", "replace").lower() if named else "utf-8"
    if not _ENCODINGS.fullmatch(name):
        name = "utf-8"
    try:
        codecs.lookup(name)
    except LookupError:
        name = "utf-8"
    return body.decode(name, "replace")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.headings: list[str] = []
        self.words: list[str] = []
        self.asks_for_password = False
        self.scripts = 0
        self._unseen = 0
        self._in_title = self._in_heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what begins."""
        self.scripts += tag == "script"
        if tag == "input" and (dict(attrs).get("type") or "").lower() == "password":
            self.asks_for_password = True
        if tag == "title":
            self._in_title = not self.title
        elif tag in _HEADINGS:
            self._in_heading = True
            self.headings.append("")
        elif tag in _UNSEEN:
            self._unseen += 1

    def handle_endtag(self, tag: str) -> None:
        """Note what ends."""
        if tag == "title":
            self._in_title = False
        elif tag in _HEADINGS:
            self._in_heading = False
        elif tag in _UNSEEN and self._unseen:
            self._unseen -= 1

    def handle_data(self, data: str) -> None:
        """Keep the words where they stand."""
        if self._in_title:
            self.title += data
        elif not self._unseen:
            if self._in_heading:
                self.headings[-1] += data
            self.words.append(data)
