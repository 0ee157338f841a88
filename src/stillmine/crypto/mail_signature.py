"""Check the signature that a mail provider puts on what it sends (DKIM, RFC 6376 and 8463).

Own code because the one library, `dkimpy`, brings a name service client and its sockets, and lets
through what must not count where a signature is to prove something: SHA-1 (RFC 8301), a part of the
body alone (`l=`), a key in testing mode. `dkimpy` is the judge of it in the tests.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from stillmine.errors import BadSignature

MOST_SIGNATURES = 10
_MOST_HEADERS = 1000
_SMALLEST_RSA, _LARGEST_RSA = 1024, 8192  # bits; RFC 8301
_TAG = re.compile(r"([A-Za-z][A-Za-z0-9_]*)\s*=\s*(.*)", re.DOTALL)
_NEEDED = frozenset({"v", "a", "b", "bh", "d", "h", "s"})
_BLANKS = re.compile(rb"[ \t]+")
_EMPTIED = re.compile(rb"([;\s:]b\s*=)[^;]*")
_AHEAD = 86400.0  # seconds that the clock of a provider may be ahead


@dataclass(frozen=True, slots=True)
class Mail:
    """A message in pieces: each header as it stands, with its name in small letters; the body."""

    headers: tuple[tuple[str, bytes], ...]
    body: bytes

    def values(self, name: str) -> tuple[str, ...]:
        """Return every value of a header, its lines joined, as text."""
        found = (raw.partition(b":")[2] for known, raw in self.headers if known == name)
        return tuple(
            re.sub(rb"\r\n(?=[ \t])", b"", each).decode("utf-8", "replace").strip()
            for each in found
        )


@dataclass(frozen=True, slots=True)
class MailSignature:
    """One signature: for which domain, by which of its keys, and which headers are under it."""

    domain: str
    selector: str
    signed: tuple[str, ...]
    _given: Mapping[str, str]
    _at: int


def read_mail(message: bytes) -> Mail:
    """Take a message apart. Raises BadSignature where it is none."""
    text = re.sub(rb"\r?\n", b"\r\n", message)
    if text.startswith(b"From "):  # as mailboxes of Unix begin each message
        text = text.partition(b"\r\n")[2]
    head, _, body = text.partition(b"\r\n\r\n")
    headers: list[tuple[str, bytes]] = []
    for line in re.split(rb"\r\n(?![ \t])", head):
        name, colon, _ = line.partition(b":")
        if not colon or not name.strip().isascii() or len(headers) >= _MOST_HEADERS:
            raise BadSignature
        headers.append((name.strip().decode("ascii").lower(), line))
    return Mail(tuple(headers), body)


def mail_signatures(mail: Mail) -> tuple[MailSignature, ...]:
    """Return the signatures of a message that are made in a way that counts; none is checked."""
    found: list[MailSignature] = []
    for at, (name, raw) in enumerate(mail.headers):
        if name == "dkim-signature" and len(found) < MOST_SIGNATURES:
            given = _tags(raw.partition(b":")[2])
            if _counts(given):
                signed = tuple(each.strip().lower() for each in given["h"].split(":"))
                domain = given["d"].lower().removesuffix(".")
                found.append(MailSignature(domain, given["s"], signed, given, at))
    return tuple(found)


def check_mail_signature(mail: Mail, signature: MailSignature, record: str, now: float) -> None:
    """Raise BadSignature unless the key in `record` signed this message.

    `record` is the text that the domain publishes at `SELECTOR._domainkey.DOMAIN`; `now` is in
    seconds since 1970.
    """
    given = signature._given
    if not _holds(given, now):
        raise BadSignature
    heads, _, bodies = given.get("c", "simple/simple").partition("/")
    body = _body(mail.body, relaxed=bodies == "relaxed")
    if _sum(given["bh"]) != hashlib.sha256(body).digest():
        raise BadSignature
    signed = _signed(mail, signature, relaxed=heads == "relaxed")
    _check(_key(_tags(record.encode("utf-8", "replace")), given), _sum(given["b"]), signed)


def _tags(raw: bytes) -> dict[str, str]:
    """Return the tags of a list; nothing at all where one of them is written twice or not well."""
    found: dict[str, str] = {}
    for part in raw.decode("utf-8", "replace").strip().rstrip(";").split(";"):
        tag = _TAG.fullmatch(part.strip())
        if tag is None or tag[1] in found:
            return {}
        found[tag[1]] = tag[2].strip()
    return found


def _counts(given: Mapping[str, str]) -> bool:
    identity = given.get("i", "").rpartition("@")[2].lower()
    domain = given.get("d", "").lower()
    canonical = given.get("c", "simple/simple").lower()
    return (
        set(given) >= _NEEDED
        and given["v"] == "1"
        and given["a"].lower() in {"rsa-sha256", "ed25519-sha256"}
        # With a length, anything could be added behind what was signed.
        and "l" not in given
        and bool(re.fullmatch(r"(?:simple|relaxed)(?:/(?:simple|relaxed))?", canonical))
        and given.get("q", "dns/txt") == "dns/txt"
        and (not identity or identity == domain or identity.endswith(f".{domain}"))
    )


def _holds(given: Mapping[str, str], now: float) -> bool:
    times = [given.get(name, "") for name in ("t", "x")]
    if any(each and not re.fullmatch(r"[0-9]{1,12}", each) for each in times):
        return False
    made, ends = (int(each) if each else None for each in times)
    return (made is None or made <= now + _AHEAD) and (ends is None or ends > now)


def _sum(text: str) -> bytes:
    try:
        return base64.b64decode(re.sub(r"\s+", "", text), validate=True)
    except (ValueError, binascii.Error) as cause:
        raise BadSignature from cause


def _body(body: bytes, *, relaxed: bool) -> bytes:
    lines = body.split(b"\r\n")
    if relaxed:
        lines = [_BLANKS.sub(b" ", line).rstrip(b" ") for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    if not lines and relaxed:
        return b""
    return b"\r\n".join([*lines, b""]) if lines else b"\r\n"


def _signed(mail: Mail, signature: MailSignature, *, relaxed: bool) -> bytes:
    """Return the bytes that were signed: the named headers from the last one up, and its own."""
    left: dict[str, list[bytes]] = {}
    for name, raw in mail.headers:
        left.setdefault(name, []).append(raw)
    parts = []
    for name in signature.signed:
        if left.get(name):
            parts.append(_header(left[name].pop(), relaxed=relaxed) + b"\r\n")
    own = _EMPTIED.sub(rb"\1", mail.headers[signature._at][1], count=1)
    return b"".join([*parts, _header(own, relaxed=relaxed)])


def _header(raw: bytes, *, relaxed: bool) -> bytes:
    if not relaxed:
        return raw
    name, _, value = raw.partition(b":")
    flat = _BLANKS.sub(b" ", value.replace(b"\r\n", b"")).strip(b" \t")
    return name.strip().lower() + b":" + flat


def _key(record: Mapping[str, str], given: Mapping[str, str]) -> RSAPublicKey | Ed25519PublicKey:
    flags = {each.strip() for each in record.get("t", "").split(":")}
    services = {each.strip() for each in record.get("s", "*").split(":")}
    sums = {each.strip() for each in record.get("h", "sha256").split(":")}
    kind = record.get("k", "rsa")
    identity = given.get("i", "").rpartition("@")[2].lower()
    strict = "s" in flags and identity not in ("", given["d"].lower())
    if record.get("v", "DKIM1") != "DKIM1" or "y" in flags or strict or "sha256" not in sums:
        raise BadSignature
    if not services & {"*", "email"} or f"{kind}-sha256" != given["a"].lower():
        raise BadSignature
    return _public(kind, _sum(record.get("p", "")))


def _public(kind: str, raw: bytes) -> RSAPublicKey | Ed25519PublicKey:
    try:
        key = Ed25519PublicKey.from_public_bytes(raw) if kind == "ed25519" else None
        found = key or load_der_public_key(raw)
    except (ValueError, UnsupportedAlgorithm) as cause:
        raise BadSignature from cause
    if isinstance(found, RSAPublicKey) and _SMALLEST_RSA <= found.key_size <= _LARGEST_RSA:
        return found
    if isinstance(found, Ed25519PublicKey) and kind == "ed25519":
        return found
    raise BadSignature


def _check(key: RSAPublicKey | Ed25519PublicKey, signature: bytes, signed: bytes) -> None:
    try:
        if isinstance(key, RSAPublicKey):
            key.verify(signature, signed, PKCS1v15(), SHA256())
        else:
            key.verify(signature, hashlib.sha256(signed).digest())
    except InvalidSignature as cause:
        raise BadSignature from cause
