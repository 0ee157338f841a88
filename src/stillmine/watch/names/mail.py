"""Show that a mail address is one's own by a mail that its provider signed (DKIM, RFC 6376).

The person sends a mail from the address to the same address, with a sentence as its subject, and
saves it as it arrived. The provider's signature covers who sent it, to whom and the subject, so it
shows that somebody who may send from this address sent just this. An answer or a forwarded mail has
another subject; a mail to somebody else has another recipient; an older one has another code.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from email.errors import MessageError
from email.header import decode_header, make_header
from pathlib import Path

from stillmine.app.network import Permit
from stillmine.app.network.web import fetch
from stillmine.app.network.web.queries import asking
from stillmine.app.sources.finding import OpenSource
from stillmine.app.sources.handed import HandedFile
from stillmine.crypto.mail_signature import (
    Mail,
    MailSignature,
    check_mail_signature,
    mail_signatures,
    read_mail,
)
from stillmine.errors import BadSignature
from stillmine.watch.names.own_name import OwnName
from stillmine.watch.names.profile import ACTION, require_time_of
from stillmine.watch.names.showing import not_shown

# It says what it is for: whoever is asked to send it for somebody else can read that.
SUBJECT = "This address is mine, and stillmine may look for it: {code}"
RESOLVER = "https://cloudflare-dns.com/dns-query"
_UNDER_IT = frozenset({"from", "to", "subject"})
_MOST_MAIL = 10 << 20
_MOST_ANSWER = 256 << 10
_SECONDS = 20.0
_TXT = 16
_SELECTOR = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,120}[A-Za-z0-9])?")
_ONE_ADDRESS = re.compile(
    r'(?:[^<>@,;:"\\()]*|"[^"<>\\]*")\s*<([^<>@\s,;:"\\()]+@[^<>@\s,;:"\\()]+)>'
    r'|([^<>@\s,;:"\\()]+@[^<>@\s,;:"\\()]+)'
)
_ONE_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')


def subject_for(code: str) -> str:
    """Return the subject that the mail has to have."""
    return SUBJECT.format(code=code)


def code_in_mail(name: OwnName, file: Path | HandedFile, now: datetime) -> str:
    """Check a saved mail; return the time, which the name service agrees with (ISO, UTC).

    Raises NotShown, CannotReadFile, NotAFile, and what `fetch` raises.
    """
    mail = _read(file)
    if _address(mail, "from") != name.text:
        raise not_shown("other-sender", address=name.text)
    # An answer goes to who asked for it; this one has to come back to the address itself.
    if _address(mail, "to") != name.text:
        raise not_shown("not-to-oneself", address=name.text)
    if (
        name.code is None
        or _one(mail, "subject").casefold() != subject_for(name.code.code).casefold()
    ):
        raise not_shown("other-subject")
    domain = name.text.rpartition("@")[2]
    fitting = [
        each
        for each in mail_signatures(mail)
        # Of the very domain: whoever signs for one above or below it may be somebody else.
        if each.domain == domain and set(each.signed) >= _UNDER_IT
    ]
    if not fitting:
        raise not_shown("not-signed", domain=domain)
    _require_one(mail, fitting, now)
    return now.astimezone(UTC).isoformat(timespec="seconds")


def _require_one(mail: Mail, signatures: list[MailSignature], now: datetime) -> None:
    """Raise NotShown unless one of these signatures is good."""
    for each in signatures[:3]:
        try:
            for record in _records(each, now):
                check_mail_signature(mail, each, record, now.timestamp())
                return
        except BadSignature:
            continue
    raise not_shown("bad-signature")


def _read(file: Path | HandedFile) -> Mail:
    with OpenSource(file) as source:
        raw = source.file.read(_MOST_MAIL + 1) if source.size <= _MOST_MAIL else None
    if raw is None or len(raw) > _MOST_MAIL:
        raise not_shown("no-mail")
    try:
        return read_mail(raw)
    except BadSignature as cause:
        raise not_shown("no-mail") from cause


def _one(mail: Mail, header: str) -> str:
    """Return the one value of a header. With two, a reader may show the one that is not signed."""
    values = mail.values(header)
    if len(values) != 1:
        raise not_shown("no-mail")
    try:
        return " ".join(str(make_header(decode_header(values[0]))).split())
    except (MessageError, ValueError, LookupError) as cause:
        raise not_shown("no-mail") from cause


def _address(mail: Mail, header: str) -> str:
    """Return the one address in a header, in small letters; nothing where there is not just one."""
    values = mail.values(header)
    found = _ONE_ADDRESS.fullmatch(values[0]) if len(values) == 1 else None
    return (found[1] or found[2]).lower() if found else ""


def _records(signature: MailSignature, now: datetime) -> list[str]:
    """Return what a domain publishes about a key; of several, none is to be preferred."""
    if not _SELECTOR.fullmatch(signature.selector):
        raise BadSignature
    wanted = f"{signature.selector}._domainkey.{signature.domain}"
    found = fetch(
        Permit.for_host(ACTION, RESOLVER),
        asking(RESOLVER, name=wanted, type="TXT"),
        headers=(("Accept", "application/dns-json"),),
        limit=_MOST_ANSWER,
        seconds=_SECONDS,
        redirects=0,
    )
    if found.status != 200:
        raise not_shown("no-key")
    require_time_of(found, now)
    try:
        answer = json.loads(found.body)
    except (ValueError, RecursionError) as cause:
        raise not_shown("no-key") from cause
    records = _texts(answer)
    if len(records) != 1:
        raise not_shown("no-key")
    return records


def _texts(answer: object) -> list[str]:
    entries = answer.get("Answer") if isinstance(answer, dict) else None
    if not isinstance(entries, list):
        return []
    texts = [
        each["data"]
        for each in entries
        if isinstance(each, dict) and each.get("type") == _TXT and isinstance(each.get("data"), str)
    ]
    # A long text is told in pieces between quotation marks, and belongs together without a joint.
    return ["".join(_ONE_TEXT.findall(text)) if '"' in text else text for text in texts]
