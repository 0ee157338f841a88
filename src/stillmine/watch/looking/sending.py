"""Choose what to ask next, and of whom: one thing at a time of each host, as its site allows."""

from __future__ import annotations

from stillmine.app.network.web.queries import origin_of
from stillmine.app.network.web.references import canonical
from stillmine.app.storage.looks import Step, Task
from stillmine.watch.looking.answering import Answers
from stillmine.watch.looking.asking import (
    Question,
    conditions,
    hear,
    hear_page,
    hear_picture,
    page_question,
)
from stillmine.watch.looking.bodies import read_ask, read_picture
from stillmine.watch.looking.rules import allowed
from stillmine.watch.looking.underway import Desk, Errand, Under
from stillmine.watch.manners.robots import MOST_ROBOTS

_AHEAD = 2
"""Pictures that were loaded and wait for each that is compared; a kill has them asked for again."""


class Sender:
    """Keeps as many hosts busy as the bounds allow."""

    def __init__(self, desk: Desk, answers: Answers) -> None:
        """Take what the parts of a look share."""
        self._desk, self._answers = desk, answers

    def fill(self) -> None:
        """Send what can be sent now; when it was sent is durable before it is."""
        desk = self._desk
        going: list[Under] = []
        most = (1 + _AHEAD) * desk.bounds.comparing
        while desk.asking + len(going) < desk.bounds.fetches and desk.comparing < most:
            desk.job.check()
            now = desk.pulse.now()
            host = desk.hosts.ready(now)
            if host is None:
                break
            under = self._next(host)
            if under is None:
                continue
            held = desk.held_bytes + sum(each.held for each in going)
            if held and held + under.held > desk.bounds.held_bytes:
                self._put_back(under)
                break
            desk.hosts.asks(host, now, under.pause)
            going.append(under)
            if under.task is not None:
                desk.held.add(under.task.number)
        if going:
            desk.looks.write(Step(hosts=desk.hosts.rows()))
        for each in going:
            self._send(each)

    def _next(self, host: str) -> Under | None:
        """Return what to ask a host for; None where there is nothing, or nothing just now."""
        desk = self._desk
        while True:
            desk.job.check()
            if desk.errands.get(host):
                return self._errand(host, desk.errands[host].pop(0))
            first = "ask" if desk.hosts.pace(host).asked % 2 else "picture"
            task = desk.looks.next_task(host, first, desk.held)
            if task is None:
                return None
            if desk.hosts.gave_up(host):
                self._answers.drop_host(host, desk.why(host), task)
                continue
            origin = self._origin(task)
            if origin in desk.pending:
                return None  # its rules are on their way, and wake it up
            under = self._asked(task)
            if under is not None:
                return under

    def _origin(self, task: Task) -> str:
        desk = self._desk
        if task.sort == "ask":
            return origin_of(desk.stored(read_ask, task.body).at)
        return origin_of(desk.stored(read_picture, task.body).at)

    def _asked(self, task: Task) -> Under | None:
        """Return a task as it is asked for; None where it is done without."""
        if task.place not in self._desk.places:  # it was removed while a look was under way
            self._desk.write(Step(done=[task.number]))
            return None
        return self._page(task) if task.sort == "ask" else self._picture(task)

    def _page(self, task: Task) -> Under | None:
        desk = self._desk
        place = desk.places[task.place]
        body = desk.stored(read_ask, task.body)
        ask = body.ask
        known = desk.looks.page(desk.looks.sum_of("page", task.place, canonical(body.at)))
        if ask.version and not body.hops and known and known.version == ask.version:
            self._answers.unchanged(task, body, known)
            return None
        under = Under(
            task.host,
            task=task,
            page=body,
            known=known,
            held=desk.bounds.page_bytes,
            pause=ask.pause,
        )
        if ask.at_home and not body.hops:
            return under  # the person runs it
        rules = desk.rules.of(origin_of(body.at), desk.pulse.now())
        if rules is None:
            return self._asks_rules(task, origin_of(body.at))
        desk.hosts.wants(task.host, rules.pause)
        if not allowed(rules, body.at, kind=place.kind, ask=ask):
            self._answers.lost(task, "robots")
            return None
        return under

    def _picture(self, task: Task) -> Under | None:
        desk = self._desk
        body = desk.stored(read_picture, task.body)
        rules = desk.rules.of(origin_of(body.at), desk.pulse.now())
        if rules is None:
            return self._asks_rules(task, origin_of(body.at))
        desk.hosts.wants(task.host, rules.pause)
        if not allowed(rules, body.at):
            self._answers.lost(task, "robots")
            return None
        known = None if body.hops else desk.looks.seen(desk.showing.marks(body.at))
        held = desk.bounds.large_bytes if body.large else desk.bounds.picture_bytes
        return Under(task.host, task=task, picture=body, known=known, held=held, pause=body.pause)

    def _asks_rules(self, task: Task, origin: str) -> Under:
        errand = Errand(origin, f"{origin}/robots.txt", task.place)
        self._desk.pending.add(origin)
        return self._errand(task.host, errand)

    def _errand(self, host: str, errand: Errand) -> Under:
        return Under(host, errand=errand, held=MOST_ROBOTS)

    def _put_back(self, under: Under) -> None:
        """Let it wait until there is room in memory."""
        if under.errand is not None:
            self._desk.errands.setdefault(under.host, []).insert(0, under.errand)
        self._desk.hosts.wake(under.host)

    def _send(self, under: Under) -> None:
        desk = self._desk
        asker, seconds = desk.asker, desk.bounds.seconds
        if under.errand is not None:
            asked = Question(under.errand.at, limit=MOST_ROBOTS)
            desk.give_page(under, lambda: hear(asker, asked, seconds))
        elif under.page is not None and under.task is not None:
            place, page = desk.places[under.task.place], under.page
            question = page_question(place, page, under.known, desk.bounds.page_bytes)
            names = desk.names
            desk.give_page(
                under,
                lambda: hear_page(asker, question, seconds, place=place, ask=page.ask, names=names),
            )
        elif under.picture is not None:
            url, pairs = under.picture.at, conditions(under.known)
            wanted, looks = Question(url, pairs, under.held), desk.looks
            desk.give_page(under, lambda: hear_picture(asker, wanted, seconds, looks=looks))
