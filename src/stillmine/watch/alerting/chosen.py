"""What the person chose about alerts: whom to tell, at which hours, how often, in which words."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any

from stillmine.app import away
from stillmine.app.network.alerts import Channel, Message
from stillmine.app.storage.vault import Vault
from stillmine.errors import UnknownAlert
from stillmine.messages import languages, spoken, translate
from stillmine.messages.alerting import BODY, NAMED_BODY, SENDER

NAME = "alerts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert(Channel):
    """One way to be told, under a number. `url` is the whole address, which may hold a password."""

    alert: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """All that was chosen. `begin` and `end` are full hours; the same hour twice means always.

    `language` is the one in which the sentence is said; nothing means the system's.
    """

    alerts: tuple[Alert, ...] = ()
    begin: int = 0
    end: int = 0
    at_once: bool = False
    named: bool = False
    language: str = ""

    def fits(self, now: datetime) -> bool:
        """Say whether now is an hour at which the person wants to be told."""
        if self.begin == self.end:
            return True
        if self.begin < self.end:
            return self.begin <= now.hour < self.end
        return now.hour >= self.begin or now.hour < self.end

    @property
    def message(self) -> Message:
        """Return all that is ever said: one sentence that says nothing of what was found."""
        language = self.language or None
        body = translate(NAMED_BODY if self.named else BODY, language)
        return Message(body, translate(SENDER, language))

    def with_alert(self, channel: Channel) -> tuple[Chosen, Alert]:
        """Return it with one more way, under the first number that is free, and that way."""
        taken = {each.alert for each in self.alerts}
        number = next(str(n) for n in range(1, len(taken) + 2) if str(n) not in taken)
        added = Alert(**asdict(channel), alert=number)
        return replace(self, alerts=(*self.alerts, added)), added

    def find(self, number: str) -> Alert:
        """Return the way of this number. Raise UnknownAlert."""
        for each in self.alerts:
            if each.alert == number.strip():
                return each
        raise UnknownAlert(alert=number)

    def without(self, alert: Alert) -> Chosen:
        """Return it without one way."""
        return replace(self, alerts=tuple(each for each in self.alerts if each != alert))


def language_now(environment: Mapping[str, str] = os.environ) -> str:
    """Return the language in which the person is spoken to now, for runs that are told of none."""
    if found := spoken():
        return found
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if named := environment.get(name):
            language = named.partition(":")[0].partition("_")[0].partition(".")[0]
            return language if language in languages() else ""
    return ""


def read_chosen(value: Mapping[str, Any]) -> Chosen:
    """Return what was chosen, from what is kept; the usual where nobody chose."""
    known = {each.name for each in fields(Chosen)} & value.keys()
    alerts = tuple(Alert(**each) for each in value.get("alerts", ()))
    return Chosen(**{**{name: value[name] for name in known}, "alerts": alerts})


def chosen_in(vault: Vault) -> Chosen:
    """Return what was chosen, from the open vault."""
    return read_chosen(away.kept(vault, NAME))


def keep_chosen(vault: Vault, chosen: Chosen) -> None:
    """Keep it in the vault, and tell locked runs."""
    away.keep(vault, NAME, asdict(chosen))
