"""Show my own key, for others to seal to: a line, eight words to compare aloud, a QR code."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import segno

from stillmine.app import delivering
from stillmine.app.actions import Answer, action, given
from stillmine.app.context import Context
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import unlocked
from stillmine.crypto import Contact, PersonalKey
from stillmine.errors import WrongUsage
from stillmine.share.own_key import find_own_key, own_key

_FORMATS = {".png": "png", ".svg": "svg", ".txt": "txt"}
_QUIET = 4  # modules of white around the code, as the standard wants it
_PIXELS = 8  # a module
_WIDEST = 80  # modules that fit into a terminal


@dataclass(frozen=True, slots=True)
class KeyRequest:
    """How to show the key."""

    quantum_safe: bool = given(
        "The long key, which should also withstand a quantum computer. Newer programs read it.",
        default=False,
    )
    save: Path | None = given(
        "Also write it to this file: .png or .svg for the QR code, .txt for the line.", default=None
    )


@dataclass(frozen=True, slots=True)
class KeyAnswer(Answer):
    """My key. `contact` is for stillmine, `age_recipient` for the `age` program.

    `qr_code` holds the lines of a QR code of the contact line, for a terminal.
    """

    contact: str
    age_recipient: str
    fingerprint: str
    saved: Path | None
    qr_code: tuple[str, ...]


@action("share.key")
def key(context: Context, request: KeyRequest) -> KeyAnswer:
    """Show your own public key: others seal to it, and only you can open that."""
    file = None if request.save is None else _checked(request.save, context)
    contact = _key(context).contact(hybrid=request.quantum_safe)
    code = segno.make(str(contact).upper(), micro=False, error="l", boost_error=False)
    if file is not None:
        delivering.give(file, [_content(contact, code, file.suffix.lower())], context)
    return KeyAnswer(
        contact=str(contact),
        age_recipient=str(contact.recipient),
        fingerprint=" ".join(contact.fingerprint),
        saved=file,
        qr_code=_drawn(code),
    )


def _key(context: Context) -> PersonalKey:
    with unlocked(context) as vault:
        found = find_own_key(vault)
    if found is not None:
        return found
    with unlocked(context, writing=True) as vault:
        return _made(vault, context)


def _made(vault: Vault, context: Context) -> PersonalKey:
    return own_key(vault, context.now())


def _checked(file: Path, context: Context) -> Path:
    if file.suffix.lower() not in _FORMATS:
        raise WrongUsage(problem="--save takes a file that ends in .png, .svg or .txt.")
    delivering.require_folder(file.parent, context)
    return file


def _content(contact: Contact, code: segno.QRCode, suffix: str) -> bytes:
    if suffix == ".txt":
        return f"{contact}\n".encode("ascii")
    out = io.BytesIO()
    code.save(out, kind=_FORMATS[suffix], scale=_PIXELS, border=_QUIET)
    return out.getvalue()


def _drawn(code: segno.QRCode) -> tuple[str, ...]:
    """Return the code in half blocks, light on dark as most terminals are, two rows a line."""
    rows = [list(row) for row in code.matrix_iter(border=_QUIET // 2)]
    if len(rows[0]) > _WIDEST:
        return ()
    rows += [[0] * len(rows[0])] * (len(rows) % 2)
    # A dark module is left empty: what is lit is the paper.
    signs = {(0, 0): "\u2588", (0, 1): "\u2580", (1, 0): "\u2584", (1, 1): " "}
    return tuple(
        "".join(signs[bool(above), bool(below)] for above, below in zip(*pair, strict=True))
        for pair in zip(rows[::2], rows[1::2], strict=True)
    )
