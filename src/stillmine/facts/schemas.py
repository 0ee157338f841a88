"""What may stand in a fact, and what has to be true of it before anyone may be shown it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import Enum
from typing import NamedTuple

from stillmine.facts.fact import Said


class Kind(Enum):
    """The kinds of facts; the value is the name of their folder."""

    LAW = "law"
    PLATFORM = "platforms"
    LINE = "lines"
    AUTHORITY = "authorities"
    SERVICE = "services"


COPY = "official-copy"
# Kinds of sources, the one that counts most first.
SOURCE_KINDS = ("official-text", "official", "official-ngo", COPY, "repo", "secondary")
# The law itself, who made it, or the organisation that answers the telephone; or the file that the
# law's own publisher gave out, read where somebody else keeps it, which counts for laws only.
OFFICIAL = frozenset(SOURCE_KINDS[:4])
TRIGGERS = (
    "valid-request",
    "authority-notice",
    "court-order",
    "safe-harbour-step",
    "statutory-answer-time",
    "platform-report-then-regulator",
)
STATUSES = ("in-force", "in-part", "pending")
ELEMENTS = (
    "writing",
    "signature",
    "locate",
    "not-consensual",
    "good-faith",
    "explanation",
    "contact",
    "standing",
    "accuracy",
    "perjury",
    "work",
    "ground",
    "identity",
)
PLATFORM_KINDS = (
    "adult",
    "ai",
    "archive",
    "dating",
    "dev",
    "hash-service",
    "image-host",
    "infrastructure",
    "messaging",
    "regulator",
    "search",
    "social",
)
# What a service does for whoever signs up: it tells them, or it looks for pictures by itself.
SERVICE_KINDS = ("leak-alert", "platform-tool", "search-alert")
# What somebody can ask an authority for.
AUTHORITY_ROLES = ("data-protection", "digital-services", "online-safety", "tribunal")
# How long the law gives: one of these, each with `deadline_trigger`.
DEADLINES = ("deadline_hours", "deadline_days", "deadline_business_days", "deadline_months")
# After so many days a value is shown with the words that it is old.
FRESH_DAYS = {
    Kind.LAW: 365,
    Kind.PLATFORM: 180,
    Kind.LINE: 180,
    Kind.AUTHORITY: 180,
    Kind.SERVICE: 180,
}
# Nobody's name before the host, no port, nothing that breaks a line or a sentence.
_HTTPS = re.compile(r"https://(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[!#-;=?-~]*)?")
_MOST_WORDS = 600  # signs of one value; more is an essay, and no fact


class Field(NamedTuple):
    """One field: its type, a check that raises ValueError, and what a person would do with it.

    `acted_on` marks what somebody dials, opens or relies on in a letter: it needs an official
    source.
    """

    type: type
    check: Callable[[Said], None]
    acted_on: bool = False


def _words(said: Said) -> None:
    if not str(said).strip() or len(str(said)) > _MOST_WORDS or str(said) != str(said).strip():
        raise ValueError("empty, too long, or blanks around it")


def _anything(_said: Said) -> None:
    return


def _https(said: Said) -> None:
    if not _HTTPS.fullmatch(str(said)):
        raise ValueError(f"not a plain https address: {said}")


def _number(said: Said) -> None:
    if not re.fullmatch(r"\+[1-9][0-9]{6,14}", str(said)):
        raise ValueError(f"not a number as E.164 writes it: {said}")


def _short_number(said: Said) -> None:
    if not re.fullmatch(r"#?[0-9]{2,6}", str(said)):
        raise ValueError(f"not a short number: {said}")


def _mail(said: Said) -> None:
    if not re.fullmatch(r"[^@\s]+@[a-z0-9.-]+\.[a-z]+", str(said)):
        raise ValueError(f"not a mail address: {said}")


def _hours(said: Said) -> None:
    if not 1 <= int(str(said)) <= 24 * 90:
        raise ValueError(f"not a time in hours: {said}")


def _days(said: Said) -> None:
    if not 1 <= int(str(said)) <= 180:
        raise ValueError(f"not a time in days: {said}")


def _months(said: Said) -> None:
    if not 1 <= int(str(said)) <= 6:
        raise ValueError(f"not a time in months: {said}")


def _languages(said: Said) -> None:
    if not isinstance(said, tuple) or not said:
        raise ValueError("no language")
    if any(not re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?|interpreters", each) for each in said):
        raise ValueError(f"not language codes: {said}")


def _one_of(*allowed: str) -> Callable[[Said], None]:
    def check(said: Said) -> None:
        if said not in allowed:
            raise ValueError(f"{said} is none of {allowed}")

    return check


_TEXT = Field(str, _words)
_CONTACT_URL = Field(str, _https, acted_on=True)
_YES_NO = Field(bool, _anything)

_LAW: Mapping[str, Field] = {
    "name": Field(str, _words, acted_on=True),
    "citation": Field(str, _words, acted_on=True),
    "status": Field(str, _one_of(*STATUSES), acted_on=True),
    "offence": _TEXT,
    "remedy": _TEXT,
    **{f"elements.{name}": Field(str, _words, acted_on=True) for name in ELEMENTS},
    "procedure": _TEXT,
    "deadline_hours": Field(int, _hours, acted_on=True),
    "deadline_days": Field(int, _days, acted_on=True),
    "deadline_business_days": Field(int, _days, acted_on=True),
    "deadline_months": Field(int, _months, acted_on=True),
    "deadline_trigger": Field(str, _one_of(*TRIGGERS), acted_on=True),
    "deadline_note": _TEXT,
    "authority_deadline_hours": Field(int, _hours, acted_on=True),
    "enforcer": _TEXT,
    "report_to": Field(str, _words, acted_on=True),
    "report_url": _CONTACT_URL,
    "minors": _TEXT,
    "safety": _TEXT,
}
_PLATFORM: Mapping[str, Field] = {
    "name": _TEXT,
    "kind": Field(str, _one_of(*PLATFORM_KINDS)),
    "report_url": _CONTACT_URL,
    "help_url": _CONTACT_URL,
    "report_mail": Field(str, _mail, acted_on=True),
    "use_for": _TEXT,
    "asks": _TEXT,
    "leaves": _TEXT,
    "does": _TEXT,
    "cannot": _TEXT,
    "needs_account": _YES_NO,
    "needs_legal_name": _YES_NO,
    "takes_stopncii": _YES_NO,
    "takes_takeitdown": _YES_NO,
    "legal_channel": Field(str, _words, acted_on=True),
    "privacy_mail": Field(str, _mail, acted_on=True),
    "privacy_url": _CONTACT_URL,
    "notices_mail": Field(str, _mail, acted_on=True),
    "notices_url": _CONTACT_URL,
    "copyright_mail": Field(str, _mail, acted_on=True),
    "copyright_url": _CONTACT_URL,
    "ages": _TEXT,
    "caution": _TEXT,
    "region": _TEXT,
}
_LINE: Mapping[str, Field] = {
    "name": _TEXT,
    "phone": Field(str, _number, acted_on=True),
    "short_number": Field(str, _short_number, acted_on=True),
    "mail": Field(str, _mail, acted_on=True),
    "url": _CONTACT_URL,
    "hours": _TEXT,
    "languages": Field(tuple, _languages),
    "serves": _TEXT,
    "helps_remove": _YES_NO,
    "minors": _YES_NO,
    "crisis": _YES_NO,
}
_AUTHORITY: Mapping[str, Field] = {
    "name": Field(str, _words, acted_on=True),
    "role": Field(str, _one_of(*AUTHORITY_ROLES), acted_on=True),
    "use_for": _TEXT,
    "procedure": _TEXT,
    "complaint_url": _CONTACT_URL,
    "url": _CONTACT_URL,
    "mail": Field(str, _mail, acted_on=True),
    "phone": Field(str, _number, acted_on=True),
    "post": Field(str, _words, acted_on=True),
    "languages": Field(tuple, _languages),
}
_SERVICE: Mapping[str, Field] = {
    "name": _TEXT,
    "kind": Field(str, _one_of(*SERVICE_KINDS)),
    "url": _CONTACT_URL,
    "help_url": _CONTACT_URL,
    "use_for": _TEXT,
    "ages": _TEXT,
    "region": _TEXT,
    "needs_account": _YES_NO,
    "asks": _TEXT,
    "leaves": _TEXT,
    "keeps": _TEXT,
    "does": _TEXT,
    "cannot": _TEXT,
    "again_days": Field(int, _days),
    "ending": _TEXT,
    "caution": _TEXT,
}
SCHEMAS: Mapping[Kind, Mapping[str, Field]] = {
    Kind.LAW: _LAW,
    Kind.PLATFORM: _PLATFORM,
    Kind.LINE: _LINE,
    Kind.AUTHORITY: _AUTHORITY,
    Kind.SERVICE: _SERVICE,
}
# Names of people, laws and places, and what stands in them, are not ours to put in other words.
_NAMES = frozenset({"citation", "name", "post"})
OUR_WORDS: frozenset[str] = frozenset(
    name
    for fields in SCHEMAS.values()
    for name, field in fields.items()
    if field.type is str and field.check is _words and name not in _NAMES
)
"""The fields whose values are descriptions of ours, in English: they are translated when shown."""
