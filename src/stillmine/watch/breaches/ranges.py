"""Read lists of sums of leaked passwords, where all sums of a list begin with the same five signs.

This is how Have I Been Pwned gives them (https://haveibeenpwned.com/API/v3#PwnedPasswords): a line
for each sum, with what follows the five signs, a colon, and how often it was seen.
"""

from __future__ import annotations

import hashlib
import hmac
import re

BEGINNING = 5
_LINE = re.compile(rb"([0-9A-Fa-f]{35}):([0-9]{1,12})")


def sum_of(password: str) -> str:
    """Return the SHA-1 of a password as 40 hexadecimal digits in upper case."""
    whole = password.encode("utf-8", "surrogatepass")
    # SHA-1 only because the lists are made of it: it protects nothing here, and is never kept.
    return hashlib.sha1(whole, usedforsecurity=False).hexdigest().upper()


def times_in(lines: bytes, wanted: str) -> int:
    """Return how often a sum was seen, by the list for its beginning; 0 where it is not in it.

    Every line is compared, whatever was found: how long it takes tells nothing. Lines with a
    count of 0 are padding. Raise ValueError for what is no such list.
    """
    ending = wanted[BEGINNING:].encode("ascii")
    times, read = 0, 0
    for line in lines.splitlines():
        fits = _LINE.fullmatch(line)
        if fits is None:
            raise ValueError("not a line of such a list")
        times += int(fits[2]) * hmac.compare_digest(fits[1].upper(), ending)
        read += 1
    if not read:
        raise ValueError("no list has no lines")
    return times
