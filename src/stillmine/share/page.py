"""The page: one file that opens in any browser, offline, and asks for the passphrase."""

from __future__ import annotations

import base64
import functools
import hashlib
import html
import json
import re
from importlib.resources import files

from stillmine.crypto import armor
from stillmine.messages import translate
from stillmine.messages.handing import PAGE, PAGE_SCRIPT

_PLACE = re.compile(r"\{\{([a-z_]+)\}\}")
BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
END = b"-----END AGE ENCRYPTED FILE-----"


@functools.cache
def _part(name: str) -> str:
    return (files("stillmine.share") / "opener" / name).read_text("utf-8")


def build_page(sealed: bytes) -> bytes:
    """Return the page around an age file that is sealed with a passphrase.

    Nothing of what is sealed, and nothing about whom it is for, stands outside of the seal.
    """
    script, style = _part("opener.js"), _part("page.css")
    said = {name: translate(text) for name, text in PAGE_SCRIPT.items()}
    values = {name: html.escape(translate(text)) for name, text in PAGE.items()}
    values |= {
        "style": style,
        "style_sum": _sum(style),
        "script": script,
        "script_sum": _sum(script),
        # `<` written out, so that no sentence can end the element it stands in.
        "words": json.dumps(said).replace("<", "\\u003c"),
        # Base64 between two lines: nothing in it can end the element either.
        "sealed": armor(sealed).decode("ascii"),
    }
    return _PLACE.sub(lambda place: values[place[1]], _part("page.html")).encode("utf-8")


def _sum(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def armored_part(text: bytes) -> bytes | None:
    """Return the age file, in letters, that stands in a page or another text; None without one."""
    start = 0 if text.startswith(BEGIN) else text.find(b"\n" + BEGIN) + 1
    end = text.find(END, start)
    if end < 0 or not text.startswith(BEGIN, start):
        return None
    return text[start : end + len(END)] + b"\n"
