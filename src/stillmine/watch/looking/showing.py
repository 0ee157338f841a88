"""What a place shows: known at once, seen before, or a picture to ask for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from stillmine.app.network.web.references import canonical, host_of
from stillmine.app.storage.looks import Looks, Step, Trouble, Validated
from stillmine.watch.looking.bodies import (
    MOST_PAGES_OF_ONE,
    Alike,
    PictureBody,
    Spot,
    body_of,
    pack_picture,
    picture_task,
    read_alike,
    read_picture,
)
from stillmine.watch.looking.bounds import Bounds
from stillmine.watch.looking.noting import Notes
from stillmine.watch.looking.seeing import Eye
from stillmine.watch.places.kind import Shown

AGAIN = 7 * 24 * 3600.0
"""Seconds for which a picture at an address is taken to be the one that was seen there."""


@dataclass(slots=True)
class Showing:
    """Decides about pictures without asking for them, as far as that can be."""

    looks: Looks
    eye: Eye
    notes: Notes
    bounds: Bounds

    def take(
        self, step: Step, place: str, shown: Iterable[Shown], *, named: bool, now: float
    ) -> None:
        """Note what is known of each picture, and queue the others into the step."""
        new: dict[bytes, PictureBody] = {}
        room = self._room(place)
        for each in shown:
            spot = Spot(place, each.page, named)
            sums = self.eye.known_by(each.md5, each.size)
            if self._is_known(step, each, spot, sums, now):
                continue
            body = body_of(each, spot, sums, 0.0)
            if body.stage == "full" and each.size > self.bounds.large_bytes:
                step.troubles.append(Trouble(place, host_of(body.at), "too-large"))
                continue
            # Its site says how long it is, so that it need not be asked for twice.
            if body.stage == "full" and each.size > self.bounds.picture_bytes:
                body = replace(body, large=True)
            once = picture_task(self.looks, body).once
            if once in new:
                new[once] = _with_spot(new[once], spot)
            elif not self._joins(step, once, spot) and not self.looks.met(place, once):
                if len(new) >= room:
                    step.troubles.append(Trouble(place, host_of(body.at), "too-many"))
                    break
                new[once] = body
        step.tasks += [picture_task(self.looks, body) for body in new.values()]

    def saw(self, step: Step, body: PictureBody, sum_: bytes, marks: Validated | None) -> None:
        """Note that a picture is nobody's of ours: its address, its bytes, its told sum."""
        now = marks.at if marks else 0.0
        step.seen.append(
            Validated(self.looks.sum_of("picture", canonical(body.address)), now, "", "")
        )
        if sum_:
            step.seen.append(Validated(sum_, now, "", ""))
        if body.md5:
            step.seen.append(Validated(self._told_sum(body.address, body.md5), now, "", ""))
        if marks and not body.hops:
            step.seen.append(marks)

    def marks(self, url: str) -> bytes:
        """Return under what the validators of an address are kept."""
        return self.looks.sum_of("url", canonical(url))

    def _is_known(
        self, step: Step, shown: Shown, spot: Spot, sums: tuple[str, ...], now: float
    ) -> bool:
        """Say whether nothing is to be asked for; what is known to be a copy is noted."""
        address = shown.picture or shown.preview
        if sums and not shown.preview:
            alike = [Alike(item, "exact", same_sum=True) for item in sums]
            self.notes.note(step, alike, [spot], address)
            return True
        if not address:
            return True
        hits = [
            each
            for each in self.looks.hits(self.looks.sum_of("picture", canonical(address)))
            if each.at <= now < each.at + AGAIN
        ]
        self.notes.note(step, [read_alike(each.body) for each in hits], [spot], address)
        return bool(hits) or (not sums and self._was_seen(shown, address, now))

    def _was_seen(self, shown: Shown, address: str, now: float) -> bool:
        known = [self.looks.sum_of("picture", canonical(address))]
        if shown.md5:
            known.append(self._told_sum(address, shown.md5))
        found = (self.looks.seen(each) for each in known)
        return any(each is not None and each.at <= now < each.at + AGAIN for each in found)

    def _told_sum(self, address: str, md5: str) -> bytes:
        # Of one host only: another one could tell the same sum of a picture that we never saw.
        return self.looks.sum_of("told", host_of(address), md5)

    def _joins(self, step: Step, once: bytes, spot: Spot) -> bool:
        """Add a page to a picture that waits already."""
        waits = self.looks.task(once)
        if waits is None:
            return False
        body = _with_spot(read_picture(waits.body), spot)
        step.changed.append(waits._replace(body=pack_picture(body)))
        return True

    def _room(self, place: str) -> int:
        _, pictures = self.looks.counts(place)
        return max(0, min(self.bounds.pictures - pictures, self.bounds.queue - self.looks.count()))


def _with_spot(body: PictureBody, spot: Spot) -> PictureBody:
    known = any(each[:2] == spot[:2] for each in body.spots)
    if known or len(body.spots) >= MOST_PAGES_OF_ONE:
        return body
    return replace(body, spots=(*body.spots, spot))
