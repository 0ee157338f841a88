"""Take in a picture: seen before, or compared; after its preview asked for in full if need be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from stillmine.app.network.web.references import canonical, host_of
from stillmine.app.storage.looks import Hit, Step, Task, Trouble
from stillmine.watch.looking.asking import UNCHANGED, Heard, ReadPicture
from stillmine.watch.looking.bodies import (
    Alike,
    PictureBody,
    pack_alike,
    pack_picture,
    read_picture,
)
from stillmine.watch.looking.seeing import NOT_ITS_FAULT, Sight
from stillmine.watch.looking.underway import Desk, Under

_GONE = frozenset({404, 410})


class Pictures:
    """Takes in pictures and what was seen in them."""

    def __init__(self, desk: Desk) -> None:
        """Take what the parts of a look share."""
        self._desk = desk

    def take(self, task: Task, under: Under, read: ReadPicture) -> None:
        """Take in an answer to a question for a picture."""
        desk, heard = self._desk, read.heard
        body = desk.stored(read_picture, task.body)
        if heard.status == UNCHANGED and under.known:
            step = Step(done=[task.number])
            known = under.known._replace(at=desk.pulse.now())
            desk.showing.saw(step, body, b"", known)
            self._end(step, 1)
        elif heard.status != 200:
            self._give_up(task, "gone" if heard.status in _GONE else "refused")
        elif heard.cut and len(heard.body) >= under.held:
            self._too_long(task, body, heard)
        elif not body.sums and desk.looks.seen(read.sum):
            step = Step(done=[task.number])
            self._saw(step, body, read)
            self._end(step, 1)
        else:
            self._compare(task, body, read)

    def compared(self, task: Task, read: ReadPicture, sight: Sight) -> None:
        """Take in what was seen in a picture."""
        body = self._desk.stored(read_picture, task.body)
        headers = read.heard.kept_headers
        alike = tuple(replace(each, headers=headers) for each in sight.alike)
        # What a small preview resembles, and the whole picture does not, was chance.
        known = _with_sums(body, alike or (() if sight.compared else body.alike))
        step = Step()
        if _asks_for_all(body, sight):
            self._ask_full(step, task, body, alike)
        elif known:
            self._found(step, task, body, known)
        else:
            self._nobodys(step, task, body, read, sight)
        self._end(step, max(1, sight.compared))

    def lost(self, step: Step, task: Task, code: str) -> None:
        """Note that a picture cannot be had: its preview gives way to it, and both to what is told.

        A copy that was seen in the preview, or told by its sum, is reported without.
        """
        body = self._desk.stored(read_picture, task.body)
        known = _with_sums(body, body.alike)
        if known:
            self._found(step, task, body, known)
        elif body.stage == "preview" and body.picture:
            self._ask_full(step, task, body, ())
        else:
            step.done.append(task.number)
            step.troubles.append(Trouble(task.place, task.host, code))

    def _nobodys(
        self, step: Step, task: Task, body: PictureBody, read: ReadPicture, sight: Sight
    ) -> None:
        step.done.append(task.number)
        step.troubles += [Trouble(task.place, task.host, code) for code in sight.codes]
        if not NOT_ITS_FAULT.intersection(sight.codes):
            self._saw(step, body, read)

    def _found(self, step: Step, task: Task, body: PictureBody, known: Iterable[Alike]) -> None:
        desk, now = self._desk, self._desk.pulse.now()
        known = list(known)
        step.done.append(task.number)
        desk.notes.note(step, known, body.spots, body.address)
        sum_ = desk.looks.sum_of("picture", canonical(body.address))
        step.hits += [Hit(sum_, each.item, now, pack_alike(each)) for each in known]

    def _ask_full(
        self, step: Step, task: Task, body: PictureBody, alike: tuple[Alike, ...]
    ) -> None:
        if body.size > self._desk.bounds.large_bytes:
            self._too_large(step, task, body, alike)
            return
        full = body.asks_full(alike, large=body.size > self._desk.bounds.picture_bytes)
        step.changed.append(task._replace(host=host_of(full.at), tries=0, body=pack_picture(full)))

    def _too_large(
        self, step: Step, task: Task, body: PictureBody, alike: tuple[Alike, ...]
    ) -> None:
        """Do without a file that its site says to be too large: what its preview shows stands."""
        if alike:
            self._found(step, task, body, alike)
            return
        step.done.append(task.number)
        step.troubles.append(Trouble(task.place, task.host, "too-large"))

    def _too_long(self, task: Task, body: PictureBody, heard: Heard) -> None:
        """Ask once more for what is longer than most, unless it is too long even so."""
        told = heard.header("content-length")
        length = int(told) if told.isascii() and told.isdigit() and len(told) < 16 else 0
        # What unpacks to so much on its way is no picture: those are not sent packed.
        packed = bool(heard.header("content-encoding"))
        if body.large or packed or length > self._desk.bounds.large_bytes:
            self._give_up(task, "too-large")
            return
        large = pack_picture(replace(body, large=True))
        self._desk.write(Step(changed=[task._replace(body=large)]))

    def _compare(self, task: Task, body: PictureBody, read: ReadPicture) -> None:
        data = read.heard.body
        rest = ReadPicture(replace(read.heard, body=b""), read.sum)
        under = Under(task.host, task=task, picture=body, read=rest, held=len(data))
        self._desk.give_picture(under, partial(self._desk.eye.see, data))

    def _give_up(self, task: Task, code: str) -> None:
        step = Step()
        self.lost(step, task, code)
        self._end(step, 1)

    def _saw(self, step: Step, body: PictureBody, read: ReadPicture) -> None:
        showing, now = self._desk.showing, self._desk.pulse.now()
        showing.saw(step, body, read.sum, read.heard.validated(showing.marks(body.at), now))

    def _end(self, step: Step, pictures: int) -> None:
        self._desk.pictures += pictures if step.done else 0
        self._desk.write(step)
        self._desk.job.advance()


def _asks_for_all(body: PictureBody, sight: Sight) -> bool:
    """Say whether a preview makes the picture itself worth asking for.

    What the site tells by its sum is known without; what resembles nothing is nobody's of ours.
    """
    shows_more = body.stage == "preview" and bool(body.picture) and not body.sums
    return shows_more and (bool(sight.alike) or not sight.compared)


def _with_sums(body: PictureBody, alike: tuple[Alike, ...]) -> tuple[Alike, ...]:
    """Return what was recognised, and what the site tells by its sum: that is exact."""
    told = [
        replace(each, kind="exact", expected_false=0.0, same_sum=True)
        if each.item in body.sums
        else each
        for each in alike
    ]
    missing = set(body.sums) - {each.item for each in alike}
    told += [Alike(item, "exact", same_sum=True) for item in sorted(missing)]
    return tuple(told)
