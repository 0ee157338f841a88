"""Answers in the form of Have I Been Pwned, as its own pages describe and show it.

* Lists of sums: https://haveibeenpwned.com/API/v3#PwnedPasswords (lines end with CR LF; padding has
  a count of 0), and https://github.com/HaveIBeenPwned/PwnedPasswordsDownloader for what is
  downloaded: one file with whole sums in their order, or a folder with a list for each beginning.
* Leaks of an address: https://haveibeenpwned.com/API/v3#BreachesForAccount and #BreachModel. The
  record of Adobe is the one of that page, without its long description.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

ADOBE = {
    "Name": "Adobe",
    "Title": "Adobe",
    "Domain": "adobe.com",
    "BreachDate": "2013-10-04",
    "AddedDate": "2013-12-04T00:00:00Z",
    "ModifiedDate": "2022-05-15T23:52:49Z",
    "PwnCount": 152445165,
    "Description": "In October 2013, 153 million <em>Adobe</em> accounts were breached.",
    "LogoPath": "https://haveibeenpwned.com/Content/Images/PwnedLogos/Adobe.png",
    "DataClasses": ["Email addresses", "Password hints", "Passwords", "Usernames"],
    "IsVerified": True,
    "IsFabricated": False,
    "IsSensitive": False,
    "IsRetired": False,
    "IsSpamList": False,
    "IsMalware": False,
    "IsStealerLog": False,
    "IsSubscriptionFree": False,
}
STEALER = {
    **ADOBE,
    "Name": "Logs",
    "Title": "Stealer Logs",
    "Domain": "",
    "BreachDate": "2025-01-13",
    "IsVerified": False,
    "IsStealerLog": True,
}


def sha1(text: str) -> str:
    """Return the sum by which a password is listed."""
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest().upper()


def neighbours(whole: str, count: int = 40) -> dict[str, int]:
    """Return sums that begin as this one, with how often each was seen."""
    return {whole[:5] + sha1(f"{whole} {number}")[5:]: number + 1 for number in range(count)}


def listed(sums: dict[str, int], padding: int = 0) -> bytes:
    """Return the list of sums that begin in the same way, as it is sent."""
    beginning = next(iter(sums))[:5]
    lines = {**sums, **{beginning + sha1(f"padding {n}")[5:]: 0 for n in range(padding)}}
    return "\r\n".join(f"{each[5:]}:{lines[each]}" for each in sorted(lines)).encode()


def downloaded(sums: dict[str, int], file: Path, end: str = "\r\n") -> Path:
    """Write the set as one file, in the order of the sums."""
    text = "".join(f"{each}:{sums[each]}{end}" for each in sorted(sums))
    file.write_bytes(text.encode())
    return file
