"""Read a page of the web: the pictures and videos that it shows, and where it leads.

Nothing here raises for what is wrong in a page, and what is found is bounded in number and length.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from stillmine.app.network.web.references import host_of, whole_address
from stillmine.watch.reading.choosing import best_candidate, ends_as_picture, written_out
from stillmine.watch.reading.tags import Tag, tags

MOST_PAGE = 8 << 20
"""Bytes of a page that are read; what is behind them is not looked at, and `cut` says so."""
MOST_PICTURES = 5000
MOST_LINKS = 10_000
_MOST_DATA = 16 << 20
_MOST_TITLE = 300
_DEEPEST = 3  # pages written into pages
_MOST_TEXT = 200_000

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_CSS_ADDRESS = re.compile(
    r"url\(\s*(?:\"([^\"]{1,4096})\"|'([^']{1,4096})'|([^\"')\s]{1,4096}))", re.I
)
_IN_SCRIPT = re.compile(
    r"[\"'](?P<address>(?:https?:)?(?:\\?/){1,2}[^\"'\s<>]{1,2000}?"
    r"\.(?:jpe?g|png|webp|gif|avif|mp4|webm|m4v|mov)(?:\?[^\"'\s<>]{0,1000})?)[\"']",
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
# Where pages keep the address of a picture that is only fetched when it comes into view.
_LAZY = re.compile(
    r"data-(?:[\w-]*-)?(?:src|original|lazy|bg|background|background-image|image|img|full|url|thumb"
    r"|thumbnail|poster|hires|zoom|large|file|href|large-file|orig-file|medium-file)$"
)
_META = {
    "og:image",
    "og:image:url",
    "og:image:secure_url",
    "og:video",
    "og:video:url",
    "og:video:secure_url",
    "twitter:image",
    "twitter:image:src",
    "twitter:player:stream",
    "thumbnail",
    "image",
}
_SHOWS = {
    "img": ("src",),
    "source": ("src",),
    "video": ("src", "poster"),
    "embed": ("src",),
    "object": ("data",),
    "image": ("href", "xlink:href"),
    "feimage": ("href", "xlink:href"),
    "body": ("background",),
    "table": ("background",),
    "td": ("background",),
    "th": ("background",),
    "amp-img": ("src",),
    "amp-video": ("src", "poster"),
}
_LINKED_PICTURES = {"image_src", "preload", "prefetch", "thumbnail"}


@dataclass(slots=True)
class WebPage:
    """What a page shows and where it leads; every address is whole, each stands once.

    `pictures` are addresses in the order of the page, `data` pictures that are written into it,
    `links` other pages, `frames` pages shown inside it, `styles` style sheets, `next` the page
    that says it follows, `own_address` how the page calls itself (only on its own host).
    """

    pictures: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    next: str | None = None
    own_address: str | None = None
    title: str = ""
    text: str = ""
    cut: bool = False


def read_page(body: bytes, address: str, *, charset: str = "") -> WebPage:
    """Return what the page at `address` shows. `charset` is what the server said, if it did."""
    return _read(_decoded(body[:MOST_PAGE], charset), address, len(body) > MOST_PAGE)


def _read(text: str, address: str, cut: bool, depth: int = 0) -> WebPage:
    reader = _Reader(address, depth)
    for each in tags(text):
        if isinstance(each, Tag):
            reader.tag(each.name, each.given)
        else:
            reader.words(each.text, each.inside)
    reader.page.cut = cut
    reader.page.title = " ".join(reader.title.split())[:_MOST_TITLE]
    reader.page.text = " ".join("".join(reader.said).split())
    return reader.page


def pictures_in_style(text: str, address: str) -> list[str]:
    """Return the pictures that a style sheet at `address` names."""
    found = []
    for names in _CSS_ADDRESS.findall(text):
        whole = whole_address(address, "".join(names))
        if whole is not None and whole not in found:
            found.append(whole)
    return [each for each in found if not _is_font(each)][:MOST_PICTURES]


def _is_font(address: str) -> bool:
    return bool(re.search(r"\.(?:woff2?|ttf|otf|eot|css)(?:\?|$)", address, re.IGNORECASE))


def _decoded(body: bytes, charset: str) -> str:
    """Return the text, by its mark, then what the server says, then what the page says."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    said = _CHARSET.search(body[:2048])
    for name in filter(None, (charset, said and said[1].decode("ascii"), "utf-8")):
        try:
            b" ".decode(name)  # raises LookupError for names that are of no text, such as `hex`
            # What was cut may end within a letter; that alone is no reason to read it differently.
            text: str = codecs.getincrementaldecoder(name)().decode(body)
            return text
        except (LookupError, UnicodeError):
            continue
    return body.decode("cp1252", "replace")


