"""What came of looks together, in words: for the page, and as the text that the person takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stillmine.journeys.consenting import Looked
from stillmine.journeys.side_by_side import Compared, NotSeen
from stillmine.journeys.where_to_ask import UnsignedLetter, WhereToAsk
from stillmine.messages import say, translate
from stillmine.messages.pages_helping import HAND_OVER, TOLD
from stillmine.messages.visible import visible
from stillmine.web.pages.people import Person
from stillmine.web.showing import clock, day, say_text

_MOST = 60  # lines of a kind; a folder full of files has no end


@dataclass(frozen=True, slots=True)
class Part:
    """What one look showed: a title, lines of words, pages to report at, and letters."""

    title: str
    lines: tuple[str, ...]
    links: tuple[str, ...] = ()
    letters: tuple[UnsignedLetter, ...] = ()


def part_of(looked: Looked) -> Part:
    """Return what a look showed, in words."""
    title, answer = say_text(TOLD[looked.yes.look]), looked.answer
    if isinstance(answer, Compared):
        return Part(title, tuple(_compared(answer)))
    if isinstance(answer, WhereToAsk):
        return Part(title, tuple(_site(answer)), tuple(_links(answer)), answer.letters)
    return Part(title, tuple(_inspected(answer)))


def _compared(answer: Compared) -> Iterator[str]:
    yield say_text(TOLD["compare_counts"], own=answer.own, looked_at=answer.looked_at)
    for each in answer.matches[:_MOST]:
        where = each.path.name if each.inside is None else f"{each.path.name} > {each.inside}"
        yield say_text(TOLD["compare_match"], file=visible(where), said=_said(each))
    if not answer.looked_at:
        yield say_text(TOLD["compare_nothing"])
    elif not answer.matches:
        yield say_text(TOLD["compare_none"])
    for left in answer.unknown[:_MOST]:
        yield say_text(TOLD["compare_unknown"], file=visible(left.file))
    for left in answer.skipped[:_MOST]:
        yield say_text(TOLD["compare_skipped"], file=_where(left), why=say(left.code, {})[0])


def _said(copy: Any) -> str:
    return visible(" ".join(copy.sentences))


def _where(left: NotSeen) -> str:
    return visible(f"{left.file} > {left.inside}" if left.inside else left.file)


def _inspected(answer: Any) -> Iterator[str]:
    yield say_text(TOLD["inspect_file"], file=visible(answer.file))
    for each in answer.says[:_MOST]:
        yield " ".join(visible(line.strip()) for line in each.lines)
    if not answer.says:
        yield say_text(TOLD["inspect_none"])
    for each in answer.stays:
        yield say_text(TOLD["inspect_stays"], what=each.means)
    yield say_text(TOLD["inspect_clean"])


def _site(answer: WhereToAsk) -> Iterator[str]:
    yield say_text(TOLD["site_of"], site=visible(answer.site))
    if answer.page:
        yield say_text(TOLD["site_page"], page=visible(answer.page))
    if answer.platform is not None:
        yield from _platform(answer.platform)
    elif answer.found is None:
        yield say_text(TOLD["site_unknown"])
    elif not answer.found.whom_to_ask:
        yield say_text(TOLD["site_nobody"])
    else:
        for each in answer.found.whom_to_ask:
            yield from _asked(each)


def _platform(told: Any) -> Iterator[str]:
    values = told.values
    ways = [("site_report", "url", "report_url"), ("site_mail", "mail", "report_mail")]
    known = [(words, key, values[name]) for words, key, name in ways if name in values]
    if "use_for" in values:
        yield say_text(TOLD["site_for"], said=visible(translate(values["use_for"].said)))
    for words, key, way in known:
        yield say_text(TOLD[words], **{key: way.said})
        yield say_text(TOLD["site_read"], source=way.source, day=way.checked_on.isoformat())
    if not known:
        yield say_text(TOLD["site_no_way"])


def _asked(each: Any) -> Iterator[str]:
    for line in each.lines:
        yield visible(line.strip())


def _links(answer: WhereToAsk) -> Iterator[str]:
    found = answer.platform.values.get("report_url") if answer.platform else None
    if found is not None and str(found.said).startswith("https://"):
        yield str(found.said)


def as_text(looks: Sequence[Looked], people: Iterable[Person], now: datetime) -> str:
    """Return all of it as plain text: what was looked at, letters, and people to talk to."""
    lines = [say_text(HAND_OVER["head"], day=day(now)), ""]
    if looks:
        lines += [say_text(HAND_OVER["looks"]), ""]
    for number, each in enumerate(looks, 1):
        part, time = part_of(each), clock(each.yes.said_at)
        lines.append(say_text(HAND_OVER["look"], number=number, title=part.title, time=time))
        lines += [f"   {line}" for line in part.lines]
        lines.append("")
        for letter in part.letters:
            lines += _letter(letter)
    found = list(people)
    if found:
        lines += [say_text(HAND_OVER["people"]), ""]
        lines += [line for each in found for line in _person(each)]
    lines.append(say_text(HAND_OVER["no_advice"]))
    return "\n".join(lines) + "\n"


def _letter(letter: UnsignedLetter) -> list[str]:
    ways = [way for way in (letter.form, letter.mail) if way]
    head = say_text(TOLD["letter"], to=visible(letter.to))
    return [head, *ways, "", *letter.text.splitlines(), ""]


def _person(each: Person) -> list[str]:
    ways = [each.phone, each.short, each.mail, each.url]
    lines = [each.name, each.serves, each.hours, *ways]
    return [*(visible(line) for line in lines if line), ""]
