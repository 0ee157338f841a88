"""Take pictures out of text: written into a page, hidden in its data, or drawn by it.

Everything here errs towards taking out too much: a line of gibberish that is missing harms nobody.
No pattern can be made slow by what a stranger wrote; each looks at a character a bounded number of
times (possessive repetition, no nesting).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stillmine.app.network.browser.orders import MOST_URL

TAKEN_OUT = "[picture data taken out]"

_CODED = r"(?:[A-Za-z0-9+/_=-]|\\/|%2[BbFf]|%3[Dd]|\\u00(?:2[BbFf]|3[Dd]))"
_COLON, _COMMA = r"(?::|%3[Aa]|&colon;|&#(?:58|x3[aA]);|\\u003[aA])", r"(?:,|%2[Cc]|&comma;)"
_RUNS = re.compile(
    r"(?P<address>https?:(?://|\\/\\/)[^\s\"'<>]++)"
    + r"|(?P<picture>"
    # data: addresses (RFC 2397), whatever type they state
    + rf"\bdata{_COLON}[^,\"'`\s<>()]{{0,200}}+{_COMMA}[^\"'`\s<>)]*+"
    # base64 in lines, and in one
    + r"|(?<![A-Za-z0-9+/=_-])(?:[A-Za-z0-9+/=_-]{60,80}+(?:\\r|\\n|\s){1,4}+){2,}+"
    + r"[A-Za-z0-9+/=_-]*+"
    + rf"|(?<![A-Za-z0-9+/=_-]){_CODED}{{128,}}+"
    + r"|(?:\\x[0-9A-Fa-f]{2}){32,}+"
    + r"|(?:\\u[0-9A-Fa-f]{4}){64,}+"
    + r"|(?:%[0-9A-Fa-f]{2}){128,}+"
    + r"|(?:&#[0-9xXA-Fa-f]{1,7};){64,}+"
    + r"|(?:0[xX][0-9A-Fa-f]{1,2}\s{0,4},\s{0,4}){32,}+"
    + r"|(?:-?\d{1,3}\s{0,4},\s{0,4}){64,}+"
    + r")",
    re.IGNORECASE,
)
_CARRIED = re.compile(rf"{_CODED}{{600,}}+")
_LESS, _SLASH = r"(?:<|%3C|&lt;|\\u003c|\\x3c)", r"(?:/|%2F|\\/|\\u002f|\\x2f)"


def _tags(name: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<open>{_LESS}(?:[\w-]{{1,20}}:)?{name}\b)"
        rf"|(?P<close>{_LESS}{_SLASH}(?:[\w-]{{1,20}}:)?{name}\b[^<>%&\\]{{0,20}}(?:>|%3E|&gt;|\\u003e|\\x3e)?)",
        re.IGNORECASE,
    )


_SVG, _SCRIPT = _tags("svg"), _tags("script")
_STATES_FACTS = re.compile(r"<script\b[^>]{0,200}application/ld\+json", re.IGNORECASE)

# As files of pictures, films and fonts begin, or hold at their first places.
_MAGIC = re.compile(
    rb"\xff\xd8\xff|\x89PNG|GIF8[79]a|RIFF....(?:WEBP|AVI )|BM.{4}\0\0\0\0"
    rb"|II\*\0|MM\0\*|\x00\x00\x01\x00"
    rb"|....ftyp|\x1aE\xdf\xa3|OggS|\xff\x0a|\0\0\0\x0cJXL |8BPS|wOF[F2]|\0asm|%PDF|\x1f\x8b"
    rb"|PK\x03\x04",
    re.DOTALL,
)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_INSIDE = re.compile(rb"\xff\xd8\xff|\x89PNG|GIF8[79]a|RIFF....WEBP", re.DOTALL)
_CHARSET = re.compile(r"charset\s{0,3}=\s{0,3}[\"']?([\w.:-]{1,40})", re.IGNORECASE)


def without_pictures(text: str) -> str:
    """Return the text without drawings (SVG) and without anything that may be coded bytes."""
    return _RUNS.sub(_kept, _without(_SVG, text))


def without_scripts(text: str) -> str:
    """Return a page without what its scripts say: a script can carry a picture in any disguise.

    What a page states about itself for search engines (JSON-LD) is no program, and stays.
    """
    return _without(_SCRIPT, text, spare=_STATES_FACTS)


def is_picture(body: bytes) -> bool:
    """Say whether bytes begin as a picture, a film, a font or another packed file does."""
    return _MAGIC.match(body[:64]) is not None


def covered_body(body: bytes, content_type: str) -> bytes | None:
    """Return a body without pictures; None where it is no text, so that nothing of it is kept."""
    if is_picture(body) or not (written := _decoded(body, content_type)):
        return None if body else body
    text, coding = written
    if "script" in content_type.partition(";")[0]:
        return None
    return without_pictures(without_scripts(text)).encode(coding, "replace")


def _decoded(body: bytes, content_type: str) -> tuple[str, str] | None:
    """Return text and its coding; None where the bytes are not only text."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = body.decode("utf-16", "replace")
        return None if _CONTROL.search(text.encode("utf-8", "replace")) else (text, "utf-16")
    if _CONTROL.search(body) or _INSIDE.search(body):
        return None
    stated = _CHARSET.search(content_type)
    for coding in ("utf-8", stated[1] if stated else "", "latin-1"):
        try:
            return body.decode(coding), coding
        except (UnicodeDecodeError, LookupError):
            continue
    return None


def _kept(found: re.Match[str]) -> str:
    """Return an address, unless it carries more than any address needs; else that it is gone."""
    address = found["address"]
    if address is None:
        return TAKEN_OUT
    if len(address) > MOST_URL:
        address = address[:MOST_URL] + TAKEN_OUT
    return _CARRIED.sub(TAKEN_OUT, address)


def _without(tags: re.Pattern[str], text: str, spare: re.Pattern[str] | None = None) -> str:
    return "".join(_outside(tags, text, spare))


def _outside(tags: re.Pattern[str], text: str, spare: re.Pattern[str] | None) -> Iterator[str]:
    """Yield what stands outside of an element; one that is never closed reaches to the end.

    Drawings may stand in drawings; a script ends where it is first closed.
    """
    kept, depth = 0, 0
    for tag in tags.finditer(text):
        if tag["open"]:
            if depth == 0 and not (spare and spare.match(text, tag.start())):
                yield text[kept : tag.start()]
                depth = 1
            elif depth and spare is None:
                depth += 1
        elif depth:
            depth -= 1
            kept = tag.end()
    if not depth:
        yield text[kept:]
