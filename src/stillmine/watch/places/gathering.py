"""Gather what is read from one answer: whole addresses only, each once, and not too many."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from stillmine.app.network.web.references import whole_address
from stillmine.watch.places.answers import NoAnswer, nothing, read_json
from stillmine.watch.places.kind import Ask, Existed, Found, Problem, Reply, Role, Shown, Written

MOST_SHOWN = 5000
MOST_MORE = 200
MOST_EXISTED = 5000
_MD5 = re.compile(r"[0-9a-f]{32}")
# An empty file, as some sites note for what they lost: it is nobody's picture.
_OF_NOTHING = "d41d8cd98f00b204e9800998ecf8427e"
_MOST_SIZE = 1 << 40
_KEY_REFUSED = {401, 402, 403, 422}


class Gathering:
    """What one answer shows. Whatever is no address of the web is left out.

    An address may still lead to a private network: who asks looks at that (`app.network.web`).
    """

    def __init__(self, reply: Reply, *, most_more: int = MOST_MORE) -> None:
        """Begin with nothing, for the answer that is read."""
        self._base = reply.url
        self._most_more = most_more
        self._shown: list[Shown] = []
        self._more: list[Ask] = []
        self._written: list[Written] = []
        self._existed: list[Existed] = []
        self._seen: set[tuple[str, str]] = set()
        self._asked = {reply.url, reply.ask.url}
        self._cut = False

    def address(self, written: object, base: str | None = None) -> str:
        """Return the whole address that is meant; nothing for what is none of the web."""
        if not isinstance(written, str) or not written.strip():
            return ""
        return whole_address(self._base if base is None else base, written) or ""

    def elsewhere(self, written: object) -> str:
        """Return an address that is whole by itself: never one of the host that answered.

        What a search service on this very computer answers must not lead back to this computer.
        """
        if isinstance(written, str) and written.startswith("//"):
            written = f"https:{written}"
        return self.address(written, "")

    def show(
        self, picture: str, page: str, *, md5: object = "", size: object = 0, preview: str = ""
    ) -> None:
        """Note something that is shown; addresses are whole ones."""
        known = md5.lower() if isinstance(md5, str) else ""
        known = known if _MD5.fullmatch(known) and known != _OF_NOTHING else ""
        # A site that shows only a small picture still shows it.
        picture = picture or ("" if known else preview)
        if not page or not (picture or known) or not self._is_new(picture or known, page):
            return
        if len(self._shown) >= MOST_SHOWN:
            self._cut = True
            return
        length = size if isinstance(size, int) and 0 < size < _MOST_SIZE else 0
        self._shown.append(Shown(picture, page, known, int(length), preview))

    def _is_new(self, *what: str) -> bool:
        new = (what[0], what[-1]) not in self._seen
        self._seen.add((what[0], what[-1]))
        return new

    def ask(self, ask: Ask) -> None:
        """Note something to ask for, unless it is what was just asked for."""
        if not ask.url or ask.url in self._asked:
            return
        if len(self._more) >= self._most_more:
            self._cut = True
            return
        self._asked.add(ask.url)
        self._more.append(ask)

    def ask_page(self, url: str, *, note: str = "", pause: float = 0.0) -> None:
        """Note a page of the web to ask for."""
        self.ask(Ask(url, Role.PAGE, note=note, pause=pause))

    def write(self, data: str) -> None:
        """Note a picture that is written into the page."""
        self._written.append(Written(data, self._base))

    def exist(self, page: str, at: datetime | None, *, status: int = 0, copy: str = "") -> None:
        """Note that an archive saw a page."""
        if not page or at is None or not self._is_new(at.isoformat(), page):
            return
        if len(self._existed) >= MOST_EXISTED:
            self._cut = True
            return
        self._existed.append(Existed(page, at, status, copy))

    def cut(self) -> None:
        """Note that there is more than was read."""
        self._cut = True

    def found(self, problem: Problem = Problem.NONE) -> Found:
        """Return what was gathered."""
        return Found(
            tuple(self._shown),
            tuple(self._more),
            tuple(self._written),
            tuple(self._existed),
            self._cut,
            problem,
        )


def gather(
    reply: Reply, note: Callable[[Gathering, object], None], *, by_key: bool = False
) -> Found:
    """Return what `note` gathers of an answer in JSON; nothing, and why, where there is none.

    `by_key` says that the service was asked with the person's key.
    """
    gathering = Gathering(reply)
    try:
        if by_key and reply.status in _KEY_REFUSED:
            raise NoAnswer(Problem.KEY_REFUSED)
        note(gathering, read_json(reply))
    except NoAnswer as why:
        return nothing(why.problem)
    return gathering.found()
