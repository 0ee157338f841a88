"""Look a sum up in the downloaded set of leaked passwords: one sorted file, or a folder of lists.

Both as the downloader of Have I Been Pwned writes them
(https://github.com/HaveIBeenPwned/PwnedPasswordsDownloader). The file is 40 GB and more, so it is
searched by halving: some forty short reads, as many for a sum that is there as for one that is not.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import BinaryIO

from stillmine.errors import CannotReadFile, NoSuchFile, NotALeakSet
from stillmine.watch.breaches.ranges import BEGINNING, times_in

_LINE = re.compile(rb"([0-9A-Fa-f]{40}):([0-9]{1,12})\r?\n?")
_LONGEST_LINE = 128
_LONGEST_LIST = 8 << 20  # bytes; a list has about a thousand lines of forty
_AFTER_ALL = "G"


def times_in_set(place: Path, wanted: str) -> int:
    """Return how often a sum was seen, by the set at `place`; 0 where the set does not have it.

    Raises NoSuchFile, CannotReadFile, and NotALeakSet for what is none, is not in the order of the
    sums, or lacks the part where the sum would be: then not to find it would mean nothing.
    """
    try:
        if place.is_dir():
            return _in_folder(place, wanted)
        if not place.exists():
            raise NoSuchFile(file=str(place))
        if not place.is_file():
            raise NotALeakSet(file=str(place))
        with place.open("rb") as file:
            return _in_file(file, wanted)
    except OSError as cause:
        raise CannotReadFile(file=str(place)) from cause
    except ValueError as cause:
        raise NotALeakSet(file=str(place)) from cause


def _in_folder(folder: Path, wanted: str) -> int:
    file = folder / f"{wanted[:BEGINNING]}.txt"
    if not file.is_file():
        raise ValueError("the list for this beginning is missing")
    with file.open("rb") as lines:
        content = lines.read(_LONGEST_LIST + 1)
    if len(content) > _LONGEST_LIST:
        raise ValueError("too long to be a list")
    return times_in(content, wanted)


def _in_file(file: BinaryIO, wanted: str) -> int:
    """Search by halving, always to the last step, and see on the way that the order holds.

    What is looked for is the first line whose sum is not below `wanted`: it begins at `low` or
    after, and at `high` or before.
    """
    size = file.seek(0, os.SEEK_END)
    low, high = 0, size
    below, above, times = "", _AFTER_ALL, 0
    for _ in range(size.bit_length() + 1):
        middle = (low + high) // 2
        found, count = _line_at(file, middle, size)
        if not below <= found <= above:
            raise ValueError("not in the order of the sums")
        if found >= wanted:
            high, above, times = middle, found, count
        else:
            low, below = middle + 1, found
    # Have I Been Pwned knows hundreds of sums for each beginning. If none is near, a part is gone.
    if wanted[:BEGINNING] not in (below[:BEGINNING], above[:BEGINNING]):
        raise ValueError("the part where it would be is missing")
    return times if above == wanted else 0


def _line_at(file: BinaryIO, offset: int, size: int) -> tuple[str, int]:
    """Return the sum and the count of the first line that begins at an offset or after it."""
    file.seek(max(offset - 1, 0))
    if offset:
        file.readline(_LONGEST_LINE)
    if file.tell() >= size:
        return _AFTER_ALL, 0
    fits = _LINE.fullmatch(file.readline(_LONGEST_LINE))
    if fits is None:
        raise ValueError("not a line of such a set")
    return fits[1].decode("ascii").upper(), int(fits[2])
