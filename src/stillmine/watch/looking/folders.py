"""Look into a folder, an archive or a web capture on this computer: nobody is asked."""

from __future__ import annotations

from pathlib import Path

from stillmine.app.sources.finding import find_files
from stillmine.app.sources.opening import WITHIN
from stillmine.app.storage.looks import Looks, Step, Trouble, Validated, WantedPlace
from stillmine.errors import Stopped
from stillmine.watch.looking.bodies import Alike, Spot
from stillmine.watch.looking.underway import Desk
from stillmine.watch.recognising import Recogniser
from stillmine.watch.remembering import Sum
from stillmine.watch.searching import Search

_SAVE_EVERY = 50


class _Compared:
    """Which files of places were compared, in the database of looks."""

    def __init__(self, looks: Looks, now: float) -> None:
        self._looks, self._now = looks, now
        self._new: dict[bytes, None] = {}

    def __contains__(self, piece: Sum, /) -> bool:
        known = self._looks.sum_of("file", piece)
        return known in self._new or self._looks.seen(known) is not None

    def add(self, piece: Sum, /) -> None:
        self._new[self._looks.sum_of("file", piece)] = None

    def save_if_due(self) -> None:
        if len(self._new) >= _SAVE_EVERY:
            self.save()

    def save(self) -> None:
        seen = [Validated(each, self._now, "", "") for each in self._new]
        self._looks.write(Step(seen=seen))
        self._new.clear()


def look_into(desk: Desk, recogniser: Recogniser, place: WantedPlace) -> None:
    """Look through a place on this computer. Raises Stopped, once what is done is kept."""
    now, path = desk.pulse.now(), Path(place.target).expanduser()
    memory = _Compared(desk.looks, now)
    desk.looks.begin(place.place, 0.0, ())  # due until it is done
    search = Search(recogniser, memory, desk.job, frozenset({path}))
    search.run(find_files([path], desk.looks.home.root))
    memory.save()
    step = Step()
    for _, copy in search.copies:
        where = str(copy.path) if copy.inside is None else f"{copy.path}{WITHIN}{copy.inside}"
        same = copy.inside is None and desk.eye.is_same(copy.path, copy.item)
        desk.notes.note(step, [Alike.of(copy, same_bytes=same)], [Spot(place.place, where)], where)
    step.troubles += [Trouble(place.place, "", gap.code) for _, gap in search.gaps]
    desk.pictures += search.looked_at - search.before
    desk.write(step)
    if search.stopped:
        raise Stopped(done=desk.pictures, total=0)
    desk.looks.ended(place.place, now)
