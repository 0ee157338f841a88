"""Tell the person that there is something to read: at their hours, seldom, and nothing more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from stillmine.app.network import Permit
from stillmine.app.network.alerts import send
from stillmine.errors import StillmineError
from stillmine.watch.alerting.chosen import Alert, Chosen
from stillmine.watch.looking.finding import Finding
from stillmine.watch.scheduling.last_run import LastRun

ACTION = "watch.alert"
FACTS_NEEDED = 2
"""How many independent facts have to speak for a finding before anybody is told."""


@dataclass(frozen=True, slots=True)
class NotTold:
    """A way that did not work, and the code that says why."""

    alert: str
    code: str


def is_news(findings: Iterable[Finding]) -> bool:
    """Say whether one of them is sure enough to tell somebody."""
    return any(len(set(each.facts)) >= FACTS_NEEDED for each in findings)


def tell_if_due(chosen: Chosen, last: LastRun, now: datetime) -> tuple[LastRun, list[NotTold]]:
    """Tell by all ways, where there is news, the hour is right and today nobody was told yet.

    Return what to remember, and which ways did not work. Where none works the news stays for the
    next run. Nothing is raised: that an alert does not get through must not end a look.
    """
    today = now.date().isoformat()
    waits = not chosen.at_once and last.told_on == today
    if not last.news or not chosen.alerts or waits or not chosen.fits(now):
        return last, []
    missed = tell(chosen, chosen.alerts)
    if len(missed) == len(chosen.alerts):
        return last, missed
    return replace(last, news=False, told_on=today), missed


def tell(chosen: Chosen, alerts: Iterable[Alert]) -> list[NotTold]:
    """Send the one sentence by these ways; return those that did not work."""
    missed: list[NotTold] = []
    for each in alerts:
        try:
            send(each, permit_for(each), chosen.message)
        except StillmineError as problem:
            missed.append(NotTold(each.alert, problem.code))
    return missed


def permit_for(alert: Alert) -> Permit | None:
    """Return the yes that the person gave when they added this way; the desktop needs none."""
    return Permit.for_host(ACTION, alert.place) if alert.host else None
