"""Say things on paper: words of ours with facts put in, times, sources, the size of a sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from stillmine.act.case.model import Case
from stillmine.act.papers.document import Paper
from stillmine.facts import OFFICIAL, Source
from stillmine.messages import fill, translate
from stillmine.messages.papers import PAPER

_EPOCH = datetime.fromtimestamp(0, UTC)
# The countries that write on sheets of 8.5 by 11 inches.
_LETTER_SHEETS = frozenset({"US", "CA", "MX", "PH", "CL", "CO"})


def words(table: Mapping[str, str]) -> Callable[..., str]:
    """Return a function that says one of these texts, with facts put in."""

    def say(text: str, /, **facts: object) -> str:
        return fill(translate(table[text]), facts)

    return say


def read_at(name: str, source: Source) -> str:
    """Return where something was read, and when; and whether that page is an official one."""
    text = PAPER["read_at" if source.kind in OFFICIAL else "read_elsewhere"]
    facts = {"name": name, "url": source.url, "day": source.checked_on.isoformat()}
    return fill(translate(text), facts)


def paper_size(country: str) -> Paper:
    """Return the sheet that is used in a country."""
    return "us-letter" if country.partition("-")[0].upper() in _LETTER_SHEETS else "a4"


def moment_of(written: str) -> datetime | None:
    """Return the moment that a record of a case names, in UTC; None for what names none."""
    try:
        read = datetime.fromisoformat(written)
    except ValueError:
        return None
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


def at(written: str | datetime) -> str:
    """Return a moment as paper has it, in UTC to the minute; what is no time stays as it is."""
    read = moment_of(written) if isinstance(written, str) else written.astimezone(UTC)
    return f"{read:%Y-%m-%d %H:%M} UTC" if read else str(written)


def in_column(written: str) -> str:
    """Return a moment for a column whose head says that its times are UTC."""
    return at(written).removesuffix(" UTC")


def shortened(text: str, most: int) -> str:
    """Return a text of at most so many signs; one that is cut ends with "…"."""
    return text if len(text) <= most else text[: most - 1] + "…"


def last_noted(case: Case) -> datetime:
    """Return when something was last noted in a case: the day that its papers bear."""
    written = [
        case.opened,
        *(each.added for each in case.addresses),
        *(each.made for each in case.proofs),
        *(each.written for each in case.notices),
        *(step.at for notice in case.notices for step in notice.steps),
        *(each.at for each in case.events),
    ]
    return max((read for each in written if (read := moment_of(each))), default=_EPOCH)