class _Reader:
    """Goes through the tags of one page."""

    def __init__(self, address: str, depth: int) -> None:
        self.page = WebPage()
        self.title = ""
        self.said: list[str] = []
        self._depth = depth
        self._base = self._address = address
        self._seen: set[str] = set()
        self._length = 0
        self._data = 0

    def tag(self, name: str, given: dict[str, str]) -> None:
        """Note what a tag shows or leads to."""
        if name == "base" and given.get("href"):
            self._base = whole_address(self._address, given["href"]) or self._base
        self._leads(name, given)
        self._shows(name, given)

    def words(self, text: str, inside: str) -> None:
        """Read text: what people see, and what scripts and styles name."""
        if inside == "script":
            self._script(text)
        elif inside == "style":
            self._style(text)
        elif inside == "title":
            self.title = self.title or text[:_MOST_TITLE]
        elif not inside and self._length < _MOST_TEXT:
            for address in written_out(text):
                self._picture(address, sure=False)
            self.said.append(text)
            self._length += len(text)

    def _leads(self, tag: str, given: dict[str, str]) -> None:
        if tag in {"a", "area"} and given.get("href"):
            self._link(given["href"])
            if "next" in given.get("rel", "").lower().split():
                self.page.next = whole_address(self._base, given["href"])
        elif tag in {"iframe", "frame"} and given.get("src"):
            self._add(self.page.frames, given["src"], MOST_LINKS)
        elif tag == "link":
            self._relation(given)
        elif tag == "meta":
            self._meta(given)
        if tag == "iframe" and self._depth < _DEEPEST:
            self._inner(given.get("srcdoc", ""))

    def _inner(self, text: str) -> None:
        """Read a page that is written into this one."""
        inner = _read(text, self._base, cut=False, depth=self._depth + 1)
        for each in (*inner.pictures, *inner.data):
            self._picture(each)

    def _shows(self, tag: str, given: dict[str, str]) -> None:
        for name in _SHOWS.get(tag, ()):
            if given.get(name):
                self._picture(given[name], sure=tag not in {"embed", "object"})
        if tag == "input" and given.get("type", "").lower() == "image":
            self._picture(given.get("src", ""))
        for name, value in given.items():
            if name.endswith("srcset"):
                self._picture(best_candidate(value) or "")
            elif _LAZY.match(name):
                self._lazy(value)
        if "url(" in given.get("style", ""):
            self._style(given["style"])

    def _lazy(self, value: str) -> None:
        """Note a picture that waits to be scrolled to; some write it as in a style sheet."""
        if "url(" in value:
            self._style(value)
        elif value.startswith(("[", "{")):
            self._script(value)
        else:
            self._picture(value, sure=False)

    def _link(self, href: str) -> None:
        whole = whole_address(self._base, href)
        if whole is None:
            return
        if ends_as_picture(whole):
            self._picture(href)
        else:
            self._add(self.page.links, href, MOST_LINKS)

    def _relation(self, given: dict[str, str]) -> None:
        relations = set(given.get("rel", "").lower().split())
        href = given.get("href", "")
        if "stylesheet" in relations:
            self._add(self.page.styles, href, 50)
        if "next" in relations:
            self.page.next = whole_address(self._base, href)
        if "canonical" in relations:
            whole = whole_address(self._address, href)
            # Only where it lives may a page say how it is called: else it hides behind another.
            if whole is not None and host_of(whole) == host_of(self._address):
                self.page.own_address = whole
        if relations & _LINKED_PICTURES and given.get("as", "image") in {"image", "video"}:
            self._picture(best_candidate(given.get("imagesrcset", "")) or href)

    def _meta(self, given: dict[str, str]) -> None:
        name = (given.get("property") or given.get("name") or given.get("itemprop") or "").lower()
        said = given.get("content", "")
        if name in _META:
            self._picture(said)
        elif given.get("http-equiv", "").lower() == "refresh" and "url=" in said.lower():
            self._link(re.split("url=", said, maxsplit=1, flags=re.IGNORECASE)[1].strip("'\" "))

    def _style(self, text: str) -> None:
        for names in _CSS_ADDRESS.findall(text):
            written = "".join(names)
            if not _is_font(written):
                self._picture(written)

    def _script(self, text: str) -> None:
        if self.page_is_full():
            return
        plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        for found in _IN_SCRIPT.finditer(plain):
            self._picture(found["address"].replace("\\/", "/"))

    def page_is_full(self) -> bool:
        """Say whether no more pictures are noted."""
        return len(self.page.pictures) >= MOST_PICTURES

    def _picture(self, written: str, *, sure: bool = True) -> None:
        written = written.strip()
        if written[:5].lower() == "data:":
            if self._data + len(written) <= _MOST_DATA and len(self.page.data) < MOST_PICTURES:
                self._data += len(written)
                self.page.data.append(written)
            return
        # An empty address means the page itself; some write the front page for nothing.
        if written in {"", "/", "./"}:
            return
        if sure or ends_as_picture(whole_address(self._base, written) or ""):
            self._add(self.page.pictures, written, MOST_PICTURES)

    def _add(self, where: list[str], written: str, most: int) -> None:
        whole = whole_address(self._base, written)
        if whole is not None and len(where) < most and whole not in self._seen:
            self._seen.add(whole)
            where.append(whole)
