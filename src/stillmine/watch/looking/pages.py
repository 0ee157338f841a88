"""Take in a page, a list or a feed: what it shows, where it leads, when it was seen by archives."""

from __future__ import annotations

from datetime import UTC
from functools import partial

from stillmine.app.network.web.references import canonical, host_of
from stillmine.app.storage.looks import Saw, Step, Task, Trouble, Validated
from stillmine.watch.looking.asking import UNCHANGED, ReadPage
from stillmine.watch.looking.bodies import AskBody, Spot, ask_task
from stillmine.watch.looking.refusing import SEARCH, is_search
from stillmine.watch.looking.remembered import packed_found
from stillmine.watch.looking.seeing import Eye, Sight
from stillmine.watch.looking.underway import Desk, Under
from stillmine.watch.places import kinds
from stillmine.watch.places.kind import Ask, Found, Problem

_MOST_WRITTEN = 200


class Pages:
    """Takes in what the kinds of places read."""

    def __init__(self, desk: Desk) -> None:
        """Take what the parts of a look share."""
        self._desk = desk

    def take(self, task: Task, body: AskBody, read: ReadPage) -> None:
        """Take in an answer; pictures that are written into it are compared first."""
        found = read.found or Found()
        if not found.written:
            self.finish(task, body, read)
            return
        written = tuple(each.data for each in found.written[:_MOST_WRITTEN])
        under = Under(
            task.host,
            task=task,
            page=body,
            read=ReadPage(read.heard, found._replace(written=()), read.named),
            held=sum(map(len, written)),
        )
        self._desk.give_picture(under, partial(_see_all, self._desk.eye, written))

    def finish(
        self,
        task: Task,
        body: AskBody,
        read: ReadPage,
        *,
        known: Validated | None = None,
        sight: Sight | None = None,
    ) -> None:
        """Make a step of an answer. `known` stands for one that is as it was."""
        desk, found, place = self._desk, read.found or Found(), task.place
        step = Step(done=[task.number])
        self._remember(step, task, body, read, known)
        codes = [found.problem.value] if found.problem is not Problem.NONE else []
        codes += ["cut"] if found.cut or read.heard.cut else []
        codes += sight.codes if sight else ()
        step.troubles += [Trouble(place, task.host, code) for code in dict.fromkeys(codes)]
        found, refused = _without_searches(found, body.at)
        step.troubles += [Trouble(place, host_of(each.url), SEARCH) for each in refused]
        step.tasks += self._more(place, found)
        if sight:
            alike = sight.alike
            desk.notes.note(step, alike, [Spot(place, read.heard.url, read.named)], "")
        now = desk.pulse.now()
        desk.showing.take(step, place, found.shown, named=read.named, now=now)
        step.existed += [
            Saw(place, each.page, each.at.astimezone(UTC).isoformat(), each.status, each.copy)
            for each in found.existed
        ]
        desk.pages += 1
        desk.write(step)
        desk.job.advance()

    def _remember(
        self, step: Step, task: Task, body: AskBody, read: ReadPage, known: Validated | None
    ) -> None:
        """Keep by what the page is known again, and what it showed."""
        desk, heard, found = self._desk, read.heard, read.found
        now = desk.pulse.now()
        if known is not None:
            step.pages.append(known._replace(at=now))
            return
        version = body.ask.version if not body.hops else ""
        sum_ = desk.looks.sum_of("page", task.place, canonical(body.at))
        marks = heard.validated(sum_, now)._replace(version=version)
        tells = marks.etag or marks.modified or version
        whole = found is not None and found.problem is Problem.NONE and not heard.cut
        if heard.status == UNCHANGED or heard.status >= 300 or not tells or not whole:
            return
        packed = packed_found(found) if found else None
        if packed is not None:
            step.pages.append(marks._replace(found=packed))

    def _more(self, place: str, found: Found) -> list[Task]:
        """Return what to ask for next, as far as the place may ask for more in this look."""
        desk = self._desk
        kind = kinds.kind_of(desk.places[place].kind)
        asked, _ = desk.looks.counts(place)
        room = min(
            kind.most_asks(desk.places[place]) - asked, desk.bounds.queue - desk.looks.count()
        )
        new: dict[bytes, Task] = {}
        for ask in found.more:
            if len(new) >= room:
                break
            task = self._task(place, ask)
            if task is not None:
                new.setdefault(task.once, task)
        return list(new.values())

    def _task(self, place: str, ask: Ask) -> Task | None:
        if not host_of(ask.url):
            return None
        task = ask_task(self._desk.looks, place, ask)
        return None if self._desk.looks.met(place, task.once) else task


def _without_searches(found: Found, came_from: str) -> tuple[Found, list[Ask]]:
    """Return an answer without what leads to a search, and what that was."""
    refused = [each for each in found.more if is_search(each.url, came_from)]
    if not refused:
        return found, refused
    return found._replace(more=tuple(each for each in found.more if each not in refused)), refused


def _see_all(eye: Eye, written: tuple[str, ...]) -> Sight:
    """Look at all pictures that are written into a page."""
    seen = [eye.see_written(data) for data in written]
    codes = dict.fromkeys(code for each in seen for code in each.codes)
    return Sight(
        tuple(alike for each in seen for alike in each.alike),
        sum(each.compared for each in seen),
        tuple(codes),
    )
