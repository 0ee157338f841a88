"""Who a letter goes to: a platform, a host, a search engine or an authority, and how to reach them.

Addresses to report to come from confirmed facts, or from the person, and are then said to be typed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from stillmine.act.notices.letter import one_line
from stillmine.act.notices.locating import host_of, within
from stillmine.act.notices.reading import is_mail
from stillmine.act.notices.regime import Recipient, regime_of
from stillmine.errors import NotAMailAddress, TakesNoLetter, UnknownRecipient
from stillmine.facts import Fact, Kind, facts_of

_HOSTS, _SEARCH, _NONE = {"infrastructure"}, {"search"}, {"hash-service", "regulator"}
# Where platforms take letters, the better first, and the kinds of letter that may go there: all but
# those on copyright, or these only.
_WAYS: tuple[tuple[str, frozenset[str]], ...] = (
    ("report", frozenset()),
    ("notices", frozenset({"eu-dsa"})),
    ("privacy", frozenset({"eu-gdpr", "gb-gdpr"})),
    ("copyright", frozenset({"dmca"})),
)
# What a person has to know before they open the form, in this order.
_CAVEATS = ("use_for", "needs_account", "needs_legal_name", "region", "legal_channel", "caution")


@dataclass(frozen=True, slots=True)
class Goes:
    """Where a letter goes.

    `fact` is the platform or law that says so, or None where the person typed it; `mail` an address
    for e-mail or empty, and `typed` whether the person gave it, `form` the address of their form;
    `told` has of the fact only what says where to report and what to know first, and is None where
    nobody could confirm any of it; `domains` are where the pictures have to lie; `one_each` tells
    whether each picture takes a letter of its own.
    """

    to: str
    kind: Recipient
    fact: Fact | None
    mail: str
    typed: bool
    told: Fact | None
    domains: tuple[str, ...]
    one_each: bool
    form: str = ""
    source: str = ""
    usual: bool = False

    @property
    def platform(self) -> str:
        """The name of the platform's fact, or nothing."""
        return self.fact.fact if self.fact and self.fact.fact.startswith("platforms/") else ""

    @property
    def legal_name(self) -> bool:
        """Whether they ask for the legal name."""
        return bool(self.told and self.told.said("needs_legal_name"))

    def for_regimes(self, regimes: Sequence[str]) -> Goes:
        """Return where a letter of these regimes goes: each platform has a place for each kind.

        What the person typed stays.
        """
        if self.told is None or self.kind == "authority":
            return self
        ways = [way for way, only in _WAYS if _may_go(only, regimes)]
        urls, mails = ([f"{way}_{end}" for way in ways] for end in ("url", "mail"))
        # What their form for reports asks for is no word on where copyright goes.
        by_report = "report" in ways
        told = _only(self.told, (*urls, *mails, *(_CAVEATS if by_report else ())))
        mail = self.mail if self.typed else _first(self.told, mails)
        one_each, form = self.one_each and by_report, _first(self.told, urls)
        return replace(self, told=told, mail=mail, form=form, one_each=one_each)


def goes_to(to: str, host_mail: str = "", mail: str = "") -> Goes:
    """Return who gets a letter: by a name, or by the mail address of an unknown host.

    Where a platform takes it depends on what it is about: see `Goes.for_regimes`.

    Raises UnknownRecipient, TakesNoLetter, NotAMailAddress.
    """
    for typed in filter(None, (host_mail, mail)):
        if not is_mail(typed) or one_line(typed) != typed:
            raise NotAMailAddress(mail=typed)
    if host_mail:
        name = one_line(to) or host_mail.rpartition("@")[2]
        return Goes(name, "host", None, host_mail, True, None, (), False)
    authority = _table()["authority"].get(to.strip().casefold())
    return _authority(authority, mail) if authority else _platform(platform_called(to), mail)


def platform_called(name: str) -> Fact:
    """Return the platform of this name, or the only one that has it in its own.

    Raises UnknownRecipient.
    """
    wanted = " ".join(name.split()).casefold()
    if not wanted:
        raise UnknownRecipient(to=name)
    every = facts_of(Kind.PLATFORM)
    exact = [each for each in every if wanted in _names(each)]
    part = [each for each in every if any(wanted in known for known in _names(each))]
    found = exact or part
    if not found:
        # Typed as a domain, or by a name that only lives on in one, such as "twitter".
        sites = (f"https://{wanted}/", f"https://{wanted}.com/")
        found = [each for site in sites if (each := platform_of(site))]
    if len(found) != 1:
        raise UnknownRecipient(to=name)
    return found[0]


def platform_of(address: str) -> Fact | None:
    """Return the platform on which an address lies, where that is known."""
    host = host_of(address)
    for name, domains in _table()["domains"].items():
        if within(host, domains):
            return next(each for each in facts_of(Kind.PLATFORM) if each.fact.endswith("/" + name))
    return None


def _names(fact: Fact) -> tuple[str, ...]:
    short = fact.fact.rpartition("/")[2]
    return (str(fact.said("name") or "").casefold(), short, short.replace("-", " "))


def _platform(fact: Fact, mail: str) -> Goes:
    short = fact.fact.rpartition("/")[2]
    name = str(fact.said("name") or short.replace("-", " ").title())
    kind = str(fact.said("kind") or "")
    if kind in _NONE:
        raise TakesNoLetter(to=name)
    return Goes(
        name,
        "host" if kind in _HOSTS else "search" if kind in _SEARCH else "platform",
        fact,
        mail,
        bool(mail),
        _only(fact, (*fact.values,)),
        tuple(_table()["domains"].get(short, ())),
        fact.fact in _table()["one_each"],
    )


def _authority(name: str, mail: str) -> Goes:
    regime = regime_of(name)
    fact = regime.facts[0]
    to = str(fact.said("enforcer") or regime.plain)
    told = _only(fact, ("report_to", "report_url", "procedure"))
    form = _first(fact, ["report_url"])
    return Goes(to, "authority", fact, mail, bool(mail), told, (), False, form)


def _may_go(only: frozenset[str], regimes: Sequence[str]) -> bool:
    about_copyright = "dmca" in regimes
    return bool(only.intersection(regimes)) if only or about_copyright else True


def _first(fact: Fact, fields: Sequence[str]) -> str:
    """Return the first of these values that is confirmed, or nothing."""
    return next((str(said) for each in fields if (said := fact.said(each))), "")


def _only(fact: Fact, wanted: tuple[str, ...]) -> Fact | None:
    """Return the fact with these values and its name; None where nobody confirmed the name."""
    if "name" not in fact.values:
        return None
    kept = {each: fact.values[each] for each in ("name", *wanted) if each in fact.values}
    return replace(fact, values=kept, missing={})


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads((files(__package__) / "recipients.toml").read_text("utf-8"))
