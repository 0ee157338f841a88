"""Which of the files that a page names are pictures, and which size of one to take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from stillmine.app.network.web.references import path_of

_ENDS_AS_SEEN = re.compile(
    r"\.(?:jpe?g|jpe|jfif|png|apng|webp|gif|avif|heic|heif|bmp|tiff?|jxl|mp4|m4v|webm|mov|mkv|ogv"
    # What holds pictures is looked into like one.
    r"|zip|cb[rz]|tar|tar\.(?:gz|bz2|xz|zst)|tgz|txz|7z|rar|warc|warc\.gz|wacz|mhtml?)$",
    re.IGNORECASE,
)
_IN_TEXT = re.compile(r"https?://[^\s<>\"'`]{1,2000}", re.IGNORECASE)


def ends_as_picture(address: str) -> bool:
    """Say whether the path of a whole address ends as a picture, a video or an archive does."""
    return bool(_ENDS_AS_SEEN.search(path_of(address)))


def written_out(text: str) -> Iterator[str]:
    """Yield the addresses that stand in a text as people write them, without what ends a phrase."""
    for found in _IN_TEXT.finditer(text):
        yield found[0].rstrip(".,;:!?)]}")


class Candidate(NamedTuple):
    """One of the sizes of a picture: its address as written, and how wide it is, where told."""

    address: str
    width: float


def candidates(srcset: str) -> Iterator[Candidate]:
    """Yield what a `srcset` offers (HTML, 4.8.4.2.1); density counts as if 1x were 1000 wide."""
    for address, size in re.findall(r"\s*,*\s*([^\s,](?:[^\s]*[^\s,])?)(?:\s+([^,]*))?", srcset):
        number = re.match(r"([0-9.]{1,12})([wx])", size.strip())
        width = 1000.0
        if number:
            try:
                width = float(number[1]) * (1000 if number[2] == "x" else 1)
            except ValueError:
                width = 1000.0
        yield Candidate(address, width)


def best_candidate(srcset: str, *, wide_enough: float = 2048) -> str | None:
    """Return the widest address that is not wider than is of use, else the narrowest."""
    found = list(candidates(srcset))
    if not found:
        return None
    fitting = [each for each in found if each.width <= wide_enough]
    if fitting:
        return max(fitting, key=lambda each: each.width).address
    return min(found, key=lambda each: each.width).address
