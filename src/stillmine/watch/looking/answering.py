"""Take in what came back: each answer becomes one step, which is durable as a whole."""

from __future__ import annotations

import zlib
from dataclasses import replace

from stillmine.app.network.web.references import host_of
from stillmine.app.storage.looks import Step, Task, Trouble, Validated
from stillmine.errors import CannotReach, VaultDamaged
from stillmine.watch.looking.asking import (
    IN_TROUBLE,
    LEADS_ON,
    UNCHANGED,
    Heard,
    ReadPage,
    ReadPicture,
)
from stillmine.watch.looking.bodies import AskBody, pack_ask, pack_picture, read_ask, read_picture
from stillmine.watch.looking.crew import Done
from stillmine.watch.looking.pages import Pages
from stillmine.watch.looking.pictures import Pictures
from stillmine.watch.looking.refusing import SEARCH, is_search
from stillmine.watch.looking.remembered import read_found
from stillmine.watch.looking.rules import MOST_HOPS
from stillmine.watch.looking.seeing import Sight
from stillmine.watch.looking.underway import Desk, Under
from stillmine.watch.manners.robots import EVERYTHING, robots_of
from stillmine.watch.places.kind import Problem

MOST_TRIES = 3
_NOT_HEARD = 0
_STRANGE = (
    400  # somebody answered, if not as a web server should: that is no reason to hurry or wait
)


