"""Turn cases into lines of figures: coarse, in closed words, one line a case and place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from stillmine.act.case.model import CLOSED, Case, Notice
from stillmine.act.clock import machine
from stillmine.act.clock.asked import COMPLAINT, HASH
from stillmine.act.clock.machine import moment
from stillmine.act.clock.starting import starts
from stillmine.act.statistics import rows as words
from stillmine.act.statistics.buckets import again_bucket, count_bucket, hours_bucket
from stillmine.act.statistics.regions import region_of
from stillmine.act.statistics.rows import Row, in_order

_OUTCOMES = {
    machine.REMOVED: words.REMOVED,
    machine.PARTLY: words.PARTIAL,
    machine.REFUSED: words.REFUSED,
    machine.SILENT: words.SILENCE,
    machine.REAPPEARED: words.REAPPEARED,
}
_CONTENT = {"real": "real", "changed": "synthetic"}


def rows_of(cases: Iterable[Case], now: datetime) -> list[Row]:
    """Return the lines of these cases, in the order of their values.

    A case has one line for each place and way, however many letters it took: the first letter
    that was sent. So no case counts twice in one figure.
    """
    return in_order(row for case in cases for row in _of_case(case, now))


def _of_case(case: Case, now: datetime) -> Iterator[Row]:
    cells: dict[tuple[str, str], list[Notice]] = {}
    for notice in case.notices:
        if notice.channel != HASH and machine.since(notice, machine.SENT):
            cells.setdefault((_platform(notice), _channel(notice)), []).append(notice)
    for (platform, channel), notices in cells.items():
        notices.sort(key=_sent)
        yield _row(case, platform, channel, notices, now)


def _row(case: Case, platform: str, channel: str, notices: list[Notice], now: datetime) -> Row:
    first = notices[0]
    sent, gone = _sent(first), _first(first, machine.REMOVED)
    waited = _hours(sent, gone or _last_known(case, first, now))
    acknowledged = _first(first, machine.ACKNOWLEDGED)
    outcome = _outcome(first, gone)
    addresses = {name for each in notices for name in each.addresses}
    return Row(
        platform=platform,
        channel=channel,
        legal_basis=_basis(first),
        country_group=region_of(case.country),
        content_kind=_CONTENT.get(first.facts.get("made", ""), "unknown"),
        week="{}-W{:02}".format(*sent.astimezone(UTC).isocalendar()),
        outcome=outcome,
        hours_to_acknowledgement=hours_bucket(_hours(sent, acknowledged)) if acknowledged else None,
        hours_to_removal=hours_bucket(waited) if outcome in words.GONE else None,
        hours_waited=None if outcome in words.GONE else hours_bucket(waited),
        within_statutory=_within(case, first, gone, now),
        reuploads=again_bucket(sum(step.state == machine.REAPPEARED for step in first.steps)),
        urls=count_bucket(len(addresses)),
    )


def _outcome(notice: Notice, gone: datetime | None) -> str:
    if gone is not None:
        back = any(step.state == machine.REAPPEARED for step in notice.steps)
        return words.REAPPEARED if back else words.REMOVED
    found = _OUTCOMES.get(notice.state, words.OPEN)
    # Back without having been noted as removed before: it was never seen gone.
    return words.OPEN if found in words.GONE else found


def _last_known(case: Case, notice: Notice, now: datetime) -> datetime:
    """Return until when it is known that it was not removed: now, or the end of the case."""
    if notice.state == machine.WITHDRAWN or case.state == CLOSED:
        steps = [moment(step.at) for step in notice.steps]
        ended = [moment(each.at) for each in case.events] if case.state == CLOSED else []
        return min(now, max([*steps, *ended]))
    return now


def _within(case: Case, notice: Notice, gone: datetime | None, now: datetime) -> bool | None:
    """Return whether it was removed in the time of a law; None where none ran, or it still runs."""
    begun, _waiting = starts(case, notice)
    last = [
        max(each.term.ends(each.began, case.country), each.not_before)
        for each in begun
        if each.term.trigger  # the others are what an authority has, not a platform
    ]
    if not last:
        return None
    if gone is not None:
        return gone <= min(last)
    return False if now > min(last) else None


def _basis(notice: Notice) -> str:
    if len(notice.regimes) > 1:
        return words.SEVERAL
    (regime,) = notice.regimes or (words.NONE,)
    return regime if regime in words.bases() else words.SEVERAL


def _platform(notice: Notice) -> str:
    name = notice.platform.rpartition("/")[2]
    return name if name in words.platforms() else words.OTHER


def _channel(notice: Notice) -> str:
    if notice.channel == COMPLAINT:
        return "regulator"
    return notice.channel if notice.channel in ("form", "mail") else words.OTHER


def _sent(notice: Notice) -> datetime:
    return next(moment(step.at) for step in notice.steps if step.state == machine.SENT)


def _first(notice: Notice, state: str) -> datetime | None:
    return next((moment(step.at) for step in notice.steps if step.state == state), None)


def _hours(since: datetime, until: datetime) -> float:
    return (until - since) / timedelta(hours=1)
