"""Find the pictures in a saved page: written into it (`data:`), or named by it and lying beside it.

Patterns over bytes and no parser of HTML: pictures may stand in attributes, style sheets and
scripts alike, and a pattern neither minds how deep things are nested nor which letters are used.
"""

from __future__ import annotations

import binascii
import html
import io
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

from stillmine.app.sources.limits import Budget
from stillmine.app.sources.member import Member
from stillmine.app.sources.stream import Stream

MOST_PAGE = 64 << 20
_STARTS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_MOST_NAMES = 20_000
_MOST_ADDRESS = 1024
_PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")
_DATA = re.compile(
    rb"data:((?:image|video)/[\w.+-]{1,60})((?:;[\w.+-]{1,60}(?:=[\w.+-]{0,60})?){0,8}),", re.I
)
_BASE_64_END = re.compile(rb"[^A-Za-z0-9+/=%_\r\n\t-]")
_PLAIN_END = re.compile(rb"[\"'\s)<>]")
_NAMES = re.compile(
    rb"""\b(?:src|data-src|poster|href|background)\s{0,9}=\s{0,9}(?:"([^"]{1,4096})"|'([^']{1,4096})'|([^\s"'<>]{1,4096}))
    |\b(?:srcset|data-srcset)\s{0,9}=\s{0,9}(?:"([^"]{1,65536})"|'([^']{1,65536})')
    |url\(\s{0,9}["']?([^"')\s]{1,4096})""",
    re.IGNORECASE | re.VERBOSE,
)
_SHOWN = re.compile(rb"<(?:img|video|source|picture)\b", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|[/\\#?]")


def is_markup(head: bytes) -> bool:
    """Say whether these first bytes begin a page or another text of tags."""
    return _as_utf_8(head).lstrip().startswith(b"<")


def page_bytes(stream: Stream) -> bytes:
    """Return all of a page. Raises MemberTooLarge for one of more than 64 MiB."""
    return _as_utf_8(stream.whole(MOST_PAGE).getvalue())


def _as_utf_8(data: bytes) -> bytes:
    """Return the text without its mark; only UTF-16 is not read as it is, tags are ASCII anyhow."""
    if data.startswith(_STARTS[1:]):
        return data.decode("utf-16", "replace").encode("utf-8", "replace")
    return data.removeprefix(_STARTS[0])


def pictures_within(page: bytes, budget: Budget) -> Iterator[Member]:
    """Yield the pictures that are written into a page as `data:` addresses (RFC 2397)."""
    at = number = 0
    while found := _DATA.search(page, at):
        number += 1
        budget.enter()
        base_64 = found[2].lower().endswith(b";base64")
        end = (_BASE_64_END if base_64 else _PLAIN_END).search(page, found.end())
        at = end.start() if end else len(page)
        data = _without_percent(page[found.end() : at])
        held = _from_base_64(data) if base_64 else data
        budget.spend(len(held))
        yield Member(f"data:{found[1].decode().lower()} {number}", Stream.of(io.BytesIO(held)))


def _without_percent(text: bytes) -> bytes:
    return _PERCENT.sub(lambda found: bytes([int(found[1], 16)]), text) if b"%" in text else text


def _from_base_64(text: bytes) -> bytes:
    signs = text.translate(bytes.maketrans(b"-_", b"+/"), b"\r\n\t= ")
    if len(signs) % 4 == 1:
        signs = signs[:-1]
    try:
        return binascii.a2b_base64(signs + b"=" * (-len(signs) % 4))
    except binascii.Error:
        return b""


def names_pictures(page: bytes) -> bool:
    """Say whether a page shows pictures or videos at all."""
    return bool(_SHOWN.search(page))


def files_beside(page: bytes, path: Path) -> Iterator[Path]:
    """Yield the files that a page names and that lie in its folder or below, each once.

    Whatever the page says, nothing else on this computer is looked at: an address that leads out
    of the folder, by itself or by a link, is passed over.
    """
    folder = path.parent.resolve()
    seen: set[Path] = {path.resolve()}
    for address in dict.fromkeys(itertools.islice(_addresses(page), _MOST_NAMES)):
        try:
            file = (folder / address).resolve()
            if file in seen or not file.is_relative_to(folder) or not file.is_file():
                continue
        except (OSError, ValueError, RuntimeError):  # too long, a zero byte, links in a circle
            continue
        seen.add(file)
        yield file


def _addresses(page: bytes) -> Iterator[str]:
    for found in _NAMES.finditer(page):
        one = found[1] or found[2] or found[3] or found[6]
        for raw in [one] if one else _candidates(found[4] or found[5] or b""):
            if len(raw) > _MOST_ADDRESS:
                continue
            text = html.unescape(raw.decode("utf-8", "surrogateescape")).strip()
            if text and not _SCHEME.match(text):
                bare = re.split(r"[?#]", text, maxsplit=1)[0]
                yield _without_percent(bare.encode("utf-8", "surrogateescape")).decode(
                    "utf-8", "surrogateescape"
                )


def _candidates(srcset: bytes) -> list[bytes]:
    """Return the addresses of a `srcset`: each with its width behind it, commas between."""
    return [part.split()[0] for part in srcset.split(b",") if part.split()]
