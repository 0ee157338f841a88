"""Where each page is: the one list of names and addresses, none of which says what this is.

An address stays in the history of the browser, on the screen, and in what a screen reader says. So
no address holds a word about pictures, the law or a person; parts of it are opaque names.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

PATHS: dict[str, str] = {
    "entry": "/n/",
    "people": "/n/t",
    "rooms": "/n/l",
    "settings": "/n/e",
    "make": "/n/m",
    "strength": "/n/m/s",
    "words": "/n/m/w",
    "unlock": "/n/o",
    "recover": "/n/o/r",
    "passphrase": "/n/o/p",
    "rekey": "/n/o/k",
    "vault": "/n/v",
    "add": "/n/v/a",
    "added": "/n/v/a/{work}",
    "check": "/n/v/c",
    "checked": "/n/v/c/{work}",
    "backups": "/n/v/b",
    "backed": "/n/v/b/{work}",
    "backup": "/n/b/p/{number}",
    "backup.drill": "/n/b/p/{number}/t",
    "backup.kinds": "/n/b/a",
    "backup.new": "/n/b/a/{kind}",
    "restore": "/n/b/r",
    "restore.kind": "/n/b/r/{kind}",
    "restored": "/n/b/g/{work}",
    "item": "/n/i/{item}",
    "picture": "/n/i/{item}/f",
    "export": "/n/i/{item}/o",
    "forget": "/n/i/{item}/g",
    "known": "/n/u",
    "known.person": "/n/u/{person}",
    "given": "/n/g",
    "found": "/n/f",
    "finding": "/n/f/{finding}",
    "finding.case": "/n/f/{finding}/c",
    "places": "/n/p",
    "place.add": "/n/p/a",
    "place.kind": "/n/p/a/{kind}",
    "place": "/n/p/r/{place}",
    "look": "/n/p/n",
    "looked": "/n/p/n/{work}",
    "names": "/n/z",
    "name.add": "/n/z/a",
    "name": "/n/z/r/{own}",
    "timer": "/n/y",
    "alerts": "/n/y/b",
    "alert.add": "/n/y/b/a",
    "alert.kind": "/n/y/b/a/{kind}",
    "alert.tried": "/n/y/b/t/{work}",
    "enrolment": "/n/y/s",
    "enrol": "/n/y/s/{number}",
    "breaches": "/n/r",
    "breach.password": "/n/r/p",
    "breach.mail": "/n/r/m",
    "cases": "/n/c",
    "case.new": "/n/d",
    "case": "/n/c/{case}",
    "case.where": "/n/c/{case}/a",
    "case.proof": "/n/c/{case}/p",
    "case.proven": "/n/c/{case}/p/{work}",
    "case.files": "/n/c/{case}/h",
    "case.taken": "/n/c/{case}/h/{work}",
    "case.look": "/n/c/{case}/r",
    "case.looked": "/n/c/{case}/r/{work}",
    "case.host": "/n/c/{case}/w",
    "case.hosted": "/n/c/{case}/w/{work}",
    "case.signs": "/n/c/{case}/u",
    "case.story": "/n/c/{case}/t",
    "case.close": "/n/c/{case}/e",
    "case.forget": "/n/c/{case}/g",
    "case.papers": "/n/c/{case}/o",
    "case.out": "/n/c/{case}/o/{proof}",
    "case.hashes": "/n/c/{case}/f",
    "letter.new": "/n/c/{case}/l",
    "letter": "/n/c/{case}/l/{letter}",
    "letter.complain": "/n/c/{case}/l/{letter}/k",
    "inside": "/n/a",
    "inside.told": "/n/a/r/{files}",
    "inside.clean": "/n/a/r/{files}/c",
    "file": "/n/a/f/{files}/{number}",
    "file.look": "/n/a/f/{files}/{number}/f",
    "sealed": "/n/a/o",
    "sealed.open": "/n/a/o/{files}",
    "whose": "/n/a/w",
    "whose.told": "/n/a/w/{work}",
    "send": "/n/n",
    "sent": "/n/n/s/{work}",
    "receive": "/n/n/r",
    "received": "/n/n/r/{files}",
    "mine": "/n/n/k",
    "mine.code": "/n/n/k/f",
    "law": "/n/q",
    "law.sites": "/n/q/s",
    "law.letter": "/n/q/l",
    "figures": "/n/q/f",
    "figures.joined": "/n/q/g",
    "proof.check": "/n/q/p",
    "proof.told": "/n/q/p/{work}",
    "letter.check": "/n/q/c",
    "computer": "/n/e/c",
    "computer.seen": "/n/e/c/{work}",
    "due": "/n/d/t",
    "letter.files": "/n/c/{case}/l/{letter}/o",
    "several": "/n/v/s",
    "several.out": "/n/v/s/{work}",
    "journey": "/n/j/{way}",
    "journey.step": "/n/j/{way}/{step}",
    "leave": "/n/x",
    "lock": "/n/k",
    "here": "/n/h",
    "work": "/n/w/{work}",
    "work.state": "/n/w/{work}/s",
    "static": "/n/s/{file}",
}

OPENING = "/o/"
"""What comes before the key that opens the pages once."""


_PART = re.compile(r"\{(\w+)\}")


def address(name: str, **parts: object) -> str:
    """Return the address of a page, with its parts filled in; others stand after its question mark.

    Give only parts that say nothing: numbers, and names that the program made itself.
    """
    path = PATHS[name]
    inside = set(_PART.findall(path))
    quoted = {key: quote(str(parts[key]), safe="") for key in inside}
    more = {key: part for key, part in parts.items() if key not in inside}
    return path.format(**quoted) + (f"?{urlencode(more)}" if more else "")
