"""A letter as an e-mail file that the person's own mail program opens and sends (RFC 5322, MIME).

Nothing in it tells of this computer: no host name, no time zone, no program. Nothing is sent here.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from typing import Protocol

from stillmine.act.case.model import Sender
from stillmine.act.notices.letter import one_line
from stillmine.act.notices.reading import is_mail
from stillmine.errors import NotAMailAddress

_LONGEST_LINE = 76  # signs of a line of the body as it travels (RFC 2045, 6.7)
_MOST_SUBJECT = 500


class Mailed(Protocol):
    """What a letter needs to have, to be mailed."""

    @property
    def to(self) -> str:
        """The name of whom it is for."""
        ...

    @property
    def mail(self) -> str:
        """Their mail address; empty where the person puts it in."""
        ...

    @property
    def sender(self) -> Sender:
        """Who signs it."""
        ...

    @property
    def subject(self) -> str:
        """What it is about, in one line."""
        ...

    @property
    def text(self) -> str:
        """All its words."""
        ...


def as_mail(letter: Mailed, now: datetime) -> bytes:
    """Return the letter as an .eml file to `letter.mail`. Raises NotAMailAddress.

    Without a mail address of the sender there is no From line: the mail program puts its own.
    """
    message = EmailMessage(_policy(letter))
    if letter.mail:
        message["To"] = _address(letter.to, letter.mail)
    if is_mail(letter.sender.mail):
        message["From"] = _address(letter.sender.name, letter.sender.mail)
    message["Subject"] = one_line(letter.subject)[:_MOST_SUBJECT]
    message["Date"] = now.astimezone(UTC)
    # By its own domain the person's mail service could be known already; a name that nobody has
    # (RFC 6761) says nothing of the computer on which this was written.
    message["Message-ID"] = f"<{secrets.token_hex(16)}@mail.invalid>"
    # Outlook opens a mail with this line as a draft, and not as one that was received.
    message["X-Unsent"] = "1"
    message.set_content(letter.text, subtype="plain", charset="utf-8", cte="quoted-printable")
    return message.as_bytes()


def _policy(letter: Mailed) -> EmailPolicy[EmailMessage]:
    """Return how it is written: UTF-8 in the head only where a mail address itself needs it."""
    plain = f"{letter.mail}{letter.sender.mail}".isascii()
    return SMTP.clone(utf8=not plain, max_line_length=_LONGEST_LINE)


def _address(name: str, mail: str) -> Address:
    if not is_mail(mail) or one_line(mail) != mail:
        raise NotAMailAddress(mail=mail)
    local, _, domain = mail.rpartition("@")
    try:
        return Address(one_line(name), local, domain)
    except (ValueError, IndexError, MessageError) as problem:
        raise NotAMailAddress(mail=mail) from problem
