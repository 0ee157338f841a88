"""Keep how far somebody is on a journey, so that it goes on at the same step after a week.

It lies in the vault as a sealed record: what was answered may name people and addresses.
"""

from __future__ import annotations

from typing import Any

from stillmine.app.context import Context
from stillmine.app.unlocking import unlocked
from stillmine.journeys.steps import Progress

_KIND = "journey"
_FIELDS = ("journey", "at", "began", "changed")


def keep(context: Context, progress: Progress) -> None:
    """Keep the progress in the vault, in place of what was kept of it before."""
    with unlocked(context, writing=True) as vault:
        facts = {name: getattr(progress, name) for name in _FIELDS}
        vault.records.put(_KIND, progress.progress, {**facts, "answers": dict(progress.answers)})


def kept(context: Context) -> tuple[Progress, ...]:
    """Return the journeys that were begun and not ended, the one that was on last first."""
    with unlocked(context) as vault:
        found = [_read(name, facts) for name, facts in vault.records.all(_KIND).items()]
    known = [progress for progress in found if progress is not None]
    return tuple(sorted(known, key=lambda each: (each.changed, each.progress), reverse=True))


def find(context: Context, name: str) -> Progress | None:
    """Return the progress of this name, or None where there is none any more."""
    with unlocked(context) as vault:
        return _read(name, vault.records.get(_KIND, name))


def forget(context: Context, name: str) -> None:
    """Forget a journey for good, with all that was answered on it."""
    with unlocked(context, writing=True) as vault:
        vault.records.forget(_KIND, name)


def _read(name: str, facts: Any) -> Progress | None:
    """Return what a record says; nothing for one that another version wrote in another way."""
    if not isinstance(facts, dict) or not isinstance(facts.get("answers"), dict):
        return None
    said = {field: facts.get(field) for field in _FIELDS}
    answers = {key: value for key, value in facts["answers"].items() if isinstance(value, str)}
    if not all(isinstance(value, str) for value in said.values()):
        return None
    return Progress(answers=answers, progress=name, **{key: str(said[key]) for key in said})