class Answers:
    """Takes in answers, one by one."""

    def __init__(self, desk: Desk) -> None:
        """Take what the parts of a look share."""
        self._desk = desk
        self._pages, self._pictures = Pages(desk), Pictures(desk)

    def take(self, done: Done[Under]) -> None:
        """Take in one thing that came to its end. Raises what is wrong on this side."""
        under, outcome = done.mark, done.outcome
        self._desk.let_go(under)
        if done.problem is not None:
            raise done.problem
        if isinstance(outcome, Sight):
            self._compared(under, outcome)
        elif isinstance(outcome, Heard):
            self._rules(under, outcome)
        elif isinstance(outcome, (ReadPage, ReadPicture)):
            self._answered(under, outcome)

    def unchanged(self, task: Task, body: AskBody, known: Validated) -> None:
        """Read a page that is as it was, from what it showed then."""
        try:
            found = read_found(known.found)
        except (ValueError, KeyError, TypeError, zlib.error) as problem:
            self._desk.looks.begin_anew()
            raise VaultDamaged(what="watch/looks.db") from problem
        heard = Heard(body.at, UNCHANGED)
        self._pages.finish(task, body, ReadPage(heard, found), known=known)

    def lost(self, task: Task, code: str) -> None:
        """Give up something that cannot be had, and say why."""
        step = Step()
        self._lose(step, task, code)
        self._desk.write(step)

    def drop_host(self, host: str, code: str, *also: Task) -> None:
        """Give up all that waits for a host, but what the person runs there."""
        step = Step()
        tasks = {each.number: each for each in (*also, *self._desk.looks.tasks_of(host))}
        for task in tasks.values():
            mine = task.sort == "ask" and self._is_at_home(task) and task not in also
            if not mine and task.number not in self._desk.held:
                self._lose(step, task, code)
        self._desk.write(step)

    def _is_at_home(self, task: Task) -> bool:
        body = self._desk.stored(read_ask, task.body)
        return body.ask.at_home and not body.hops

    def _lose(self, step: Step, task: Task, code: str) -> None:
        if task.sort == "picture":
            self._pictures.lost(step, task, code)
            return
        step.done.append(task.number)
        step.troubles.append(Trouble(task.place, task.host, code))

    def _hear(self, under: Under, heard: Heard) -> None:
        """Note for the host's pace how it answered."""
        desk, status = self._desk, heard.status
        if heard.refused:
            desk.hosts.unasked(under.host)
        else:
            if not status:
                status = _NOT_HEARD if heard.code == CannotReach.code else _STRANGE
            if status in IN_TROUBLE or not status:
                desk.codes[under.host] = heard.code or "spent"
            now, retry = desk.pulse.now(), heard.header("retry-after")
            desk.hosts.hears(under.host, now, status, retry, under.pause)
        desk.hosts.wake(under.host)

    def _rules(self, under: Under, heard: Heard) -> None:
        """Take in what a site asks of programs (RFC 9309, 2.3.1)."""
        desk, errand = self._desk, under.errand
        if errand is None:
            return
        goal, home = heard.leads_to, host_of(errand.origin)
        in_trouble = heard.status in IN_TROUBLE or heard.code == CannotReach.code
        if goal and errand.hops < MOST_HOPS:
            self._hear(under, heard)
            onward = replace(errand, at=goal, hops=errand.hops + 1)
            desk.errands.setdefault(host_of(goal), []).append(onward)
            desk.hosts.wake(host_of(goal))
            return
        desk.pending.discard(errand.origin)
        step = Step()
        if not heard.status and not in_trouble:
            self._hear(under, heard)
            self.drop_host(home, heard.code)
        elif in_trouble:
            self._hear(under, heard)
            if home != under.host:  # or it would be asked for them again and again
                desk.hosts.hears(home, desk.pulse.now(), _NOT_HEARD, "", 0.0)
        else:
            leads = heard.status in LEADS_ON
            rules = EVERYTHING if leads else robots_of(heard.status, heard.body)
            desk.hosts.wants(home, rules.pause)
            self._hear(under, heard)
            step.robots.append(desk.rules.learn(errand.origin, desk.pulse.now(), rules))
        desk.write(step)
        desk.hosts.wake(home)

    def _answered(self, under: Under, read: ReadPage | ReadPicture) -> None:
        heard, task = read.heard, under.task
        self._hear(under, heard)
        if task is None:
            return
        if heard.refused:
            self.drop_host(task.host, heard.code, self._now(task))
        elif not heard.status or heard.status in IN_TROUBLE:
            self._again_later(under, task, heard)
        elif heard.leads_to:
            self._follow(under, task, heard)
        else:
            self._told(under, task, read)

    def _told(self, under: Under, task: Task, read: ReadPage | ReadPicture) -> None:
        """Take in an answer that says something."""
        heard = read.heard
        if heard.status == UNCHANGED and under.known is None:
            self.lost(self._now(task), Problem.NOT_UNDERSTOOD.value)
        elif isinstance(read, ReadPicture):
            self._pictures.take(self._now(task), under, read)
        elif under.page is not None and heard.status == UNCHANGED and under.known:
            self.unchanged(task, under.page, under.known)
        elif under.page is not None:
            self._pages.take(task, under.page, read)

    def _now(self, task: Task) -> Task:
        """Return a task as it waits now: meanwhile another page may have shown the same picture."""
        return self._desk.looks.task(task.once) or task

    def _again_later(self, under: Under, task: Task, heard: Heard) -> None:
        """Leave it waiting; its host decides for how long. After a few times it is given up."""
        now = self._now(task)
        later = now._replace(tries=now.tries + 1)
        if later.tries >= MOST_TRIES:
            self.lost(now, heard.code or Problem.SPENT.value)
        else:
            self._desk.write(Step(changed=[later]))

    def _follow(self, under: Under, task: Task, heard: Heard) -> None:
        """Ask where a redirect leads, later: that host has a pace and rules of its own."""
        goal, now = heard.leads_to, self._now(task)
        if under.page is not None and is_search(goal, under.page.at):
            self.lost(now, SEARCH)
            return
        if under.page is not None:
            page = under.page
            moved = pack_ask(replace(page, at=goal, hops=page.hops + 1))
            hops = page.hops
        else:
            body = self._desk.stored(read_picture, now.body)
            moved = pack_picture(replace(body, at=goal, hops=body.hops + 1))
            hops = body.hops
        if hops >= MOST_HOPS:
            self.lost(now, "redirects")
            return
        self._desk.write(Step(changed=[now._replace(host=host_of(goal), body=moved)]))

    def _compared(self, under: Under, sight: Sight) -> None:
        task = under.task
        if task is None:
            return
        if isinstance(under.read, ReadPicture):
            self._pictures.compared(self._now(task), under.read, sight)
        elif isinstance(under.read, ReadPage) and under.page is not None:
            self._pages.finish(task, under.page, under.read, sight=sight)
