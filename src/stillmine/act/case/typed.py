"""What people type about a case, made fit to stand in a letter: no line where none belongs."""

from __future__ import annotations

import re
import unicodedata

from stillmine.app.network.web.location import read_location
from stillmine.errors import NotAWebAddress, WrongUsage

_LONGEST = 200
_LONGEST_TEXT = 20_000
_MAIL = re.compile(r"[^@\s<>()\[\],;:\\\"]{1,64}@[^@\s<>()\[\],;:\\\"]{1,253}")
_NOT_IN_PART = re.compile(r"[^!#-;=?-~]+")
_PHONE = re.compile(r"\+?[0-9][0-9 ()/.-]{3,30}")


def one_line(text: str, what: str, longest: int = _LONGEST) -> str:
    """Return a text as one line, without blanks around it. Raise WrongUsage if it is too long."""
    line = " ".join("".join(_shown(sign) for sign in text).split())
    if len(line) > longest:
        raise WrongUsage(problem=f"{what} has more than {longest} signs.")
    return line


def several_lines(text: str, what: str) -> str:
    """Return a text with its lines kept. Raise WrongUsage if it is too long."""
    if len(text) > _LONGEST_TEXT:
        raise WrongUsage(problem=f"{what} has more than {_LONGEST_TEXT} signs.")
    lines = (one_line(line, what, _LONGEST_TEXT) for line in text.splitlines())
    return "\n".join(lines).strip()


def mail_address(text: str) -> str:
    """Return an e-mail address. Raise WrongUsage for what cannot be one."""
    line = one_line(text, "--mail", 320)
    if line and not _MAIL.fullmatch(line):
        raise WrongUsage(problem=f"--mail takes one e-mail address, and {line} is none.")
    return line


def telephone(text: str) -> str:
    """Return a telephone number as it was typed. Raise WrongUsage for what cannot be one."""
    line = one_line(text, "--phone")
    if line and not _PHONE.fullmatch(line):
        raise WrongUsage(problem=f"--phone takes a number such as +49 30 123456, and not {line}.")
    return line


def web_address(text: str) -> str:
    """Return an address of the web in the one form in which a case keeps it.

    The host is in plain letters (`xn--…`), so that no look-alike sign misleads; what follows `#`
    stays, because some sites say there which picture is meant. Raises NotAWebAddress, and
    AddressRefused for hosts written as odd numbers.
    """
    address, mark, part = text.strip().partition("#")
    return read_location(address).url + mark + _NOT_IN_PART.sub(_escaped, part)


def same_address(url: str) -> str:
    """Return by what two spellings of one address are known to be the same (RFC 3986, 6.2.2).

    Escapes of plain signs are undone and the others written large; an empty `#` says nothing.
    """
    return re.sub(r"%[0-9A-Fa-f]{2}", _escape, url).removesuffix("#")


def _escaped(found: re.Match[str]) -> str:
    try:
        return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8"))
    except UnicodeEncodeError as problem:
        raise NotAWebAddress(reason="signs") from problem


def _escape(found: re.Match[str]) -> str:
    sign = chr(int(found[0][1:], 16))
    plain = sign.isascii() and (sign.isalnum() or sign in "-._~")
    return sign if plain else found[0].upper()


def _shown(sign: str) -> str:
    # Half of a pair of surrogates cannot be written in a letter, and is no sign of any script.
    return " " if unicodedata.category(sign) in ("Cc", "Zl", "Zp", "Cs") else sign
